//! Submissions as they lie on a disk: read whole or refused with a place, whatever somebody put there.

use std::{fs, os::unix::fs::symlink, path::Path, process, process::Command, sync::mpsc, thread};

use moebi::{
    check::submission,
    lesson::{Answers, Input, Lang, StepId, answers::Record, load_answers},
};
use tempfile::TempDir;

use crate::support::{PATIENCE, child, lesson::lesson, processes::peak_memory};

/// A submission's folder.
struct Folder(TempDir);

impl Folder {
    fn with(answers: &str) -> Self {
        Self(tempfile::tempdir().unwrap()).and("answers.yaml", answers)
    }

    fn and(self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        let place = self.0.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, bytes).unwrap();
        self
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn loads(&self) -> Answers {
        self.tried().unwrap_or_else(|told| panic!("{told}"))
    }

    #[track_caller]
    fn is_refused(&self, with: &[&str]) {
        let Err(told) = self.tried() else { panic!("it is taken, and was to be refused with {with:?}") };
        for wanted in with {
            assert!(told.contains(wanted), "no {wanted:?} in\n{told}");
        }
    }

    fn tried(&self) -> Result<Answers, String> {
        tried(self.path())
    }
}

/// Whatever is there, it does not keep the reader waiting.
fn tried(path: &Path) -> Result<Answers, String> {
    let (sender, loaded) = mpsc::channel();
    let path = path.to_owned();
    let load = move || sender.send(submission::load(&path, "ana", &lesson()));
    thread::Builder::new().spawn(load).expect("a thread");
    let loaded = loaded.recv_timeout(PATIENCE).expect("an answer");
    loaded.map_err(|error| error.told().speak(Lang::En).to_owned())
}

fn step(id: &str) -> StepId {
    StepId::parse(id).unwrap()
}

const HEAD: &str = "lesson: otp-distribution\n";

#[test]
fn names_and_records_come_back_as_they_were_written() {
    let record = Record { tries: 3, hints: 1, answer_shown: true };
    let answers = Answers {
        learners: vec!["Άννα".to_owned(), "=1+1".to_owned()],
        record: vec![(step("nameless"), record), (step("define-kate"), Record::default())],
        ..Answers::model(&lesson())
    };
    let yaml = answers.to_yaml();
    assert!(yaml.contains("learners:\n- Άννα\n"), "{yaml}");
    assert!(yaml.contains("  nameless:\n    tries: 3\n    hints: 1\n    answer_shown: true\n"), "{yaml}");
    assert_eq!(load_answers("answers.yaml", &yaml, &lesson()), Ok(answers.clone()));
    assert_eq!(Folder::with(&yaml).loads(), answers);
    assert_eq!(answers.record_of("nameless"), Some(record));
}

#[test]
fn the_model_says_nothing_of_a_learner() {
    let yaml = Answers::model(&lesson()).to_yaml();
    assert!(!yaml.contains("learners:") && !yaml.contains("record:"));
}

#[test]
fn one_name_may_stand_alone() {
    let answers = Folder::with(&format!("{HEAD}learners: Ana\nanswers: {{}}\n")).loads();
    assert_eq!(answers.learners, ["Ana"]);
}

#[test]
fn a_file_beside_the_answers_is_taken_from_there() {
    let text = format!(
        "{HEAD}answers:\n  new-project:\n  - write: chat/lib/chat.ex\n  - write: {{ path: chat/README.md }}\n"
    );
    let folder = Folder::with(&text)
        .and("chat/lib/chat.ex", "defmodule Chat do\n  @word \"${nonce}\"\nend\n")
        .and("chat/README.md", b"\xffhi");
    let answers = folder.loads();
    let wrote = |path: &str, text: &str| Input::Write { path: path.to_owned(), text: text.to_owned() };
    let lesson = lesson();
    let nonce = lesson.nonce.as_str();
    assert_eq!(
        answers.of("new-project").unwrap(),
        [
            wrote("chat/lib/chat.ex", &format!("defmodule Chat do\n  @word \"{nonce}\"\nend\n")),
            wrote("chat/README.md", "\u{fffd}hi"),
        ]
    );
}

