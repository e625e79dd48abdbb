//! Ending, stopping or outliving what it runs in.

use super::graded::graded;
use crate::support::processes;

#[test]
fn a_node_that_halts_itself_has_halted_itself() {
    graded().earns_nothing("halt");
    graded().earns_nothing("init-stop");
}

#[test]
fn killing_parent_and_group_and_everybody() {
    let graded = graded();
    graded.earns_nothing("kill-parent");
    // The cell is still there: the next command ran.
    let told = graded.told("kill-parent", "greet");
    assert!(told.contains("good morning"), "{told}");
}

#[test]
fn killing_user_and_suspending_the_bridge() {
    graded().earns_nothing("kill-user");
    graded().earns_nothing("suspend-bridge");
}

#[test]
fn survivors_survive_nothing() {
    let graded = graded();
    graded.earns_nothing("survivors");
    assert!(graded.told("survivors", "greet").contains("left"));
    assert_eq!(processes::with("sleep 4713"), Vec::<String>::new());
}

#[test]
fn detached_nodes_end_with_their_cell() {
    graded().earns_nothing("detached");
    for part in ["other@localhost", "third@localhost", "fourth@localhost", "epmd -port 4369"] {
        assert_eq!(processes::with(part), Vec::<String>::new());
    }
}

#[test]
fn stopping_everybody_stops_no_grader() {
    graded().earns_nothing("stopped");
}

#[test]
fn a_neighbour_taken_over_is_of_no_use() {
    graded().earns_nothing("neighbour");
}
