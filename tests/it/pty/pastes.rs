//! Text that comes at once, from terminals that bracket a paste and from those that don't, and text that comes before
//! anybody asks for it: every byte of it arrives.

use crate::support::learner::PtyLearner;

const BREAKS: [&str; 3] = ["\r", "\n", "\r\n"];

fn at_kate() -> PtyLearner {
    PtyLearner::new(100, 30)
        .at("shell $")
        .types("/goto define-kate")
        .reads("define-kate", "○○○")
        .at("iex(kate@localhost)")
}

const MODULUS: u64 = 1_000_003;

/// As many lines of code, each of which depends on the one before.
fn chain(lines: u64, line_break: &str) -> String {
    let code = (0..lines).map(|number| format!("n = rem(n * 31 + {number}, {MODULUS}){line_break}"));
    format!("n = 1{line_break}{}", code.collect::<String>())
}

/// Nothing is missing, nothing came twice, and all in order.
fn is_whole(learner: PtyLearner, lines: u64) -> PtyLearner {
    let sum = (0..lines).fold(1, |sum, number| (sum * 31 + number) % MODULUS);
    learner.types("{:whole, n}").sees(&format!("{{:whole, {sum}}}")).at("iex(kate@localhost)")
}

#[test]
fn lines_without_brackets() {
    let mut learner = at_kate();
    for line_break in BREAKS {
        for lines in [2, 300] {
            learner = is_whole(learner.keys(&chain(lines, line_break)), lines);
        }
    }
    learner.leaves();
}

#[test]
fn lines_in_brackets() {
    let pasted = |text: &str| format!("\u{1b}[200~{text}\u{1b}[201~");
    let mut learner = at_kate();
    for line_break in BREAKS {
        learner = is_whole(learner.keys(&pasted(&chain(300, line_break))), 300);
    }
    learner.leaves();
}

#[test]
fn a_line_longer_than_anybody_types() {
    let long = "ώ".repeat(10_000);
    at_kate().keys(&format!("{{:long, byte_size(\"{long}\")}}\n")).sees("{:long, 20000}").leaves();
}

#[test]
fn a_text_keeps_its_shape() {
    let text = "t = \"\"\"\n  two\n    four\n\"\"\"\n";
    at_kate().keys(text).types("{:shape, byte_size(t)}").sees("{:shape, 15}").leaves();
}

#[test]
fn commands_among_the_lines() {
    let learner = at_kate().keys("x = 6\n/alex\ny = 7\n/kate\n{:x, x}\n").sees("{:x, 6}");
    learner.types("/alex").at("iex(alex@localhost)").types("{:y, y}").sees("{:y, 7}").leaves();
}

#[test]
fn lines_for_the_shell_and_for_the_program_that_it_starts() {
    let learner = PtyLearner::new(100, 30).at("shell $").keys("iex\r{:here, node()}\r{:sum, 6 * 7}\r");
    learner.sees("{:here, :nonode@nohost}").sees("{:sum, 42}").leaves();
}

#[test]
fn lines_for_a_program_that_reads_them() {
    let learner = PtyLearner::new(100, 30).at("shell $").types("read -r a; read -r b; echo \"$b-$a\"");
    learner.keys("first\nsecond\n").sees("second-first").at("shell $").leaves();
}

#[test]
fn lines_for_whoever_comes_after_a_program_that_reads_nothing() {
    let learner = PtyLearner::new(100, 30).at("shell $").types("sleep 1");
    let learner = learner.keys("echo a$((6 * 7))\r").keys("echo b$((6 * 8))\rec").sees("a42").sees("b48");
    learner.keys("ho c$((6 * 9))\r").sees("c54").at("shell $").leaves();
}

#[test]
fn lines_typed_before_there_is_a_prompt() {
    // Nothing is awaited: the bridge is still to be compiled, and no terminal known.
    let learner = PtyLearner::new(100, 30).keys("/alex\riex --sname alex@localhost\r{:here, node()}\r");
    learner.sees("{:here, :alex@localhost}").at("iex(alex@localhost)").leaves();
}

#[test]
fn the_end_of_input_is_for_the_code_that_reads() {
    let learner = at_kate().types("IO.gets(\"name> \")").at("name>").keys("\u{4}").sees(":eof");
    learner.at("iex(kate@localhost)").types("6 * 7").sees("42").leaves();
}
