//! The README's commands, run as they stand there, one after the other (but for `cargo test`, which is this).

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Output, Stdio},
    thread,
};

use moebi::lesson::Lang;
use rustix::process::Signal;

use crate::{
    readme::blocks,
    support::{MOEBI, elixir, home::Home, lesson::lesson, processes},
};

/// As the README has it; the real ones are what the class has printed.
const JOIN: &str = "moebi join 192.168.1.20 --code tiger-rain-otter-42";

/// What is typed into a lesson that a command opens.
const LEAVE: &str = "/quit\n";

/// Likewise, by whoever has joined a class.
const WORK: &str = "iex\nNode.self()\n/quit\n";

/// In one home, with `moebi` on PATH; cargo runs where this package is, with what it has downloaded.
fn run(home: &Home, command: &str) -> Output {
    let input = home.path("input");
    fs::write(&input, if command.starts_with("moebi join") { WORK } else { LEAVE }).expect("room for lines");
    let mut shell = shell(home, command);
    shell.stdin(fs::File::open(&input).expect("the lines")).output().expect("a shell")
}

fn shell(home: &Home, command: &str) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", command]);
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
    shell.env("PATH", path.expect("folders without colons")).env("HOME", own);
    shell
}

/// A class that stays open while the other commands run, and what it printed for the board.
struct Open {
    child: Child,
    board: String,
    /// Read to the end, or the class could not go on telling.
    out: thread::JoinHandle<()>,
}

impl Open {
    fn by(home: &Home, command: &str) -> Self {
        let mut shell = shell(home, &format!("exec {command}"));
        let mut child = shell.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("a shell");
        let mut lines =
            BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let board = lines.find_map(|line| line.find("moebi join ").map(|at| line[at..].trim().to_owned()));
        Self {
            board: board.expect("what to write on the board"),
            child,
            out: thread::spawn(|| lines.for_each(drop)),
        }
    }

    fn closes(mut self) {
        processes::signal(self.child.id(), Signal::INT);
        assert!(self.child.wait().expect("it was there").success());
        self.out.join().expect("a reader");
    }
}

#[test]
fn every_command_does_what_it_says() {
    let home = Home::new();
    let commands: Vec<String> =
        blocks("console").iter().flat_map(|block| block.lines()).map(str::to_owned).collect();
    assert!(commands.len() > 5, "{commands:#?}");
    let mut class = None;
    for command in commands.iter().filter(|command| *command != "cargo test") {
        if command.starts_with("moebi class open") {
            class = Some(Open::by(&home, command));
            continue;
        }
        let output = match (&class, command.strip_prefix(JOIN)) {
            (Some(class), Some(more)) => run(&home, &format!("{}{more}", class.board)),
            _ => run(&home, command),
        };
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
        if command == "moebi submit" {
            assert!(said.contains("one step"), "{command}: {said}");
        }
    }
    class.expect("the README opens one").closes();
    let gradebook = fs::read_to_string(home.path("home/graded/gradebook-moodle.csv")).expect("grades");
    assert!(gradebook.contains("Maria"), "{gradebook}");
}

fn first_title(lang: Lang) -> String {
    let lesson = lesson();
    let (section, prose) = (&lesson.sections[0], lesson.prose(lang));
    prose.sections[&section.id].steps[&section.steps[0].id].title.clone()
}
