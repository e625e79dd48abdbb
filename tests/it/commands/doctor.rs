//! `moebi doctor`, with real nodes.

use std::{fs, os::unix::fs::PermissionsExt, process::Command};

use serde_json::Value;

use crate::support::{
    home::{Finished, Home},
    processes,
    pty::Pty,
    until,
};

/// The state of a check, and all that is said about it.
fn check(report: &Value, id: &str) -> (String, String) {
    let findings = report["findings"].as_array().expect("findings");
    let found = findings
        .iter()
        .find(|finding| finding["check"] == id)
        .unwrap_or_else(|| panic!("no {id} in {report:#}"));
    let remedies = found["remedies"].as_array().expect("a list").iter().filter_map(Value::as_str);
    let told: Vec<_> = found["told"].as_str().into_iter().chain(remedies).collect();
    (found["state"].as_str().expect("a state").to_owned(), told.join("\n"))
}

#[test]
fn on_a_machine_that_is_well_everything_is_tried() {
    let home = Home::new();
    let report = home.runs(&["doctor", "--format", "json"]).exits(0).json();
    assert_eq!(report["well"], true);
    for id in
        ["elixir", "state", "cache", "workspace", "cookie", "bridge", "iex", "epmd", "meeting", "locale"]
    {
        assert_eq!(check(&report, id).0, "ok", "{report:#}");
    }
    assert!(check(&report, "short-name").1.contains("alex@"), "{report:#}");
    assert!(check(&report, "terminal").0 == "remark", "{report:#}");
    home.is_deserted();
}

#[test]
fn it_speaks_greek_and_without_colour_in_a_pipe() {
    let home = Home::new();
    let said = home.runs(&["doctor", "--lang", "el"]).exits(0).prints("✔ Το iex ξεκινά και απαντά");
    let said = said.prints("Τα μαθήματα μπορούν να τρέξουν εδώ");
    assert!(!said.stdout.contains('\u{1b}') && said.stderr.is_empty(), "{said:#?}");
    home.is_deserted();
}

#[test]
fn in_a_terminal_its_abilities_are_measured() {
    let home = Home::new();
    let pty = Pty::open(50, 60, home.command(&["doctor"]).env("NO_COLOR", "1"));
    pty.wait_for("the last line", |look| look.screen().contains("Lessons can run here"));
    assert!(pty.ends().success());
    let screen = pty.screen();
    for told in
        ["✔ Greek and wide letters", "! It has 50 columns", "→ Make it 60 columns", "✔ Colours are off"]
    {
        assert!(screen.contains(told), "no {told:?} on\n{screen}");
    }
    assert!(pty.is_cooked(), "the terminal is given back");
    home.is_deserted();
}

#[test]
fn a_cookie_that_others_can_read_is_wrong_and_its_remedy_works() {
    let home = Home::new();
    let cookie = home.path("home/.erlang.cookie");
    fs::write(&cookie, "AAAAAAAAAAAAAAAAAAAA").expect("a cookie");
    fs::set_permissions(&cookie, fs::Permissions::from_mode(0o644)).expect("it is ours");
    let report = home.runs(&["doctor", "--format", "json"]).exits(3).json();
    let (state, told) = check(&report, "cookie");
    assert_eq!(state, "wrong");
    let remedy = told.lines().last().and_then(|line| line.strip_prefix("Run: ")).expect("a command");
    assert!(Command::new("sh").args(["-c", remedy]).status().expect("a shell").success());
    let report = home.runs(&["doctor", "--format", "json"]).exits(0).json();
    assert_eq!(check(&report, "cookie").0, "ok");
    home.is_deserted();
}

#[test]
fn flags_that_keep_nodes_from_starting_are_found() {
    let home = Home::new();
    let mut command = home.command(&["doctor", "--format", "json"]);
    command.env("ERL_ZFLAGS", "-boot nowhere");
    let report = home.finishes(&mut command).exits(3).json();
    let (state, told) = check(&report, "iex");
    assert_eq!(state, "wrong");
    assert!(told.contains("ERL_ZFLAGS") && told.contains("nowhere"), "{told}");
    home.is_deserted();
}

#[test]
fn a_machine_without_elixir_is_told_how_to_get_one() {
    let home = Home::new();
    let report = without_elixir(&home, "en").exits(3).json();
    let (state, told) = check(&report, "elixir");
    assert!(state == "wrong" && told.contains("moebi setup"), "{told}");
    assert_eq!(check(&report, "iex").0, "remark");
    let report = without_elixir(&home, "el").exits(3).json();
    assert!(check(&report, "elixir").1.contains("Δεν υπάρχει Elixir"), "{report:#}");
}

fn without_elixir(home: &Home, lang: &str) -> Finished {
    let mut command = home.command(&["doctor", "--format", "json", "--lang", lang]);
    command.env("PATH", home.path("tmp"));
    home.finishes(&mut command)
}

#[test]
fn an_odd_locale_and_an_odd_terminal_are_worth_a_remark() {
    let home = Home::new();
    let mut command = home.command(&["doctor", "--format", "json"]);
    command.env("LC_ALL", "C").env("PATH", home.path("tmp"));
    let report = home.finishes(&mut command).json();
    assert_eq!(check(&report, "locale").0, "remark");
}

#[test]
fn what_a_killed_moebi_left_is_named_with_its_pids() {
    let home = Home::new();
    let session = "moebi-00000000feedbeef";
    fs::create_dir(home.path("tmp").join(session)).expect("a folder");
    let mut left = Command::new("sleep");
    let mut left = left.arg("60").env("MOEBI_COMMAND", format!("{session}.1")).spawn().expect("sleep starts");
    // `spawn` comes back a moment before the new program has its environment.
    let mark = format!("MOEBI_COMMAND={session}.1");
    until("had its environment", || if processes::marked(&mark).is_empty() { Err(()) } else { Ok(()) });
    let told = check(&without_elixir(&home, "en").json(), "leftovers");
    left.kill().and_then(|()| left.wait()).expect("it is ours");
    assert_eq!(told.0, "remark");
    let words: Vec<_> = told.1.split_whitespace().collect();
    assert!(words.contains(&left.id().to_string().as_str()), "{told:?}");
    assert!(told.1.contains(session), "{told:?}");
}

#[test]
fn being_told_to_stop_leaves_nothing() {
    let home = Home::new();
    let mut moebi = home.command(&["doctor"]).stdout(std::process::Stdio::null()).spawn().expect("it starts");
    let pid = rustix::process::Pid::from_child(&moebi);
    rustix::process::kill_process(pid, rustix::process::Signal::TERM).expect("it is ours");
    let _ = moebi.wait();
    home.is_deserted();
}
