//! Several windows onto one lesson: each a program of its own, with real nodes behind all of them.

use std::{process::Command, thread};

use rustix::process::Signal;

use crate::support::{
    home::{Home, install},
    learner::{PipeLearner, PtyLearner},
};

/// A window beside the lesson that is open in `home`. It has a home of its own, so that what is left of it is seen alone.
fn attach(home: &Home, arguments: &[&str]) -> (Home, Command) {
    let beside = Home::new();
    let mut command = beside.command(&[&["attach"], arguments].concat());
    command.env("XDG_STATE_HOME", home.path("state"));
    (beside, command)
}

#[track_caller]
fn window(home: &Home, terminal: &str) -> PipeLearner {
    let (beside, mut command) = attach(home, &[terminal, "--plain"]);
    beside.opens_pipe(&mut command)
}

fn window_on_a_terminal(home: &Home, arguments: &[&str]) -> PtyLearner {
    let (beside, command) = attach(home, arguments);
    beside.opens_pty(90, 24, &command)
}

#[track_caller]
fn closes(window: PipeLearner) -> String {
    window.types("/quit").ends().exits(0).prints("This window is closed").stdout
}

#[test]
fn what_is_typed_in_either_is_one_lesson() {
    let home = Home::new();
    let lesson = home.opens_plain().meets_kate();
    let kate = window(&home, "kate").prompts("iex(kate@localhost)1>");
    let kate = kate.types("defmodule Kate do\ndef say_name, do: IO.puts(\"Hi\")\nend").sees_done();
    let lesson = lesson.sees("def say_name").sees("{:module, Kate").sees_done();
    // Enter goes on there as well; the step itself stands in the lesson's window.
    let kate =
        kate.types("").sees("The lesson goes on in its own window").types("Kate.say_name()").sees_done();
    let lesson = lesson
        .sees("Kate.say_name()")
        .sees_done()
        .types("/goto remote-hello")
        .prompts("? (a number, or Enter)")
        .types("");
    let lesson = lesson.prompts("iex(alex@localhost)1>");
    let alex = window(&home, "alex").prompts("iex(alex@localhost)1>");
    let alex = alex.types("Node.spawn_link(:kate@localhost, fn -> Kate.say_name() end)").sees_done();
    let lesson = lesson.sees_done().types("/screen alex").sees("iex> Node.spawn_link").sees("Hi");
    assert!(!closes(kate).contains("spawn_link"), "it shows kate alone");
    let page = closes(alex);
    assert!(!page.contains("{:module"), "it shows alex alone: {page}");
    lesson.types("1 + 41").sees("42").quits();
}

#[test]
fn what_was_shown_is_there_at_once_and_two_windows_may_show_the_same() {
    let home = Home::new();
    let lesson =
        home.opens_plain().meets_kate().types("IO.puts(\"long ago\")").prompts("iex(kate@localhost)2>");
    let one = window(&home, "kate").sees("long ago").prompts("iex(kate@localhost)2>");
    let other = window(&home, "kate").sees("long ago").prompts("iex(kate@localhost)2>");
    let one = one.types("Enum.sum(1..100)").sees("5050").prompts("iex(kate@localhost)3>");
    let other = other.sees("Enum.sum(1..100)").sees("5050").prompts("iex(kate@localhost)3>");
    let lesson = lesson.sees("5050").prompts("iex(kate@localhost)3>");
    closes(one);
    let other = other.types("6 * 7").sees("42");
    lesson.sees("42").quits();
    other.ends().exits(0).prints("The lesson has ended, and this window with it");
}

#[test]
fn a_window_that_dies_takes_nothing_with_it() {
    let home = Home::new();
    let lesson = home.opens_plain().meets_kate();
    let kate = window(&home, "kate").prompts("iex(kate@localhost)1>");
    kate.types("Process.sleep(:infinity)").gets(Signal::KILL).ends();
    let again = window(&home, "kate");
    let lesson = lesson.types("/close").prompts("kate $");
    let again = again.prompts("kate $");
    let lesson = lesson.types("iex --sname kate@localhost");
    let again = again.prompts("iex(kate@localhost)1>").types("6 * 7").sees("42");
    // Nor does the lesson leave a window behind.
    lesson.gets(Signal::KILL).ends();
    again.ends().exits(0).prints("The lesson is gone, and this window with it");
    let (beside, mut command) = attach(&home, &[]);
    beside.finishes(&mut command).exits(2).complains("no lesson is open").complains("`moebi`");
}

