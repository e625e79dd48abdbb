//! Nodes that ignore Ctrl-C, programs that ignore everything, and programs that leave the terminal in a state.

use rustix::process::Signal;

use crate::support::{home::Home, learner::PtyLearner, processes::signal, until};

fn meets_kate(arguments: &[&str]) -> PtyLearner {
    let home = Home::new();
    home.opens(90, 30, arguments).at("shell $").types("/goto spawn-link").at("iex(kate@localhost)1")
}

/// `/close`, and the terminal is at `$` and takes a command.
#[track_caller]
fn closes(learner: PtyLearner, terminal: &str) -> PtyLearner {
    let learner = learner.types("/close").at(&format!("{terminal} $"));
    learner.types("echo $((40 + 2))").sees("42").at(&format!("{terminal} $"))
}

/// Answers Ctrl-C, whatever it does against it.
#[track_caller]
fn is_interrupted(code: &str) {
    let learner = meets_kate(&[]).types(code).at("kate ⋯").keys("\x03");
    let learner = learner.sees("Interrupted: kate has a new shell process").at("iex(kate@localhost)");
    let learner = learner.types("1 + 41").sees("42").at("iex(kate@localhost)");
    closes(learner, "kate").leaves();
}

const BUSY: &str = "busy = fn -> Process.flag(:priority, :max); Stream.run(Stream.cycle([1])) end";

#[test]
fn a_node_whose_schedulers_are_all_taken() {
    let code = format!("{BUSY}; for _ <- 1..64, do: spawn(busy); busy.()");
    closes(meets_kate(&[]).types(&code).at("kate ⋯"), "kate").leaves();
}

/// It does not answer Ctrl-C, is told of, and can be closed.
#[test]
fn a_node_that_is_stopped() {
    let learner = meets_kate(&[]).types("Process.sleep(:infinity)").at("kate ⋯");
    let node = learner.home().node("kate");
    signal(node, Signal::STOP);
    // A signal is not there at once, and until then the node answers.
    until("a node that is stopped", || match state(node) {
        Some('T') => Ok(()),
        other => Err(other),
    });
    let learner = learner.keys("\x03").sees("kate doesn't answer Ctrl-C. /close kate ends its node");
    closes(learner.at("kate ⋯"), "kate").leaves();
}

/// As `ps` writes it: `T` is stopped.
fn state(pid: u32) -> Option<char> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(')')?.1.trim_start().chars().next()
}

/// Ctrl-C ends it there: without its shell it is of no use to anybody.
#[test]
fn a_node_that_never_finishes_stopping() {
    let code =
        "System.at_exit(fn _ -> Process.sleep(:infinity) end); System.stop(); Process.sleep(:infinity)";
    let learner = meets_kate(&[]).types(code).at("kate ⋯").keys("\x03");
    let learner = learner.sees("The node kate@localhost has stopped").at("kate $");
    learner.types("echo $((40 + 2))").sees("42").at("kate $").leaves();
}

#[test]
fn a_node_that_never_finishes_stopping_is_closed() {
    let code =
        "System.at_exit(fn _ -> Process.sleep(:infinity) end); System.stop(); Process.sleep(:infinity)";
    closes(meets_kate(&[]).types(code).at("kate ⋯"), "kate").leaves();
}

#[test]
fn an_evaluator_that_is_busy_at_the_highest_priority() {
    is_interrupted(&format!("{BUSY}; busy.()"));
}

#[test]
fn an_evaluator_that_traps_exits() {
    is_interrupted("Process.flag(:trap_exit, true); (f = fn f -> (receive do _ -> f.(f) end) end; f.(f))");
}

#[test]
fn an_evaluator_that_is_suspended() {
    is_interrupted(
        "me = self(); spawn(fn -> :erlang.suspend_process(me); Process.sleep(:infinity) end); Process.sleep(:infinity)",
    );
}

/// The shell's own process, which hands Ctrl-C on, hears nothing: another one takes its place.
#[test]
fn a_shell_that_is_suspended() {
    let code = "server = Enum.find(Process.list(), fn pid -> {_, words} = Process.info(pid, :dictionary); \
        List.keymember?(words, :evaluator, 0) end); \
        spawn(fn -> :erlang.suspend_process(server); Process.sleep(:infinity) end); Process.sleep(:infinity)";
    let learner = meets_kate(&[]).types(code).at("kate ⋯").keys("\x03");
    closes(learner.sees("kate doesn't answer Ctrl-C"), "kate").leaves();
}

