//! Typing is never disturbed.

use std::{
    fs,
    iter::Cycle,
    slice::Iter,
    time::{Duration, Instant},
};

use super::concurrent_output::{self, LINES, ROUNDS};
use crate::{
    shell::harness::ShellHarness,
    support::{PATIENCE, home::Home, pty::Pty},
};

const SECOND: Duration = Duration::from_secs(1);

/// Rows and columns; the first is the one that it begins with, and a second later it is the next.
const WIDE_AND_NARROW: [(u16, u16); 8] =
    [(48, 60), (44, 100), (52, 48), (40, 80), (60, 120), (45, 72), (50, 90), (41, 49)];
const TALL_AND_SHORT: [(u16, u16); 8] =
    [(48, 60), (28, 60), (60, 60), (30, 60), (44, 60), (26, 60), (58, 60), (40, 60)];

/// Between two keys: as a fast typist has it, whose fingers roll over a few of them now and then.
fn pause(key: usize) -> Duration {
    let milliseconds = if key % 30 < 18 { 40 + key * 7 % 21 } else { 10 };
    Duration::from_millis(u64::try_from(milliseconds).expect("a small number"))
}

#[test]
fn while_three_print_and_the_window_changes() {
    stays_undisturbed(&WIDE_AND_NARROW);
}

#[test]
fn while_three_print_and_the_window_grows_taller_and_shorter() {
    stays_undisturbed(&TALL_AND_SHORT);
}

#[track_caller]
fn stays_undisturbed(sizes: &[(u16, u16)]) {
    let (rows, columns) = sizes[0];
    let mut shell = ShellHarness::open(rows, columns);
    shell.tell("iex 1");
    shell.sees("iex(alex@localhost)1> ");
    let mut text = Text::pasted(shell.pty(), 1, sizes);
    for round in 0..ROUNDS {
        shell.tell(&format!("lines {} {LINES} 20", round * LINES));
        text.is_edited(shell.pty(), round * LINES);
        text.is_there(shell.pty(), (round + 1) * LINES);
    }
    shell.types("\r");
    assert_eq!(shell.hears("Line"), format!("Line({:?})", text.buffer()));
}

/// The same with nodes that print by themselves.
#[test]
fn while_three_nodes_print_and_the_window_changes() {
    let (rows, columns) = WIDE_AND_NARROW[0];
    let home = Home::new();
    let mut learner =
        home.opens(columns, rows, &[]).at("shell $").types("/goto spawn-link").at("iex(kate@localhost)1");
    learner =
        learner.goes_to("moebi", "moebi $").types("iex --sname moebi@localhost").at("iex(moebi@localhost)1");
    for name in ["kate", "alex"] {
        learner = learner
            .types(&concurrent_output::printer(if name == "kate" { "moebi" } else { "kate" }))
            .sees("true");
        learner = learner.goes_to(name, &format!("iex({name}@localhost)1"));
    }
    learner = learner.types(&concurrent_output::printer("alex")).sees("true").at("iex(alex@localhost)2");
    learner = learner.types(&concurrent_output::starter()).sees(":started").at("iex(alex@localhost)3");
    let mut text = Text::pasted(learner.pty(), 3, &WIDE_AND_NARROW);
    for round in 0..ROUNDS {
        fs::write(home.workspace().join(concurrent_output::file(round)), "").expect("room for a file");
        text.is_edited(learner.pty(), round * LINES);
        text.is_there(learner.pty(), (round + 1) * LINES);
    }
    learner.keys("\x03").at("iex(alex@localhost)3").leaves();
}

/// Ten lines of Greek; with the prompt before it, each is longer than most of the screens are wide.
struct Text<'a> {
    lines: Vec<String>,
    /// The line that is edited, and the byte where.
    row: usize,
    at: usize,
    typed: String,
    is_erased: bool,
    keys: usize,
    prompts: [String; 2],
    sizes: Cycle<Iter<'a, (u16, u16)>>,
}

impl<'a> Text<'a> {
    /// Pastes it, and goes into the middle: five lines up, ten characters to the left.
    #[track_caller]
    fn pasted(pty: &Pty, prompt: u32, sizes: &'a [(u16, u16)]) -> Self {
        let line =
            |n: usize| format!("γραμμή {n}: ο κόμβος της kate τυπώνει στην οθόνη του alex, όχι στη δική της");
        let lines: Vec<String> = (0..10).map(line).collect();
        pty.pastes(&lines.join("\n"));
        pty.wait_for("was the paste on the screen", |look| look.before_cursor().ends_with(&lines[9]));
        pty.types(&"\x1b[A".repeat(5));
        pty.types(&"\x1b[D".repeat(10));
        let (row, middle) = (4, lines[4].chars().count() - 10);
        let at = lines[row].char_indices().nth(middle).expect("a character").0;
        let prompts = ["iex", "..."].map(|word| format!("{word}(alex@localhost){prompt}> "));
        let mut sizes = sizes.iter().cycle();
        sizes.next();
        let typed = String::new();
        let text = Self { lines, row, at, typed, is_erased: false, keys: 0, prompts, sizes };
        text.has_cursor(pty);
        text
    }