#[test]
fn a_window_that_is_closed_is_gone() {
    let home = Home::new();
    let lesson = home.opens_plain();
    window_on_a_terminal(&home, &["kate"]).at("kate $").hangs_up();
    lesson.types("echo $((6 * 7))").sees("42").quits();
}

#[test]
fn a_window_that_stands_still_holds_up_nobody() {
    let home = Home::new();
    let lesson = home.opens_plain().meets_kate();
    let still = window(&home, "kate").prompts("iex(kate@localhost)1>").gets(Signal::STOP);
    let lesson = lesson
        .types("Enum.each(1..200_000, &IO.puts(\"line #{&1} of many\"))")
        .sees("not shown")
        .prompts("iex(kate@localhost)2>")
        .types("/alex")
        .prompts("iex(alex@localhost)1>")
        .types("6 * 7")
        .sees("42");
    closes(still.gets(Signal::CONT).sees("not shown").prompts("iex(kate@localhost)2>"));
    lesson.quits();
}

/// Of what went wrong last in the lesson, wherever it was typed.
#[test]
fn why_is_told_in_the_window_that_asks() {
    let home = Home::new();
    let lesson = home.opens_plain().meets_kate();
    let kate = window(&home, "kate").prompts("iex(kate@localhost)1>");
    let kate = kate.types("/why").sees("No error between nodes").prompts("iex(kate@localhost)1>");
    let kate = kate.types("Node.ping(:nobody@localhost)").prompts("iex(kate@localhost)2>");
    let kate = kate.types("/why").sees("[why] kate » Node.ping");
    let kate = kate.sees("[seen] epmd was asked for nobody, and knew no such name");
    let kate =
        kate.sees("[seen] nobody@localhost has not run").sees("[try]").prompts("iex(kate@localhost)2>");
    let alex = window_on_a_terminal(&home, &["alex"]).at("iex(alex@localhost)1>").types("/γιατί");
    let alex = alex.sees("kate » Node.ping").sees("✘ No node is called").sees("epmd was asked for nobody");
    alex.at("iex(alex@localhost)1>").keys("/quit\r").sees("This window is closed").ends();
    closes(kate);
    // The others asked for themselves.
    let lesson = lesson.sees("Node.ping(:nobody@localhost)").prompts("iex(kate@localhost)2>");
    assert!(!lesson.page().contains("[why]"), "{}", lesson.page());
    lesson.types("/why").sees("[why] kate » Node.ping").quits();
}

#[test]
fn ten_windows_two_of_them_flooded() {
    let home = Home::new();
    let lesson = home.opens_plain().meets_kate();
    let floods = (0..2).map(|_| window(&home, "kate").prompts("iex(kate@localhost)1>"));
    let floods: Vec<_> = floods.collect();
    let quiet: Vec<_> = (0..8).map(|_| window(&home, "alex").prompts("iex(alex@localhost)1>")).collect();
    let floods: Vec<_> = floods
        .into_iter()
        .map(|window| window.types("Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()"))
        .collect();
    let floods: Vec<_> = floods.into_iter().map(|window| window.sees("not shown")).collect();
    let quiet = (1..)
        .zip(quiet)
        .map(|(number, window)| window.types(&format!("{number} * 1001")).sees(&(number * 1001).to_string()));
    quiet.for_each(|window| _ = closes(window));
    lesson.types("/close kate").sees("has stopped").quits();
    for flood in floods {
        flood.ends().exits(0);
    }
}

#[test]
fn a_program_has_the_keys_of_its_window() {
    let home = Home::new();
    let lesson = home.opens_plain();
    let kate = window_on_a_terminal(&home, &["kate"]).at("kate $");
    let kate = kate
        .types("stty -echo -icanon; printf 'rea''dy\\n'; head -c 3 | tr a-z A-Z; stty sane")
        .sees("ready");
    let kate = kate.keys("xyz").sees("XYZ").at("kate $");
    let lesson = lesson.sees("XYZ").types("/kate").prompts("kate $");
    // Typed while a program has the keys that does not read them, it is for Moebi, and answered here.
    let kate = kate.types("echo o''n; sleep 1; echo $((6 * 7))").sees("on").keys("/word node\r");
    let kate = kate.sees("42").sees("given a name").at("kate $");
    let kate = kate.types("echo o''n; sleep 1; echo $((7 * 7))").sees("on").keys("/quit\r").sees("49");
    kate.sees("This window is closed").sees_no("The lesson is gone").ends();
    lesson.sees("42").quits();
}

