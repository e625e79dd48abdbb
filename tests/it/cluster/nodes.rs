//! Terminals that become nodes.

use std::time::Duration;

use super::harness::{ClusterProcess, TestCluster, until};
use crate::support::{
    lesson::terminal,
    processes::{of_session, running, signal},
};
use moebi::{
    cluster::Event,
    lesson::{Fact, NodeName, OutputKind, ProbeOutcome, Prompt},
};
use rustix::process::Signal;
use tokio::sync::oneshot;

#[tokio::test]
async fn a_terminal_becomes_a_node_and_is_at_dollar_again() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.boots("alex").await;
    cluster.types("alex", "node()");
    cluster.sees_output("alex", "alex@localhost").await;
    cluster.close(&terminal("alex"));
    cluster.stops("alex").await;
    cluster.ends("alex", Some(0)).await;
    assert!(cluster.facts().any(|fact| *fact == Fact::Registered { name: "alex".into() }));
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_halt_keeps_its_exit_code_and_what_follows_it_runs() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.boots("alex").await;
    cluster.types("alex", "System.halt(3)");
    cluster.stops("alex").await;
    cluster.ends("alex", Some(3)).await;
    cluster.types("alex", "iex --sname alex@localhost; echo \"it said $?\"; exit 4");
    cluster.is_up("alex").await;
    cluster.types("alex", "System.halt(5)");
    cluster.sees_output("alex", "it said 5").await;
    cluster.ends("alex", Some(4)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn two_nodes_list_each_other_until_one_is_killed() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    cluster.boots("alex").await;
    cluster.boots("kate").await;
    cluster.types("alex", "Node.connect(:kate@localhost)");
    let (alex, kate) = (NodeName::parse("alex").expect("a name"), NodeName::parse("kate").expect("a name"));
    until_both(&mut cluster, |on, to| Fact::Connected { on, to }).await;
    assert!(cluster.facts().any(|fact| *fact == Fact::LookedUp { name: "kate".into(), found: true }));

    cluster.types("kate", "System.pid()");
    let pid = last_number(&mut cluster).await;
    signal(pid, Signal::KILL);
    cluster.stops("kate").await;
    cluster.ends("kate", Some(137)).await;
    let lost = Fact::Disconnected { on: alex, from: kate };
    if !cluster.facts().any(|fact| *fact == lost) {
        cluster.sees_fact("alex losing kate", |fact| *fact == lost).await;
    }
    cluster.ends_whole().await;
}

async fn until_both(cluster: &mut TestCluster, fact: impl Fn(NodeName, NodeName) -> Fact) {
    let name = |word| NodeName::parse(word).expect("a name");
    let both = [fact(name("alex"), name("kate")), fact(name("kate"), name("alex"))];
    for _ in &both {
        cluster.sees_fact("a connection", |fact| both.contains(fact)).await;
    }
}

/// The pid that the node writes as its answer, between quotes.
async fn last_number(cluster: &mut TestCluster) -> u32 {
    let quoted = |fact: &Fact| match fact {
        Fact::Output { kind: OutputKind::Result, text, .. } => text.split('"').nth(1)?.parse().ok(),
        _ => None,
    };
    cluster.sees_fact("a number", |fact| quoted(fact).is_some()).await;
    cluster.facts().filter_map(quoted).last().expect("it was just seen")
}

#[tokio::test]
async fn a_taken_name_is_said_and_leaves_the_first_alone() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    cluster.boots("alex").await;
    cluster.types("kate", "iex --sname alex@localhost");
    cluster.sees_output("kate", "seems to be in use").await;
    cluster.ends("kate", Some(1)).await;
    cluster.types("alex", "1 + 1");
    cluster.sees_output("alex", "2").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn names_without_a_host_work() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    for name in ["alex", "kate"] {
        cluster.types(name, &format!("iex --sname {name}"));
        cluster.sees_fact("the node", |fact| matches!(fact, Fact::NodeStarted { .. })).await;
    }
    cluster.types(
        "alex",
        "[_, host] = String.split(to_string(node()), \"@\"); {:up, Node.connect(:\"kate@#{host}\")}",
    );
    cluster.sees_output("alex", "{:up, true}").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn the_users_own_flags_stay() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "ELIXIR_ERL_OPTIONS='' ERL_ZFLAGS=\"-mine 'a b'\" iex --sname 'alex@localhost'");
    cluster.is_up("alex").await;
    cluster.types("alex", "{to_string(elem(:init.get_argument(:mine), 1)), System.get_env(\"ERL_ZFLAGS\")}");
    cluster.sees_output("alex", "{\"a b\", \"-mine 'a b'\"}").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn what_a_node_started_ends_with_it() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    let sleep = cluster.long_sleep();
    cluster.boots("alex").await;
    cluster.types(
        "alex",
        &format!("for line <- [~c\"setsid {sleep}\", ~c\"{sleep}\"], do: Port.open({{:spawn, line}}, [])"),
    );
    let other = format!("{sleep}1");
    cluster.types("kate", &other);
    until("all run", || running(&sleep).len() == 2 && running(&other).len() == 1).await;
    cluster.types("alex", "System.halt(1)");
    cluster.ends("alex", Some(1)).await;
    assert_eq!(running(&sleep), Vec::<u32>::new());
    assert_eq!(running(&other).len(), 1, "kate's own command goes on");
    cluster.ends_whole().await;
}

