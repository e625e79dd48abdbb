//! A node with the bridge, as a test sees it: what is typed, what comes back. It ends with the test.

use std::{
    env,
    io::{Read, Write},
    os::unix::{
        net::{UnixListener, UnixStream},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use moebi::{
    cluster::{
        bridge,
        protocol::{Candidate, FromNode, Parsed, PromptKind, ToNode},
    },
    lesson::{OutputKind, ProbeOutcome},
};
use tempfile::TempDir;

use super::epmd::Epmd;
use crate::support::{
    PATIENCE,
    elixir::{self, hosts, path},
};

/// How long a node may take over a question, in milliseconds: nobody here waits at a keyboard.
pub const AMPLE: u64 = 30_000;

pub struct Node {
    pub name: String,
    pub elixir: String,
    /// Stands for it in causes.
    pub word: u32,
    pub banner: String,
    pub prompt: (PromptKind, String),
    child: Child,
    stream: UnixStream,
    received: Vec<u8>,
    seen: Vec<FromNode>,
    /// How much of `seen` a test has looked at.
    read: usize,
    _folder: TempDir,
}

/// What came between an input and the next prompt.
#[derive(Debug)]
pub struct Turn {
    pub frames: Vec<FromNode>,
    pub prompt: (PromptKind, String),
}

/// The folder with `iex`.
pub fn bin() -> PathBuf {
    env::split_paths(&path()).find(|folder| folder.join("iex").is_file()).expect("the runtime has an iex")
}

fn beams() -> &'static Path {
    static BEAMS: OnceLock<PathBuf> = OnceLock::new();
    BEAMS.get_or_init(|| {
        let tokio = tokio::runtime::Runtime::new().expect("tokio starts");
        let compiled = tokio.block_on(bridge::ensure(&bin(), &elixir::runtime(), &elixir::bridges()));
        compiled.expect("the bridge compiles")
    })
}

/// A program of the runtime; what it says goes nowhere.
pub fn command(program: &str, home: &Path) -> Command {
    let mut command = Command::new(bin().join(program));
    command.env("PATH", path()).env("HOME", home).env("LC_ALL", "C.UTF-8").process_group(0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn node_command(socket: &Path, home: &Path) -> Command {
    let mut command = command("iex", home);
    command.env("ERL_INETRC", hosts());
    command.env("ERL_ZFLAGS", bridge::flags(None, beams())).env(bridge::SOCKET_VARIABLE, socket);
    command
}

/// As it goes through the socket: its length, then itself.
fn framed(message: &ToNode) -> Vec<u8> {
    let frame = message.encode().expect("it fits into a frame");
    let length = u32::try_from(frame.len()).expect("a frame is short").to_be_bytes();
    [length.as_slice(), &frame].concat()
}

pub fn mix_new(folder: &Path, project: &str) {
    let status = command("mix", folder).args(["new", project, "--sup"]).current_dir(folder).status();
    assert!(status.expect("mix starts").success());
}

/// A node whose socket nobody serves.
pub fn without_moebi() -> Output {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut command = node_command(&folder.path().join("nobody"), folder.path());
    command.stderr(Stdio::piped()).output().expect("iex starts")
}

impl Node {
    pub fn start(arguments: &[&str]) -> Self {
        Self::launch(|command| {
            command.args(arguments);
        })
    }

    pub fn start_in(folder: &Path, arguments: &[&str]) -> Self {
        Self::launch(|command| {
            command.args(arguments).current_dir(folder);
        })
    }

    pub fn named(epmd: &Epmd, name: &str, arguments: &[&str]) -> Self {
        Self::launch(|command| {
            command.args(["--sname", name, "--cookie", "moebi"]).args(arguments);
            command.env("ERL_EPMD_PORT", epmd.port.to_string());
        })
    }

    /// No name yet, but it may take one.
    pub fn unnamed(epmd: &Epmd) -> Self {
        Self::launch(|command| {
            command.env("ERL_EPMD_PORT", epmd.port.to_string());
        })
    }

    /// With flags that are the user's own.
    pub fn with_flags(own: &str) -> Self {
        Self::launch(|command| {
            command.env(bridge::OWN_FLAGS_VARIABLE, own);
            command.env("ERL_ZFLAGS", bridge::flags(Some(own.as_ref()), beams()));
        })
    }

    fn launch(prepare: impl FnOnce(&mut Command)) -> Self {
        // As Moebi has it: the number is that of the terminal, of which there are 16.
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let terminal = STARTED.fetch_add(1, Ordering::Relaxed) % 16;
        let socket = folder.path().join(format!("{terminal}.bridge"));
        let listener = UnixListener::bind(&socket).expect("a socket");
        let mut command = node_command(&socket, folder.path());
        prepare(&mut command);
        let child = command.spawn().expect("iex starts");
        let mut node = Self::meet(child, &listener, folder);
        node.greet();
        node
    }

    fn meet(mut child: Child, listener: &UnixListener, folder: TempDir) -> Self {
        listener.set_nonblocking(true).expect("a socket");
        let start = Instant::now();
        let stream = loop {
            if let Ok((stream, _)) = listener.accept() {
                break stream;
            }
            let ended = child.try_wait().expect("our own child");
            assert!(ended.is_none() && start.elapsed() < PATIENCE, "no bridge came: {ended:?}");
            thread::sleep(Duration::from_millis(5));
        };
        stream.set_nonblocking(false).expect("a socket");
        Self {
            name: String::new(),
            elixir: String::new(),
            word: u32::MAX,
            banner: String::new(),
            prompt: (PromptKind::None, String::new()),
            child,
            stream,
            received: Vec::new(),
            seen: Vec::new(),
            read: 0,
            _folder: folder,
        }
    }

    fn greet(&mut self) {
        let FromNode::Hello { node, elixir, os_pid, word, .. } = self.next() else {
            panic!("hello comes first: {:?}", self.seen)
        };
        assert!(os_pid > 0);
        (self.name, self.elixir, self.word) = (node, elixir, word);
        let turn = self.until_prompt();
        self.banner = turn.texts(OutputKind::Shell).concat();
        self.prompt = turn.prompt;
    }

    pub fn elixir_is_old(&self) -> bool {
        self.elixir.starts_with("1.14")
    }

    /// A node of the same kind, fresh.
    pub fn again(&self) -> Self {
        Self::start(&[])
    }

    pub fn send(&mut self, message: &ToNode) {
        self.stream.write_all(&framed(message)).expect("the node listens");
    }

    /// Several lines arrive at once, so that none of them finds the shell asking for it.
    pub fn types(&mut self, text: &str) -> &mut Self {
        self.read = self.seen.len();
        let lines = text.split('\n').map(|line| framed(&ToNode::Input { text: format!("{line}\n") }));
        self.stream.write_all(&lines.collect::<Vec<_>>().concat()).expect("the node listens");
        self
    }

    /// Types, and waits for the prompt after it.
    pub fn turn(&mut self, text: &str) -> Turn {
        self.types(text);
        self.until_prompt()
    }

    /// What this node's own processes wrote in answer.
    pub fn outputs(&mut self, text: &str) -> Vec<(OutputKind, &'static str)> {
        let name = self.name.clone();
        let outputs = self.turn(text).outputs();
        assert!(outputs.iter().all(|(_, by, _)| *by == name), "{outputs:?}");
        outputs.into_iter().map(|(kind, _, text)| (kind, text)).collect()
    }

    /// All that is written in answer to an input that may leave the shell in any state.
    pub fn forge(&mut self, text: &str) -> Vec<(OutputKind, &'static str, &'static str)> {
        self.types(text);
        self.hears(|frame| matches!(frame, FromNode::Output { text, .. } if text.contains(":forged")));
        let mut frames = self.seen.clone();
        frames.extend(self.until_prompt().frames);
        merged(&frames)
    }

    /// Waits for output of that kind which contains the text; gives the node that wrote it.
    pub fn sees(&mut self, kind: OutputKind, text: &str) -> String {
        let frame = self.hears(|frame| {
            matches!(frame, FromNode::Output { kind: seen, text: output, .. } if *seen == kind && output.contains(text))
        });
        let FromNode::Output { by, .. } = frame else { unreachable!("only outputs match") };
        by
    }

    /// Waits for a prompt of that kind which begins so.
    pub fn prompts(&mut self, kind: PromptKind, text: &str) {
        self.hears(|frame| {
            matches!(frame, FromNode::Prompt { kind: seen, text: prompt } if *seen == kind && prompt.starts_with(text))
        });
    }

    /// Waits for the shell to be interrupted, and for its prompt; gives how many variables it kept.
    pub fn interrupted(&mut self) -> u64 {
        let frame = self.hears(|frame| matches!(frame, FromNode::Interrupted { .. }));
        let FromNode::Interrupted { kept } = frame else { unreachable!("only that matches") };
        self.prompts(PromptKind::Iex, "iex(");
        kept
    }

    /// Waits until the shell has taken up what was typed: no prompt waits, and the evaluator is at work.
    pub fn busy(&mut self) {
        let at_work = "match?({:current_function, {m, _, _}} when m != IEx.Evaluator, \
                       Process.info(shell, :current_function))";
        let start = Instant::now();
        while self.probe(at_work, Some("true"))
            != (ProbeOutcome::Value { inspected: "true".to_owned(), matched: Some(true) })
        {
            assert!(start.elapsed() < PATIENCE, "the shell stays idle");
        }
    }

    /// Within the tests' patience, not within a learner's.
    pub fn probe(&mut self, code: &str, pattern: Option<&str>) -> ProbeOutcome {
        self.probe_within(PATIENCE / 2, code, pattern)
    }

    pub fn probe_within(&mut self, time: Duration, code: &str, pattern: Option<&str>) -> ProbeOutcome {
        let pattern = pattern.map(str::to_owned);
        let milliseconds = time.as_millis().try_into().expect("seconds");
        self.send(&ToNode::Probe { id: 7, code: code.to_owned(), pattern, milliseconds });
        match self.hears(|frame| matches!(frame, FromNode::Probed { id: 7, .. })) {
            FromNode::Probed { outcome, .. } => outcome,
            other => unreachable!("only that matches: {other:?}"),
        }
    }

    /// Whether it is whole.
    pub fn parse(&mut self, text: &str) -> Parsed {
        self.send(&ToNode::Parse { id: 9, text: text.to_owned(), milliseconds: AMPLE });
        match self.hears(|frame| matches!(frame, FromNode::Parsed { id: 9, .. })) {
            FromNode::Parsed { parsed, .. } => parsed,
            other => unreachable!("only that matches: {other:?}"),
        }
    }

    /// The process that evaluates what is typed, as it was told last.
    pub fn told_shell(&self) -> Option<String> {
        self.seen.iter().rev().find_map(|frame| match frame {
            FromNode::Shell { process } => Some(process.clone()),
            _ => None,
        })
    }

    pub fn told_spawns(&self) -> usize {
        self.seen.iter().filter(|frame| matches!(frame, FromNode::Spawned { .. })).count()
    }

    /// Every message to another node that was told since the node began.
    pub fn told(&self) -> Vec<&str> {
        let mut told = Vec::new();
        for frame in &self.seen {
            if let FromNode::Message { text, .. } = frame {
                told.push(text.as_str());
            }
        }
        told
    }

    /// What may stand where the text ends.
    pub fn complete(&mut self, text: &str) -> Vec<Candidate> {
        self.send(&ToNode::Complete { id: 8, text: text.to_owned(), milliseconds: AMPLE });
        match self.hears(|frame| matches!(frame, FromNode::Completed { id: 8, .. })) {
            FromNode::Completed { candidates, .. } => candidates,
            other => unreachable!("only that matches: {other:?}"),
        }
    }

    /// Everything written since the node began.
    pub fn everything(&self) -> String {
        merged(&self.seen).into_iter().map(|(_, _, text)| text).collect()
    }

    /// Waits for the end of the node; its exit code.
    pub fn ends(&mut self) -> Option<i32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("our own child") {
                return status.code();
            }
            assert!(start.elapsed() < PATIENCE, "the node still runs");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// As if Moebi had been killed.
    pub fn hang_up(&mut self) {
        self.stream.shutdown(std::net::Shutdown::Both).expect("a socket");
    }

    /// Looks at everything again, from the beginning.
    pub fn rewind(&mut self) {
        self.read = 0;
    }

    /// Waits until this node lists the other, be it since long ago.
    pub fn lists(&mut self, other: &str) {
        self.rewind();
        self.hears(|frame| matches!(frame, FromNode::NodeUp { node } if node == other));
    }

    /// The first frame, not looked at yet, that is of use.
    pub fn hears(&mut self, is_it: impl Fn(&FromNode) -> bool) -> FromNode {
        let start = Instant::now();
        loop {
            assert!(start.elapsed() < PATIENCE, "it never came; the last frames: {:#?}", self.last());
            while let Some(frame) = self.seen.get(self.read) {
                self.read += 1;
                if is_it(frame) {
                    return frame.clone();
                }
            }
            self.next();
            self.read = self.seen.len() - 1;
        }
    }

    fn until_prompt(&mut self) -> Turn {
        let start = self.read;
        let frame =
            self.hears(|frame| matches!(frame, FromNode::Prompt { kind, .. } if *kind != PromptKind::None));
        let FromNode::Prompt { kind, text } = frame else { unreachable!("only prompts match") };
        Turn { frames: self.seen[start..self.read].to_vec(), prompt: (kind, text) }
    }

    fn next(&mut self) -> FromNode {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(frame) = self.take_frame() {
                self.seen.push(frame.clone());
                return frame;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "{PATIENCE:?} without a frame; the last ones: {:#?}", self.last());
            self.stream.set_read_timeout(Some(left)).expect("a socket");
            let mut chunk = [0; 8192];
            let count =
                self.stream.read(&mut chunk).unwrap_or_else(|error| panic!("{error}: {:#?}", self.last()));
            assert!(count > 0, "the node hung up; the last frames: {:#?}", self.last());
            self.received.extend_from_slice(&chunk[..count]);
        }
    }

    fn last(&self) -> &[FromNode] {
        &self.seen[self.seen.len().saturating_sub(12)..]
    }

    fn take_frame(&mut self) -> Option<FromNode> {
        let (length, rest) = self.received.split_first_chunk()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).expect("a short frame");
        let frame = FromNode::decode(rest.get(..length)?)
            .unwrap_or_else(|why| panic!("{why:?}: {}", rest[..length].escape_ascii()));
        self.received.drain(..4 + length);
        Some(frame)
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // The bridge ends the node when its socket closes; should it fail to, the test has failed as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Turn {
    /// Kind, node and text; what is written piecemeal is put together.
    pub fn outputs(&self) -> Vec<(OutputKind, &'static str, &'static str)> {
        merged(&self.frames)
    }

    pub fn texts(&self, wanted: OutputKind) -> Vec<&'static str> {
        self.outputs().into_iter().filter(|(kind, ..)| *kind == wanted).map(|(_, _, text)| text).collect()
    }

    pub fn left_out(&self) -> u64 {
        let bytes = |frame: &FromNode| match frame {
            FromNode::LeftOut { bytes } => *bytes,
            _ => 0,
        };
        self.frames.iter().map(bytes).sum()
    }
}

/// A test is short; leaking its texts makes it readable: `assert_eq!(outputs, [(Result, "2\n")])`.
fn merged(frames: &[FromNode]) -> Vec<(OutputKind, &'static str, &'static str)> {
    let mut outputs: Vec<(OutputKind, String, String)> = Vec::new();
    for frame in frames {
        let FromNode::Output { kind, by, text, .. } = frame else { continue };
        match outputs.last_mut() {
            Some((last, node, so_far)) if last == kind && node == by && *kind == OutputKind::Print => {
                so_far.push_str(text);
            }
            _ => outputs.push((*kind, by.clone(), text.clone())),
        }
    }
    outputs.into_iter().map(|(kind, by, text)| (kind, &*by.leak(), &*text.leak())).collect()
}
