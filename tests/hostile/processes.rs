//! What a process has started, whoever its parent is by now.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

/// A process as nothing else ever is one: its number and when it began.
pub type Known = BTreeMap<(u32, u64), String>;

struct Entry {
    pid: u32,
    parent: u32,
    began: u64,
    is_alive: bool,
    name: String,
}

fn entries() -> Vec<Entry> {
    let pids = fs::read_dir("/proc").expect("/proc").flatten();
    pids.filter_map(|entry| read(entry.file_name().to_str()?.parse().ok()?)).collect()
}

/// Fields 3, 4 and 22 of `stat` (proc_pid_stat(5)).
fn read(pid: u32) -> Option<Entry> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (name, rest) = stat.rsplit_once(')')?;
    let words: Vec<&str> = rest.split_ascii_whitespace().collect();
    let is_alive = !matches!(*words.first()?, "Z" | "X");
    let (parent, began) = (words.get(1)?.parse().ok()?, words.get(19)?.parse().ok()?);
    Some(Entry { pid, parent, began, is_alive, name: name.to_owned() })
}

/// Adds all that descends from `root` now. Whoever is in a cell descends from its first process.
pub fn note_descendants(root: u32, known: &mut Known) {
    let all = entries();
    let mut next = vec![root];
    let mut seen = BTreeSet::new();
    while let Some(parent) = next.pop() {
        for entry in all.iter().filter(|entry| entry.parent == parent) {
            if seen.insert(entry.pid) {
                next.push(entry.pid);
                known.insert((entry.pid, entry.began), entry.name.clone());
            }
        }
    }
}

/// Those of them that still run.
pub fn left_of(known: &Known) -> Vec<String> {
    let alive = entries().into_iter().filter(|entry| entry.is_alive);
    alive.filter(|entry| known.contains_key(&(entry.pid, entry.began))).map(|entry| entry.name).collect()
}

/// Command lines that hold this, of whomever.
pub fn with(part: &str) -> Vec<String> {
    let lines = entries().into_iter().filter(|entry| entry.is_alive).filter_map(|entry| {
        let line = fs::read(format!("/proc/{}/cmdline", entry.pid)).ok()?;
        Some(String::from_utf8_lossy(&line).replace('\0', " "))
    });
    lines.filter(|line| line.contains(part)).collect()
}

/// The most memory that it ever had, in kilobytes.
pub fn peak(pid: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
