//! The table of processes: who is there, who descends from whom, and how much memory they take.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process,
};

use rustix::process::{Pid, Signal, kill_process};

use super::until;

/// Waits until every process with this variable (`NAME=VALUE`) in its environment is gone.
#[track_caller]
pub fn none_marked(marker: &str) {
    until("gone", || nobody(marked(marker)));
}

/// An error with those that are there.
pub fn nobody<Who>(there: Vec<Who>) -> Result<(), Vec<Who>> {
    if there.is_empty() { Ok(()) } else { Err(there) }
}

/// `PID command line` of every live process with this variable in its environment, but for this one.
pub fn marked(marker: &str) -> Vec<String> {
    let has_it = |pid: u32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
        let is_marked = environment.split(|byte| *byte == 0).any(|variable| variable == marker.as_bytes());
        (is_marked && pid != process::id()).then(|| format!("{pid} {}", command_line(pid)))
    };
    alive().filter_map(has_it).collect()
}

/// The command lines, of whomever, that hold this.
pub fn with(part: &str) -> Vec<String> {
    alive().map(command_line).filter(|line| line.contains(part)).collect()
}

/// Those that run exactly this command.
pub fn running(command: &str) -> Vec<u32> {
    alive().filter(|pid| command_line(*pid).trim_end() == command).collect()
}

/// Those that a terminal of this cluster's session started.
pub fn of_session(session: &str) -> Vec<u32> {
    let wanted = format!("MOEBI_COMMAND={session}.");
    let has_it = |pid: &u32| {
        let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable.starts_with(wanted.as_bytes()))
    };
    pids().filter(has_it).collect()
}

/// Whether a thread of it is neither stopped nor over.
pub fn is_one_thread_running(pid: u32) -> bool {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten();
    let states = threads.filter_map(|thread| {
        let stat = fs::read_to_string(thread.path().join("stat")).ok()?;
        stat.rsplit_once(") ")?.1.chars().next()
    });
    states.into_iter().any(|state| !matches!(state, 'T' | 'Z' | 'X'))
}

/// Descendants, whoever their parent is by now: as nothing else ever is one, by number and by when they began.
pub type Descendants = BTreeMap<(u32, u64), String>;

/// Adds all that descends from `root` now. Whoever is in a cell descends from its first process.
pub fn note_descendants(root: u32, known: &mut Descendants) {
    let all: Vec<Stat> = pids().filter_map(Stat::of).collect();
    let mut next = vec![root];
    let mut seen = BTreeSet::new();
    while let Some(parent) = next.pop() {
        for stat in all.iter().filter(|stat| stat.parent == parent) {
            if seen.insert(stat.pid) {
                next.push(stat.pid);
                known.insert((stat.pid, stat.began), stat.name.clone());
            }
        }
    }
}

/// Those of them that still run.
pub fn left_of(known: &Descendants) -> Vec<String> {
    let alive = pids().filter_map(Stat::of).filter(|stat| stat.is_alive);
    alive.filter(|stat| known.contains_key(&(stat.pid, stat.began))).map(|stat| stat.name).collect()
}

/// The most memory that it has used up to now, in bytes; none once it is gone.
pub fn peak_memory(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_ascii_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// As `peak_memory`, together with its children that run the same program: Moebi's guardian, but not the nodes.
pub fn peak_memory_with_guardian(pid: u32) -> u64 {
    let program = |pid: u32| fs::read_link(format!("/proc/{pid}/exe")).ok();
    let own = program(pid).expect("it runs");
    let is_child = |stat: &Stat| stat.parent == pid && program(stat.pid).as_ref() == Some(&own);
    let children = pids().filter_map(Stat::of).filter(is_child).map(|stat| stat.pid);
    let peaks: Vec<u64> = children.chain([pid]).filter_map(peak_memory).collect();
    assert!(peaks.len() > 1, "there is a guardian");
    peaks.iter().sum()
}

/// # Panics
/// No such process is there.
#[track_caller]
pub fn signal(pid: u32, signal: Signal) {
    let pid = Pid::from_raw(pid.cast_signed()).expect("no process is 0");
    kill_process(pid, signal).expect("it is there");
}

struct Stat {
    pid: u32,
    parent: u32,
    began: u64,
    is_alive: bool,
    name: String,
}

impl Stat {
    /// Fields 3, 4 and 22 of `stat` (proc_pid_stat(5)).
    fn of(pid: u32) -> Option<Self> {
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        let (name, rest) = stat.rsplit_once(')')?;
        let words: Vec<&str> = rest.split_ascii_whitespace().collect();
        let is_alive = !matches!(*words.first()?, "Z" | "X");
        let (parent, began) = (words.get(1)?.parse().ok()?, words.get(19)?.parse().ok()?);
        Some(Self { pid, parent, began, is_alive, name: name.to_owned() })
    }
}

fn pids() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir(Path::new("/proc")).into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn alive() -> impl Iterator<Item = u32> {
    pids().filter(|pid| Stat::of(*pid).is_some_and(|stat| stat.is_alive))
}

fn command_line(pid: u32) -> String {
    let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&line).replace('\0', " ")
}
