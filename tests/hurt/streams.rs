//! Input that ends, output that nobody reads, and more of either than is sensible.

use std::{io::Read, process::Stdio};

use rustix::process::Signal;

use super::house::{Ended, House, piped};

/// What moebi may use at most, in bytes; a debug build with the lesson, syntect and all its threads takes about 40 MB.
const MODEST: u64 = 160 * 1024 * 1024;

#[test]
fn nothing_to_read() {
    let house = House::new();
    let mut command = house.moebi(&[]);
    command.stdin(Stdio::null());
    let ended = Ended::of(&command.output().expect("it runs")).with(0);
    ended.says("[step 1 of 7]").says("steps done.");
    house.is_empty();
}

#[test]
fn no_standard_input_at_all() {
    let house = House::new();
    let script = format!("exec {} --plain <&-", env!("CARGO_BIN_EXE_moebi"));
    let ended = house.ends(house.moebi(&[]).arg("--version"));
    ended.with(0);
    let mut command = std::process::Command::new("sh");
    let like = house.moebi(&[]);
    command.args(["-c", &script]).env_clear().current_dir(house.room("home"));
    command.envs(like.get_envs().filter_map(|(name, value)| Some((name, value?))));
    house.ends(&mut command).with(0).says("[step 1 of 7]").says("steps done.");
    house.is_empty();
}

#[test]
fn input_that_ends_in_the_middle_of_an_expression() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types("defmodule Kate do").ends().with(0);
    moebi.says("steps done.");
}

#[test]
fn input_that_is_not_utf_8() {
    let house = House::new();
    let mut child = piped(&mut house.moebi(&["--plain"])).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    std::io::Write::write_all(&mut stdin, b"echo a\xff\xfeb\necho after\n").expect("it reads");
    drop(stdin);
    let ended = Ended::of(&child.wait_with_output().expect("it ends")).with(0);
    ended.says("\nafter\n").says("steps done.");
    house.is_empty();
}

#[test]
fn nobody_reads_the_output() {
    let house = House::new();
    for arguments in [
        vec!["check", "--model", "--step", "define-kate"],
        vec!["export", "--model"],
        vec!["--help"],
        vec!["lesson", "lint"],
    ] {
        let mut child = piped(&mut house.moebi(&arguments)).spawn().expect("it starts");
        drop(child.stdout.take());
        let ended = Ended::of(&child.wait_with_output().expect("it ends")).with(0);
        assert_eq!(ended.err, "", "a reader that has gone is no error");
    }
    house.is_empty();
}

#[test]
fn the_reader_of_a_lesson_goes() {
    let house = House::new();
    let mut child = piped(&mut house.moebi(&["--plain"])).spawn().expect("it starts");
    let mut out = child.stdout.take().expect("it is piped");
    out.read_exact(&mut [0; 20]).expect("the first words");
    drop(out);
    let mut stdin = child.stdin.take().expect("it is piped");
    let _ = std::io::Write::write_all(&mut stdin, b"/goto spawn-link\n/help\n/help\n");
    let ended = Ended::of(&child.wait_with_output().expect("it ends"));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    drop(stdin);
    house.is_empty();
}

#[test]
fn a_reader_that_stops_reading_does_not_keep_moebi() {
    let house = House::new();
    let mut child = piped(&mut house.moebi(&["--plain"])).spawn().expect("it starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    // More than a pipe and a channel hold.
    let _ = std::io::Write::write_all(&mut stdin, "/help\n".repeat(600).as_bytes());
    let mut out = child.stdout.take().expect("it is piped");
    out.read_exact(&mut [0; 20]).expect("the first words");
    super::moebi::kill(child.id(), Signal::TERM);
    let ended = child.wait().expect("it ends");
    assert!(ended.code().is_some(), "{ended}");
    house.is_empty();
}

#[test]
fn a_flood_of_lines() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi.types("Enum.each(1..200_000, &IO.puts(\"line #{&1} of many\"))");
    let moebi = moebi
        .sees("line 1 of many")
        .sees("more, not shown")
        .sees("[kate, value] :ok")
        .sees("iex(kate@localhost)2>");
    assert!(moebi.most_memory() < MODEST, "{} bytes", moebi.most_memory());
    assert!(moebi.page().len() < 4 * 1024 * 1024, "{}", moebi.page().len());
    moebi.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn a_line_of_50_megabytes() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi.types("IO.puts(String.duplicate(\"x\", 50_000_000))");
    let moebi = moebi.sees("more, not shown").sees("[kate, value] :ok").sees("iex(kate@localhost)2>");
    assert!(moebi.most_memory() < MODEST, "{} bytes", moebi.most_memory());
    moebi.types("1 + 41").sees("[kate, value] 42").quits();
}

