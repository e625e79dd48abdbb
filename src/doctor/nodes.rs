//! Real nodes, in a cluster of the doctor's own: that they start, answer, are named by Moebi's epmd, and meet.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use tokio::time::{Instant, timeout, timeout_at};

use crate::{
    cluster::{Cluster, Event, Settings, Site, runtime::Runtime},
    error::Error,
    i18n::{Localized, Verbatim},
    lesson::{Fact, NodeName, OutputKind, ProbeOutcome, TerminalName},
    render::{untrusted, width},
};

use super::{Finding, Machine, Progress, State, messages};

/// The bridge may have to be compiled first.
const OPENING: Duration = Duration::from_secs(90);

/// Three nodes start at once, perhaps on a slow and busy machine.
const BOOTING: Duration = Duration::from_secs(40);

/// For one answer of a node that runs.
const ANSWERING: Duration = Duration::from_secs(10);

/// What is kept of what a terminal said, in bytes.
const MAX_SAID: usize = 4096;

/// How much of that is quoted, in columns.
const MAX_QUOTED: usize = 160;

/// A terminal and what is typed there.
const STARTS: [(&str, &str); 3] = [
    ("alex", "iex --sname alex@localhost"),
    ("kate", "iex --sname kate@localhost"),
    // Without a host: the system's own name is asked for.
    ("short", "iex --sname moebi"),
];

const QUESTION: &str = "6 * 7";
const ANSWER: &str = "42";

pub(super) async fn look(machine: &Machine, runtime: Runtime, tell: &mut impl FnMut(Progress)) {
    tell(Progress::Looking(messages::opening()));
    let opened = timeout(OPENING, Cluster::new(settings(machine, runtime))).await;
    let cluster = match opened {
        Ok(Ok(cluster)) => cluster,
        Ok(Err(error)) => return tell(Progress::Found(refused(&error))),
        Err(_) => return tell(Progress::Found(too_slow())),
    };
    tell(Progress::Found(Finding::ok("bridge", messages::bridge(&machine.cache.display().to_string()))));
    let mut trial = Trial { cluster, seen: Seen::default() };
    trial.run(tell).await;
    if let Err(error) = trial.cluster.shutdown().await {
        tell(Progress::Found(refused(&error)));
    }
}

fn settings(machine: &Machine, runtime: Runtime) -> Settings {
    Settings {
        terminals: STARTS.iter().map(|(name, _)| terminal(name)).collect(),
        site: Site::Passing,
        runtime,
        cache: machine.cache.clone(),
        size: (80, 24),
        guardian: machine.guardian.clone(),
        jitter: false,
    }
}

fn terminal(name: &str) -> TerminalName {
    TerminalName::parse(name).expect("the doctor's own names are names")
}

fn refused(error: &Error) -> Finding {
    let finding = Finding::wrong("nodes", error.told(), messages::tell_us());
    if error.hints().is_empty() { finding } else { Finding { remedies: error.hints().to_vec(), ..finding } }
}

fn too_slow() -> Finding {
    Finding::wrong("nodes", messages::opening_is_slow(OPENING.as_secs()), messages::less_busy())
}

struct Trial {
    cluster: Cluster,
    seen: Seen,
}

/// What has come so far, by terminal.
#[derive(Default)]
struct Seen {
    started: BTreeMap<String, NodeName>,
    /// Names without a host, as epmd has them.
    registered: BTreeSet<String>,
    ended: BTreeSet<String>,
    said: BTreeMap<String, String>,
    results: Vec<String>,
    probed: Option<ProbeOutcome>,
    failed: Option<Error>,
}

impl Trial {
    async fn run(&mut self, tell: &mut impl FnMut(Progress)) {
        tell(Progress::Looking(messages::starting_nodes()));
        for (name, command) in STARTS {
            self.cluster.enter(&terminal(name), command);
        }
        let is_settled = |seen: &Seen| STARTS.iter().all(|(name, _)| seen.has_settled(name));
        self.until(BOOTING, is_settled).await;
        let started = self.seen.started.contains_key("alex");
        if !started {
            return tell(Progress::Found(self.did_not_start("alex")));
        }
        tell(Progress::Found(self.answers().await));
        tell(Progress::Found(self.is_named()));
        tell(Progress::Found(self.meets().await));
        tell(Progress::Found(self.short_name()));
    }

    /// Takes what comes until that holds; no longer than that.
    async fn until(&mut self, patience: Duration, holds: impl Fn(&Seen) -> bool) -> bool {
        let deadline = Instant::now() + patience;
        while !holds(&self.seen) {
            match timeout_at(deadline, self.cluster.next()).await {
                Ok(event) => self.seen.take(event),
                Err(_) => return false,
            }
        }
        true
    }

    async fn answers(&mut self) -> Finding {
        self.cluster.enter(&terminal("alex"), QUESTION);
        let is_it = |seen: &Seen| seen.results.iter().any(|result| result.contains(ANSWER));
        match self.until(ANSWERING, is_it).await {
            true => Finding::ok("iex", messages::iex_answers()),
            false => {
                let said = self.seen.first_said("alex");
                Finding::wrong(
                    "iex",
                    messages::iex_is_silent(ANSWERING.as_secs(), &said),
                    messages::own_iex_file(),
                )
            }
        }
    }

