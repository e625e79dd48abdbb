//! `moebi completions`, `moebi man`, and every command's `--help`.

use std::{fs, process::Command};

use crate::support::home::Home;

const COMMANDS: [&str; 6] = ["list", "progress", "reset", "doctor", "completions", "man"];

#[test]
fn every_help_has_examples() {
    let home = Home::new();
    for command in COMMANDS {
        home.runs(&[command, "--help"])
            .exits(0)
            .prints("Examples:\n  moebi ")
            .prints(&format!("  moebi {command}"));
    }
    home.runs(&["--help"]).exits(0).prints("moebi doctor").prints("moebi progress");
}

#[test]
fn bash_completes_commands_and_steps() {
    let home = Home::new();
    let script = home.path("moebi.bash");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = home.runs(&["completions", shell]).exits(0).prints("doctor");
        if shell == "bash" {
            fs::write(&script, said.stdout).expect("a file");
        }
    }
    if Command::new("bash").arg("--version").output().is_err() {
        return;
    }
    let complete = |words: &str| {
        let ask = format!(
            "source '{}'; COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); \
             _moebi moebi \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; echo \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &ask]).output().expect("bash");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    assert_eq!(complete("moebi doc"), "doctor");
    assert_eq!(complete("moebi reset --step remo"), "remote-hello");
    assert_eq!(complete("moebi check --section spawn-"), "spawn-link");
}

#[test]
fn a_page_is_printed_and_all_are_written() {
    let home = Home::new();
    home.runs(&["man"]).exits(0).prints(".TH moebi 1").prints("doctor");
    home.runs(&["man", "lesson", "lint"]).exits(0).prints(".TH moebi-lesson-lint 1");
    home.runs(&["man", "docter"]).exits(2).complains("doctor");
    let folder = home.path("man/man1");
    home.runs(&["man", "--output", &folder.to_string_lossy()]).exits(0);
    let mut pages: Vec<_> =
        fs::read_dir(&folder).expect("the folder").flatten().map(|page| page.file_name()).collect();
    pages.sort();
    for page in ["moebi.1", "moebi-doctor.1", "moebi-lesson-lint.1", "moebi-reset.1"] {
        assert!(pages.contains(&page.into()), "no {page} in {pages:?}");
    }
}