/// A signal to a process reaches its threads one after the other.
fn stands_still(pid: u32) -> bool {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return false };
    let states = threads.flatten().map(|thread| std::fs::read_to_string(thread.path().join("stat")));
    states.into_iter().all(|stat| stat.is_ok_and(|stat| stat.contains(") T ")))
}

#[tokio::test]
async fn a_node_that_hangs_is_killed() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.boots("alex").await;
    cluster.types("alex", "System.pid()");
    let pid = last_number(&mut cluster).await;
    signal(pid, Signal::STOP);
    until("every thread of it stands still", || stands_still(pid)).await;
    cluster.close(&terminal("alex"));
    cluster.stops("alex").await;
    cluster.ends("alex", None).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn what_is_typed_while_a_node_boots_reaches_it() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "sleep 0.2; iex --sname alex@localhost");
    let boot = cluster.private_folder().join("0.bridge.boot");
    until("the shim runs", || boot.exists()).await;
    cluster.types("alex", "40 + 2");
    cluster.sees_output("alex", "42").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn lines_are_fed_one_by_one_and_an_interrupt_keeps_variables() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let alex = terminal("alex");
    cluster.boots("alex").await;
    cluster.types("alex", "x =\n  40\ny = x + 2");
    cluster.sees_output("alex", "42").await;
    let again = |fact: &Fact| matches!(fact, Fact::Prompt { prompt: Prompt::Iex { .. }, .. });
    cluster.sees_fact("the prompt", again).await;
    cluster.types("alex", "IO.puts(:going); Process.sleep(:infinity)");
    cluster.sees_output("alex", "going").await;
    cluster.interrupt(&alex);
    cluster.sees("the interrupt", |event| matches!(event, Event::Interrupted { kept: 2, .. })).await;
    cluster.types("alex", "{:still, y}");
    cluster.sees_output("alex", "{:still, 42}").await;
    // A node that has no time for the question leaves it open.
    let mut said = None;
    for _ in 0..50 {
        let (is_whole, answer) = oneshot::channel();
        cluster.parse(&alex, "fn ->".to_owned(), is_whole);
        said = cluster.hears(answer).await;
        if said.is_some() {
            break;
        }
    }
    assert_eq!(said, Some(false));
    cluster.ends_whole().await;
}

#[tokio::test]
async fn an_iex_that_ends_at_once_says_why() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "iex --sname alex@localhost -S nonsense");
    cluster.sees_output("alex", "nonsense").await;
    cluster.ends("alex", Some(1)).await;
    cluster.types("alex", "iex --sname 'al ex@localhost'");
    cluster.ends("alex", Some(1)).await;
    cluster.types("alex", "iex --version");
    cluster.sees_output("alex", "IEx 1.").await;
    cluster.ends("alex", Some(0)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_line_that_is_too_long_is_refused_and_the_prompt_stays() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.boots("alex").await;
    cluster.types("alex", &"1".repeat(70_000));
    cluster.fails("too long").await;
    cluster.types("alex", ":fine");
    cluster.sees_output("alex", ":fine").await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn all_stop_and_their_names_are_free() {
    let mut cluster = TestCluster::new(&["alex", "kate", "moebi", "shell"]).await;
    for name in ["alex", "kate", "moebi"] {
        cluster.boots(name).await;
    }
    cluster.types("shell", "sleep 1000");
    cluster.stops_all().await;
    for name in ["alex", "kate", "moebi"] {
        cluster.boots(name).await;
    }
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_probe_is_always_answered() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let alex = terminal("alex");
    let outcome = |wanted: ProbeOutcome| move |fact: &Fact| matches!(fact, Fact::Probed { outcome, .. } if *outcome == wanted);
    let sleeps = "Process.sleep(:infinity)";
    cluster.probe(&alex, "1", None, Duration::from_millis(50));
    cluster.sees_fact("no node", outcome(ProbeOutcome::NoNode)).await;
    let (is_whole, answer) = oneshot::channel();
    cluster.parse(&alex, "fn ->".to_owned(), is_whole);
    assert_eq!(cluster.hears(answer).await, None, "nobody can say");
    cluster.boots("alex").await;
    cluster.probe(&alex, sleeps, None, Duration::from_millis(50));
    cluster.sees_fact("no answer", outcome(ProbeOutcome::TimedOut)).await;
    // The node stops while it is asked.
    cluster.probe(&alex, sleeps, None, Duration::from_secs(60));
    cluster.close(&alex);
    cluster.sees_fact("no node", outcome(ProbeOutcome::NoNode)).await;
    cluster.ends_whole().await;
}

/// Is killed by the test below.
#[tokio::test]
#[ignore = "run by no_node_survives_sigkill"]
async fn a_cluster_to_be_killed() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    let sleep = cluster.long_sleep();
    for name in ["alex", "kate"] {
        cluster.boots(name).await;
        cluster.types(name, &format!("Port.open({{:spawn, ~c\"setsid {sleep}\"}}, [])"));
    }
    until("the ports run", || running(&sleep).len() == 2).await;
    println!("STANDS {} {sleep}", cluster.private_folder().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn no_node_survives_sigkill() {
    let mut process = ClusterProcess::start("cluster::nodes::a_cluster_to_be_killed").await;
    let session = process.session();
    assert!(of_session(&session).len() >= 4);
    process.is_killed().await;
    until("all processes are gone", || of_session(&session).is_empty()).await;
    until("the ports are gone", || running(&process.sleep).is_empty()).await;
    until("the folder is gone", || !process.folder.exists()).await;
}
