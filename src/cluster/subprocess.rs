//! A short program that must end by itself: `elixir --version`, `apt-get update`.
//!
//! It leads a process group of its own. Whoever drops the future that waits for it (a deadline, Ctrl-C) kills that
//! group, so that a shell script's children go with it. Its input is empty and its output bounded.

use std::{
    ffi::OsStr,
    io,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

use super::messages;
use crate::i18n::{Localized, Verbatim};

/// What is kept of each stream, in bytes; the rest is read and dropped.
const MAX_KEPT: usize = 256 * 1024;

#[derive(Debug)]
pub struct Subprocess {
    command: Command,
    deadline: Duration,
}

#[derive(Debug)]
pub struct Outcome {
    pub status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
}

#[derive(Debug)]
pub enum Failure {
    NotStarted(io::Error),
    TimedOut(Duration),
}

impl Failure {
    pub fn told(&self) -> Localized {
        match self {
            Self::NotStarted(why) => messages::not_started(&Verbatim::said(why)),
            Self::TimedOut(deadline) => messages::not_ended(deadline.as_secs()),
        }
    }
}

impl Subprocess {
    /// `path` is where the program is looked for, and its own `PATH`.
    pub fn new(program: impl AsRef<OsStr>, path: &OsStr, deadline: Duration) -> Self {
        let mut command = Command::new(program);
        command
            .env("PATH", path)
            .env("LC_ALL", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .kill_on_drop(true);
        Self { command, deadline }
    }

    /// For arguments, variables and the working folder.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Command)) -> Self {
        change(&mut self.command);
        self
    }

    pub async fn run(self) -> Result<Outcome, Failure> {
        self.watch(|_| ()).await
    }

    /// Runs it and hands each line of its output on as it comes.
    pub async fn watch(mut self, on_line: impl FnMut(&str)) -> Result<Outcome, Failure> {
        let child = self.command.spawn().map_err(Failure::NotStarted)?;
        let group = Group::of(&child);
        let outcome = timeout(self.deadline, finish(child, on_line))
            .await
            .map_err(|_| Failure::TimedOut(self.deadline))?
            .map_err(Failure::NotStarted)?;
        group.ended();
        Ok(outcome)
    }
}

async fn finish(mut child: Child, on_line: impl FnMut(&str)) -> io::Result<Outcome> {
    let stdout = child.stdout.take().expect("the program's output is piped");
    let stderr = child.stderr.take().expect("the program's complaints are piped");
    let (stdout, stderr) = tokio::try_join!(lines(stdout, on_line), lines(stderr, |_| ()))?;
    Ok(Outcome { status: child.wait().await?, stdout, stderr })
}

async fn lines(stream: impl AsyncRead + Unpin, mut on_line: impl FnMut(&str)) -> io::Result<String> {
    let mut kept = String::new();
    let mut reader = BufReader::new(stream);
    let mut line = Vec::new();
    // A line without an end is cut, or one endless line would fill the memory.
    while (&mut reader).take(MAX_KEPT as u64).read_until(b'\n', &mut line).await? > 0 {
        let text = String::from_utf8_lossy(&line);
        on_line(text.trim_end());
        if kept.len() + text.len() <= MAX_KEPT {
            kept.push_str(&text);
        }
        line.clear();
    }
    Ok(kept)
}

/// A process group that is killed unless it is known to have ended.
struct Group(Option<Pid>);

impl Group {
    fn of(child: &Child) -> Self {
        Self(child.id().and_then(|id| Pid::from_raw(id.cast_signed())))
    }

    fn ended(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = self.0 {
            // Its leader may be a zombie by now, which is as good as killed.
            let _ = kill_process_group(group, Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str, milliseconds: u64) -> Subprocess {
        let path = std::env::var_os("PATH").expect("tests have a PATH");
        Subprocess::new("sh", &path, Duration::from_millis(milliseconds)).with(|sh| {
            sh.args(["-c", script]);
        })
    }

    #[tokio::test]
    async fn tells_what_was_written_and_how_it_ended() {
        let outcome = sh("echo one; echo two >&2; exit 3", 5000).run().await.unwrap();
        assert_eq!((outcome.stdout.as_str(), outcome.stderr.as_str()), ("one\n", "two\n"));
        assert_eq!(outcome.status.code(), Some(3));
    }

    #[tokio::test]
    async fn keeps_a_bounded_part_of_an_endless_line() {
        let outcome = sh("head -c 900000 /dev/zero | tr '\\0' x", 5000).run().await.unwrap();
        assert!(outcome.stdout.len() <= MAX_KEPT);
    }

    #[tokio::test]
    async fn kills_the_grandchildren_at_the_deadline() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("alive");
        let script = format!("mkfifo {0} && (exec sleep 60 >{0}) & sleep 60", fifo.display());
        let reader = tokio::spawn(async move {
            let path = std::env::var_os("PATH").expect("tests have a PATH");
            let wait = format!("until [ -p {0} ]; do :; done; exec cat {0}", fifo.display());
            Subprocess::new("sh", &path, Duration::from_secs(20))
                .with(|sh| {
                    sh.args(["-c", &wait]);
                })
                .run()
                .await
        });
        assert!(matches!(sh(&script, 500).run().await, Err(Failure::TimedOut(_))));
        // The reader sees the end of the file once the last writer, the grandchild, is gone.
        assert!(reader.await.unwrap().unwrap().status.success());
    }
}
