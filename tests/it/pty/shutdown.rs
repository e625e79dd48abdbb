//! However Moebi ends, nothing stays: no process, no folder, no socket; and the terminal is as it was.

use rustix::process::Signal;

use crate::support::learner::PtyLearner;

/// Two connected nodes, a port program and a daemon of a node's, and a daemon of a command's. `alex` is in front.
fn at_work() -> PtyLearner {
    let learner = PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto leave")
        .reads("leave", "○○○○○○○")
        .sees("alex ●───● kate")
        .at("iex(kate@localhost)")
        .types("Port.open({:spawn, \"sleep 1001\"}, [])")
        .sees("#Port<")
        .at("iex(kate@localhost)")
        .types("System.cmd(\"sh\", [\"-c\", \"setsid sleep 1002 >/dev/null 2>&1 &\"])")
        .sees("{\"\", 0}")
        .at("iex(kate@localhost)")
        .types("/open daemon")
        .at("daemon $")
        .types("(setsid sleep 1003 &); iex --sname daemon@localhost")
        .at("iex(daemon@localhost)")
        .types("/alex")
        .at("iex(alex@localhost)");
    for program in ["sleep 1001", "sleep 1002", "sleep 1003", "beam.smp", "__guardian"] {
        learner.home().has_process(program);
    }
    learner
}

#[test]
fn quit() {
    at_work().types("/quit").sees("Your progress is saved").has_left();
}

#[test]
fn ctrl_d() {
    at_work().keys("\x04").sees("Your progress is saved").has_left();
}

#[test]
fn sigterm() {
    let learner = at_work();
    learner.pty().signals(Signal::TERM);
    learner.has_left();
}

#[test]
fn sigkill() {
    at_work().gets_killed();
}

#[test]
fn the_window_is_closed() {
    at_work().hangs_up();
}

#[test]
fn a_panic() {
    let learner = at_work();
    learner.pty().signals(Signal::USR2);
    let ended = learner.pty().ends();
    assert!(!ended.success());
    if cfg!(debug_assertions) {
        learner.is_given_back();
    }
    learner.home().is_deserted();
}

#[test]
fn in_the_middle_of_a_program() {
    let learner = PtyLearner::new(100, 30)
        .at("shell $")
        .types("printf 'at work\\033[?25l'; sleep 1004")
        .sees("at work");
    learner.home().has_process("sleep 1004");
    learner.pty().signals(Signal::TERM);
    learner.has_left();
}

#[test]
fn while_nodes_start() {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto whose-stderr")
        .reads("whose-stderr", "○○○○○○○○○")
        .sees("Bringing the nodes to step")
        .keys("\x04")
        .has_left();
}
