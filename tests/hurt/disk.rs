//! Saved progress: a disk that is full, a folder that can't be written, a file that can't be read.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use serde_json::Value;

use super::{
    house::{House, names},
    moebi::Moebi,
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

fn saved(house: &House) -> Value {
    let text = fs::read(house.progress()).expect("saved progress");
    serde_json::from_slice(&text).expect("saved whole")
}

/// In the second section, once its first step is saved as the place to go on from.
#[track_caller]
fn settled(house: &House) -> Moebi<'_> {
    let moebi = house.opens().meets_kate();
    let until = Instant::now() + Duration::from_secs(30);
    while saved(house)["at"] != "define-kate" {
        assert!(Instant::now() < until, "the place is not saved");
        thread::yield_now();
    }
    moebi
}

const DEFINES: &str = "defmodule Kate do\n  def say_name, do: IO.puts(\"Hi, my name is Kate\")\nend";

#[track_caller]
fn next_step(moebi: Moebi) {
    let moebi = moebi.types("").sees("[step 2 of 9]").sees("[prompt]");
    moebi.types("Kate.say_name()").sees("[done]").quits();
}

#[test]
fn a_full_disk() {
    let house = House::new();
    // Without the right to mount, there is nothing to see here; the next test sees what it can.
    let Some(small) = Small::mount(&house.room("state")) else { return };
    let moebi = settled(&house);
    let fat = small.fill();
    let moebi =
        moebi.types(DEFINES).sees("[problem] could not save your progress").sees("No space left on device");
    let moebi = moebi.sees("[try] Nothing else is lost");
    assert_eq!(saved(&house)["at"], "define-kate", "what was saved before is still whole");
    assert!(
        names(house.progress().parent().expect("a folder")).iter().all(|name| !name.starts_with(".progress"))
    );
    // Once there is room again the next step saves all of it.
    fs::remove_file(fat).expect("it was there");
    next_step(moebi);
    let saved = saved(&house);
    assert_eq!(saved["steps"]["define-kate"]["outcome"], "passed");
    assert_eq!(saved["steps"]["local-hello"]["outcome"], "passed");
}

#[test]
fn a_disk_that_stays_full_until_the_end() {
    let house = House::new();
    let Some(small) = Small::mount(&house.room("state")) else { return };
    let moebi = settled(&house);
    small.fill();
    let said = moebi.types(DEFINES).sees("[problem] could not save").quits();
    let goodbye = said.rsplit_once("steps done.").expect("a goodbye").1;
    assert!(!goodbye.contains("is saved"), "that is not so: {goodbye}");
}

#[test]
fn a_folder_that_turns_away_while_the_lesson_runs() {
    let house = House::new();
    let moebi = settled(&house);
    // Also root can't put a file where a folder with something in it is.
    fs::remove_file(house.progress()).expect("it was there");
    fs::create_dir_all(house.progress().join("x")).expect("a folder in its place");
    let moebi = moebi.types(DEFINES).sees("[problem] could not save your progress").sees("[try]");
    fs::remove_dir_all(house.progress()).expect("it was there");
    next_step(moebi);
    assert_eq!(saved(&house)["steps"]["define-kate"]["outcome"], "passed");
}

#[test]
fn a_state_folder_that_is_removed_while_the_lesson_runs() {
    let house = House::new();
    let moebi = settled(&house);
    fs::remove_dir_all(house.room("state/moebi")).expect("it was there");
    let moebi = moebi.types(DEFINES).sees("[done]");
    let said = moebi.quits();
    // Either it is made again, or the learner is told that nothing is saved.
    assert!(house.progress().exists() || said.contains("could not save"), "{said}");
}

#[test]
fn a_state_folder_that_cannot_be_made() {
    let house = House::new();
    fs::write(house.room("state/moebi"), "a file").expect("a file");
    let ended = house.runs(&["--plain"]).with(3);
    ended.says("state/moebi").says("could not make the folder").says("XDG_STATE_HOME");
    house.is_empty();
}

