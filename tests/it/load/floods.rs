//! More than anybody can read: Ctrl-C answers, memory stays as it was, and a note says what was left out.

use crate::support::{home::Home, learner::PtyLearner, processes::peak_memory_with_guardian};

/// What Moebi and its guardian may use together at most, in bytes, whatever a node prints; the nodes are the learner's.
const MODEST: u64 = 200 * 1000 * 1000;

/// At kate's first prompt.
fn meets_kate() -> PtyLearner {
    PtyLearner::new(80, 30).at("shell $").types("/goto spawn-link").at("iex(kate@localhost)1")
}

#[track_caller]
fn is_modest(learner: &PtyLearner) {
    let used = peak_memory_with_guardian(learner.pty().pid());
    assert!(used < MODEST, "{} MB", used / 1_000_000);
}

/// Ctrl-C, and there is a prompt: what printed without end does so no longer.
#[track_caller]
fn interrupts(learner: PtyLearner, prompt: &str) -> PtyLearner {
    learner.looks_afresh().keys("\x03").at(prompt)
}

#[test]
fn two_hundred_thousand_lines() {
    let learner = meets_kate()
        .types("Enum.each(1..200_000, &IO.puts(\"line #{&1} of many\"))")
        .sees("more from kate, not shown")
        .sees(":ok")
        .at("iex(kate@localhost)2");
    is_modest(&learner);
    learner.types("1 + 41").sees("42").at("iex(kate@localhost)3").leaves();
}

#[test]
fn lines_without_end() {
    let learner = meets_kate()
        .types("Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()")
        .sees("more from kate, not shown");
    let learner = interrupts(learner, "iex(kate@localhost)").sees("Interrupted: kate has a new shell");
    is_modest(&learner);
    learner.types("1 + 41").sees("42").at("iex(kate@localhost)").leaves();
}

#[test]
fn two_hundred_thousand_lines_interrupted() {
    let learner =
        meets_kate().types("Enum.each(1..200_000, &IO.puts(\"line #{&1} of many\"))").sees("of many");
    let learner = interrupts(learner, "iex(kate@localhost)");
    is_modest(&learner);
    learner.types("1 + 41").sees("42").at("iex(kate@localhost)").leaves();
}

#[test]
fn a_line_of_50_megabytes() {
    let learner = meets_kate()
        .types("IO.puts(String.duplicate(\"x\", 50_000_000))")
        .sees("more from kate, not shown")
        .at("iex(kate@localhost)2");
    is_modest(&learner);
    let learner = learner
        .types("for _ <- 1..50_000, do: IO.write(String.duplicate(\"y\", 1000)); :written")
        .sees("more from kate, not shown")
        .sees(":written")
        .at("iex(kate@localhost)3");
    is_modest(&learner);
    learner.types("1 + 41").sees("42").at("iex(kate@localhost)4").leaves();
}

#[test]
fn a_line_of_50_megabytes_from_another_terminal() {
    let learner = meets_kate()
        .types("spawn(fn -> IO.puts(String.duplicate(\"x\", 50_000_000)) end); :begun")
        .goes_to("alex", "iex(alex@localhost)1")
        .sees("more from kate, not shown")
        .types("1 + 41")
        .sees("42")
        .at("iex(alex@localhost)2");
    is_modest(&learner);
    learner.leaves();
}

#[test]
fn a_value_of_50_megabytes() {
    let learner = meets_kate().types("String.duplicate(\"x\", 50_000_000)").at("iex(kate@localhost)2");
    is_modest(&learner);
    learner.types("1 + 41").sees("42").at("iex(kate@localhost)3").leaves();
}

#[test]
fn in_plain_lines() {
    let home = Home::new();
    let learner =
        home.opens(80, 30, &["--plain"]).sees_on_screen("[prompt] shell $").keys("/goto spawn-link\r");
    let learner = learner.sees_on_screen("[prompt] iex(kate@localhost)1>");
    let learner = learner.keys("Stream.repeatedly(fn -> IO.puts(\"chicken?\") end) |> Stream.run()\r");
    let learner = learner.sees_on_screen("KB more, not shown");
    let learner = learner.keys("\x03").sees_on_screen("Interrupted: kate has a new shell");
    is_modest(&learner);
    let learner = learner
        .sees_on_screen("[prompt] iex(kate@localhost)")
        .keys("IO.puts(String.duplicate(\"x\", 50_000_000))\r");
    let learner = learner.sees_on_screen("49 MB more, not shown");
    is_modest(&learner);
    let learner = learner.keys("1 + 41\r").sees_on_screen("[kate, value] 42").keys("/quit\r");
    learner.has_left();
}

#[test]
fn from_a_command() {
    let learner = PtyLearner::new(80, 30).at("shell $").types("yes line | head -200000; echo all of it");
    let learner = learner.sees_on_screen("line all of it").at("shell $");
    is_modest(&learner);
    let learner = learner.types("head -c 50M /dev/zero | tr '\\0' x; echo; echo all of it");
    let learner = learner.sees_on_screen("xxx all of it").at("shell $");
    is_modest(&learner);
    learner.types("echo $((40 + 2))").sees("42").at("shell $").leaves();
}

#[test]
fn from_a_command_without_end() {
    for command in ["yes", "tr '\\0' x </dev/zero"] {
        let learner = PtyLearner::new(80, 30).at("shell $").types(command);
        // More than would pass unseen if anything kept it.
        let much = learner.pty().row() + 50_000;
        learner.pty().wait_for("so many rows of it", |look| look.row() > much);
        let learner = interrupts(learner, "shell $");
        is_modest(&learner);
        learner.types("echo $((40 + 2))").sees("42").at("shell $").leaves();
    }
}
