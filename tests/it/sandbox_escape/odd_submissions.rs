//! What is odd before anything runs: kinds of files, names, YAML.

use serde_json::Value;

use super::{
    canary::SECRET,
    graded::graded,
    submissions::{ALIKE, FORMULA},
};

#[test]
fn links_pipes_and_devices_are_no_submissions() {
    for name in ["pipe", "device", "copied", "loop", "folder-pipe", "folder-link"] {
        graded().is_unreadable(name);
    }
    let leftovers = &graded().results["leftovers"];
    assert_eq!((&leftovers[0]["entry"], &leftovers[1]), (&"folder-empty".into(), &Value::Null));
}

#[test]
fn a_file_beside_that_is_a_link_is_not_read() {
    let why = graded().is_unreadable("folder-beside");
    assert!(!why.contains(SECRET) && why.contains("answers.yaml:"), "{why}");
}

#[test]
fn yaml_that_grows_or_goes_deep_is_refused() {
    for name in ["large", "aliases", "nested", "nested-maps", "bytes-only"] {
        let why = graded().is_unreadable(name);
        assert!(why.len() < 20_000, "{}", why.len());
    }
}

#[test]
fn every_odd_name_is_graded_as_itself() {
    let graded = graded();
    graded.earns_nothing(FORMULA);
    graded.earns_nothing("CON");
    for name in ALIKE {
        graded.earns_nothing(&format!("a{name}"));
    }
}