    /// Keys go in as somebody types, and the window changes each second, while lines come in from that number on,
    /// and come to the screen without waiting for an end of the typing.
    #[track_caller]
    fn is_edited(&mut self, pty: &Pty, from: usize) {
        let began = Instant::now();
        let mut next = SECOND / 2;
        while began.elapsed() < concurrent_output::ROUND {
            if began.elapsed() >= next {
                let (rows, columns) = *self.sizes.next().expect("a cycle");
                self.goes_on_until_printed(pty, from, began.elapsed());
                // Nor is it in the middle of a key.
                self.has_cursor(pty);
                pty.resizes_between_frames(columns, rows);
                next += SECOND;
            }
            self.is_pressed(pty);
            pty.breathes(pause(self.keys));
        }
    }

    /// What was printed up to two seconds ago comes to the screen while keys go in, however long a busy machine takes.
    #[track_caller]
    fn goes_on_until_printed(&mut self, pty: &Pty, from: usize, time: Duration) {
        let Some(printed) = time.checked_sub(2 * SECOND) else { return };
        let count = usize::try_from(printed.as_millis() * 50 / 1000).expect("some hundreds");
        let line = concurrent_output::line(concurrent_output::PRINTERS[0], from + count);
        let deadline = Instant::now() + PATIENCE;
        while !pty.text_from(pty.row().saturating_sub(1000)).contains(&line) {
            assert!(Instant::now() < deadline, "never {line:?} in:\n{}", pty.text_from(0));
            self.is_pressed(pty);
            pty.breathes(pause(self.keys));
        }
    }

    /// The next key: forty letters, and away with them again.
    fn is_pressed(&mut self, pty: &Pty) {
        self.keys += 1;
        if self.typed.is_empty() {
            self.is_erased = false;
        } else if self.typed.chars().count() >= 40 {
            self.is_erased = true;
        }
        if self.is_erased {
            self.typed.pop();
            pty.types("\x7f");
        } else {
            let letter = "ταχύ κείμενο ".chars().cycle().nth(self.typed.chars().count()).expect("a cycle");
            self.typed.push(letter);
            pty.types(&letter.to_string());
        }
    }

    fn edited(&self) -> Vec<String> {
        let mut lines = self.lines.clone();
        lines[self.row].insert_str(self.at, &self.typed);
        lines
    }

    fn buffer(&self) -> String {
        self.edited().join("\n")
    }

    #[track_caller]
    fn has_cursor(&self, pty: &Pty) {
        let before = format!("{}{}{}", self.prompts[1], &self.lines[self.row][..self.at], self.typed);
        pty.wait_for(&format!("was {before:?} before the cursor"), |look| look.before_cursor() == before);
    }

    /// Once so many lines of each are printed: the text stands once on the page, at its end, with the cursor where it
    /// was typed; and above it is every line.
    #[track_caller]
    fn is_there(&self, pty: &Pty, count: usize) {
        for printer in concurrent_output::PRINTERS {
            let last = concurrent_output::line(printer, count - 1);
            pty.wait_for(&format!("was {last:?} printed"), |look| look.screen().contains(&last));
        }
        self.has_cursor(pty);
        pty.settles();
        let page = pty.text_from(0);
        concurrent_output::is_whole(&page, count);
        let edited = self.edited();
        let drawn: String = (0..)
            .zip(&edited)
            .map(|(at, line)| format!("{}{line}\n", self.prompts[usize::from(at > 0)]))
            .collect();
        assert!(page.trim_end().ends_with(drawn.trim_end()), "{drawn}\n---- is not at the end of:\n{page}");
        for (prompt, times) in self.prompts.iter().zip([1, edited.len() - 1]) {
            assert_eq!(page.matches(prompt).count(), times, "{prompt:?} in:\n{page}");
        }
        for at in 0..edited.len() {
            assert_eq!(page.matches(&format!("γραμμή {at}:")).count(), 1, "line {at} in:\n{page}");
        }
        self.has_cursor(pty);
    }
}
