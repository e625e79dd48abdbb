//! What a killed Moebi left behind.

use crate::cluster::{guardian::left_behind, places};

use super::{Finding, words};

/// So many are named.
const MOST_NAMED: usize = 20;

pub(super) fn look() -> Finding {
    let left = left_behind(&places());
    if left.processes.is_empty() && left.folders.is_empty() {
        return Finding::ok("leftovers", words::nothing_left());
    }
    let (processes, folders) = (left.processes.len(), left.folders.len());
    let mut finding = Finding::remark(
        "leftovers",
        words::left_behind(&words::processes(processes), &words::folders(folders)),
    );
    if processes > 0 {
        let pids: Vec<_> = left.processes.iter().take(MOST_NAMED).map(ToString::to_string).collect();
        finding = finding.remedy(words::run(&format!("kill -9 {}", pids.join(" "))));
    }
    if folders > 0 {
        let paths: Vec<_> =
            left.folders.iter().take(MOST_NAMED).map(|path| format!("'{}'", path.display())).collect();
        finding = finding.remedy(words::run(&format!("rm -r {}", paths.join(" "))));
    }
    finding
}
