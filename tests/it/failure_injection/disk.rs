//! Saved progress: a disk that is full, a folder that can't be written, a file that can't be read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use rustix::process::Signal;

use crate::support::{
    home::{Home, names},
    learner::PipeLearner,
    until,
};

/// A file system of a few blocks, if this machine lets us mount one; gone with this value.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"]).arg(at);
        mount.output().is_ok_and(|done| done.status.success()).then(|| Self(at.to_owned()))
    }

    fn fill(&self) -> PathBuf {
        let file = self.0.join("fat");
        // It stops where there is no room left.
        let _ = fs::write(&file, vec![0; 1024 * 1024]);
        file
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// In the second section, once its first step is saved as the place to go on from.
#[track_caller]
fn settled(home: &Home) -> PipeLearner {
    let learner = home.opens_plain().meets_kate();
    until("saved the place", || {
        let saved = home.saved();
        if saved["at"] == "define-kate" { Ok(()) } else { Err(saved) }
    });
    learner
}

const DEFINES: &str = "defmodule Kate do\n  def say_name, do: IO.puts(\"Hi, my name is Kate\")\nend";

#[track_caller]
fn next_step(learner: PipeLearner) {
    let learner = learner.types("").sees("[step 2 of 9]").sees("[prompt]");
    learner.types("Kate.say_name()").sees("[done]").quits();
}

#[test]
fn a_full_disk() {
    let home = Home::new();
    // Without the right to mount, there is nothing to see here; the next test sees what it can.
    let Some(small) = Small::mount(&home.path("state")) else { return };
    let learner = settled(&home);
    let fat = small.fill();
    let learner =
        learner.types(DEFINES).sees("[problem] could not save your progress").sees("No space left on device");
    let learner = learner.sees("[try] Nothing else is lost");
    assert_eq!(home.saved()["at"], "define-kate", "what was saved before is still whole");
    assert!(
        names(home.progress().parent().expect("a folder")).iter().all(|name| !name.starts_with(".progress"))
    );
    // Once there is room again the next step saves all of it.
    fs::remove_file(fat).expect("it was there");
    next_step(learner);
    let saved = home.saved();
    assert_eq!(saved["steps"]["define-kate"]["outcome"], "passed");
    assert_eq!(saved["steps"]["local-hello"]["outcome"], "passed");
}

#[test]
fn a_disk_that_stays_full_until_the_end() {
    let home = Home::new();
    let Some(small) = Small::mount(&home.path("state")) else { return };
    let learner = settled(&home);
    small.fill();
    let said = learner.types(DEFINES).sees("[problem] could not save").quits();
    let goodbye = said.rsplit_once("steps done.").expect("a goodbye").1;
    assert!(!goodbye.contains("is saved"), "that is not so: {goodbye}");
}

#[test]
fn a_folder_that_turns_away_while_the_lesson_runs() {
    let home = Home::new();
    let learner = settled(&home);
    // Also root can't put a file where a folder with something in it is.
    fs::remove_file(home.progress()).expect("it was there");
    fs::create_dir_all(home.progress().join("x")).expect("a folder in its place");
    let learner = learner.types(DEFINES).sees("[problem] could not save your progress").sees("[try]");
    fs::remove_dir_all(home.progress()).expect("it was there");
    next_step(learner);
    assert_eq!(home.saved()["steps"]["define-kate"]["outcome"], "passed");
}

#[test]
fn a_state_folder_that_is_removed_while_the_lesson_runs() {
    let home = Home::new();
    let learner = settled(&home);
    fs::remove_dir_all(home.path("state/moebi")).expect("it was there");
    let learner = learner.types(DEFINES).sees("[done]");
    let said = learner.quits();
    // Either it is made again, or the learner is told that nothing is saved.
    assert!(home.progress().exists() || said.contains("could not save"), "{said}");
}

#[test]
fn a_state_folder_that_cannot_be_made() {
    let home = Home::new();
    fs::write(home.path("state/moebi"), "a file").expect("a file");
    let finished = home.runs(&["--plain"]).exits(3);
    finished.says("state/moebi").says("could not make the folder").says("XDG_STATE_HOME");
    home.is_deserted();
}

#[test]
fn progress_that_is_garbage() {
    let home = Home::new();
    fs::create_dir_all(home.progress().parent().expect("a folder")).expect("a folder");
    fs::write(home.progress(), b"\xff\x00{{{").expect("garbage");
    let learner = home.opens_pipe(&mut home.command(&["--plain"]));
    let learner = learner.sees("The saved progress could not be read").sees("progress.unreadable.json");
    learner.sees("[step 1 of 7]").sees("[prompt]").quits();
    assert_eq!(
        fs::read(home.progress().with_file_name("progress.unreadable.json")).expect("kept"),
        b"\xff\x00{{{"
    );
}

#[test]
fn garbage_never_overwrites_garbage_that_was_kept() {
    let home = Home::new();
    fs::create_dir_all(home.progress().parent().expect("a folder")).expect("a folder");
    for garbage in ["one", "two"] {
        fs::write(home.progress(), garbage).expect("garbage");
        home.opens_plain().quits();
    }
    let folder = home.progress().parent().expect("a folder").to_owned();
    let kept: Vec<_> =
        names(&folder).iter().filter_map(|name| fs::read_to_string(folder.join(name)).ok()).collect();
    assert!(kept.iter().any(|text| text == "one") && kept.iter().any(|text| text == "two"), "{kept:?}");
}

#[test]
fn progress_of_a_future_version() {
    let home = Home::new();
    fs::create_dir_all(home.progress().parent().expect("a folder")).expect("a folder");
    let future = r#"{"version": 9, "at": "define-kate", "steps": {"nameless": {"outcome": "mastered"}}}"#;
    fs::write(home.progress(), future).expect("a file");
    let learner = home.opens_pipe(&mut home.command(&["--plain"]));
    learner.sees("progress.unreadable.json").sees("[prompt]").quits();
    let kept = home.progress().with_file_name("progress.unreadable.json");
    assert_eq!(fs::read_to_string(kept).expect("kept"), future);
}

#[test]
fn progress_at_a_step_that_is_gone() {
    let home = Home::new();
    fs::create_dir_all(home.progress().parent().expect("a folder")).expect("a folder");
    fs::write(home.progress(), r#"{"at": "no-such-step", "steps": {}}"#).expect("a file");
    home.opens_pipe(&mut home.command(&["--plain"])).sees("[step 1 of 7]").sees("[prompt]").quits();
}

#[test]
fn a_progress_file_that_is_a_folder() {
    let home = Home::new();
    fs::create_dir_all(home.progress()).expect("a folder");
    home.runs(&["--plain"]).exits(3).says("progress.json").says("could not read");
    home.is_deserted();
}

#[test]
fn a_second_shell_says_that_it_saves_nothing() {
    let home = Home::new();
    let first = home.opens_plain();
    let mut second = home.command(&["--plain"]);
    let finished = home.finishes(&mut second).exits(0);
    finished.says("This lesson is open in another Moebi").says("Nothing was saved");
    first.quits();
}

#[test]
fn progress_survives_sigkill() {
    let home = Home::new();
    let learner = home.opens_plain().meets_kate().types(DEFINES).sees("[done]");
    learner.gets(Signal::KILL).ends();
    let learner = home.opens_pipe(&mut home.command(&["--plain"]));
    let learner = learner.sees("Code on another node").sees("[prompt]");
    learner.quits();
    assert_eq!(home.saved()["steps"]["define-kate"]["outcome"], "passed");
}

#[test]
fn sighup_and_sigterm() {
    for signal in [Signal::HUP, Signal::TERM, Signal::INT] {
        let home = Home::new();
        let learner = home.opens_plain().meets_kate().types(DEFINES).sees("[done]");
        let finished = learner.gets(signal).ends();
        assert!(finished.code.is_some(), "it ends by itself, not by the signal: {finished:?}");
        assert_eq!(home.saved()["steps"]["define-kate"]["outcome"], "passed");
    }
}
