//! The real binary, grading a class in cells.

mod common;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use common::{census, learner::cache, runtime::runtime};
use serde_json::Value;

/// Three submissions to the first section: a good one, one that greets as somebody else, one that can't be read.
struct Class(tempfile::TempDir);

/// Answers of the first section, short enough for a test.
const GOOD: &str = r"
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
    fn new() -> Self {
        let class = Self(tempfile::tempdir().expect("a folder"));
        class.hands_in("ana.yaml", GOOD);
        class.hands_in("bad.yaml", BAD);
        class.hands_in("torn.yaml", "lesson: [");
        class
    }

    fn hands_in(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("a file");
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

/// Where one grading writes, and a home for its grader.
struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { home: tempfile::tempdir().expect("a folder") }
    }

    fn output(&self) -> PathBuf {
        self.home.path().join("graded")
    }

    fn command(&self, class: &Class, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moebi"));
        command.arg("grade").arg(class.path()).arg("--output").arg(self.output()).args(arguments);
        self.surround(&mut command);
        command
    }

    fn surround(&self, command: &mut Command) {
        command.env("HOME", self.home.path()).env("XDG_CACHE_HOME", cache()).env("LC_ALL", "C.UTF-8");
        command.env("MOEBI_TEST_DESK", self.home.path());
        if let Some(bin) = runtime().path.first() {
            command.env("MOEBI_RUNTIME", bin);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    }

    fn grades(&self, class: &Class, arguments: &[&str]) -> Output {
        self.command(class, arguments).output().expect("it runs")
    }

    #[track_caller]
    fn grades_well(&self, class: &Class, arguments: &[&str]) -> Value {
        let output = self.grades(class, arguments);
        assert_eq!(output.status.code(), Some(0), "{output:#?}");
        self.results()
    }

    fn results(&self) -> Value {
        let text = fs::read_to_string(self.output().join("results.json")).expect("results");
        serde_json::from_str(&text).expect("they are JSON")
    }

    fn begins(&self, class: &Class, arguments: &[&str]) -> Child {
        self.command(class, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts")
    }

    /// How many submissions are in the journal.
    fn journaled(&self) -> usize {
        let journal = fs::read_to_string(self.output().join("journal.jsonl")).unwrap_or_default();
        journal.lines().count().saturating_sub(1)
    }

    /// Neither the grader nor anything of it runs any more.
    fn is_quiet(&self) {
        let marker = format!("MOEBI_TEST_DESK={}", self.home.path().display());
        let until = Instant::now() + Duration::from_secs(30);
        while !census::marked(&marker).is_empty() {
            assert!(Instant::now() < until, "left: {:#?}", census::marked(&marker));
            std::thread::yield_now();
        }
    }
}

/// What must be the same whenever and however a class is graded: no seconds, no timelines.
fn verdicts(results: &Value) -> BTreeMap<String, Vec<(String, String, String)>> {
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
    let (class, desk) = (Class::new(), Desk::new());
    let output = desk.grades(&class, &["--isolation", "strict"]);
    assert_eq!(output.status.code(), Some(0), "{output:#?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    for line in
        ["3 submissions graded.", "Median: 2 % of the points.", "one submission can't be read", "report.html"]
    {
        assert!(said.contains(line), "{line:?} in:\n{said}");
    }
    let results = desk.results();
    assert_eq!(results["isolation"], "namespaces");
    assert_eq!((points(&results, "ana"), points(&results, "bad"), points(&results, "torn")), (2.0, 1.0, 0.0));
    assert_eq!(results["submissions"][0]["learners"], serde_json::json!(["Ana", "Nikos"]));
    let torn = &results["submissions"][2]["state"]["unreadable"];
    assert!(torn.as_str().is_some_and(|why| why.contains("1:9")), "{torn}");
    for file in
        ["report.html", "results.csv", "junit.xml", "feedback/ana.md", "feedback/bad.md", "feedback/torn.md"]
    {
        assert!(desk.output().join(file).is_file(), "{file}");
    }
    let feedback = fs::read_to_string(desk.output().join("feedback/bad.md")).expect("it reads");
    assert!(feedback.contains(":nonode@nohost"), "{feedback}");
    desk.is_quiet();
}

#[test]
fn a_grading_is_not_written_over() {
    let (class, desk) = (Class::new(), Desk::new());
    let first = desk.grades_well(&class, &[]);
    let again = desk.grades(&class, &[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--resume"), "{again:#?}");
    // What is handed in late, or anew, is graded; nothing else is.
    class.hands_in("late.yaml", GOOD);
    class.hands_in("bad.yaml", GOOD);
    let output = desk.grades(&class, &["--resume"]);
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("2 submissions were graded before"),
        "{output:#?}"
    );
    let results = desk.results();
    assert_eq!((points(&results, "late"), points(&results, "bad")), (2.0, 2.0));
    assert_eq!(verdicts(&first)["\"ana\""], verdicts(&results)["\"ana\""]);
}

#[test]
fn however_many_run_at_once_the_verdicts_are_the_same() {
    let (class, one, eight) = (Class::new(), Desk::new(), Desk::new());
    let alone = one.grades_well(&class, &["--jobs", "1", "--seed", "1"]);
    let together = eight.grades_well(&class, &["--jobs", "8", "--seed", "2"]);
    assert_eq!(verdicts(&alone), verdicts(&together));
}

#[test]
fn parts_make_a_whole() {
    let (class, whole, one, other) = (Class::new(), Desk::new(), Desk::new(), Desk::new());
    let first = one.grades_well(&class, &["--partition", "1/2"]);
    let second = other.grades_well(&class, &["--partition", "2/2"]);
    assert_eq!(verdicts(&first).len() + verdicts(&second).len(), 3);
    let mut merge = Command::new(env!("CARGO_BIN_EXE_moebi"));
    merge.args(["grade", "merge"]).args([one.output(), other.output()]).arg("--output").arg(whole.output());
    whole.surround(&mut merge);
    let output = merge.output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{output:#?}");
    let merged = whole.results();
    let mut both = verdicts(&first);
    both.extend(verdicts(&second));
    assert_eq!(verdicts(&merged), both);
    let mut twice = Command::new(env!("CARGO_BIN_EXE_moebi"));
    twice.args(["grade", "merge"]).args([one.output(), one.output()]).arg("--output").arg(whole.output());
    assert_eq!(twice.output().expect("it runs").status.code(), Some(2));
}

#[test]
fn only_some_are_graded_and_a_wrong_name_is_told() {
    let (class, desk) = (Class::new(), Desk::new());
    assert_eq!(verdicts(&desk.grades_well(&class, &["--only", "torn"])).len(), 1);
    // The others come later, and stay on the pages when one is graded again.
    assert_eq!(verdicts(&desk.grades_well(&class, &["--resume"])).len(), 3);
    class.hands_in("ana.yaml", BAD);
    let again = desk.grades_well(&class, &["--resume", "--only", "ana"]);
    assert_eq!((verdicts(&again).len(), points(&again, "ana")), (3, 1.0));
    let output = desk.grades(&class, &["--only", "nobody"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("ana, bad, torn"), "{output:#?}");
}

#[test]
fn what_was_done_when_it_is_interrupted_is_kept() {
    let (class, desk) = (Class::new(), Desk::new());
    for name in ["d", "e", "f", "g"] {
        class.hands_in(&format!("{name}.yaml"), GOOD);
    }
    let mut grader = desk.begins(&class, &["--jobs", "1"]);
    while desk.journaled() < 2 {
        assert!(grader.try_wait().expect("it is ours").is_none(), "it ended early");
        std::thread::yield_now();
    }
    let pid = rustix::process::Pid::from_child(&grader);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).expect("it runs");
    assert_eq!(grader.wait().expect("it ends").code(), Some(130));
    desk.is_quiet();
    let kept = desk.journaled();
    assert!((2..7).contains(&kept), "{kept}");
    let results = desk.grades_well(&class, &["--resume"]);
    assert_eq!(verdicts(&results).len(), 7);
    assert_eq!(points(&results, "g"), 2.0);
}

/// Killed fifty times, at moments spread over a whole grading; each time another goes on with what there is.
#[test]
fn a_grader_that_is_killed_loses_nothing() {
    let (class, undisturbed) = (Class::new(), Desk::new());
    for name in ["d", "e"] {
        class.hands_in(&format!("{name}.yaml"), GOOD);
    }
    let began = Instant::now();
    let expected = verdicts(&undisturbed.grades_well(&class, &["--seed", "7"]));
    let whole = began.elapsed();
    let handed_in = contents(class.path());
    let mut desk = Desk::new();
    let (mut kills, mut rounds) = (0, 0);
    while kills < KILLS {
        rounds += 1;
        let mut grader = desk.begins(&class, &["--seed", "7", "--resume"]);
        // The golden ratio's multiples are spread evenly, however many there are.
        let until = Instant::now() + whole.mul_f64((f64::from(rounds) * 0.618_034).fract());
        let ended = loop {
            let ended = grader.try_wait().expect("it is ours");
            if ended.is_some() || Instant::now() >= until {
                break ended;
            }
            std::thread::park_timeout(Duration::from_millis(2));
        };
        if let Some(ended) = ended {
            assert_eq!(ended.code(), Some(0));
            assert_eq!(verdicts(&desk.results()), expected);
            desk = Desk::new();
        } else {
            grader.kill().expect("it is ours");
            grader.wait().expect("it ends");
            kills += 1;
        }
        desk.is_quiet();
        assert_eq!(contents(class.path()), handed_in);
    }
    assert_eq!(verdicts(&desk.grades_well(&class, &["--resume"])), expected);
}

const KILLS: u32 = 50;

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).expect("it lists").map(|entry| entry.expect("an entry").path());
    files.map(|path| (path.clone(), fs::read(path).expect("it reads"))).collect()
}
