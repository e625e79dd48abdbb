//! Nodes that are killed, paused and cut off from each other.

use moebi::{
    cluster::{Event, Rest},
    error::Result,
    lesson::{Fact, Fault, NodeName, ProbeOutcome},
};

use super::harness::TestCluster;
use crate::support::{
    PATIENCE,
    lesson::terminal,
    processes::{is_one_thread_running, of_session},
};

async fn two() -> TestCluster {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    up(&mut cluster).await;
    cluster
}

async fn up(cluster: &mut TestCluster) {
    cluster.boots("alex").await;
    cluster.boots("kate").await;
    connects(cluster).await;
}

async fn connects(cluster: &mut TestCluster) {
    gives(cluster, "alex", "Node.connect(:kate@localhost)", "true").await;
}

/// A value that is known without what runs in another node being asked.
async fn gives(cluster: &mut TestCluster, on: &str, code: &str, value: &str) {
    assert_eq!(probed(cluster, on, code).await, outcome(value), "{code}");
}

fn outcome(value: &str) -> ProbeOutcome {
    ProbeOutcome::Value { inspected: value.to_owned(), matched: None }
}

async fn probed(cluster: &mut TestCluster, on: &str, code: &str) -> ProbeOutcome {
    cluster.probe(&terminal(on), code, None, PATIENCE);
    let found = std::cell::RefCell::new(None);
    let is_it = |fact: &Fact| match fact {
        Fact::Probed { code: asked, outcome, .. } if asked == code => {
            *found.borrow_mut() = Some(outcome.clone());
            true
        }
        _ => false,
    };
    cluster.sees_fact(code, is_it).await;
    found.into_inner().expect("it was just seen")
}

fn pair(fault: fn(moebi::lesson::TerminalName, moebi::lesson::TerminalName) -> Fault) -> Fault {
    fault(terminal("alex"), terminal("kate"))
}

async fn befalls(cluster: &mut TestCluster, fault: Fault) {
    cluster.befall(&fault).expect("it can be done");
    cluster.sees_fact("the fault", |fact| *fact == Fact::Fault(fault.clone())).await;
}

/// Seen already, or still to come: in which order the machine's parts are heard of is chance.
async fn has_or_sees(cluster: &mut TestCluster, fact: &Fact) {
    if !cluster.facts().any(|seen| seen == fact) {
        cluster.sees_fact("a fact", |seen| seen == fact).await;
    }
}

async fn loses(cluster: &mut TestCluster, on: &str, from: &str) {
    let name = |name| NodeName::parse(name).expect("a name");
    has_or_sees(cluster, &Fact::Disconnected { on: name(on), from: name(from) }).await;
}

async fn rests(cluster: &mut TestCluster) -> Rest {
    cluster.seek_rest();
    cluster.sees("rest", |event| matches!(event, Event::Rested(_))).await;
    match cluster.seen.iter().rev().find(|event| matches!(event, Event::Rested(_))) {
        Some(Event::Rested(rest)) => *rest,
        _ => unreachable!("it was just seen"),
    }
}

fn said(befallen: Result<()>) -> String {
    befallen.expect_err("it can't be done").to_string()
}

#[tokio::test]
async fn a_killed_node_is_gone_and_the_other_has_lost_it() {
    let mut cluster = two().await;
    befalls(&mut cluster, Fault::Kill(terminal("kate"))).await;
    cluster.ends("kate", None).await;
    loses(&mut cluster, "alex", "kate").await;
    cluster.ends_whole().await;
}

async fn is_paused_and_goes_on(mut cluster: TestCluster) {
    befalls(&mut cluster, Fault::Pause(terminal("kate"))).await;
    assert_eq!(rests(&mut cluster).await, Rest::Waiting, "kate may go on");
    gives(&mut cluster, "alex", "Node.list()", "[:kate@localhost]").await;
    assert_eq!(probed(&mut cluster, "kate", "1").await, ProbeOutcome::TimedOut);
    cluster.types("alex", "send({:user, :kate@localhost}, :late)");
    cluster.types("kate", "IO.puts(\"waited\")");
    assert_eq!(rests(&mut cluster).await, Rest::Waiting);
    assert_eq!(said(cluster.befall(&Fault::Pause(terminal("kate")))), "kate is paused already");
    cluster.befall(&Fault::Resume(terminal("kate"))).expect("it goes on");
    cluster.sees_output("kate", "waited").await;
    has_or_sees(&mut cluster, &Fact::Fault(Fault::Resume(terminal("kate")))).await;
    assert_eq!(said(cluster.befall(&Fault::Resume(terminal("kate")))), "kate is not paused");
    befalls(&mut cluster, Fault::Pause(terminal("kate"))).await;
    cluster.close(&terminal("kate"));
    cluster.ends("kate", None).await;
    cluster.boots("kate").await;
    gives(&mut cluster, "kate", "1 + 1", "2").await;
    befalls(&mut cluster, Fault::Pause(terminal("alex"))).await;
    cluster.stops_all().await;
    up(&mut cluster).await;
    befalls(&mut cluster, Fault::Pause(terminal("kate"))).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn a_paused_node_is_not_waited_for_goes_on_and_ends_at_once() {
    is_paused_and_goes_on(two().await).await;
}

/// Under load it may be long from the signal to when the last thread has stopped.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn nothing_of_a_node_runs_on_when_it_is_said_to_be_paused() {
    let mut cluster = TestCluster::new(&["kate"]).await;
    cluster.boots("kate").await;
    gives(&mut cluster, "kate", "for _ <- 1..16, do: spawn(fn -> Stream.run(Stream.cycle([1])) end); 1", "1")
        .await;
    for _ in 0..20 {
        befalls(&mut cluster, Fault::Pause(terminal("kate"))).await;
        let running: Vec<u32> =
            of_session(cluster.session()).into_iter().filter(|pid| is_one_thread_running(*pid)).collect();
        assert_eq!(running, Vec::<u32>::new());
        befalls(&mut cluster, Fault::Resume(terminal("kate"))).await;
    }
    cluster.ends_whole().await;
}