#[test]
fn progress_that_is_garbage() {
    let house = House::new();
    fs::create_dir_all(house.progress().parent().expect("a folder")).expect("a folder");
    fs::write(house.progress(), b"\xff\x00{{{").expect("garbage");
    let moebi = house.opens_with(&mut house.moebi(&["--plain"]));
    let moebi = moebi.sees("The saved progress could not be read").sees("progress.unreadable.json");
    moebi.sees("[step 1 of 7]").sees("[prompt]").quits();
    assert_eq!(
        fs::read(house.progress().with_file_name("progress.unreadable.json")).expect("kept"),
        b"\xff\x00{{{"
    );
}

#[test]
fn garbage_never_overwrites_garbage_that_was_kept() {
    let house = House::new();
    fs::create_dir_all(house.progress().parent().expect("a folder")).expect("a folder");
    for garbage in ["one", "two"] {
        fs::write(house.progress(), garbage).expect("garbage");
        house.opens().quits();
    }
    let folder = house.progress().parent().expect("a folder").to_owned();
    let kept: Vec<_> =
        names(&folder).iter().filter_map(|name| fs::read_to_string(folder.join(name)).ok()).collect();
    assert!(kept.iter().any(|text| text == "one") && kept.iter().any(|text| text == "two"), "{kept:?}");
}

#[test]
fn progress_of_a_future_version() {
    let house = House::new();
    fs::create_dir_all(house.progress().parent().expect("a folder")).expect("a folder");
    let future = r#"{"version": 9, "at": "define-kate", "steps": {"nameless": {"outcome": "mastered"}}}"#;
    fs::write(house.progress(), future).expect("a file");
    let moebi = house.opens_with(&mut house.moebi(&["--plain"]));
    moebi.sees("progress.unreadable.json").sees("[prompt]").quits();
    let kept = house.progress().with_file_name("progress.unreadable.json");
    assert_eq!(fs::read_to_string(kept).expect("kept"), future);
}

#[test]
fn progress_at_a_step_that_is_gone() {
    let house = House::new();
    fs::create_dir_all(house.progress().parent().expect("a folder")).expect("a folder");
    fs::write(house.progress(), r#"{"at": "no-such-step", "steps": {}}"#).expect("a file");
    house.opens_with(&mut house.moebi(&["--plain"])).sees("[step 1 of 7]").sees("[prompt]").quits();
}

#[test]
fn a_progress_file_that_is_a_folder() {
    let house = House::new();
    fs::create_dir_all(house.progress()).expect("a folder");
    house.runs(&["--plain"]).with(3).says("progress.json").says("could not read");
    house.is_empty();
}

#[test]
fn a_second_shell_says_that_it_saves_nothing() {
    let house = House::new();
    let first = house.opens();
    let mut second = house.moebi(&["--plain"]);
    let ended = house.ends(&mut second).with(0);
    ended.says("This lesson is open in another Moebi").says("Nothing was saved");
    first.quits();
}

#[test]
fn progress_survives_sigkill() {
    let house = House::new();
    let moebi = house.opens().meets_kate().types(DEFINES).sees("[done]");
    moebi.gets(Signal::KILL).ends();
    let moebi = house.opens_with(&mut house.moebi(&["--plain"]));
    let moebi = moebi.sees("Code on another node").sees("[prompt]");
    moebi.quits();
    assert_eq!(saved(&house)["steps"]["define-kate"]["outcome"], "passed");
}

#[test]
fn sighup_and_sigterm() {
    for signal in [Signal::HUP, Signal::TERM, Signal::INT] {
        let house = House::new();
        let moebi = house.opens().meets_kate().types(DEFINES).sees("[done]");
        let ended = moebi.gets(signal).ends();
        assert!(ended.code.is_some(), "it ends by itself, not by the signal: {ended:?}");
        assert_eq!(saved(&house)["steps"]["define-kate"]["outcome"], "passed");
    }
}
