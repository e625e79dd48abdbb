//! Evidence that was made and not earned.

use super::graded::graded;

#[test]
fn printed_expectations_are_not_met() {
    graded().earns_nothing("printed");
}

#[test]
fn a_hard_coded_word_is_not_this_ones() {
    graded().earns_nothing("nonce");
}

#[test]
fn frames_from_elsewhere_are_not_heard() {
    graded().earns_nothing("forged-frames");
    graded().earns_nothing("forged-flood");
}

#[test]
fn planted_files_of_iex_and_mix_earn_nothing() {
    for name in ["dot-iex", "mix-file", "compile-time"] {
        graded().earns_nothing(name);
    }
}

#[test]
fn links_and_pipes_in_the_workspace_lead_nowhere() {
    let graded = graded();
    graded.earns_nothing("links");
    graded.earns_nothing("sockets-gone");
    let why = graded.is_unreadable("dotdot");
    assert!(why.contains("dotdot.yaml:4:") && why.contains("inside the workspace"), "{why}");
}

#[test]
fn code_that_is_deep_is_looked_at_as_far_as_it_matters() {
    graded().earns_nothing("deep-code");
}