#[test]
fn a_flood_from_a_command() {
    let house = House::new();
    // All of it is shown as it comes: a program at `$` has the output to itself.
    let moebi = house.opens().types("yes | head -n 200000; echo over");
    let moebi = moebi.sees("\nover").sees("[prompt] shell $");
    let moebi = moebi.types("head -c 5000000 /dev/zero | tr '\\0' x; echo; echo under");
    let moebi = moebi.sees("\nunder").sees("[prompt] shell $");
    assert!(moebi.most_memory() < MODEST, "{} bytes", moebi.most_memory());
    moebi.quits();
}

#[test]
fn a_flood_that_never_ends_can_be_interrupted_and_left() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi.types("Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()");
    let moebi = moebi.sees("chicken?").sees("more, not shown");
    moebi.quits();
}

#[test]
fn escapes_and_bytes_that_are_no_text() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi =
        moebi.types(r#"IO.puts("\e[2J\e]0;title\a\e[31mred\e[0m\eP1$r\e\\ \x07bell \u009b31m")"#).sees("red");
    let moebi = moebi
        .types(r#"IO.binwrite(<<255, 254, 0, 27, 91, 50, 74>>); IO.puts("still here")"#)
        .sees("still here");
    let moebi = moebi.types("IO.puts([27, \"]52;c;ZXZpbA==\", 7]); :after").sees("[kate, value] :after");
    let moebi = moebi
        .types(r#"IO.write(:stderr, "\e[?1049h"); :stderr_after"#)
        .sees(":stderr_after")
        .sees("iex(kate");
    let moebi =
        moebi.types("/shell").sees("[prompt] shell $").types(r"printf '\377\376\033[2Jraw\n'").sees("raw");
    let said = moebi.sees("[prompt] shell $").quits();
    let bad: Vec<char> = said.chars().filter(|c| c.is_control() && *c != '\n').collect();
    assert_eq!(bad, [], "no terminal would be moved by this page");
}

#[test]
fn a_name_like_a_command_of_moebis() {
    // What a node prints can't pass for Moebi's own words.
    let house = House::new();
    let moebi = house.opens().meets_kate().types("IO.puts(\"[done] Press Enter\\n[moebi] all is well\")");
    let said = moebi.sees("[kate, value] :ok").quits();
    assert!(!said.lines().any(|line| line.starts_with("[moebi] all is well")), "{said}");
}

#[test]
fn a_paste_of_2_megabytes() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let line = format!("x = \"{}\"", "y".repeat(2 * 1024 * 1024));
    let moebi =
        moebi.types(&line).sees("[problem] that is too long to type").sees("[try] a line may have 60 KB");
    let moebi = moebi.types("1 + 41").sees("[kate, value] 42");
    assert!(moebi.most_memory() < MODEST, "{} bytes", moebi.most_memory());
    moebi.quits();
}

#[test]
fn a_paste_of_2_megabytes_at_the_dollar() {
    let house = House::new();
    let line = format!("echo {}", "y".repeat(2 * 1024 * 1024));
    let moebi =
        house.opens().types(&line).sees("[problem] that is too long to type").sees("[prompt] shell $");
    let moebi = moebi.types("echo $((40 + 2))").sees("\n42\n");
    moebi.quits();
}

#[test]
fn a_paste_of_2_megabytes_into_a_program() {
    let house = House::new();
    let moebi = house.opens().types("wc -c; echo done").types(&"y".repeat(2 * 1024 * 1024));
    moebi.quits();
}

#[test]
fn more_terminals_than_there_may_be() {
    let house = House::new();
    let mut moebi = house.opens();
    for number in 0..12 {
        moebi = moebi.types(&format!("/open t{number}")).sees(&format!("[prompt] t{number} $"));
    }
    moebi = moebi.types("/open onemore").sees("[problem] there are 16 terminals");
    moebi = moebi.sees("[prompt] t11 $").types("echo $((40 + 2))").sees("\n42\n");
    for _ in 0..200 {
        moebi = moebi.types("/open onemore");
    }
    moebi.sees("[prompt] t11 $").types("/alex").sees("[prompt] alex $").quits();
}

#[test]
fn a_terminal_with_a_bad_name() {
    let house = House::new();
    let moebi = house.opens().types("/open ../x").sees("[problem] `../x` can't be a name");
    let moebi = moebi.types(&format!("/open {}", "n".repeat(300))).sees("can't be a name");
    moebi.types("/open").sees("/open NAME").quits();
}

#[test]
fn a_process_that_wants_to_stay() {
    let house = House::new();
    let moebi = house.opens().meets_kate();
    let moebi = moebi
        .types("System.cmd(\"sh\", [\"-c\", \"(setsid sleep 1000 </dev/null >/dev/null 2>&1 &)\"])")
        .sees("{\"\", 0}");
    let moebi = moebi
        .types("/shell")
        .sees("[prompt] shell $")
        .types("nohup setsid sleep 1000 >/dev/null 2>&1 & echo gone");
    moebi.sees("[prompt] shell $").quits();
}
