//! A class that is open, as a teacher has it: the real server in a process of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

use moebi::class::{
    member::{Membership, Outbox},
    sender,
};
use rustix::process::Signal;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::support::{
    home::{Home, piped},
    learner::PipeLearner,
    processes, until,
};

pub struct Class {
    pub teacher: Home,
    pub address: String,
    pub code: String,
    pub page: String,
    port: u16,
    is_greek: bool,
    child: Child,
    told: Arc<Mutex<String>>,
}

impl Class {
    pub fn open() -> Self {
        Self::open_by(Home::new(), 0, "127.0.0.1:0", &[])
    }

    pub fn open_in_greek() -> Self {
        Self::open_by(Home::new(), 0, "127.0.0.1:0", &["--lang", "el"])
    }

    /// With a lesson that the teacher has.
    pub fn open_with(teacher: Home, lesson: &str) -> Self {
        Self::open_by(teacher, 0, "127.0.0.1:0", &[lesson])
    }

    /// Another one than was open there before.
    pub fn open_anew(teacher: Home) -> Self {
        Self::open_by(teacher, 0, "127.0.0.1:0", &["--new"])
    }

    /// At any free port where a port is 0.
    fn open_by(teacher: Home, port: u16, page: &str, more: &[&str]) -> Self {
        let mut command =
            teacher.command(&["class", "open", "--collect", "answers", "--address", "127.0.0.1"]);
        command.args(["--port", &port.to_string(), "--page", page]).args(more);
        let (child, told) = start(&mut command);
        let mut class = Self {
            teacher,
            address: String::new(),
            code: String::new(),
            page: String::new(),
            port,
            is_greek: more.contains(&"el"),
            child,
            told,
        };
        class.tells("Ctrl-C");
        let page = if class.is_greek { "Η σελίδα σου" } else { "Your page" };
        let told = class.told();
        let behind = |mark: &str| {
            told.split(mark).nth(1).expect(mark).split_whitespace().next().expect(mark).to_owned()
        };
        (class.address, class.code, class.page) = (behind("moebi join "), behind("--code "), behind(page));
        class.port = class.address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("its port");
        class
    }

    /// As the power does: nothing is said goodbye to.
    pub fn is_killed(&mut self) {
        processes::signal(self.child.id(), Signal::KILL);
        self.child.wait().expect("it was there");
    }

    /// The same class again, at the same place.
    pub fn is_opened_again(&mut self) {
        let page = self.page.split('/').nth(2).expect("where it is");
        let again = Self::open_by(self.teacher.clone(), self.port, page, &[]);
        assert_eq!(again.code, self.code, "its learners know it by that");
        *self = again;
    }

    pub fn told(&self) -> String {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    #[track_caller]
    pub fn tells(&self, text: &str) {
        until(&format!("told {text:?}"), || {
            let told = self.told();
            if told.contains(text) { Ok(()) } else { Err(told) }
        });
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Of each learner, as `moebi class status` has it.
    pub fn status(&self) -> Vec<Value> {
        let status = self.teacher.runs(&["class", "status", "--format", "json"]).exits(0).json();
        status.as_array().expect("a list").clone()
    }

    /// Waits until the status of everybody is so.
    #[track_caller]
    pub fn comes_to(&self, what: &str, is_so: impl Fn(&[Value]) -> bool) {
        until(what, || {
            let status = self.status();
            if is_so(&status) { Ok(()) } else { Err(status) }
        });
    }

    pub fn answers(&self) -> PathBuf {
        self.teacher.path("home/answers")
    }

    pub fn journal(&self) -> String {
        let journal = self.teacher.path("state/moebi/classes/taught/otp-distribution/journal.jsonl");
        fs::read_to_string(journal).expect("a journal")
    }

    /// A learner's command that joins.
    pub fn joining(&self, learner: &Home, name: &str) -> Command {
        learner.command(&["join", &self.address, "--code", &self.code, "--as", name, "--plain"])
    }

    #[track_caller]
    pub fn joined(&self, learner: &Home, name: &str) -> PipeLearner {
        learner.opens_pipe(&mut self.joining(learner, name)).sees("[prompt]")
    }

    /// The server ends as it does on Ctrl-C, and nothing of it is left.
    pub fn closes(mut self) -> String {
        processes::signal(self.child.id(), Signal::INT);
        let ended = self.child.wait().expect("it was there");
        assert!(ended.success(), "{}", self.told());
        self.teacher.is_deserted();
        self.tells(if self.is_greek { "Η τάξη έκλεισε" } else { "The class is closed" });
        self.told()
    }
}

impl Drop for Class {
    fn drop(&mut self) {
        // A test that failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(command: &mut Command) -> (Child, Arc<Mutex<String>>) {
    let mut child = piped(command).spawn().expect("moebi starts");
    let told = Arc::<Mutex<String>>::default();
    let (write, out) = (Arc::clone(&told), child.stdout.take().expect("it is piped"));
    thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let mut told = write.lock().unwrap_or_else(PoisonError::into_inner);
            told.push_str(&line);
            told.push('\n');
        }
    });
    (child, told)
}

/// A learner without a shell: what is told goes through the shell's own sender.
pub struct Teller {
    threads: Runtime,
    member: Membership,
    pub outbox: Outbox,
    _folder: tempfile::TempDir,
}

impl Teller {
    pub fn joins(class: &Class, name: &str) -> Self {
        let threads = Runtime::new().expect("threads");
        let folder = tempfile::tempdir().expect("a folder");
        let member = Membership::of(folder.path(), &class.address, &class.code, name);
        let member = threads.block_on(sender::join(member)).expect("the class is there");
        let outbox = outbox(&member, folder.path());
        Self { threads, member, outbox, _folder: folder }
    }

    /// Tells it, and waits until the class has it.
    #[track_caller]
    pub fn tells(&self, deeds: impl IntoIterator<Item = moebi::session::deed::Deed>) {
        for deed in deeds {
            self.outbox.tell(&deed).expect("room on the disk");
        }
        self.threads.block_on(sender::flush(&self.member, &self.outbox)).expect("the class is there");
    }
}

fn outbox(member: &Membership, folder: &Path) -> Outbox {
    Outbox::open(&member.folder(folder)).expect("room on the disk")
}
