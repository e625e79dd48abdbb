//! Which processes there are, and which of them descend from whom.

use std::collections::{HashMap, HashSet};

/// A process as the system lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) pid: u32,
    pub(super) parent: u32,
    /// Its session; its process group where the system doesn't tell sessions.
    pub(super) session: u32,
    /// A zombie holds nothing and can't be killed again.
    pub(super) alive: bool,
}

pub(super) struct Census {
    entries: Vec<Entry>,
}

impl Census {
    pub(super) fn take() -> Self {
        Self { entries: entries() }
    }

    /// All that descend from one of these.
    pub(super) fn descendants(&self, of: impl IntoIterator<Item = u32>) -> Vec<Entry> {
        let mut children: HashMap<u32, Vec<Entry>> = HashMap::new();
        for entry in &self.entries {
            children.entry(entry.parent).or_default().push(*entry);
        }
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut next: Vec<u32> = of.into_iter().collect();
        while let Some(parent) = next.pop() {
            for child in children.get(&parent).into_iter().flatten().filter(|child| seen.insert(child.pid)) {
                found.push(*child);
                next.push(child.pid);
            }
        }
        found
    }

    pub(super) fn all(&self) -> &[Entry] {
        &self.entries
    }
}

/// Whether the process was started with this `NAME=VALUE` in its environment; no where that can't be known.
#[cfg(target_os = "linux")]
pub(super) fn carries(pid: u32, marker: &str) -> bool {
    let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    environment.split(|byte| *byte == 0).any(|variable| variable == marker.as_bytes())
}

/// Whether the process was started with a variable that begins so.
#[cfg(target_os = "linux")]
pub(super) fn carries_beginning(pid: u32, marker: &str) -> bool {
    let environment = std::fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
    environment.split(|byte| *byte == 0).any(|variable| variable.starts_with(marker.as_bytes()))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn carries(_pid: u32, _marker: &str) -> bool {
    false
}

#[cfg(not(target_os = "linux"))]
pub(super) fn carries_beginning(_pid: u32, _marker: &str) -> bool {
    false
}

#[cfg(target_os = "linux")]
fn entries() -> Vec<Entry> {
    let listed = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    listed
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|pid: u32| parse_stat(pid, &std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?))
        .collect()
}

/// `PID (NAME) STATE PARENT GROUP SESSION …`; the name may hold spaces and brackets (proc_pid_stat(5)).
#[cfg(target_os = "linux")]
fn parse_stat(pid: u32, stat: &str) -> Option<Entry> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_ascii_whitespace();
    let alive = !matches!(words.next()?, "Z" | "X");
    let parent = words.next()?.parse().ok()?;
    let session = words.nth(1)?.parse().ok()?;
    Some(Entry { pid, parent, session, alive })
}

#[cfg(not(target_os = "linux"))]
fn entries() -> Vec<Entry> {
    let listed = std::process::Command::new("ps").args(["-axo", "pid=,ppid=,pgid=,stat="]).output();
    let listed = listed.map(|listed| listed.stdout).unwrap_or_default();
    String::from_utf8_lossy(&listed).lines().filter_map(parse_line).collect()
}

#[cfg(not(target_os = "linux"))]
fn parse_line(line: &str) -> Option<Entry> {
    let mut words = line.split_ascii_whitespace();
    let mut number = || words.next()?.parse().ok();
    let (pid, parent, session) = (number()?, number()?, number()?);
    Some(Entry { pid, parent, session, alive: !words.next()?.starts_with('Z') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_descends_from_its_parent() {
        let parent = std::os::unix::process::parent_id();
        let found = Census::take().descendants([parent]);
        assert!(found.iter().any(|entry| entry.pid == std::process::id() && entry.alive));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_with_brackets_is_no_trouble() {
        let entry = parse_stat(7, "7 (a) R (b) S 3 5 9 0 -1").expect("it parses");
        assert_eq!(entry, Entry { pid: 7, parent: 3, session: 9, alive: true });
    }
}
