//! What a killed Moebi left behind.

use crate::cluster::{guardian::left_behind, places};

use super::{Finding, messages};

/// So many are named.
const MAX_NAMED: usize = 20;

pub(super) fn look() -> Finding {
    let left = left_behind(&places());
    if left.processes.is_empty() && left.folders.is_empty() {
        return Finding::ok("leftovers", messages::nothing_left());
    }
    let (processes, folders) = (left.processes.len(), left.folders.len());
    let mut finding = Finding::remark(
        "leftovers",
        messages::left_behind(&messages::processes(processes), &messages::folders(folders)),
    );
    if processes > 0 {
        let pids: Vec<_> = left.processes.iter().take(MAX_NAMED).map(ToString::to_string).collect();
        finding = finding.remedy(messages::run(&format!("kill -9 {}", pids.join(" "))));
    }
    if folders > 0 {
        let paths: Vec<_> =
            left.folders.iter().take(MAX_NAMED).map(|path| format!("'{}'", path.display())).collect();
        finding = finding.remedy(messages::run(&format!("rm -r {}", paths.join(" "))));
    }
    finding
}