#[test]
fn whoever_waits_is_told_how_to_get_out() {
    for (arguments, at_work) in [
        (
            &["--lang", "en"],
            "kate is still at work on that line, or waits for a message. Ctrl-C interrupts it",
        ),
        (
            &["--lang", "el"],
            "Το kate δουλεύει ακόμη σε αυτή τη γραμμή, ή περιμένει ένα μήνυμα. Το Ctrl-C το διακόπτει",
        ),
    ] {
        let learner =
            meets_kate(arguments).types("receive do :never -> :ever end").sees(at_work).at("kate ⋯");
        learner.keys("\x03").at("iex(kate@localhost)").leaves();
    }
}

#[test]
fn whoever_is_stuck_in_an_expression_is_told_how_to_get_out() {
    for (arguments, unfinished, dropped) in [
        (
            &["--lang", "en"],
            "The expression is not finished yet. Close what is open",
            "is dropped; nothing of it ran",
        ),
        (&["--lang", "el"], "Η έκφραση δεν τελείωσε ακόμη. Κλείσε ό,τι άνοιξε", "#iex:break"),
    ] {
        let learner =
            meets_kate(arguments).begins("Enum.map([1, 2], fn x ->").keys("\r").sees_on_screen(unfinished);
        let learner = learner.keys("#iex:break\r").sees_on_screen(dropped).at("iex(kate@localhost)1");
        let learner = learner.begins("[1,").keys("\x03").at("iex(kate@localhost)1");
        learner.types("1 + 41").sees("42").at("iex(kate@localhost)2").leaves();
    }
}

#[test]
fn a_program_that_ignores_every_polite_signal() {
    let learner = PtyLearner::new(90, 30).at("shell $");
    let learner = learner
        .types("trap '' INT TERM HUP QUIT; printf 'st%s' ubborn; while :; do sleep 0.1; done")
        .sees("stubborn");
    // Ctrl-C and Ctrl-\ are its own; Ctrl-] leads away, and then it can be closed.
    let learner = learner.keys("\x03\x1c\x03").keys("\x1dk").at("kate $");
    let learner = learner.types("/close shell").at("kate $").types("/shell").at("shell $");
    learner.types("echo $((40 + 2))").sees("42").at("shell $").leaves();
}

/// What a program does to the terminal, and then it dies in it.
const MESSES: [&str; 8] = [
    "stty raw -echo; kill -9 $$",
    r"printf '\033[?1049h\033[2J\033[10;10Hother'; kill -9 $$",
    r"printf '\033[?1000h\033[?1002h\033[?1003h\033[?1006h\033[?2004h\033[?1h\033='; kill -9 $$",
    r"printf '\033[?25l\033[31;7m\033[4h\033[?7l\033(0'; kill -9 $$",
    r"printf '\033[3;6r\033[?6h\033[2;2H'; kill -9 $$",
    r"printf '\033]0;never ended'; kill -9 $$",
    r"printf '\033[?1049h\033[2;5r\033[31'; kill -9 $$",
    r"printf 'half a line \316'; kill -9 $$",
];

#[test]
fn programs_that_die_in_a_mess() {
    for mess in MESSES {
        let learner =
            PtyLearner::new(90, 30).at("shell $").types("echo before-it").sees("before-it").at("shell $");
        let learner = learner.types(mess).at("shell $");
        learner.pty().is_plain();
        let learner = learner.types("echo $((40 + 2)) και μετά").sees("42 και μετά").at("shell $");
        // The first screen is there, with what was on it.
        assert!(learner.pty().screen().contains("before-it"), "after {mess}:\n{}", learner.pty().screen());
        let long = "x".repeat(100);
        learner.types(&format!("echo {long}")).sees(&format!("\n{long}")).at("shell $").leaves();
    }
}

#[test]
fn a_program_on_the_other_screen_that_is_left_and_closed() {
    let learner =
        PtyLearner::new(90, 30).at("shell $").types("echo before-it").sees("before-it").at("shell $");
    // What it shows is spelt otherwise in the line itself: whoever sees it knows that it runs.
    let learner = learner
        .types(r"printf '\033[?1049h\033[2J\033[5;5H\167onderland'; sleep 1000")
        .sees_on_screen("wonderland");
    let learner = learner.keys("\x1dk").at("kate $");
    learner.pty().is_plain();
    assert!(learner.pty().screen().contains("before-it"), "{}", learner.pty().screen());
    learner.types("/close shell").at("kate $").leaves();
}
