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
    /// By a signal; where the system tells threads apart, its first one.
    pub(super) stopped: bool,
    pub(super) ticks: Ticks,
}

/// Time of the processor, as the clock ticks; none where the system doesn't list it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticks {
    own: u64,
    /// Of its children that were waited for.
    of_children: u64,
}

pub(super) struct ProcessTable {
    entries: Vec<Entry>,
}

impl ProcessTable {
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

    pub(super) fn stopped_children(&self, of: u32) -> impl Iterator<Item = u32> {
        self.entries.iter().filter(move |entry| entry.parent == of && entry.stopped).map(|entry| entry.pid)
    }

    /// What all of them use but one.
    pub(super) fn usage(&self, but: u32) -> Usage {
        let (one, others): (Vec<&Entry>, Vec<&Entry>) =
            self.entries.iter().partition(|entry| entry.pid == but);
        let ended = one.iter().map(|entry| entry.ticks.of_children).sum();
        let ended = Usage { processor: milliseconds(ended), ..Usage::default() };
        others.into_iter().fold(ended, |sum, entry| sum.and(&Usage::of(entry)))
    }
}

/// Counted in processes, bytes and milliseconds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    pub(super) processes: u64,
    pub(super) threads: u64,
    /// Its own and what it shares by wish; not the files that it maps, such as programs.
    pub(super) memory: u64,
    pub(super) processor: u64,
}

impl Usage {
    fn and(self, other: &Self) -> Self {
        Self {
            processes: self.processes + other.processes,
            threads: self.threads + other.threads,
            memory: self.memory + other.memory,
            processor: self.processor + other.processor,
        }
    }
}

#[cfg(target_os = "linux")]
impl Usage {
    /// From `status` (proc_pid_status(5)). Memory that is shared counts for each who has it, or it would for nobody.
    fn of(entry: &Entry) -> Self {
        let status = std::fs::read_to_string(format!("/proc/{}/status", entry.pid)).unwrap_or_default();
        let known = |name: &str| -> Option<u64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            line.split_ascii_whitespace().next()?.parse().ok()
        };
        let field = |name| known(name).unwrap_or_default();
        // A kernel that does not tell them apart has them all counted.
        let resident = known("RssAnon").map_or_else(|| field("VmRSS"), |own| own + field("RssShmem"));
        let kilobytes = resident + field("VmSwap") + field("VmPTE");
        Self {
            processes: 1,
            threads: field("Threads"),
            memory: kilobytes * 1024,
            processor: milliseconds(entry.ticks.own + entry.ticks.of_children),
        }
    }
}

#[cfg(target_os = "linux")]
fn milliseconds(ticks: u64) -> u64 {
    ticks.saturating_mul(1_000) / rustix::param::clock_ticks_per_second().max(1)
}

#[cfg(not(target_os = "linux"))]
fn milliseconds(_ticks: u64) -> u64 {
    0
}

#[cfg(not(target_os = "linux"))]
impl Usage {
    fn of(_entry: &Entry) -> Self {
        Self { processes: 1, ..Self::default() }
    }
}

/// Whether there are more processes than that, this one counted too. Nothing is asked of any of them.
#[cfg(target_os = "linux")]
pub(super) fn has_more_than(most: usize) -> bool {
    pids(most + 1).len() > most
}

#[cfg(not(target_os = "linux"))]
pub(super) fn has_more_than(_most: usize) -> bool {
    false
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
    let listed = pids(usize::MAX).into_iter();
    listed
        .filter_map(|pid| parse_stat(pid, &std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?))
        .collect()
}

/// Whether each of its threads is stopped by a signal, or over.
#[cfg(target_os = "linux")]
pub(super) fn has_stopped(entry: &Entry) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{}/task", entry.pid)).into_iter().flatten().flatten();
    let mut stats = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("stat")).ok());
    stats.all(|stat| parse_stat(entry.pid, &stat).is_none_or(|thread| thread.stopped || !thread.alive))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn has_stopped(entry: &Entry) -> bool {
    entry.stopped
}

/// At most so many of them. It is asked for a hundred times a second: nothing is copied that is not wanted.
#[cfg(target_os = "linux")]
fn pids(most: usize) -> Vec<u32> {
    use rustix::fs::{Mode, OFlags, RawDir};
    let mut found = Vec::new();
    let folder =
        rustix::fs::open("/proc", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty());
    let Ok(folder) = folder else { return found };
    let mut room = [std::mem::MaybeUninit::uninit(); 8192];
    let mut listed = RawDir::new(folder, &mut room);
    while found.len() < most
        && let Some(Ok(entry)) = listed.next()
    {
        let name = entry.file_name().to_str().ok();
        found.extend(name.and_then(|name| name.parse::<u32>().ok()));
    }
    found
}

/// `PID (NAME) STATE PARENT GROUP SESSION …`, and the ticks as the fields 14 to 17; the name may hold spaces and
/// brackets (proc_pid_stat(5)).
#[cfg(target_os = "linux")]
fn parse_stat(pid: u32, stat: &str) -> Option<Entry> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut words = rest.split_ascii_whitespace();
    let state = words.next()?;
    let (alive, stopped) = (!matches!(state, "Z" | "X"), state == "T");
    let parent = words.next()?.parse().ok()?;
    let session = words.nth(1)?.parse().ok()?;
    let mut ticks = words.skip(7).map(|word| word.parse().unwrap_or_default());
    let mut two = || ticks.next().unwrap_or(0) + ticks.next().unwrap_or(0);
    let ticks = Ticks { own: two(), of_children: two() };
    Some(Entry { pid, parent, session, alive, stopped, ticks })
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
    let state = words.next()?;
    let (alive, stopped) = (!state.starts_with('Z'), state.starts_with('T'));
    Some(Entry { pid, parent, session, alive, stopped, ticks: Ticks::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_descends_from_its_parent() {
        let parent = std::os::unix::process::parent_id();
        let found = ProcessTable::take().descendants([parent]);
        assert!(found.iter().any(|entry| entry.pid == std::process::id() && entry.alive));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_process_uses_memory() {
        let usage = ProcessTable::take().usage(0);
        assert!(usage.processes >= 1 && usage.memory > 0 && usage.processor > 0, "{usage:?}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_name_with_brackets_is_no_trouble() {
        let entry =
            parse_stat(7, "7 (a) R (b) S 3 5 9 0 -1 4 1 0 2 0 10 20 300 400 20 0").expect("it parses");
        let ticks = Ticks { own: 30, of_children: 700 };
        assert_eq!(entry, Entry { pid: 7, parent: 3, session: 9, alive: true, stopped: false, ticks });
    }
}
