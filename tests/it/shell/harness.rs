//! A pseudo-terminal with a screen that is read, and a line to the fake guide within.

use std::{
    io::{BufRead, BufReader, Write},
    os::unix::net::{UnixListener, UnixStream},
    sync::mpsc,
    thread,
    time::Instant,
};

use crate::support::{PATIENCE, child, pty::Pty};

/// Where the fake guide is told what to do.
pub const CONTROL: &str = "FAKE_GUIDE_CONTROL";

pub struct ShellHarness {
    pty: Pty,
    guide: UnixStream,
    heard: mpsc::Receiver<String>,
    _folder: tempfile::TempDir,
}

impl ShellHarness {
    pub fn open(rows: u16, cols: u16) -> Self {
        Self::open_with(rows, cols, &[])
    }

    /// With these in the program's environment.
    pub fn open_with(rows: u16, cols: u16, variables: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("control");
        let listener = UnixListener::bind(&path).expect("a socket");
        let mut program = child::running("shell::fake_guide::is_driven");
        program.env(CONTROL, &path).env("TERM", "xterm-256color").envs(variables.iter().copied());
        let pty = Pty::open(cols, rows, &program);
        let (guide, _) = listener.accept().expect("the fake guide connects");
        let heard = listen(guide.try_clone().expect("a second handle"));
        Self { pty, guide, heard, _folder: folder }
    }

    /// Has the guide say something; see `fake_guide::act`.
    pub fn tell(&mut self, what: &str) {
        writeln!(self.guide, "{}", what.escape_default()).expect("the fake guide listens");
    }

    pub fn types(&mut self, keys: &str) {
        self.pty.types(keys);
    }

    pub fn pastes(&mut self, text: &str) {
        self.pty.pastes(text);
    }

    pub fn resizes(&mut self, rows: u16, cols: u16) {
        self.pty.resizes(cols, rows);
    }

    pub fn pty(&self) -> &Pty {
        &self.pty
    }

    /// The next command that contains `what`; those before it are passed over.
    pub fn hears(&mut self, what: &str) -> String {
        self.hears_up_to(what).pop().expect("it was heard")
    }

    /// The commands up to the next one that contains `what`.
    pub fn hears_up_to(&mut self, what: &str) -> Vec<String> {
        let deadline = Instant::now() + PATIENCE;
        let mut heard = Vec::new();
        while let Ok(command) = self.heard.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            let is_it = command.contains(what);
            heard.push(command);
            if is_it {
                return heard;
            }
        }
        panic!("never heard {what:?}, but {heard:?}; the screen:\n{}", self.screen());
    }

    pub fn screen(&self) -> String {
        self.pty.screen()
    }

    #[track_caller]
    pub fn sees(&self, text: &str) {
        self.pty.wait_for(&format!("saw {text:?}"), |look| look.screen().contains(text));
    }

    /// Presses Tab until that is on the screen: on a busy machine an answer may come too late, and is let go of.
    pub fn completes(&mut self, text: &str) {
        let start = Instant::now();
        while !self.screen().contains(text) {
            assert!(start.elapsed() < PATIENCE, "Tab never gave {text:?}; the screen:\n{}", self.screen());
            self.types("\t");
            self.settles();
        }
    }

    /// Until nothing has changed on the screen for a while.
    pub fn settles(&self) {
        self.pty.settles();
    }

    /// Nothing is left on that only the shell wants on.
    #[track_caller]
    pub fn is_sober(&self) {
        self.pty.is_sober();
    }
}

/// The labelled lines that the plain driver prints when `input` comes through a pipe.
pub fn piped(input: &str) -> String {
    let output = assert_cmd::Command::from_std(child::running("shell::fake_plain_guide::is_driven"))
        .write_stdin(input)
        .timeout(PATIENCE)
        .output()
        .expect("this binary runs again");
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    said.lines().filter(|line| line.starts_with('[')).collect::<Vec<_>>().join("\n")
}

fn listen(guide: UnixStream) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .spawn(move || {
            BufReader::new(guide).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        })
        .expect("a thread");
    receiver
}
