//! What Moebi's own processes take; the nodes are the learner's.

use std::fs;

/// What Moebi and its guardian may use together at most, in bytes, whatever a node prints.
pub const MOST: u64 = 200 * 1000 * 1000;

/// The most that this process and those of its children that run the same program have used up to now, in bytes.
pub fn most_used(pid: u32) -> u64 {
    let program = program(pid).expect("it runs");
    let children = processes()
        .filter(|other| parent(*other) == Some(pid) && self::program(*other).as_ref() == Some(&program));
    let used: Vec<u64> = children.chain([pid]).filter_map(peak).collect();
    assert!(used.len() > 1, "there is a guardian");
    used.iter().sum()
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").expect("Linux tells").flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

fn program(pid: u32) -> Option<std::path::PathBuf> {
    fs::read_link(format!("/proc/{pid}/exe")).ok()
}

fn parent(pid: u32) -> Option<u32> {
    field(pid, "PPid:")?.try_into().ok()
}

fn peak(pid: u32) -> Option<u64> {
    field(pid, "VmHWM:").map(|kilobytes| kilobytes * 1024)
}

fn field(pid: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
