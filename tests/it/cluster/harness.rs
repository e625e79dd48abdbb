//! A cluster to try things on, and the check that nothing of it stays.

use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use moebi::{
    cluster::{
        Cluster, Event, Runtime, Settings, Site,
        cell::{Cell, Limits},
    },
    lesson::{Fact, Lang, NodeName, Prompt, TerminalName},
};
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    sync::oneshot,
    time::{Instant, timeout},
};

use crate::support::{
    MOEBI, PATIENCE, child, elixir,
    lesson::terminal,
    processes::{of_session, running},
};

pub struct TestCluster {
    cluster: Cluster,
    pub seen: Vec<Event>,
    /// Up to where `seen` has been looked through.
    looked: usize,
    /// How much of the last output that was looked through has been seen.
    used: usize,
    _workspace: tempfile::TempDir,
}

pub fn settings(terminals: &[&str], workspace: &Path) -> Settings {
    Settings {
        terminals: terminals.iter().map(|name| terminal(name)).collect(),
        site: Site::Folder(workspace.to_owned()),
        runtime: elixir::runtime(),
        cache: elixir::bridges(),
        size: (80, 24),
        guardian: MOEBI.into(),
        jitter: false,
    }
}

impl TestCluster {
    pub async fn new(terminals: &[&str]) -> Self {
        Self::on(elixir::runtime(), terminals).await
    }

    pub async fn on(runtime: Runtime, terminals: &[&str]) -> Self {
        let workspace = tempfile::tempdir().expect("a workspace");
        let settings = Settings { runtime, ..settings(terminals, workspace.path()) };
        let cluster = Cluster::new(settings).await.expect("it opens");
        Self { cluster, seen: Vec::new(), looked: 0, used: 0, _workspace: workspace }
    }

    /// In a cell with these limits.
    pub async fn confined(terminals: &[&str], limit: impl FnOnce(&mut Limits)) -> Self {
        let workspace = tempfile::tempdir().expect("a folder");
        let mut cell = Cell::find(&elixir::path())
            .await
            .unwrap_or_else(|why| panic!("no cell can be made: {}", why.told().speak(Lang::En)));
        limit(&mut cell.limits);
        let settings = Settings { site: Site::Cell(cell), ..settings(terminals, workspace.path()) };
        let cluster = Cluster::new(settings).await.expect("it opens");
        Self { cluster, seen: Vec::new(), looked: 0, used: 0, _workspace: workspace }
    }

    pub fn types(&mut self, on: &str, text: &str) {
        self.cluster.enter(&terminal(on), text);
    }

    /// Waits for the first event after those already looked for that is like it.
    pub async fn sees(&mut self, what: &str, is_it: impl Fn(&Event) -> bool) {
        let began = Instant::now();
        loop {
            if let Some(index) = self.seen[self.looked..].iter().position(&is_it) {
                self.looked += index + 1;
                self.used = usize::MAX;
                return;
            }
            self.looked = self.seen.len();
            let left = PATIENCE.saturating_sub(began.elapsed());
            match timeout(left, self.cluster.next()).await {
                Ok(event) => self.seen.push(event),
                Err(_) => panic!("never saw {what}; saw {:#?}", self.seen),
            }
        }
    }

    /// None where the question was closed without an answer.
    pub async fn hears<T>(&mut self, mut answer: oneshot::Receiver<T>) -> Option<T> {
        let heard = timeout(PATIENCE, async {
            loop {
                tokio::select! {
                    heard = &mut answer => return heard.ok(),
                    event = self.cluster.next() => self.seen.push(event),
                }
            }
        });
        heard.await.expect("each question is answered or closed")
    }

    pub async fn sees_fact(&mut self, what: &str, is_it: impl Fn(&Fact) -> bool) {
        self.sees(what, |event| matches!(event, Event::Fact(fact, _) if is_it(fact))).await;
    }

    /// What came in one piece may be seen part by part.
    pub async fn sees_output(&mut self, on: &str, part: &str) {
        let on = terminal(on);
        let same = self.looked.checked_sub(1).and_then(|last| output(&self.seen[last], &on));
        if let Some(at) = same.and_then(|text| text.get(self.used..)?.find(part)) {
            self.used += at + part.len();
            return;
        }
        let is_it = |event: &Event| output(event, &on).is_some_and(|text| text.contains(part));
        self.sees(part, is_it).await;
        let text = output(&self.seen[self.looked - 1], &on).expect("it was just seen");
        self.used = text.find(part).expect("it was just seen") + part.len();
    }

    pub async fn sees_prompt(&mut self, on: &str, wanted: &Prompt) {
        let on = terminal(on);
        let is_it = |fact: &Fact| matches!(fact, Fact::Prompt { terminal, prompt } if *terminal == on && prompt == wanted);
        self.sees_fact(&format!("{wanted:?}"), is_it).await;
    }