#[test]
fn a_file_that_is_not_there_is_told_with_its_place() {
    let text = format!("{HEAD}answers:\n  new-project:\n  - write: chat/lib/caht.ex\n");
    Folder::with(&text).is_refused(&["ana/answers.yaml:4:12", "can't be read", "No such file", "^^^^"]);
    let told = load_answers("answers.yaml", &text, &lesson()).expect_err("there is no folder");
    assert!(told[0].message.contains("there is no folder"), "{told:?}");
}

#[test]
fn nothing_outside_of_a_folder_can_be_handed_in() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("model.ex"), "secret").unwrap();
    let model = outside.path().join("model.ex");
    let asks = |path: &str| Folder::with(&format!("{HEAD}answers:\n  new-project:\n  - write: {path}\n"));
    for path in ["../model.ex", "/etc/passwd", "chat/../../model.ex", "chat//model.ex", "./model.ex"] {
        asks(path).is_refused(&["a path must stay inside the workspace"]);
    }
    let folder = asks("model.ex");
    symlink(&model, folder.path().join("model.ex")).unwrap();
    folder.is_refused(&["can't be read"]);
    let folder = asks("chat/model.ex");
    symlink(outside.path(), folder.path().join("chat")).unwrap();
    folder.is_refused(&["can't be read"]);
    let folder = asks("chat/model.ex").and("chat/x", "");
    symlink("/dev/zero", folder.path().join("chat/model.ex")).unwrap();
    folder.is_refused(&["can't be read"]);
    let folder = tempfile::tempdir().unwrap();
    symlink(&model, folder.path().join("answers.yaml")).unwrap();
    assert!(tried(folder.path()).is_err_and(|told| told.contains("could not read the answers")));
    assert!(tried(&folder.path().join("answers.yaml")).is_err_and(|told| !told.contains("secret")));
}

#[test]
fn nothing_keeps_the_reader_waiting() {
    let fifo = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    let folder = tempfile::tempdir().unwrap();
    fifo(&folder.path().join("answers.yaml"));
    for path in [folder.path(), &folder.path().join("answers.yaml"), Path::new("/dev/zero")] {
        assert!(tried(path).is_err_and(|told| told.contains("no regular file")), "{}", path.display());
    }
    let folder = Folder::with(&format!("{HEAD}answers:\n  new-project:\n  - write: chat\n"));
    fifo(&folder.path().join("chat"));
    folder.is_refused(&["no regular file"]);
    let folder =
        Folder::with(&format!("{HEAD}answers:\n  new-project:\n  - write: chat\n")).and("chat/x", "");
    folder.is_refused(&["no regular file"]);
}

#[test]
fn a_folder_without_answers_says_so() {
    let folder = tempfile::tempdir().unwrap();
    assert!(tried(folder.path()).is_err_and(|told| told.contains("ana/answers.yaml")));
    assert!(tried(&folder.path().join("nowhere")).is_err_and(|told| told.contains("No such file")));
}

#[test]
fn every_mistake_in_names_and_records_has_its_place() {
    let hears = |text: &str, wanted: &[&str]| Folder::with(&format!("{HEAD}{text}")).is_refused(wanted);
    hears("learners: [\"Ana\\nBob\"]\nanswers: {}\n", &["answers.yaml:2:12", "control characters"]);
    hears("learners: \"\\u202eAna\"\nanswers: {}\n", &["answers.yaml:2:11", "control characters"]);
    hears("learners: [' ']\nanswers: {}\n", &["this name is empty"]);
    hears(&format!("learners: {}\nanswers: {{}}\n", "x".repeat(201)), &["200 characters"]);
    hears("learners: [a, b, c, d, e, f, g, h, i]\nanswers: {}\n", &["answers.yaml:2:36", "8 learners"]);
    hears("learners: { Ana: 1 }\nanswers: {}\n", &["this is a mapping, not a text"]);
    hears("answers: {}\nrecord: { nameles: {} }\n", &["answers.yaml:3:11", "did you mean `nameless`?"]);
    hears("answers: {}\nrecord: { nameless: { tries: -1 } }\n", &["answers.yaml:3:30", "not below 0"]);
    hears("answers: {}\nrecord: { nameless: { tries: 4294967296 } }\n", &["must be whole"]);
    hears("answers: {}\nrecord: { nameless: { trys: 1 } }\n", &["did you mean `tries`?"]);
    hears("answers: {}\nlearner: Ana\n", &["did you mean `learners`?"]);
    let many = "  - alex: x\n".repeat(201);
    hears(&format!("answers:\n  connect:\n{many}"), &["200 inputs at most"]);
}

