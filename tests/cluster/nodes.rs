//! Terminals that become nodes.

use std::time::Duration;

use crate::ground::{self, Ground, processes_with, until};
use moebi::{
    cluster::Event,
    lesson::{Fact, NodeName, OutputKind, ProbeOutcome, Prompt},
};
use tokio::sync::oneshot;

#[tokio::test]
async fn a_terminal_becomes_a_node_and_is_at_dollar_again() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.boots("alex").await;
    ground.types("alex", "node()");
    ground.sees_output("alex", "alex@localhost").await;
    ground.cluster.close(&ground.name("alex"));
    ground.stops("alex").await;
    ground.ends("alex", Some(0)).await;
    assert!(ground.facts().any(|fact| *fact == Fact::Registered { name: "alex".into() }));
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_halt_keeps_its_exit_code_and_what_follows_it_runs() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.boots("alex").await;
    ground.types("alex", "System.halt(3)");
    ground.stops("alex").await;
    ground.ends("alex", Some(3)).await;
    ground.types("alex", "iex --sname alex@localhost; echo \"it said $?\"; exit 4");
    ground.is_up("alex").await;
    ground.types("alex", "System.halt(5)");
    ground.sees_output("alex", "it said 5").await;
    ground.ends("alex", Some(4)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn two_nodes_list_each_other_until_one_is_killed() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    ground.boots("alex").await;
    ground.boots("kate").await;
    ground.types("alex", "Node.connect(:kate@localhost)");
    let (alex, kate) = (NodeName::parse("alex").expect("a name"), NodeName::parse("kate").expect("a name"));
    until_both(&mut ground, |on, to| Fact::Connected { on, to }).await;
    assert!(ground.facts().any(|fact| *fact == Fact::LookedUp { name: "kate".into(), found: true }));

    ground.types("kate", "System.pid()");
    let pid = last_number(&mut ground).await;
    ground::kill(pid);
    ground.stops("kate").await;
    ground.ends("kate", Some(137)).await;
    let lost = Fact::Disconnected { on: alex, from: kate };
    if !ground.facts().any(|fact| *fact == lost) {
        ground.sees_fact("alex losing kate", |fact| *fact == lost).await;
    }
    ground.ends_whole().await;
}

async fn until_both(ground: &mut Ground, fact: impl Fn(NodeName, NodeName) -> Fact) {
    let name = |word| NodeName::parse(word).expect("a name");
    let both = [fact(name("alex"), name("kate")), fact(name("kate"), name("alex"))];
    for _ in &both {
        ground.sees_fact("a connection", |fact| both.contains(fact)).await;
    }
}

/// The pid that the node writes as its answer, between quotes.
async fn last_number(ground: &mut Ground) -> u32 {
    let quoted = |fact: &Fact| match fact {
        Fact::Output { kind: OutputKind::Result, text, .. } => text.split('"').nth(1)?.parse().ok(),
        _ => None,
    };
    ground.sees_fact("a number", |fact| quoted(fact).is_some()).await;
    ground.facts().filter_map(quoted).last().expect("it was just seen")
}

#[tokio::test]
async fn a_taken_name_is_said_and_leaves_the_first_alone() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    ground.boots("alex").await;
    ground.types("kate", "iex --sname alex@localhost");
    ground.sees_output("kate", "seems to be in use").await;
    ground.ends("kate", Some(1)).await;
    ground.types("alex", "1 + 1");
    ground.sees_output("alex", "2").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn names_without_a_host_work() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    for name in ["alex", "kate"] {
        ground.types(name, &format!("iex --sname {name}"));
        ground.sees_fact("the node", |fact| matches!(fact, Fact::NodeStarted { .. })).await;
    }
    ground.types(
        "alex",
        "[_, host] = String.split(to_string(node()), \"@\"); {:up, Node.connect(:\"kate@#{host}\")}",
    );
    ground.sees_output("alex", "{:up, true}").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn the_users_own_flags_stay() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "ELIXIR_ERL_OPTIONS='' ERL_ZFLAGS=\"-mine 'a b'\" iex --sname 'alex@localhost'");
    ground.is_up("alex").await;
    ground.types("alex", "{to_string(elem(:init.get_argument(:mine), 1)), System.get_env(\"ERL_ZFLAGS\")}");
    ground.sees_output("alex", "{\"a b\", \"-mine 'a b'\"}").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn what_a_node_started_ends_with_it() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    let sleep = ground.long_sleep();
    ground.boots("alex").await;
    ground.types(
        "alex",
        &format!("for line <- [~c\"setsid {sleep}\", ~c\"{sleep}\"], do: Port.open({{:spawn, line}}, [])"),
    );
    let other = format!("{sleep}1");
    ground.types("kate", &other);
    until("all run", || processes_with(&sleep).len() == 2 && processes_with(&other).len() == 1).await;
    ground.types("alex", "System.halt(1)");
    ground.ends("alex", Some(1)).await;
    assert_eq!(processes_with(&sleep), Vec::<u32>::new());
    assert_eq!(processes_with(&other).len(), 1, "kate's own command goes on");
    ground.ends_whole().await;
}

/// A signal to a process reaches its threads one after the other.
fn stands_still(pid: u32) -> bool {
    let Ok(threads) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return false };
    let states = threads.flatten().map(|thread| std::fs::read_to_string(thread.path().join("stat")));
    states.into_iter().all(|stat| stat.is_ok_and(|stat| stat.contains(") T ")))
}

