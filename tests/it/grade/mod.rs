//! The real binary, grading a class in cells.

mod export;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use rustix::process::Signal;
use serde_json::Value;

use crate::support::{
    home::{Finished, Home},
    processes,
};

/// Three submissions to the first section: a good one, one that greets as somebody else, one that can't be read.
pub struct Class(tempfile::TempDir);

/// Answers of the first section, short enough for a test.
pub const GOOD: &str = r"
lesson: otp-distribution
learners: [Ana, Nikos]
answers:
  nameless:
    - shell: iex
    - shell: 'Node.self()'
  name-alex:
    - alex: iex --sname alex@localhost
    - alex: 'Node.self()'
";

const BAD: &str = r"
lesson: otp-distribution
answers:
  nameless:
    - shell: iex
    - shell: ':nonode@nohost'
  name-alex:
    - alex: iex --sname alex@localhost
    - alex: 'Node.self()'
";

impl Class {
    pub fn new() -> Self {
        let class = Self(tempfile::tempdir().expect("a folder"));
        class.hands_in("ana.yaml", GOOD);
        class.hands_in("bad.yaml", BAD);
        class.hands_in("torn.yaml", "lesson: [");
        class
    }

    pub fn hands_in(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a file");
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Where one grading writes, and a home for its grader.
pub struct Grading(pub Home);

impl Grading {
    pub fn new() -> Self {
        Self(Home::new())
    }

    pub fn output(&self) -> PathBuf {
        self.0.path("graded")
    }

    fn command(&self, class: &Class, arguments: &[&str]) -> Command {
        let mut command = self.0.command(&["grade"]);
        command.arg(class.path()).arg("--output").arg(self.output()).args(arguments);
        command
    }

    pub fn grades(&self, class: &Class, arguments: &[&str]) -> Finished {
        self.0.finishes(&mut self.command(class, arguments))
    }

    #[track_caller]
    pub fn grades_well(&self, class: &Class, arguments: &[&str]) -> Value {
        let graded = self.grades(class, arguments);
        let results = self.results();
        let submissions = results["submissions"].as_array().expect("submissions");
        let is_unreadable = submissions.iter().any(|one| !one["state"]["unreadable"].is_null());
        graded.exits(i32::from(is_unreadable));
        results
    }

    /// Puts the parts of a class together.
    pub fn merges(&self, parts: &[&Self]) -> Finished {
        let mut merge = self.0.command(&["grade", "merge"]);
        merge.args(parts.iter().map(|part| part.output())).arg("--output").arg(self.output());
        self.0.finishes(&mut merge)
    }

    pub fn results(&self) -> Value {
        let text = fs::read_to_string(self.output().join("results.json")).expect("results");
        serde_json::from_str(&text).expect("they are JSON")
    }

    pub fn begins(&self, class: &Class, arguments: &[&str]) -> Child {
        let mut command = self.command(class, arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    }

    /// How many submissions are in the journal.
    fn journaled(&self) -> usize {
        let journal = fs::read_to_string(self.output().join("journal.jsonl")).unwrap_or_default();
        journal.lines().count().saturating_sub(1)
    }
}

/// What must be the same whenever and however a class is graded: no seconds, no timelines.
pub fn verdicts(results: &Value) -> BTreeMap<String, Vec<(String, String, String)>> {
    let submissions = results["submissions"].as_array().expect("submissions");
    let of = |submission: &Value| {
        let steps = submission["steps"].as_array().expect("steps").iter();
        let told = |value: &Value| value.to_string();
        steps.map(|step| (told(&step["step"]), told(&step["verdict"]), told(&step["points"]))).collect()
    };
    submissions.iter().map(|one| (one["name"].to_string(), of(one))).collect()
}

fn points(results: &Value, name: &str) -> f64 {
    let submissions = results["submissions"].as_array().expect("submissions");
    let one = submissions.iter().find(|one| one["name"] == name).expect("it was graded");
    one["points"].as_f64().expect("a number")
}

#[test]
fn a_class_is_graded_and_everything_is_written() {
    let (class, grading) = (Class::new(), Grading::new());
    let graded = grading.grades(&class, &["--isolation", "strict"]).exits(1);
    let graded = graded.prints("3 submissions graded.").prints("Median: 2 % of the points.");
    graded.prints("one submission can't be read").prints("report.html");
    let results = grading.results();
    assert_eq!(results["isolation"], "namespaces");
    assert_eq!((points(&results, "ana"), points(&results, "bad"), points(&results, "torn")), (2.0, 1.0, 0.0));
    assert_eq!(results["submissions"][0]["learners"], serde_json::json!(["Ana", "Nikos"]));
    let torn = &results["submissions"][2]["state"]["unreadable"];
    assert!(torn.as_str().is_some_and(|why| why.contains("1:9")), "{torn}");
    for file in
        ["report.html", "results.csv", "junit.xml", "feedback/ana.md", "feedback/bad.md", "feedback/torn.md"]
    {
        assert!(grading.output().join(file).is_file(), "{file}");
    }
    let feedback = fs::read_to_string(grading.output().join("feedback/bad.md")).expect("it reads");
    assert!(feedback.contains(":nonode@nohost"), "{feedback}");
    grading.0.is_deserted();
}

#[test]
fn a_grading_is_not_written_over() {
    let (class, grading) = (Class::new(), Grading::new());
    let first = grading.grades_well(&class, &[]);
    grading.grades(&class, &[]).exits(2).complains("--resume");
    // What is handed in late, or anew, is graded; nothing else is.
    class.hands_in("late.yaml", GOOD);
    class.hands_in("bad.yaml", GOOD);
    grading.grades(&class, &["--resume"]).complains("2 submissions were graded before");
    let results = grading.results();
    assert_eq!((points(&results, "late"), points(&results, "bad")), (2.0, 2.0));
    assert_eq!(verdicts(&first)["\"ana\""], verdicts(&results)["\"ana\""]);
}

#[test]
fn however_many_run_at_once_the_verdicts_are_the_same() {
    let (class, one, eight) = (Class::new(), Grading::new(), Grading::new());
    let alone = one.grades_well(&class, &["--jobs", "1", "--seed", "1"]);
    let together = eight.grades_well(&class, &["--jobs", "8", "--seed", "2"]);
    assert_eq!(verdicts(&alone), verdicts(&together));
}

#[test]
fn parts_make_a_whole() {
    let (class, whole, one, other) = (Class::new(), Grading::new(), Grading::new(), Grading::new());
    let first = one.grades_well(&class, &["--partition", "1/2"]);
    let second = other.grades_well(&class, &["--partition", "2/2"]);
    assert_eq!(verdicts(&first).len() + verdicts(&second).len(), 3);
    whole.merges(&[&one, &other]).exits(1);
    let merged = whole.results();
    let mut both = verdicts(&first);
    both.extend(verdicts(&second));
    assert_eq!(verdicts(&merged), both);
    whole.merges(&[&one, &one]).exits(2);
}

#[test]
fn only_some_are_graded_and_a_wrong_name_is_told() {
    let (class, grading) = (Class::new(), Grading::new());
    assert_eq!(verdicts(&grading.grades_well(&class, &["--only", "torn"])).len(), 1);
    // The others come later, and stay on the pages when one is graded again.
    assert_eq!(verdicts(&grading.grades_well(&class, &["--resume"])).len(), 3);
    class.hands_in("ana.yaml", BAD);
    let again = grading.grades_well(&class, &["--resume", "--only", "ana"]);
    assert_eq!((verdicts(&again).len(), points(&again, "ana")), (3, 1.0));
    grading.grades(&class, &["--only", "nobody"]).exits(2).complains("ana, bad, torn");
}

#[test]
fn what_was_done_when_it_is_interrupted_is_kept() {
    let (class, grading) = (Class::new(), Grading::new());
    for name in ["d", "e", "f", "g"] {
        class.hands_in(&format!("{name}.yaml"), GOOD);
    }
    let mut grader = grading.begins(&class, &["--jobs", "1"]);
    while grading.journaled() < 2 {
        assert!(grader.try_wait().expect("it is ours").is_none(), "it ended early");
        std::thread::yield_now();
    }
    processes::signal(grader.id(), Signal::INT);
    assert_eq!(grader.wait().expect("it ends").code(), Some(130));
    grading.0.is_deserted();
    let kept = grading.journaled();
    assert!((2..7).contains(&kept), "{kept}");
    let results = grading.grades_well(&class, &["--resume"]);
    assert_eq!(verdicts(&results).len(), 7);
    assert_eq!(points(&results, "g"), 2.0);
}