#[tokio::test]
async fn whoever_calls_a_paused_node_is_at_rest() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    cluster.boots("alex").await;
    cluster.boots("kate").await;
    befalls(&mut cluster, Fault::Pause(terminal("kate"))).await;
    cluster.types("alex", "spawn(fn -> Node.connect(:kate@localhost) end)");
    cluster.sees_output("alex", "#PID").await;
    assert_eq!(rests(&mut cluster).await, Rest::Waiting);
    cluster.ends_whole().await;
}

#[tokio::test]
async fn likewise_in_a_cell() {
    let mut cluster = TestCluster::confined(&["alex", "kate"], |_| ()).await;
    up(&mut cluster).await;
    is_paused_and_goes_on(cluster).await;
}

/// Every way to the other: seen, hidden, by a message, by whichever side calls.
async fn is_cut_off(cluster: &mut TestCluster) {
    for (on, to) in [("alex", "kate"), ("kate", "alex")] {
        for call in [
            // What is sent calls in the background: the next call waits for the same connection.
            format!("send({{:user, :{to}@localhost}}, :hi); Node.connect(:{to}@localhost)"),
            format!(":net_kernel.hidden_connect_node(:{to}@localhost)"),
            format!("Node.ping(:{to}@localhost) == :pong"),
        ] {
            gives(cluster, on, &call, "false").await;
        }
        gives(cluster, on, &format!(":{to}@localhost in Node.list(:connected)"), "false").await;
    }
}

async fn is_cut_and_healed(mut cluster: TestCluster) {
    cluster.boots("moebi").await;
    cluster.types("alex", ":net_kernel.monitor_nodes(true, [:nodedown_reason])");
    cluster.sees_output("alex", ":ok").await;
    befalls(&mut cluster, pair(Fault::Cut)).await;
    loses(&mut cluster, "alex", "kate").await;
    loses(&mut cluster, "kate", "alex").await;
    cluster.types("alex", "flush()");
    // Not `:disconnect`, which would be somebody's own doing.
    cluster.sees_output("alex", "connection_closed").await;
    is_cut_off(&mut cluster).await;
    assert_eq!(said(cluster.befall(&pair(Fault::Cut))), "alex and kate are cut off from each other already");
    gives(&mut cluster, "alex", ":erlang.get_cookie(:kate@localhost) == Node.get_cookie()", "true").await;
    gives(&mut cluster, "kate", "Node.ping(:moebi@localhost)", ":pong").await;

    // It outlasts the node.
    cluster.close(&terminal("kate"));
    cluster.ends("kate", Some(0)).await;
    cluster.boots("kate").await;
    is_cut_off(&mut cluster).await;
    befalls(&mut cluster, pair(Fault::Heal)).await;
    gives(&mut cluster, "kate", "Node.ping(:alex@localhost)", ":pong").await;
    assert_eq!(said(cluster.befall(&pair(Fault::Heal))), "nothing is cut between alex and kate");

    // But not the lesson's next beginning.
    befalls(&mut cluster, pair(Fault::Cut)).await;
    cluster.stops_all().await;
    up(&mut cluster).await;
    cluster.ends_whole().await;
}

#[tokio::test]
async fn nodes_that_are_cut_off_find_no_way_to_each_other_until_it_is_healed() {
    let mut cluster = TestCluster::new(&["alex", "kate", "moebi"]).await;
    up(&mut cluster).await;
    is_cut_and_healed(cluster).await;
}

#[tokio::test]
async fn nodes_are_cut_off_in_a_cell_as_well() {
    let mut cluster = TestCluster::confined(&["alex", "kate", "moebi"], |_| ()).await;
    up(&mut cluster).await;
    is_cut_and_healed(cluster).await;
}

#[tokio::test]
async fn what_is_no_node_has_no_faults() {
    let mut cluster = TestCluster::new(&["alex", "kate"]).await;
    for fault in [
        Fault::Kill(terminal("alex")),
        Fault::Pause(terminal("alex")),
        Fault::Resume(terminal("alex")),
        pair(Fault::Cut),
    ] {
        assert_eq!(said(cluster.befall(&fault)), "no node runs in alex", "{fault}");
    }
    assert_eq!(said(cluster.befall(&Fault::Kill(terminal("bob")))), "there is no terminal `bob`");
    cluster.types("alex", "iex");
    cluster.sees_fact("a nameless node", |fact| matches!(fact, Fact::NodeStarted { .. })).await;
    assert_eq!(said(cluster.befall(&pair(Fault::Cut))), "the node in alex has no name");
    cluster.ends_whole().await;
}
