//! The machine around: files, processes, memory, the network.

use super::{canary::SECRET, graded::graded};
use crate::support::processes;

#[test]
fn every_file_outside_is_as_it_was() {
    let graded = graded();
    assert!(graded.before.values().any(|text| text.contains(SECRET)));
    for (path, text) in &graded.before {
        assert_eq!(graded.after.get(path), Some(text), "{}", path.display());
    }
    assert_eq!(graded.before.len(), graded.after.len());
}

#[test]
fn no_process_is_left() {
    // That it left none of its descendants is what ends the grading itself.
    graded();
    let survivors: Vec<_> = processes::with("4713");
    assert!(survivors.is_empty(), "{survivors:?}");
}

#[test]
fn the_graders_memory_is_bounded() {
    let peak = graded().peak;
    assert!((1_000_000..300_000_000).contains(&peak), "{peak} bytes");
}

#[test]
fn nobody_came_out_into_the_network() {
    let graded = graded();
    assert_eq!(graded.visitors, 0);
    graded.earns_nothing("network");
    let told = graded.told("network", "sum");
    assert!(!told.contains("ok:") && told.contains("error: :econnrefused"), "{told}");
}

#[test]
fn the_kernels_settings_are_out_of_reach() {
    let graded = graded();
    graded.earns_nothing("settings");
    let told = graded.told("settings", "greet");
    assert!(told.contains("tried") && told.contains("unharmed"), "{told}");
}
