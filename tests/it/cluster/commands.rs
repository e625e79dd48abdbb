//! Commands at `$`, and what they leave behind.

use std::time::Duration;

use super::harness::{ClusterProcess, TestCluster, until};
use crate::support::{
    lesson::terminal,
    processes::{of_session, running, signal},
};
use moebi::{
    cluster::Event,
    lesson::{Fact, Prompt},
};
use rustix::process::Signal;

#[tokio::test]
async fn a_command_runs_on_a_terminal_and_says_how_it_ended() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "test -t 1 && echo γεια; exit 7");
    cluster.sees_output("alex", "γεια\r\n").await;
    cluster.ends("alex", Some(7)).await;
    cluster.types("alex", "stty size; exit 7");
    cluster.sees_output("alex", "24 80").await;
    cluster.ends("alex", Some(7)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn cd_lasts_and_each_terminal_has_its_own_folder() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    for (command, code) in
        [("mkdir 'a b' && cd 'a b'", 0), ("test \"$(basename \"$PWD\")\" = 'a b' && exit 3", 3)]
    {
        cluster.types("alex", command);
        cluster.ends("alex", Some(code)).await;
    }
    cluster.types("kate", "test -d 'a b'");
    cluster.ends("kate", Some(0)).await;
    cluster.stops_all().await;
    cluster.types("alex", "test -d 'a b'");
    cluster.ends("alex", Some(0)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn an_unknown_command_is_an_answer() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "iexx --sname alex");
    cluster.sees_output("alex", "iexx: not found").await;
    cluster.ends("alex", Some(127)).await;
    cluster.types("alex", "echo (");
    cluster.ends("alex", Some(2)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_removed_workspace_is_an_answer() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "cd . && rm -r \"$PWD\"");
    cluster.ends("alex", Some(0)).await;
    cluster.types("alex", "echo hi");
    cluster.fails("is gone").await;
    cluster.ends("alex", Some(126)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn keys_reach_a_program_and_ctrl_c_ends_it() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let sleep = cluster.long_sleep();
    cluster.types("alex", &format!("read word; echo \"<$word>\"; {sleep}"));
    cluster.sees_prompt("alex", &Prompt::Busy).await;
    cluster.types("alex", "hello");
    cluster.sees_output("alex", "<hello>").await;
    // A shell that is about to start a program may lose the key.
    cluster.sees_process(&sleep).await;
    cluster.interrupt(&terminal("alex"));
    cluster.ends("alex", None).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn whatever_its_line_says_a_program_has_the_keys_and_an_iex_has_not() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let alex = terminal("alex");
    let is_program = |wanted: bool| move |event: &Event| matches!(event, Event::Foreground { is_program, .. } if *is_program == wanted);
    cluster.types("alex", "echo the page about iex; read word; echo \"<$word>\"");
    cluster.sees("a program", is_program(true)).await;
    cluster.types("alex", "q");
    cluster.sees_output("alex", "<q>").await;
    cluster.ends("alex", Some(0)).await;
    // What looks like an `iex` and is none turns out to be a program.
    cluster.types("alex", "iex() { cat; }; iex");
    cluster.sees("a program", is_program(true)).await;
    cluster.types("alex", "meow");
    cluster.sees_output("alex", "meow").await;
    cluster.interrupt(&alex);
    cluster.ends("alex", None).await;
    // What looks like a program and starts an `iex` is a node, and then a program again.
    cluster.types("alex", "sh -c 'iex --sname alex@localhost; cat'");
    cluster.sees("a program", is_program(true)).await;
    cluster.sees("an iex", is_program(false)).await;
    cluster.is_up("alex").await;
    cluster.types("alex", "System.halt()");
    cluster.sees("a program", is_program(true)).await;
    cluster.types("alex", "purr");
    cluster.sees_output("alex", "purr").await;
    cluster.close(&alex);
    cluster.ends("alex", None).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_flood_is_held_back_and_can_be_interrupted() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "yes");
    cluster.sees_output("alex", "y\r\ny\r\n").await;
    cluster.interrupt(&terminal("alex"));
    cluster.ends("alex", None).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn what_a_command_leaves_behind_ends_with_it() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let sleep = cluster.long_sleep();
    cluster.types(
        "alex",
        &format!("(setsid {sleep} &) ; {sleep} & setsid sh -c '{sleep}; true' & sleep 0.1; exit 4"),
    );
    cluster.ends("alex", Some(4)).await;
    assert_eq!(running(&sleep), Vec::<u32>::new());
    cluster.ends_whole().await;
}