#[test]
fn no_complaint_speaks_to_the_terminal() {
    let folder = Folder::with(&format!("{HEAD}answers:\n  \"a\\e[2Jb\\u202e\": []\n  c: \u{1b}[31mred\n"));
    let told = folder.tried().expect_err("a complaint");
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
    let named = submission::load(&folder.path().join("x"), "\u{1b}[2Jana\nbob", &lesson());
    let told = named.expect_err("there is none").told().speak(Lang::En).to_owned();
    assert!(!told.contains(['\u{1b}', '\n']), "{told:?}");
}

#[test]
fn a_flood_is_refused_at_once() {
    let folder = Folder::with("");
    fs::File::create(folder.path().join("answers.yaml")).unwrap().set_len(100 << 20).unwrap();
    folder.is_refused(&["larger than 1024 KB"]);
    let nested = format!("{HEAD}answers: {}{}\n", "[".repeat(400_000), "]".repeat(400_000));
    assert!(Folder::with(&nested).tried().is_err());
    Folder::with("").and("answers.yaml", b"lesson: \xff\xfe\n").is_refused(&["answers.yaml:1:9", "no UTF-8"]);
    let unknown: String = (0..60_000).map(|number| format!("  step-{number}: []\n")).collect();
    let told = Folder::with(&format!("{HEAD}answers:\n{unknown}")).tried().expect_err("complaints");
    assert!(told.len() < 40 * 1024, "{} bytes", told.len());
    let word = "x".repeat(900_000);
    let told =
        Folder::with(&format!("{HEAD}answers:\n  ? {word}\n  : []\n")).tried().expect_err("complaints");
    assert!(told.len() < 40 * 1024, "{} bytes", told.len());
}

#[test]
fn aliases_do_not_multiply() {
    let mut bomb = format!("{HEAD}learners: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let inner = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
    }
    Folder::with(&bomb).is_refused(&["alias"]);
    let output = child::running("check::submission::aliases_of_a_long_text").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// A thousand times half a megabyte; the memory of the whole process is looked at, so it is a process of its own.
#[test]
#[ignore = "run by aliases_do_not_multiply"]
fn aliases_of_a_long_text() {
    let word = "x".repeat(500_000);
    let many = "  - alex: *a\n".repeat(190);
    let steps: String = ["connect", "leave", "alone", "refused", "reunite"]
        .iter()
        .map(|step| format!("  {step}:\n{many}"))
        .collect();
    let peak = || peak_memory(process::id()).expect("this process runs");
    let before = peak();
    let bomb = format!("{HEAD}answers:\n  nameless:\n  - alex: &a {word}\n{steps}");
    Folder::with(&bomb).is_refused(&["ScalarBytes"]);
    assert!(peak() < before + (128 << 20), "it took {} bytes", peak() - before);
}

#[test]
fn files_beside_the_answers_are_bounded_each_and_together() {
    let asks = |paths: &[String]| {
        let inputs: String = paths.iter().map(|path| format!("  - write: {path}\n")).collect();
        Folder::with(&format!("{HEAD}answers:\n  new-project:\n{inputs}"))
    };
    asks(&["big".to_owned()]).and("big", vec![b'x'; (256 << 10) + 1]).is_refused(&["larger than 256 KB"]);
    let names: Vec<String> = (0..20).map(|number| format!("f{number}")).collect();
    let full = |folder: Folder, name: &String| folder.and(name, vec![b'x'; 256 << 10]);
    names.iter().fold(asks(&names), full).is_refused(&["larger than 4096 KB together"]);
    let again = vec!["f0".to_owned(); 150];
    full(asks(&again), &again[0]).is_refused(&["together"]);
}
