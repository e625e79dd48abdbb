//! Nodes that don't start, don't answer or are gone.

use std::{fs, os::unix::fs::PermissionsExt};

use rustix::process::Signal;

use super::{
    common::runtime::runtime,
    house::House,
    moebi::{Moebi, kill},
};

const MORE: &str = "1 + 41";

/// An `iex` of the learner's own, first on PATH.
fn own_iex(house: &House, script: &str) -> std::process::Command {
    let folder = house.room("home/bin");
    fs::create_dir(&folder).expect("a folder");
    fs::write(folder.join("iex"), format!("#!/bin/sh\n{script}\n")).expect("a script");
    fs::set_permissions(folder.join("iex"), fs::Permissions::from_mode(0o755)).expect("it may run");
    let mut command = house.moebi(&["--plain"]);
    let present = std::env::var_os("PATH").unwrap_or_default();
    let path = runtime().on(&present).into_string().expect("UTF-8");
    command.env("PATH", format!("{}:{path}", folder.display()));
    command
}

/// The shell still serves: another node starts, and takes input.
#[track_caller]
fn goes_on(moebi: Moebi) -> Moebi {
    moebi
        .types("/moebi")
        .sees("[prompt] moebi $")
        .types("iex --sname moebi@localhost")
        .sees("iex(moebi@localhost)1>")
        .types(MORE)
        .sees("[moebi, value] 42")
}

#[test]
fn an_iex_that_exits_at_once() {
    let house = House::new();
    let moebi = house.opens_with(&mut own_iex(&house, "echo 'libfoo.so is missing' >&2; exit 3"));
    let moebi =
        moebi.sees("[prompt] shell $").types("iex --sname alex@localhost").sees("libfoo.so is missing");
    moebi.sees("shell: the command ended with exit code 3").sees("[prompt] shell $").quits();
}

#[test]
fn an_iex_that_exits_at_once_in_a_section_that_starts_nodes() {
    let house = House::new();
    let moebi = house.opens_with(&mut own_iex(&house, "echo 'libfoo.so is missing' >&2; exit 3"));
    let moebi = moebi.sees("[prompt] shell $").types("/goto spawn-link").sees("Code on another node");
    // The learner is told, not left at a dead `$` without a word.
    moebi.sees("exit code 3").sees("[prompt]").quits();
}

#[test]
fn an_iex_that_hangs_while_it_boots() {
    let house = House::new();
    let moebi = house.opens_with(&mut own_iex(&house, "exec sleep 1000"));
    let moebi = moebi.sees("[prompt] shell $").types("iex --sname alex@localhost");
    let moebi = moebi.sees("iex has not started for 20 seconds").sees("/close shell");
    moebi.types("/close shell").sees("[prompt] shell $").quits();
}

#[test]
fn a_name_that_is_taken() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types("/shell").sees("[prompt] shell $");
    let moebi = moebi.types("iex --sname alex@localhost").sees("seems to be in use by another Erlang node");
    let moebi = moebi.sees("[prompt] shell $").types("/alex").sees("iex(alex@localhost)1>");
    moebi.types(MORE).sees("[alex, value] 42").quits();
}

#[test]
fn a_syntax_error() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types("1 + )").sees("[kate, error] ** (SyntaxError)");
    moebi.sees("iex(kate@localhost)1>").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn system_halt() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types("System.halt(7)");
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn init_stop() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types(":init.stop()");
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn a_node_killed_from_outside() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    kill(house.node("kate"), Signal::KILL);
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn a_node_killed_while_it_works() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types("Process.sleep(:infinity)");
    kill(house.node("kate"), Signal::KILL);
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn a_node_that_is_stopped_and_goes_on() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let pid = house.node("kate");
    kill(pid, Signal::STOP);
    // Other nodes are served meanwhile.
    let moebi = moebi.types("/alex").sees("iex(alex@localhost)1>").types(MORE).sees("[alex, value] 42");
    kill(pid, Signal::CONT);
    moebi.types("/kate").sees("iex(kate@localhost)1>").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn a_node_that_is_stopped_for_good_can_be_closed() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    kill(house.node("kate"), Signal::STOP);
    let moebi =
        moebi.types("/close kate").sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn a_node_that_is_stopped_does_not_keep_moebi() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    kill(house.node("kate"), Signal::STOP);
    moebi.quits();
}

#[test]
fn the_guardian_killed_from_outside() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let [guardian] = house.processes("__guardian").try_into().expect("one guardian");
    kill(guardian, Signal::KILL);
    let moebi = moebi.sees("Moebi's guardian was killed").sees("start them again").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn the_shell_of_a_node_killed_from_within() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi.types("Process.exit(self(), :kill)").sees("[kate, error] ** (EXIT from");
    moebi.sees("iex(kate@localhost)").types(MORE).sees("[kate, value] 42").quits();
}

#[test]
fn the_devices_of_a_node_killed_from_within() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi.types("Process.exit(Process.group_leader(), :kill)");
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}

#[test]
fn a_node_that_crashes() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types(":erlang.halt(String.to_charlist(\"out of memory\"))");
    let moebi = moebi.sees("The node kate@localhost has stopped").sees("[prompt] kate $");
    goes_on(moebi).quits();
}