#[tokio::test]
async fn a_node_that_hangs_is_killed() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.boots("alex").await;
    ground.types("alex", "System.pid()");
    let pid = last_number(&mut ground).await;
    ground::signal(pid, ground::Signal::STOP);
    until("every thread of it stands still", || stands_still(pid)).await;
    ground.cluster.close(&ground.name("alex"));
    ground.stops("alex").await;
    ground.ends("alex", None).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn what_is_typed_while_a_node_boots_reaches_it() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "sleep 0.2; iex --sname alex@localhost");
    let boot = ground.cluster.private_folder().join("0.bridge.boot");
    until("the shim runs", || boot.exists()).await;
    ground.types("alex", "40 + 2");
    ground.sees_output("alex", "42").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn lines_are_fed_one_by_one_and_an_interrupt_keeps_variables() {
    let mut ground = Ground::new(&["alex"]).await;
    let alex = ground.name("alex");
    ground.boots("alex").await;
    ground.types("alex", "x =\n  40\ny = x + 2");
    ground.sees_output("alex", "42").await;
    let again = |fact: &Fact| matches!(fact, Fact::Prompt { prompt: Prompt::Iex { .. }, .. });
    ground.sees_fact("the prompt", again).await;
    ground.types("alex", "IO.puts(:going); Process.sleep(:infinity)");
    ground.sees_output("alex", "going").await;
    ground.cluster.interrupt(&alex);
    ground.sees("the interrupt", |event| matches!(event, Event::Interrupted { kept: 2, .. })).await;
    ground.types("alex", "{:still, y}");
    ground.sees_output("alex", "{:still, 42}").await;
    let (is_whole, answer) = oneshot::channel();
    ground.cluster.parse(&alex, "fn ->".to_owned(), is_whole);
    assert_eq!(ground.hears(answer).await, Some(false));
    ground.ends_whole().await;
}

#[tokio::test]
async fn an_iex_that_ends_at_once_says_why() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.types("alex", "iex --sname alex@localhost -S nonsense");
    ground.sees_output("alex", "nonsense").await;
    ground.ends("alex", Some(1)).await;
    ground.types("alex", "iex --sname 'al ex@localhost'");
    ground.ends("alex", Some(1)).await;
    ground.types("alex", "iex --version");
    ground.sees_output("alex", "IEx 1.").await;
    ground.ends("alex", Some(0)).await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_line_that_is_too_long_is_refused_and_the_prompt_stays() {
    let mut ground = Ground::new(&["alex"]).await;
    ground.boots("alex").await;
    ground.types("alex", &"1".repeat(70_000));
    ground.fails("too long").await;
    ground.types("alex", ":fine");
    ground.sees_output("alex", ":fine").await;
    ground.ends_whole().await;
}

#[tokio::test]
async fn all_stop_and_their_names_are_free() {
    let mut ground = Ground::new(&["alex", "kate", "moebi", "shell"]).await;
    for name in ["alex", "kate", "moebi"] {
        ground.boots(name).await;
    }
    ground.types("shell", "sleep 1000");
    ground.stops_all().await;
    for name in ["alex", "kate", "moebi"] {
        ground.boots(name).await;
    }
    ground.ends_whole().await;
}

#[tokio::test]
async fn a_probe_is_always_answered() {
    let mut ground = Ground::new(&["alex"]).await;
    let alex = ground.name("alex");
    let outcome = |wanted: ProbeOutcome| move |fact: &Fact| matches!(fact, Fact::Probed { outcome, .. } if *outcome == wanted);
    let sleeps = "Process.sleep(:infinity)";
    ground.cluster.probe(&alex, "1", None, Duration::from_millis(50));
    ground.sees_fact("no node", outcome(ProbeOutcome::NoNode)).await;
    let (is_whole, answer) = oneshot::channel();
    ground.cluster.parse(&alex, "fn ->".to_owned(), is_whole);
    assert_eq!(ground.hears(answer).await, None, "nobody can say");
    ground.boots("alex").await;
    ground.cluster.probe(&alex, sleeps, None, Duration::from_millis(50));
    ground.sees_fact("no answer", outcome(ProbeOutcome::TimedOut)).await;
    // The node stops while it is asked.
    ground.cluster.probe(&alex, sleeps, None, Duration::from_secs(60));
    ground.cluster.close(&alex);
    ground.sees_fact("no node", outcome(ProbeOutcome::NoNode)).await;
    ground.ends_whole().await;
}

/// Is killed by the test below.
#[tokio::test]
#[ignore = "run by no_node_survives_sigkill"]
async fn doomed() {
    let mut ground = Ground::new(&["alex", "kate"]).await;
    let sleep = ground.long_sleep();
    for name in ["alex", "kate"] {
        ground.boots(name).await;
        ground.types(name, &format!("Port.open({{:spawn, ~c\"setsid {sleep}\"}}, [])"));
    }
    until("the ports run", || processes_with(&sleep).len() == 2).await;
    println!("DOOMED {} {sleep}", ground.cluster.private_folder().display());
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn no_node_survives_sigkill() {
    let mut doomed = ground::Doomed::start("nodes::doomed").await;
    let session = doomed.session();
    assert!(ground::marked(&session).len() >= 4);
    doomed.is_killed().await;
    until("all processes are gone", || ground::marked(&session).is_empty()).await;
    until("the ports are gone", || processes_with(&doomed.sleep).is_empty()).await;
    until("the folder is gone", || !doomed.folder.exists()).await;
}
