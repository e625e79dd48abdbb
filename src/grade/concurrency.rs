//! How many sections can run at once on this machine.

use std::{fs, thread::available_parallelism};

/// What a node takes while it works, compilers beside it included, in bytes.
const MEMORY_A_NODE: u64 = 160 * 1024 * 1024;

/// Nodes wait for one another most of the time.
const SECTIONS_A_CORE: usize = 2;

/// As many as the cores serve and free memory holds, at `nodes` each; at least one.
pub fn sections(nodes: usize) -> usize {
    let cores = available_parallelism().map_or(1, usize::from);
    let free = free_memory(&fs::read_to_string("/proc/meminfo").unwrap_or_default());
    fitting(cores, free, nodes)
}

fn fitting(cores: usize, free: Option<u64>, nodes: usize) -> usize {
    let by_cores = cores * SECTIONS_A_CORE;
    let in_memory = free.map_or(u64::MAX, |free| free / (MEMORY_A_NODE * nodes.max(1) as u64));
    by_cores.min(usize::try_from(in_memory).unwrap_or(usize::MAX)).max(1)
}

/// In bytes; nothing where the system doesn't tell (proc_meminfo(5)).
fn free_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: u64 = line.split_ascii_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cores_and_memory_bound_it() {
        let gigabyte = 1 << 30;
        assert_eq!(fitting(2, Some(64 * gigabyte), 3), 4);
        assert_eq!(fitting(64, Some(8 * gigabyte), 3), 17);
        assert_eq!(fitting(8, Some(gigabyte / 8), 3), 1);
        assert_eq!(fitting(8, None, 3), 16);
    }

    #[test]
    fn what_is_free_is_read() {
        assert_eq!(free_memory("MemTotal: 9 kB\nMemAvailable:   2048 kB\n"), Some(2 << 20));
        assert_eq!(free_memory(""), None);
    }
}
