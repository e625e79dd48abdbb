//! The bridge's source, as an Elixir programmer would check it: formatted, and without a warning.

use std::{fs, path::Path, process::Output};

use moebi::cluster::bridge::SOURCES;

use crate::node::command;

fn files() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(file, _)| *file)
}

fn passes(output: &Output) {
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&said));
}

#[test]
fn every_file_of_it_is_embedded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cluster/bridge");
    let entries = fs::read_dir(folder).expect("the source is there");
    let mut found: Vec<_> = entries.map(|entry| entry.expect("readable").file_name()).collect();
    found.sort();
    assert_eq!(found, files().collect::<Vec<_>>());
}

#[test]
fn it_is_formatted_and_compiles_without_a_warning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (file, source) in SOURCES {
        fs::write(folder.path().join(file), source).expect("written");
    }
    let run = |program: &str, arguments: &[&str]| {
        let mut command = command(program, folder.path());
        passes(&command.args(arguments).args(files()).current_dir(folder.path()).output().expect("it starts"));
    };
    run("mix", &["format", "--check-formatted"]);
    run("elixirc", &["--warnings-as-errors"]);
}
