//! Nodes that don't start, don't answer or are gone.

use rustix::process::Signal;

use crate::support::{home::Home, learner::PipeLearner, processes::signal};

const MORE: &str = "1 + 41";

/// The shell still serves: another node starts, and takes input.
#[track_caller]
fn goes_on(learner: PipeLearner) -> PipeLearner {
    learner
        .types("/moebi")
        .sees("[prompt] moebi $")
        .types("iex --sname moebi@localhost")
        .sees("iex(moebi@localhost)1>")
        .types(MORE)
        .sees("[moebi, value] 42")
}

#[test]
fn an_iex_that_exits_at_once() {
    let home = Home::new();
    let learner = home.opens_pipe(&mut home.command_with(
        "iex",
        "echo 'libfoo.so is missing' >&2; exit 3",
        &["--plain"],
    ));
    let learner =
        learner.sees("[prompt] shell $").types("iex --sname alex@localhost").sees("libfoo.so is missing");
    learner.sees("shell: the command ended with exit code 3").sees("[prompt] shell $").quits();
}

#[test]
fn an_iex_that_exits_at_once_in_a_section_that_starts_nodes() {
    let home = Home::new();
    let learner = home.opens_pipe(&mut home.command_with(
        "iex",
        "echo 'libfoo.so is missing' >&2; exit 3",
        &["--plain"],
    ));
    let learner = learner.sees("[prompt] shell $").types("/goto spawn-link").sees("Code on another node");
    // The learner is told, not left at a dead `$` without a word.
    learner.sees("exit code 3").sees("[prompt]").quits();
}

#[test]
fn an_iex_that_hangs_while_it_boots() {
    let home = Home::new();
    let learner = home.opens_pipe(&mut home.command_with(
        "iex",
        r#"touch -d "1 minute ago" "$MOEBI_BRIDGE.boot"; exec sleep 1000"#,
        &["--plain"],
    ));
    let learner = learner.sees("[prompt] shell $").types("iex --sname alex@localhost");
    let learner = learner.sees("iex has not started for 20 seconds").sees("/close shell");
    learner.types("/close shell").sees("[prompt] shell $").quits();
}

#[test]
fn a_name_that_is_taken() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types("/shell").sees("[prompt] shell $");
    let learner =
        learner.types("iex --sname alex@localhost").sees("seems to be in use by another Erlang node");
    let learner = learner.sees("[prompt] shell $").types("/alex").sees("iex(alex@localhost)1>");
    learner.types(MORE).sees("[alex, value] 42").quits();
}

#[test]
fn a_syntax_error() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types("1 + )").sees("[kate, error] ** (SyntaxError)");
    learner.sees("iex(kate@localhost)1>").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn system_halt() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types("System.halt(7)");
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn init_stop() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types(":init.stop()");
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn a_node_killed_from_outside() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    signal(home.node("kate"), Signal::KILL);
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn a_node_killed_while_it_works() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types("Process.sleep(:infinity)");
    signal(home.node("kate"), Signal::KILL);
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn a_node_that_is_stopped_and_goes_on() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let pid = home.node("kate");
    signal(pid, Signal::STOP);
    // Other nodes are served meanwhile.
    let learner = learner.types("/alex").sees("iex(alex@localhost)1>").types(MORE).sees("[alex, value] 42");
    signal(pid, Signal::CONT);
    learner.types("/kate").sees("iex(kate@localhost)1>").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn a_node_that_is_stopped_for_good_can_be_closed() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    signal(home.node("kate"), Signal::STOP);
    let learner =
        learner.types("/close kate").sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn a_node_that_is_stopped_does_not_keep_moebi() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    signal(home.node("kate"), Signal::STOP);
    learner.quits();
}

#[test]
fn the_guardian_killed_from_outside() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let [guardian] = home.processes("__guardian").try_into().expect("one guardian");
    signal(guardian, Signal::KILL);
    let learner =
        learner.sees("Moebi's guardian was killed").sees("start them again").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn the_shell_of_a_node_killed_from_within() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner.types("Process.exit(self(), :kill)").sees("[kate, error] ** (EXIT from");
    learner.sees("iex(kate@localhost)").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn the_devices_of_a_node_killed_from_within() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner.types("Process.exit(Process.group_leader(), :kill)");
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}

#[test]
fn a_node_that_crashes() {
    let home = Home::new();
    let learner =
        home.opens_plain().meets_kate().types(":erlang.halt(String.to_charlist(\"out of memory\"))");
    let learner = learner.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(learner).quits();
}
