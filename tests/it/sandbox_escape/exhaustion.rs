//! Using up what there is.

use super::graded::graded;

/// By that limit, or, on a machine too busy to reach it, by the time that an input has; `cluster::cells` shows each limit
/// by itself.
#[track_caller]
fn is_stopped(name: &str, step: &str, because: &str) {
    let graded = graded();
    graded.earns_nothing(name);
    let seen = graded.step(name, step)["seen"].as_str().unwrap_or_default();
    assert!(seen.contains(because) || graded.verdict(name, step) == "timed_out", "{name}: {seen}");
}

#[test]
fn an_endless_loop_runs_out_of_time() {
    graded().earns_nothing("endless-loop");
    assert_eq!(graded().verdict("endless-loop", "sum"), "timed_out");
}

#[test]
fn endless_output_runs_out_of_time() {
    graded().earns_nothing("endless-output");
    assert_eq!(graded().verdict("endless-output", "sum"), "timed_out");
}

#[test]
fn a_gigabyte_is_counted_and_not_kept() {
    graded().earns_nothing("gigabyte");
    let results = graded().of("gigabyte").to_string();
    assert!(results.len() < 1_000_000, "{}", results.len());
}

#[test]
fn a_fork_bomb_is_ended() {
    is_stopped("fork-bomb", "greet", "processes");
}

#[test]
fn a_memory_bomb_is_ended() {
    is_stopped("memory-in-node", "sum", "memory");
    is_stopped("memory-in-shell", "greet", "memory");
}

#[test]
fn memory_that_belongs_to_nobody_is_not_to_be_had() {
    let graded = graded();
    graded.earns_nothing("memory-shared");
    let told = graded.told("memory-shared", "greet");
    assert!(!told.contains("HAVE") && !told.contains("HELD"), "{told}");
}

#[test]
fn an_atom_bomb_ends_its_own_node() {
    graded().earns_nothing("atom-bomb");
}

#[test]
fn the_disk_in_a_cell_is_small() {
    let graded = graded();
    // With room left for a greeting, it may still greet.
    let told = graded.told("disk", "greet");
    assert!(told.contains("No space left") || graded.verdict("disk", "greet") == "passed", "{told}");
    is_stopped("many-files", "greet", "files");
}
