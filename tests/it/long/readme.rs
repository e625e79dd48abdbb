//! The README's commands, run as they stand there, one after the other (but for `cargo test`, which is this).

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use moebi::lesson::Lang;

use crate::{
    readme::blocks,
    support::{MOEBI, elixir, home::Home, lesson::lesson},
};

/// What is typed into a lesson that a command opens.
const LEAVE: &str = "/quit\n";

/// In one home, with `moebi` on PATH; cargo runs where this package is, with what it has downloaded.
fn run(home: &Home, command: &str) -> Output {
    let input = home.path("input");
    fs::write(&input, LEAVE).expect("room for a line");
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).stdin(fs::File::open(&input).expect("the line"));
    let (package, own) = (Path::new(env!("CARGO_MANIFEST_DIR")), home.path("home"));
    shell.current_dir(if command.starts_with("cargo") { package } else { &own });
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let default = env::home_dir().map(|home| home.join(folder).into_os_string());
        if let Some(value) = env::var_os(name).or(default) {
            shell.env(name, value);
        }
    }
    for name in ["XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "MOEBI_RUNTIME"] {
        shell.env_remove(name);
    }
    let moebi = Path::new(MOEBI).parent().expect("a folder").to_owned();
    let path = env::join_paths([moebi].into_iter().chain(env::split_paths(&elixir::path())));
    shell.env("PATH", path.expect("folders without colons")).env("HOME", own).output().expect("a shell")
}

#[test]
fn every_command_does_what_it_says() {
    let home = Home::new();
    let commands: Vec<String> =
        blocks("console").iter().flat_map(|block| block.lines()).map(str::to_owned).collect();
    assert!(commands.len() > 5, "{commands:#?}");
    for command in commands.iter().filter(|command| *command != "cargo test") {
        let output = run(&home, command);
        assert!(output.status.success(), "{command}: {output:#?}");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        if command == "cargo run --release" {
            assert!(said.contains(&first_title(Lang::En)), "{command}: {said}");
        }
        if command == "moebi --lang el" {
            assert!(said.contains(&first_title(Lang::El)), "{command}: {said}");
        }
        if command.contains("check --model") && !command.contains("json") {
            assert!(said.contains(" passed"), "{command}: {said}");
        }
    }
}

fn first_title(lang: Lang) -> String {
    let lesson = lesson();
    let (section, prose) = (&lesson.sections[0], lesson.prose(lang));
    prose.sections[&section.id].steps[&section.steps[0].id].title.clone()
}
