//! Which processes a test has started and not ended.

use std::{
    fs,
    path::Path,
    process,
    time::{Duration, Instant},
};

/// Fails unless every process whose environment carries `marker` is gone within ten seconds.
#[track_caller]
pub fn nothing_is_left(marker: &str) {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        let left = marked(marker);
        if left.is_empty() {
            return;
        }
        assert!(Instant::now() < until, "still running: {left:#?}");
        std::thread::yield_now();
    }
}

/// `PID command line` of every live process whose environment holds `marker`, but for this one.
pub fn marked(marker: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    pids.filter(|pid| *pid != process::id()).filter_map(|pid| described(pid, marker)).collect()
}

fn described(pid: u32, marker: &str) -> Option<String> {
    let folder = Path::new("/proc").join(pid.to_string());
    let environment = fs::read(folder.join("environ")).ok()?;
    let is_marked = environment.split(|byte| *byte == 0).any(|variable| variable == marker.as_bytes());
    let is_zombie = fs::read_to_string(folder.join("stat")).ok()?.contains(") Z ");
    let line = fs::read(folder.join("cmdline")).ok()?;
    (is_marked && !is_zombie).then(|| format!("{pid} {}", String::from_utf8_lossy(&line).replace('\0', " ")))
}