#[test]
fn slash_window_asks_whatever_opens_windows_here() {
    let home = Home::new();
    let asked = home.path("asked");
    install(&home.path("bin"), "tmux", &format!("printf '%s\\n' \"$@\" > {}", asked.display()));
    let path = format!("{}:{}", home.path("bin").display(), crate::support::elixir::path().to_string_lossy());
    let mut command = home.command(&["--plain"]);
    command.env("PATH", &path).env("TMUX", "/tmp/tmux-0/default,1,0");
    let lesson = home.opens_pipe(&mut command).prompts("").types("/window kate");
    let lesson = lesson.sees("A window with kate opens in tmux");
    let words = std::fs::read_to_string(&asked).expect("it was asked");
    let line = words.lines().last().expect("what the window runs").to_owned();
    assert!(words.starts_with("split-window\n-h\n") && line.contains("'attach' 'kate' '--to' "), "{words}");
    // What tmux would run does show kate.
    let beside = Home::new();
    let mut shell = beside.program("/bin/sh", &["-c", &format!("exec {line} --plain")]);
    let kate = beside.opens_pipe(&mut shell).prompts("kate $").types("echo $((6 * 7))").sees("42");
    closes(kate);
    let (beside, mut command) = attach(&home, &["bob"]);
    beside.finishes(&mut command).exits(2).complains("There is no terminal bob");
    let lesson = lesson.types("/window bob").sees("there is no terminal bob");
    lesson.quits();
    let by_hand = home.opens_plain().types("/window").sees("moebi attach shell");
    by_hand.quits();
}

#[test]
fn a_window_on_a_terminal_ends_with_its_lesson() {
    let home = Home::new();
    let lesson = home.opens_plain();
    let kate = window_on_a_terminal(&home, &["kate"]).at("kate $");
    lesson.quits();
    kate.sees("The lesson has ended, and this window with it").ends();
    let lesson = home.opens_plain();
    let kate = window_on_a_terminal(&home, &["kate"]).at("kate $");
    lesson.gets(Signal::KILL).ends();
    kate.sees("The lesson is gone, and this window with it").ends();
}

#[test]
fn in_greek() {
    let home = Home::new();
    let lesson = home.opens_pipe(&mut home.command(&["--plain", "--lang", "el"])).prompts("");
    let kate = window(&home, "kate").sees("kate $").types("/παράθυρο alex").sees("Άνοιξε ένα άλλο παράθυρο");
    kate.types("/quit").ends().exits(0).prints("Το παράθυρο έκλεισε");
    lesson.types("/έξοδος").ends().exits(0);
}

#[test]
fn whoever_speaks_nonsense_is_not_listened_to() {
    use std::{io::Write, os::unix::net::UnixStream};
    let home = Home::new();
    let lesson = home.opens_plain();
    let open =
        std::fs::read_dir(home.path("state/moebi/open")).expect("it is open").flatten().next().expect("one");
    let session: serde_json::Value =
        serde_json::from_slice(&std::fs::read(open.path()).expect("its file")).expect("JSON");
    let socket = session["socket"].as_str().expect("a path").to_owned();
    let mut streams = Vec::new();
    for said in ["\n", "{}\n", "{\"version\":\"0\",\"terminal\":\"../x\"}\n", "GET / HTTP/1.1\r\n\r\n"] {
        let mut stream = UnixStream::connect(&socket).expect("it listens");
        stream.write_all(said.as_bytes()).expect("it reads");
        streams.push(stream);
    }
    let endless = thread::spawn({
        let socket = socket.clone();
        move || {
            let mut stream = UnixStream::connect(&socket).expect("it listens");
            let line = [b'x'; 64 * 1024];
            while stream.write_all(&line).is_ok() {}
        }
    });
    endless.join().expect("it is cut off");
    closes(window(&home, "kate").prompts("kate $"));
    lesson.types("echo $((6 * 7))").sees("42").quits();
}
