//! `moebi completions`, `moebi man`, and every command's `--help`.

use std::{fs, process::Command};

use crate::desk::Desk;

const COMMANDS: [&str; 6] = ["list", "progress", "reset", "doctor", "completions", "man"];

#[test]
fn every_help_has_examples() {
    let desk = Desk::new();
    for command in COMMANDS {
        desk.runs(&[command, "--help"])
            .ends(0)
            .says("Examples:\n  moebi ")
            .says(&format!("  moebi {command}"));
    }
    desk.runs(&["--help"]).ends(0).says("moebi doctor").says("moebi progress");
}

#[test]
fn bash_completes_commands_and_steps() {
    let desk = Desk::new();
    let script = desk.at("moebi.bash");
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let said = desk.runs(&["completions", shell]).ends(0).says("doctor");
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
    assert_eq!(complete("moebi check --section spawn"), "spawn-link");
}

#[test]
fn a_page_is_printed_and_all_are_written() {
    let desk = Desk::new();
    desk.runs(&["man"]).ends(0).says(".TH moebi 1").says("doctor");
    desk.runs(&["man", "lesson", "lint"]).ends(0).says(".TH moebi-lesson-lint 1");
    desk.runs(&["man", "docter"]).ends(2).complains("doctor");
    let folder = desk.at("man/man1");
    desk.runs(&["man", "--output", &folder.to_string_lossy()]).ends(0);
    let mut pages: Vec<_> =
        fs::read_dir(&folder).expect("the folder").flatten().map(|page| page.file_name()).collect();
    pages.sort();
    for page in ["moebi.1", "moebi-doctor.1", "moebi-lesson-lint.1", "moebi-reset.1"] {
        assert!(pages.contains(&page.into()), "no {page} in {pages:?}");
    }
}
