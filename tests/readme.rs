//! The README's commands, run as they stand there, one after the other (but for `cargo test`, which is this).

mod common;

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use common::{learner::lesson, runtime::runtime};
use moebi::lesson::{Lang, load_answers, load_scheme};

/// What a person types into a lesson that a command opens.
const LEAVE: &str = "/quit\n";

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("the README")
}

/// The lines of every fenced block of that kind.
fn blocks(kind: &str) -> Vec<String> {
    let (text, fence) = (readme(), format!("```{kind}\n"));
    text.split(&fence).skip(1).map(|part| part.split("```").next().unwrap_or_default().to_owned()).collect()
}

/// A person's place: a home of their own, the Elixir that all tests use, `moebi` on PATH.
struct Desk {
    home: tempfile::TempDir,
}

impl Desk {
    fn run(&self, command: &str) -> Output {
        let input = self.home.path().join("input");
        fs::write(&input, LEAVE).expect("room for a line");
        let folder = if command.starts_with("cargo") {
            PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        } else {
            self.home()
        };
        let mut shell = Command::new("sh");
        shell.args(["-c", command]).current_dir(folder).stdin(fs::File::open(&input).expect("the line"));
        shell
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env("PATH", self.path())
            .env("HOME", self.home.path());
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let default = env::home_dir().map(|home| home.join(folder).into_os_string());
            if let Some(value) = env::var_os(name).or(default) {
                shell.env(name, value);
            }
        }
        for name in ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "MOEBI_RUNTIME"]
        {
            shell.env_remove(name);
        }
        shell.output().expect("a shell")
    }

    fn home(&self) -> PathBuf {
        self.home.path().to_owned()
    }

    fn path(&self) -> OsString {
        let bin = Path::new(env!("CARGO_BIN_EXE_moebi")).parent().expect("a folder").to_owned();
        let present = env::var_os("PATH").unwrap_or_default();
        let folders = [bin].into_iter().chain(runtime().path).chain(env::split_paths(&present));
        env::join_paths(folders.collect::<Vec<_>>()).expect("folders without colons")
    }
}

#[test]
fn every_command_does_what_it_says() {
    let desk = Desk { home: tempfile::tempdir().expect("a folder") };
    let commands: Vec<String> =
        blocks("console").iter().flat_map(|block| block.lines()).map(str::to_owned).collect();
    assert!(commands.len() > 5, "{commands:#?}");
    for command in commands.iter().filter(|command| *command != "cargo test") {
        let output = desk.run(command);
        assert!(output.status.success(), "{command}: {output:#?}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if command == "cargo run --release" {
            assert!(said.contains(&first_title(Lang::En)), "{command}: {said}");
        }
        if command == "moebi --lang el" {
            assert!(said.contains(&first_title(Lang::El)), "{command}: {said}");
        }
        if command.contains("check --model") && !command.contains("json") {
            assert!(said.contains(" passed"), "{command}: {said}");
        }
    }
}

fn first_title(lang: Lang) -> String {
    let lesson = lesson();
    let (section, prose) = (&lesson.sections[0], lesson.prose(lang));
    prose.sections[&section.id].steps[&section.steps[0].id].title.clone()
}

#[test]
fn the_answers_and_the_scheme_that_it_shows_are_such() {
    let shown = blocks("yaml");
    let [answers, scheme] = shown.as_slice() else { panic!("{shown:#?}") };
    let answers =
        load_answers("README.md", answers, &lesson()).unwrap_or_else(|rendered| panic!("{rendered:#?}"));
    assert!(answers.of("nameless").is_some() && answers.learners.len() == 2);
    let scheme =
        load_scheme("README.md", scheme, &lesson()).unwrap_or_else(|rendered| panic!("{rendered:#?}"));
    assert_eq!(scheme.weights.len(), 2);
}
