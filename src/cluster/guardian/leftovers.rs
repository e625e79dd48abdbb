//! What a Moebi left behind that was killed together with its guardian: processes with a marker whose session has no
//! guardian any more, and private folders that nobody holds. Only Linux tells; elsewhere nothing is found.

use std::{collections::BTreeSet, fs, path::PathBuf};

use super::{MARKER, ProcessTable, WORD};

#[derive(Debug, Default, PartialEq, Eq)]
pub struct LeftBehind {
    pub processes: Vec<u32>,
    pub folders: Vec<PathBuf>,
}

/// Looks through this person's own processes, and for private folders in `places`.
pub fn left_behind(places: &[PathBuf]) -> LeftBehind {
    let processes = ProcessTable::take();
    let alive = || processes.all().iter().filter(|entry| entry.alive).map(|entry| entry.pid);
    let guarded: BTreeSet<String> = alive().filter_map(guarded_session).collect();
    let is_orphan = |pid: &u32| session(*pid).is_some_and(|session| !guarded.contains(&session));
    let processes = alive().filter(is_orphan).collect();
    let found =
        places.iter().collect::<BTreeSet<_>>().into_iter().filter_map(|place| fs::read_dir(place).ok());
    let entries = found.flat_map(Iterator::flatten).filter(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        is_session(&name) && !guarded.contains(&name) && entry.path().is_dir()
    });
    LeftBehind { processes, folders: entries.map(|entry| entry.path()).collect() }
}

/// The session that this process guards, if it is a guardian: the last part of its folder.
fn guarded_session(pid: u32) -> Option<String> {
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    let mut words = line.split(|byte| *byte == 0).skip(1);
    let folder = words.next().filter(|word| *word == WORD.as_bytes()).and(words.next())?;
    let folder = String::from_utf8_lossy(folder).into_owned();
    Some(folder.rsplit('/').next().unwrap_or_default().to_owned())
}

/// The session that this process was started in. Another person's processes don't tell.
fn session(pid: u32) -> Option<String> {
    let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
    let mut variables = environment.split(|byte| *byte == 0);
    let marker =
        variables.find_map(|variable| variable.strip_prefix(MARKER.as_bytes())?.strip_prefix(b"="))?;
    let session = String::from_utf8_lossy(marker).split('.').next()?.to_owned();
    is_session(&session).then_some(session)
}

/// `moebi-` and sixteen hexadecimal digits, as the private folder is called.
fn is_session(name: &str) -> bool {
    let digits = name.strip_prefix("moebi-");
    digits.is_some_and(|digits| digits.len() == 16 && digits.chars().all(|c| c.is_ascii_hexdigit()))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::process::{Command, Stdio};

    #[test]
    fn a_process_without_its_guardian_is_found_and_another_is_not() {
        let place = tempfile::tempdir().expect("a folder");
        let session = "moebi-00000000decade00";
        fs::create_dir(place.path().join(session)).expect("a folder");
        fs::create_dir(place.path().join("moebi-lessons")).expect("a folder");
        let sleep = |marker: &str| {
            let mut command = Command::new("sleep");
            command.arg("60").env(MARKER, marker).stdout(Stdio::null());
            command.spawn().expect("sleep starts")
        };
        let (mut left, mut other) = (sleep(&format!("{session}.1")), sleep("not-ours.1"));
        // What is seen of a process until it has become `sleep` is this test's own environment, or nothing.
        let is_sleep = |child: &std::process::Child| {
            fs::read_to_string(format!("/proc/{}/comm", child.id())).is_ok_and(|comm| comm == "sleep\n")
        };
        while !is_sleep(&left) || !is_sleep(&other) {
            std::thread::yield_now();
        }
        let found = left_behind(&[place.path().to_owned()]);
        for child in [&mut left, &mut other] {
            child.kill().and_then(|()| child.wait()).expect("it is ours");
        }
        assert!(found.processes.contains(&left.id()), "{found:?}");
        assert!(!found.processes.contains(&other.id()), "{found:?}");
        assert_eq!(found.folders, [place.path().join(session)]);
    }
}