    fn is_named(&self) -> Finding {
        let port = self.cluster.epmd_port();
        match self.seen.registered.contains("alex") {
            true => Finding::ok("epmd", messages::epmd(port)),
            false => Finding::wrong("epmd", messages::epmd_is_not_reached(port), messages::allow_loopback()),
        }
    }

    async fn meets(&mut self) -> Finding {
        if !self.seen.started.contains_key("kate") {
            return self.did_not_start("kate");
        }
        self.cluster.probe(&terminal("alex"), "Node.connect(:kate@localhost)", Some("true"), ANSWERING);
        self.until(ANSWERING + ANSWERING / 10, |seen| seen.probed.is_some()).await;
        match &self.seen.probed {
            Some(ProbeOutcome::Value { matched: Some(true), .. }) => {
                Finding::ok("meeting", messages::nodes_meet())
            }
            Some(
                ProbeOutcome::Value { .. }
                | ProbeOutcome::Raised(_)
                | ProbeOutcome::TimedOut
                | ProbeOutcome::NoNode,
            )
            | None => Finding::wrong("meeting", messages::nodes_do_not_meet(), messages::allow_loopback()),
        }
    }

    /// No lesson needs it; a learner who leaves the host out will meet it.
    fn short_name(&self) -> Finding {
        match self.seen.started.get("short") {
            Some(node) => {
                let host =
                    node.to_string().split_once('@').map(|(_, host)| host.to_owned()).unwrap_or_default();
                Finding::ok("short-name", messages::short_name(&format!("alex@{host}")))
            }
            None => {
                let finding = self.did_not_start("short");
                Finding {
                    id: "short-name",
                    state: State::Remark,
                    remedies: vec![messages::name_the_host()],
                    ..finding
                }
            }
        }
    }

    fn did_not_start(&self, name: &str) -> Finding {
        let command = STARTS.iter().find(|(known, _)| *known == name).map_or("", |(_, command)| command);
        let told = match &self.seen.failed {
            Some(error) => error.told(),
            None => self.seen.first_said(name),
        };
        let finding = if self.seen.ended.contains(name) {
            messages::node_ended(command, &told)
        } else {
            messages::node_is_slow(command, BOOTING.as_secs(), &told)
        };
        Finding::wrong("iex", finding, messages::try_it_yourself(command))
    }
}

impl Seen {
    fn take(&mut self, event: Event) {
        match event {
            Event::Fact(fact, _) => self.note(fact),
            Event::Failed { error, .. } => self.failed = Some(error),
            Event::Rested(_)
            | Event::Raw { .. }
            | Event::Foreground { .. }
            | Event::Unread { .. }
            | Event::Late { .. }
            | Event::Interrupted { .. }
            | Event::BootTimedOut { .. }
            | Event::CellEnded(_) => {}
        }
    }

    fn note(&mut self, fact: Fact) {
        match fact {
            Fact::NodeStarted { terminal, node, .. } => {
                self.started.insert(terminal.to_string(), node);
            }
            Fact::CommandEnded { terminal, .. } => {
                self.ended.insert(terminal.to_string());
            }
            Fact::Registered { name } => {
                self.registered.insert(name);
            }
            Fact::Probed { outcome, .. } => self.probed = Some(outcome),
            Fact::Output { terminal, kind, text, .. } => {
                if kind == OutputKind::Result && self.results.len() < MAX_QUOTED {
                    self.results.push(width::strip(&text));
                }
                let said = self.said.entry(terminal.to_string()).or_default();
                if said.len() + text.len() <= MAX_SAID {
                    said.push_str(&text);
                }
            }
            Fact::Input { .. }
            | Fact::Line { .. }
            | Fact::File { .. }
            | Fact::LeftOut { .. }
            | Fact::Prompt { .. }
            | Fact::NodeStopped { .. }
            | Fact::Connected { .. }
            | Fact::Disconnected { .. }
            | Fact::Message { .. }
            | Fact::Process { .. }
            | Fact::Unregistered { .. }
            | Fact::LookedUp { .. }
            | Fact::Chose { .. }
            | Fact::Fault(_)
            | Fact::StepBegan => {}
        }
    }

    /// It became a node, or it never will.
    fn has_settled(&self, terminal: &str) -> bool {
        self.started.contains_key(terminal) || self.ended.contains(terminal)
    }

    /// Its first line, which is where Erlang says what is wrong, before it says what that entails.
    fn first_said(&self, terminal: &str) -> Localized {
        let said = self.said.get(terminal).map_or("", String::as_str);
        let line = said.lines().map(str::trim).find(|line| !line.is_empty());
        line.map_or_else(messages::said_nothing, |line| {
            Verbatim::said(&width::cut(&untrusted::plain(line), MAX_QUOTED)).into()
        })
    }
}
