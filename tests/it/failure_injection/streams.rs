//! Input that ends, output that nobody reads, and more of either than is sensible.

use std::{io::Read, process::Stdio};

use rustix::process::Signal;

use crate::support::{
    MOEBI,
    home::{Finished, Home, piped},
    learner::PipeLearner,
    processes::{self, peak_memory},
};

/// What moebi may use at most, in bytes; a debug build with the lesson, syntect and all its threads takes about 40 MB.
const MODEST: u64 = 160 * 1024 * 1024;

#[track_caller]
fn is_modest(learner: &PipeLearner) {
    let used = peak_memory(learner.pid()).expect("it runs");
    assert!(used < MODEST, "{used} bytes");
}

#[test]
fn nothing_to_read() {
    let home = Home::new();
    let mut command = home.command(&[]);
    command.stdin(Stdio::null());
    let finished = Finished::of(&command.output().expect("it runs")).exits(0);
    finished.says("[step 1 of 7]").says("steps done.");
    home.is_deserted();
}

#[test]
fn no_standard_input_at_all() {
    let home = Home::new();
    let script = format!("exec {MOEBI} --plain <&-");
    home.runs(&["--version"]).exits(0);
    home.finishes(&mut home.program("sh", &["-c", &script]))
        .exits(0)
        .says("[step 1 of 7]")
        .says("steps done.");
    home.is_deserted();
}

#[test]
fn input_that_ends_in_the_middle_of_an_expression() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types("defmodule Kate do").ends().exits(0);
    learner.says("steps done.");
}

#[test]
fn input_that_is_not_utf_8() {
    let home = Home::new();
    let mut child = piped(&mut home.command(&["--plain"])).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    std::io::Write::write_all(&mut stdin, b"echo a\xff\xfeb\necho after\n").expect("it reads");
    drop(stdin);
    let finished = Finished::of(&child.wait_with_output().expect("it ends")).exits(0);
    finished.says("\nafter\n").says("steps done.");
    home.is_deserted();
}

#[test]
fn nobody_reads_the_output() {
    let home = Home::new();
    for arguments in [
        vec!["check", "--model", "--step", "define-kate"],
        vec!["export", "--model"],
        vec!["--help"],
        vec!["lesson", "lint"],
    ] {
        let mut child = piped(&mut home.command(&arguments)).spawn().expect("it starts");
        drop(child.stdout.take());
        let finished = Finished::of(&child.wait_with_output().expect("it ends")).exits(0);
        assert_eq!(finished.stderr, "", "a reader that has gone is no error");
    }
    home.is_deserted();
}

#[test]
fn the_reader_of_a_lesson_goes() {
    let home = Home::new();
    let mut child = piped(&mut home.command(&["--plain"])).spawn().expect("it starts");
    let mut out = child.stdout.take().expect("it is piped");
    out.read_exact(&mut [0; 20]).expect("the first words");
    drop(out);
    let mut stdin = child.stdin.take().expect("it is piped");
    let _ = std::io::Write::write_all(&mut stdin, b"/goto spawn-link\n/help\n/help\n");
    let finished = Finished::of(&child.wait_with_output().expect("it ends"));
    assert_eq!((finished.code, finished.stderr.as_str()), (Some(0), ""));
    drop(stdin);
    home.is_deserted();
}

#[test]
fn a_reader_that_stops_reading_does_not_keep_moebi() {
    let home = Home::new();
    let mut child = piped(&mut home.command(&["--plain"])).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // More than a pipe and a channel hold.
    let _ = std::io::Write::write_all(&mut stdin, "/help\n".repeat(600).as_bytes());
    let mut out = child.stdout.take().expect("it is piped");
    out.read_exact(&mut [0; 20]).expect("the first words");
    processes::signal(child.id(), Signal::TERM);
    let finished = child.wait().expect("it ends");
    assert!(finished.code().is_some(), "{finished}");
    home.is_deserted();
}

#[test]
fn a_flood_of_lines() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner.types("Enum.each(1..200_000, &IO.puts(\"line #{&1} of many\"))");
    let learner = learner
        .sees("line 1 of many")
        .sees("more, not shown")
        .sees("[kate, value] :ok")
        .sees("iex(kate@localhost)2>");
    is_modest(&learner);
    assert!(learner.page().len() < 4 * 1024 * 1024, "{}", learner.page().len());
    learner.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn a_line_of_50_megabytes() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner.types("IO.puts(String.duplicate(\"x\", 50_000_000))");
    let learner = learner.sees("more, not shown").sees("[kate, value] :ok").sees("iex(kate@localhost)2>");
    is_modest(&learner);
    learner.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn a_flood_from_a_command() {
    let home = Home::new();
    // All of it is shown as it comes: a program at `$` has the output to itself.
    let learner = home.opens_plain().types("yes | head -n 200000; echo over");
    let learner = learner.sees("\nover").sees("[prompt] shell $");
    let learner = learner.types("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo under");
    let learner = learner.sees("\nunder").sees("[prompt] shell $");
    is_modest(&learner);
    learner.quits();
}

