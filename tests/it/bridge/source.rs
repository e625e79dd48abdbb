//! The bridge's source, as an Elixir programmer would check it: formatted, and without a warning.

use std::{fs, path::Path, process::Stdio};

use moebi::cluster::bridge::SOURCES;

use super::node::command;

fn files() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(file, _)| *file)
}

#[test]
fn every_file_of_it_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cluster/bridge");
    let entries = fs::read_dir(folder).expect("the source is there");
    let mut found: Vec<_> = entries.map(|entry| entry.expect("readable").file_name()).collect();
    found.sort();
    assert_eq!(found, files().collect::<Vec<_>>());
}

/// On whichever Elixir the tests run. Silence is asked for, since `elixirc --warnings-as-errors` of 1.18 ends with 0
/// though it has warned.
#[test]
fn it_is_formatted_and_compiles_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, source) in SOURCES {
        fs::write(folder.path().join(file), source).expect("written");
    }
    for (program, arguments) in [("mix", &["format", "--check-formatted"][..]), ("elixirc", &[])] {
        let mut command = command(program, folder.path());
        command.args(arguments).args(files()).current_dir(folder.path());
        let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output().expect("it starts");
        // On a slow machine elixirc says on its output that it takes long.
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "{program}, {}: {said}", output.status);
    }
}
