//! Whose turn it is: everybody's before that of whoever floods a terminal.

use std::{fs, path::Path};

use moebi::{cluster::Event, lesson::Fact};

use super::harness::{TestCluster, until};
use crate::support::{lesson::terminal, processes::of_session};

/// Whether one of the cluster's commands is as nice as can be (sched(7)). What a node itself starts may be a session of its
/// own.
fn is_held_back(session: &str) -> bool {
    let group = |pid| fs::read_to_string(format!("/proc/{pid}/autogroup")).unwrap_or_default();
    of_session(session).into_iter().any(|pid| group(pid).trim_end().ends_with(" nice 19"))
}

async fn comes_to(session: &str, is_held: bool) {
    // Without such groups there is nothing to be seen but that nothing breaks.
    let has_groups = Path::new("/proc/self/autogroup").exists();
    let what = if is_held { "held back" } else { "let go" };
    until(what, || !has_groups || is_held_back(session) == is_held).await;
}

#[tokio::test]
async fn a_node_that_floods_comes_after_all_others_until_it_asks_for_more() {
    let mut cluster = TestCluster::new(&["kate"]).await;
    let session = cluster.session().to_owned();
    cluster.boots("kate").await;
    comes_to(&session, false).await;
    for _ in 0..2 {
        cluster.types("kate", "Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()");
        cluster.sees_fact("a flood", |fact| matches!(fact, Fact::LeftOut { .. })).await;
        comes_to(&session, true).await;
        cluster.interrupt(&terminal("kate"));
        cluster.sees("the interrupt", |event| matches!(event, Event::Interrupted { .. })).await;
        cluster.types("kate", "1 + 41");
        cluster.sees_output("kate", "42").await;
        comes_to(&session, false).await;
    }
    cluster.ends_whole().await;
}

#[tokio::test]
async fn so_does_a_command_and_the_next_one_does_not() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let session = cluster.session().to_owned();
    cluster.types("alex", "yes");
    comes_to(&session, false).await;
    // Beyond what is kept of it, bytes still come.
    for _ in 0..10_000 {
        cluster.sees("more", |event| matches!(event, Event::Raw { .. })).await;
    }
    comes_to(&session, true).await;
    cluster.interrupt(&terminal("alex"));
    cluster.ends("alex", None).await;
    let sleep = cluster.long_sleep();
    cluster.types("alex", &sleep);
    cluster.sees_process(&sleep).await;
    comes_to(&session, false).await;
    cluster.ends_whole().await;
}