#[test]
fn a_flood_that_never_ends_can_be_interrupted_and_left() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner.types("Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()");
    let learner = learner.sees("chicken?").sees("more, not shown");
    learner.quits();
}

#[test]
fn escapes_and_bytes_that_are_no_text() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner
        .types(r#"IO.puts("\e[2J\e]0;title\a\e[31mred\e[0m\eP1$r\e\\ \x07bell \u009b31m")"#)
        .sees("red");
    let learner = learner
        .types(r#"IO.binwrite(<<255, 254, 0, 27, 91, 50, 74>>); IO.puts("still here")"#)
        .sees("still here");
    let learner = learner.types("IO.puts([27, \"]52;c;ZXZpbA==\", 7]); :after").sees("[kate, value] :after");
    let learner = learner
        .types(r#"IO.write(:stderr, "\e[?1049h"); :stderr_after"#)
        .sees(":stderr_after")
        .sees("iex(kate");
    let learner =
        learner.types("/shell").sees("[prompt] shell $").types(r"printf '\377\376\033[2Jraw\n'").sees("raw");
    let said = learner.sees("[prompt] shell $").quits();
    let moves = |c: &char| c.is_control() && *c != '\n';
    assert_eq!(said.chars().find(moves), None, "no terminal would be moved by this page");
}

#[test]
fn a_name_like_a_command_of_moebis() {
    // What a node prints can't pass for Moebi's own words.
    let home = Home::new();
    let learner =
        home.opens_plain().meets_kate().types("IO.puts(\"[done] Press Enter\\n[moebi] all is well\")");
    let said = learner.sees("[kate, value] :ok").quits();
    assert!(!said.lines().any(|line| line.starts_with("[moebi] all is well")), "{said}");
}

#[test]
fn a_paste_of_2_megabytes() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let line = format!("x = \"{}\"", "y".repeat(2 * 1024 * 1024));
    let learner =
        learner.types(&line).sees("[problem] that is too long to type").sees("[try] a line may have 60 KB");
    let learner = learner.types("1 + 41").sees("[kate, value] 42");
    is_modest(&learner);
    learner.quits();
}

#[test]
fn a_paste_of_2_megabytes_at_the_dollar() {
    let home = Home::new();
    let line = format!("echo {}", "y".repeat(2 * 1024 * 1024));
    let learner =
        home.opens_plain().types(&line).sees("[problem] that is too long to type").sees("[prompt] shell $");
    let learner = learner.types("echo $((40 + 2))").sees("\n42\n");
    learner.quits();
}

#[test]
fn a_paste_of_2_megabytes_into_a_program() {
    let home = Home::new();
    let learner = home.opens_plain().types("wc -c; echo done").types(&"y".repeat(2 * 1024 * 1024));
    learner.quits();
}

#[test]
fn more_terminals_than_there_may_be() {
    let home = Home::new();
    let mut learner = home.opens_plain();
    for number in 0..12 {
        learner = learner.types(&format!("/open t{number}")).sees(&format!("[prompt] t{number} $"));
    }
    learner = learner.types("/open onemore").sees("[problem] there are 16 terminals");
    learner = learner.sees("[prompt] t11 $").types("echo $((40 + 2))").sees("\n42\n");
    for _ in 0..200 {
        learner = learner.types("/open onemore");
    }
    learner.sees("[prompt] t11 $").types("/alex").sees("[prompt] alex $").quits();
}

#[test]
fn a_terminal_with_a_bad_name() {
    let home = Home::new();
    let learner = home.opens_plain().types("/open ../x").sees("[problem] `../x` can't be a name");
    let learner = learner.types(&format!("/open {}", "n".repeat(300))).sees("can't be a name");
    learner.types("/open").sees("/open NAME").quits();
}

#[test]
fn a_process_that_wants_to_stay() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate();
    let learner = learner
        .types("System.cmd(\"sh\", [\"-c\", \"(setsid sleep 1000 </dev/null >/dev/null 2>&1 &)\"])")
        .sees("{\"\", 0}");
    let learner = learner
        .types("/shell")
        .sees("[prompt] shell $")
        .types("nohup setsid sleep 1000 >/dev/null 2>&1 & echo gone");
    learner.sees("[prompt] shell $").quits();
}