/// Each lives for a moment and leaves the next one behind: it may go while the guardian looks, and the next one come
/// where it has looked already.
#[tokio::test]
async fn processes_that_hop_are_not_lost() {
    for _ in 0..5 {
        let mut cluster = TestCluster::new(&["alex"]).await;
        let session = cluster.session().to_owned();
        let hop = "hop() { sleep 0.01; [ $1 -eq 0 ] || hop $(($1 - 1)) & }";
        cluster.types("alex", &format!("{hop}; for i in $(seq 40); do hop 400 & done; sleep 1000"));
        until("they hop", || of_session(&session).len() > 40).await;
        cluster.ends_whole().await;
        // One that was lost would go on for seconds.
        for _ in 0..20 {
            assert_eq!(of_session(&session), Vec::<u32>::new());
        }
    }
}

#[tokio::test]
async fn a_closed_terminal_is_at_dollar_again() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let sleep = cluster.long_sleep();
    cluster.types("alex", &format!("trap '' HUP INT TERM; setsid {sleep} & {sleep}"));
    cluster.sees_process(&sleep).await;
    cluster.close(&terminal("alex"));
    cluster.ends("alex", None).await;
    assert_eq!(running(&sleep), Vec::<u32>::new());
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_killed_guardian_is_replaced() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    let sleep = cluster.long_sleep();
    cluster.types("alex", &format!("setsid {sleep} & {sleep}"));
    cluster.sees_process(&sleep).await;
    signal(cluster.guardian_pid().expect("it runs"), Signal::KILL);
    cluster.fails("guardian was killed").await;
    cluster.ends("alex", None).await;
    until("it is gone", || running(&sleep).is_empty()).await;
    cluster.types("alex", "exit 5");
    cluster.ends("alex", Some(5)).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn more_output_than_anyone_reads_is_counted() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo end");
    cluster.ends("alex", Some(0)).await;
    let told = cluster.facts().map(|fact| match fact {
        Fact::Output { text, .. } => (text.len() as u64, 0),
        Fact::LeftOut { bytes, .. } => (0, *bytes),
        _ => (0, 0),
    });
    let (kept, left_out) = told.fold((0, 0), |sum, told| (sum.0 + told.0, sum.1 + told.1));
    assert!(kept <= 300_000, "{kept}");
    assert_eq!(kept + left_out, 3_000_000 + "\r\nend\r\n".len() as u64);
    let texts = cluster.facts().filter_map(|fact| match fact {
        Fact::Output { text, .. } => Some(text),
        _ => None,
    });
    assert!(texts.last().is_some_and(|last| last.ends_with("xxx\r\nend\r\n")), "how it ended is kept");
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_boot_that_takes_too_long_is_told_once() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "touch -d '1 minute ago' \"$MOEBI_BRIDGE.boot\"; sleep 1000");
    cluster.sees("a late boot", |event| matches!(event, Event::BootTimedOut { .. })).await;
    cluster.close(&terminal("alex"));
    cluster.ends("alex", None).await;
    cluster.ends_whole().await;
}

/// Is killed by the test below: builds a tree of all that likes to survive, says so, and waits.
#[tokio::test]
#[ignore = "run by nothing_survives_sigkill"]
async fn a_cluster_to_be_killed() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    let sleep = cluster.long_sleep();
    let tree = format!(
        "epmd -port 0 -daemon; (setsid {sleep} &); env -i setsid {sleep} & setsid sh -c 'trap \"\" HUP TERM; ({sleep} &) ; {sleep}; true' & \
         trap '' HUP TERM INT; {sleep}"
    );
    cluster.types("alex", &tree);
    cluster.types("kate", &tree);
    until("the tree stands", || running(&sleep).len() >= 10).await;
    println!("STANDS {} {sleep}", cluster.private_folder().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn nothing_survives_sigkill() {
    let mut process = ClusterProcess::start("cluster::commands::a_cluster_to_be_killed").await;
    assert!(process.folder.is_dir());
    assert!(running(&process.sleep).len() >= 10);
    process.is_killed().await;
    until("all processes are gone", || running(&process.sleep).is_empty()).await;
    until("nothing carries the marker", || of_session(&process.session()).is_empty()).await;
    until("the folder is gone", || !process.folder.exists()).await;
}

#[tokio::test]
async fn facts_come_in_order() {
    let mut cluster = TestCluster::new(&["alex"]).await;
    cluster.types("alex", "printf one");
    cluster.ends("alex", Some(0)).await;
    let facts: Vec<&str> = cluster
        .facts()
        .map(|fact| match fact {
            Fact::Input { .. } => "input",
            Fact::Output { .. } => "output",
            Fact::CommandEnded { .. } => "ended",
            Fact::Prompt { prompt: Prompt::Dollar, .. } => "dollar",
            Fact::Prompt { prompt: Prompt::Busy, .. } => "busy",
            other => panic!("unexpected: {other:?}"),
        })
        .collect();
    assert_eq!(facts, ["dollar", "input", "busy", "output", "ended", "dollar"]);
    cluster.ends_whole().await;
}
