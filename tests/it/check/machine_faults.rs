//! A machine that fails, and answers that make it fail: who pays for what.
//!
//! The runtime is the real one behind an `iex` that can be told to refuse.

use std::{fs, path::PathBuf};

use moebi::cluster::runtime::program;
use serde_json::Value;

use crate::support::{
    elixir,
    home::{Finished, Home, install},
};

/// A machine of one test's own, whose `iex` may refuse to start.
struct Machine(Home);

impl Machine {
    /// Before the real `iex` starts, `refuses` is run by a shell: with `exit 1` in it, there is no `iex`. `$n` counts
    /// how often one was asked for, and `$here` is a folder.
    fn where_iex(refuses: &str) -> Self {
        let machine = Self(Home::new());
        let search = elixir::path();
        let real = |name: &str| program(name, &search).unwrap_or_else(|| panic!("there is no {name}"));
        let script = format!(
            "here='{}'\necho >>\"$here/asked\"\nn=$(wc -l <\"$here/asked\")\n{refuses}\nexec '{}' \"$@\"",
            machine.folder().display(),
            real("iex").display()
        );
        install(&machine.folder(), "iex", &script);
        for other in ["elixir", "erl", "mix"] {
            install(&machine.folder(), other, &format!("exec '{}' \"$@\"", real(other).display()));
        }
        machine
    }

    fn folder(&self) -> PathBuf {
        self.0.path("machine")
    }

    fn holds(&self, name: &str, text: &str) -> PathBuf {
        let file = self.folder().join(name);
        fs::write(&file, text).unwrap();
        file
    }

    /// Answers are checked; nothing is left running.
    fn checks(&self, arguments: &[&str]) -> Checked {
        let mut command = self.0.command(&["check", "--format", "json"]);
        let finished = self.0.finishes(command.args(arguments).env("MOEBI_RUNTIME", self.folder()));
        self.0.is_deserted();
        Checked { report: finished.json(), finished }
    }

    fn iex_was_asked_for(&self) -> usize {
        fs::read_to_string(self.folder().join("asked")).unwrap_or_default().lines().count()
    }
}

struct Checked {
    report: Value,
    finished: Finished,
}

impl Checked {
    /// `define-kate passed`, for each step that was told of, in whatever order.
    fn verdicts(&self) -> Vec<String> {
        let steps = self.report["steps"].as_array().unwrap();
        let told = |step: &Value| {
            format!("{} {}", step["step"].as_str().unwrap(), step["verdict"].as_str().unwrap())
        };
        steps.iter().map(told).collect()
    }

    #[track_caller]
    fn ends(&self, code: i32, points: f64, of: f64) {
        assert_eq!(self.finished.code, Some(code), "{:#}", self.report);
        assert_eq!((&self.report["points"], &self.report["of"]), (&points.into(), &of.into()));
    }
}

#[test]
fn what_fails_once_costs_nothing() {
    let machine = Machine::where_iex("if [ \"$n\" = 1 ]; then exit 1; fi");
    let checked = machine.checks(&["--model", "--step", "define-kate"]);
    assert_eq!(checked.verdicts(), ["define-kate passed"], "{:#}", checked.report);
    checked.ends(0, 1.0, 1.0);
}

#[test]
fn a_machine_that_never_runs_it_costs_nothing_either() {
    let machine = Machine::where_iex("exit 7");
    let checked = machine.checks(&["--model", "--section", "spawn-link"]);
    let verdicts = checked.verdicts();
    assert!(verdicts.len() > 5 && verdicts.iter().all(|verdict| verdict.ends_with(" could_not_run")));
    checked.ends(3, 0.0, 0.0);
    let seen = checked.report["steps"][0]["seen"].as_str().unwrap();
    // The section begins with two nodes; either may be the first to fail.
    assert!(seen.contains("iex --sname ") && seen.contains('7'), "{seen}");
}

#[test]
fn a_fault_in_the_midst_leaves_what_was_judged_and_is_tried_once_more() {
    // The second is asked for by the second step's answer; the third is the bare one that is tried at once.
    let machine = Machine::where_iex("if [ \"$n\" = 2 ] || [ \"$n\" = 3 ]; then exit 1; fi");
    let checked = machine.checks(&["--model", "--section", "starting-nodes"]);
    assert!(checked.verdicts().iter().all(|verdict| verdict.ends_with(" passed")), "{:#}", checked.report);
    let mut steps = checked.verdicts();
    steps.dedup();
    assert_eq!(steps.len(), checked.verdicts().len(), "each is told once");
    assert_eq!(checked.finished.code, Some(0));
}

#[test]
fn a_wrong_answer_is_never_tried_again() {
    let machine = Machine::where_iex("");
    let answers = machine
        .holds("answers.yaml", "lesson: otp-distribution\nanswers:\n  define-kate:\n  - alex: '1 + 1'\n");
    let checked = machine.checks(&["--answers", answers.to_str().unwrap(), "--step", "define-kate"]);
    assert_eq!(checked.verdicts(), ["define-kate failed"]);
    checked.ends(1, 0.0, 1.0);
    assert_eq!(machine.iex_was_asked_for(), 2, "alex and kate, once each");
}

#[test]
fn an_answer_that_leaves_no_room_is_no_fault_of_the_machine() {
    let machine = Machine::where_iex("flock --nonblock \"$here/room\" true || exit 1");
    let room = machine.holds("room", "");
    let room = room.display();
    let text = format!(
        "lesson: otp-distribution
answers:
  nameless:
  - kate: iex
  - kate: 'Port.open({{:spawn, \"flock {room} sleep 600\"}}, [])'
  - shell: while flock --nonblock {room} true; do sleep 0.1; done; false
  name-alex:
  - alex: iex --sname alex@localhost
  - alex: Node.self()
"
    );
    let answers = machine.holds("answers.yaml", &text);
    let checked = machine.checks(&["--answers", answers.to_str().unwrap(), "--section", "starting-nodes"]);
    let verdicts = checked.verdicts();
    assert_eq!(verdicts[..2], ["nameless failed", "name-alex skipped"], "{:#}", checked.report);
    assert!(!verdicts.iter().any(|verdict| verdict.ends_with("could_not_run")), "{verdicts:?}");
    let seen = checked.report["steps"][1]["seen"].as_str().unwrap();
    assert!(seen.contains("A runtime without a name") && seen.contains("no room"), "{seen}");
    assert_eq!(checked.finished.code, Some(1));
}