    pub async fn ends(&mut self, on: &str, with: Option<i32>) {
        let ended = terminal(on);
        let is_it = |fact: &Fact| matches!(fact, Fact::CommandEnded { terminal, .. } if *terminal == ended);
        self.sees_fact("the command's end", is_it).await;
        let Some(Event::Fact(Fact::CommandEnded { code, .. }, _)) = self.seen.get(self.looked - 1) else {
            return;
        };
        assert_eq!(*code, with, "{:#?}", self.seen);
        self.sees_prompt(on, &Prompt::Dollar).await;
    }

    /// Starts a node of the terminal's name, and waits until it takes input.
    pub async fn boots(&mut self, on: &str) {
        self.types(on, &format!("iex --sname {on}@localhost"));
        self.is_up(on).await;
    }

    pub async fn is_up(&mut self, on: &str) {
        let node = NodeName::parse(on).expect("a name");
        let is_it = |fact: &Fact| matches!(fact, Fact::NodeStarted { node: named, .. } if *named == node);
        self.sees_fact("the node", is_it).await;
        let on = terminal(on);
        let is_it = |fact: &Fact| matches!(fact, Fact::Prompt { terminal, prompt: Prompt::Iex { .. } } if *terminal == on);
        self.sees_fact("its prompt", is_it).await;
    }

    pub async fn stops(&mut self, on: &str) {
        let on = terminal(on);
        let is_it = |fact: &Fact| matches!(fact, Fact::NodeStopped { terminal, .. } if *terminal == on);
        self.sees_fact("its end", is_it).await;
    }

    pub async fn fails(&mut self, with: &str) {
        let is_it =
            |event: &Event| matches!(event, Event::Failed { error, .. } if error.to_string().contains(with));
        self.sees(with, is_it).await;
    }

    pub async fn sees_process(&mut self, command: &str) {
        until(command, || !running(command).is_empty()).await;
    }

    pub async fn stops_all(&mut self) {
        self.cluster.stop_all().await.expect("all stops");
    }

    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        self.seen.iter().filter_map(|event| match event {
            Event::Fact(fact, _) => Some(fact),
            _ => None,
        })
    }

    /// A command that no other test runs.
    pub fn long_sleep(&self) -> String {
        let digits: String = self.cluster.session().bytes().map(|byte| (b'0' + byte % 10) as char).collect();
        format!("sleep 1000.{digits}")
    }

    /// Ends it, and checks that no process, socket or folder of it is left.
    pub async fn ends_whole(self) {
        let folder = self.cluster.private_folder().to_owned();
        let session = self.cluster.session().to_owned();
        self.cluster.shutdown().await.expect("it ends");
        assert_eq!(of_session(&session), Vec::<u32>::new());
        // A cell's is an open file of ours, whose number may be another's by now.
        let is_ours = !folder.starts_with("/proc");
        assert!(!(is_ours && folder.exists()), "{} is still there", folder.display());
    }
}

impl Deref for TestCluster {
    type Target = Cluster;

    fn deref(&self) -> &Cluster {
        &self.cluster
    }
}

impl DerefMut for TestCluster {
    fn deref_mut(&mut self) -> &mut Cluster {
        &mut self.cluster
    }
}

/// What was written on that terminal, without colours.
fn output(event: &Event, on: &TerminalName) -> Option<String> {
    match event {
        Event::Fact(Fact::Output { terminal, text, .. }, _) if terminal == on => Some(plain(text)),
        _ => None,
    }
}

fn plain(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    first + &parts.map(|part| part.split_once('m').map_or(part, |(_, rest)| rest)).collect::<String>()
}

/// Waits until it holds; there is nothing to wait on but the process table.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "never came: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// A process with a cluster in it, there to be killed.
pub struct ClusterProcess {
    child: Child,
    pub folder: PathBuf,
    pub sleep: String,
    _place: tempfile::TempDir,
}

impl ClusterProcess {
    /// Runs the ignored test of that name until it says that it stands.
    pub async fn start(test: &str) -> Self {
        let mut command = Command::from(child::running(test));
        command.stdout(Stdio::piped()).kill_on_drop(true);
        // What it can't take away itself goes with this test.
        let place = tempfile::tempdir().expect("a folder");
        command.env("TMPDIR", place.path());
        let mut child = command.spawn().expect("it starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        let told = timeout(PATIENCE, async {
            while let Some(line) = lines.next_line().await.expect("it reads") {
                // The test harness may have begun the line.
                if let Some((_, told)) = line.split_once("STANDS ") {
                    return told.to_owned();
                }
            }
            panic!("it ended too soon");
        });
        let told = told.await.expect("it stands soon");
        let (folder, sleep) = told.split_once(' ').expect("two words");
        Self { child, folder: folder.into(), sleep: sleep.into(), _place: place }
    }

    pub async fn is_killed(&mut self) {
        self.child.kill().await.expect("it is ours");
    }

    pub fn session(&self) -> String {
        self.folder.file_name().expect("a name").to_string_lossy().into_owned()
    }
}
