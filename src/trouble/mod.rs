//! What goes wrong between nodes, in plain words: recognised by what was printed, raised or returned, in whatever
//! terminal and step.
//!
//! A lesson's own mistakes come first; this knows what Erlang and Elixir say of a distribution wherever it is. [`sign`]
//! finds the error in what an input brought about, `reach` why a node is out of reach, as far as the world tells it, and
//! [`explanation`] is what `/why` tells: all that is known, the nodes' own answers among it.

pub mod explanation;
pub mod messages;
mod reach;
mod sign;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crate::{
    i18n::Localized,
    lesson::{Cause, Evidence, NodeName, TerminalName, World, judge::Scene},
};

pub use explanation::{Explanation, Seen};
use reach::Reach;

/// How many of the latest inputs are looked at for one that went wrong.
const MAX_INPUTS: usize = 200;

/// An error that the distribution brought about, and the input that ran into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub kind: Kind,
    /// Where it was typed.
    pub terminal: TerminalName,
    /// The node that ran there.
    pub near: Option<NodeName>,
    pub cause: Cause,
    pub typed: String,
    /// What tells it, and where that was shown.
    pub shown: (TerminalName, String),
    /// Since the evidence began.
    pub at: Duration,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// No connection to a node, by the name that was used for it; none where nothing tells which.
    Unreachable(Option<String>),
    /// The node that was called turned the caller away: their cookies differ.
    Refused {
        caller: NodeName,
        called: NodeName,
    },
    /// A function that the other node does not have, such as `Chat.send_message/2`.
    Undefined {
        function: String,
        node: Option<NodeName>,
    },
    /// A function value of a module that the other node has in another build, or not at all.
    OtherBuild {
        module: Option<String>,
        node: Option<NodeName>,
    },
    /// A runtime without a name was asked for what only a node can do.
    NotAlive,
    /// A host that doesn't go with short names, or with long ones.
    BadHost,
    NameTaken(Option<String>),
    /// The node could not register: nothing answers on epmd's port.
    NoEpmd,
    /// Nobody has answered in time.
    TimedOut(Option<Target>),
    NoProcess(Option<Target>),
}

/// Who was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// As it was written: `Chat`, `#PID<0.1.0>`.
    pub process: String,
    /// None: the caller's own.
    pub node: Option<NodeName>,
}

/// In short: what it means, and what to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    pub means: Localized,
    pub attempt: Localized,
}

/// What the latest input ran into.
pub fn recognise(evidence: &Evidence) -> Option<Trouble> {
    sign::find(&Scene::of_latest(evidence)?)
}

/// The latest that any input ran into since then.
pub fn last(evidence: &Evidence, since: Duration) -> Option<Trouble> {
    let scenes = Scene::of_each(evidence).take(MAX_INPUTS);
    scenes.filter_map(|scene| sign::find(&scene)).find(|trouble| trouble.at >= since)
}

impl Trouble {
    pub fn remedy(&self, world: &World) -> Remedy {
        let place = &self.terminal;
        let (means, attempt) = match &self.kind {
            Kind::Unreachable(far) => return Reach::of(self, far.as_deref(), world).remedy(self),
            Kind::Refused { caller, called } => {
                (messages::refused(&caller.brief(), &called.brief()), messages::share_a_cookie())
            }
            Kind::Undefined { function, node: Some(node) } => {
                (messages::undefined(&node.brief(), function), messages::load_it_there(&node.brief()))
            }
            Kind::Undefined { function, node: None } => {
                (messages::undefined_elsewhere(function), messages::load_it_elsewhere())
            }
            Kind::OtherBuild { .. } => (messages::other_build(), messages::name_the_function()),
            Kind::NotAlive => (messages::not_alive(place), messages::give_it_a_name()),
            Kind::BadHost => (messages::bad_host(), messages::use_short_names()),
            Kind::NameTaken(name) => match name.as_deref().and_then(|name| holder(name, world)) {
                Some((name, holder)) => {
                    (messages::name_taken(&name.brief()), messages::close_the_holder(holder))
                }
                None => (messages::some_name_taken(), messages::take_another_name()),
            },
            Kind::NoEpmd => (messages::no_epmd(), messages::start_in_a_terminal()),
            Kind::TimedOut(target) => self.timed_out(target.as_ref(), world),
            Kind::NoProcess(target) => self.no_process(target.as_ref()),
        };
        Remedy { means, attempt }
    }

    /// The module that it is about, as Erlang calls it: to be looked for on the nodes.
    pub fn module(&self) -> Option<String> {
        let written = match &self.kind {
            Kind::Undefined { function, .. } => {
                function.rsplit_once('/').map_or(function.as_str(), |(name, _)| name).rsplit_once('.')?.0
            }
            Kind::OtherBuild { module, .. } => module.as_deref()?,
            Kind::Unreachable(_)
            | Kind::Refused { .. }
            | Kind::NotAlive
            | Kind::BadHost
            | Kind::NameTaken(_)
            | Kind::NoEpmd
            | Kind::TimedOut(_)
            | Kind::NoProcess(_) => return None,
        };
        Some(written.strip_prefix(':').map_or_else(|| format!("Elixir.{written}"), str::to_owned))
    }

    /// The other node that it is about.
    pub fn far(&self) -> Option<NodeName> {
        match &self.kind {
            Kind::Unreachable(far) => {
                far.as_deref().filter(|far| far.contains('@')).and_then(|far| NodeName::parse(far).ok())
            }
            Kind::Refused { caller, called } => {
                Some(if Some(caller) == self.near.as_ref() { called } else { caller }.clone())
            }
            Kind::Undefined { node, .. } | Kind::OtherBuild { node, .. } => node.clone(),
            Kind::TimedOut(target) | Kind::NoProcess(target) => target.as_ref()?.node.clone(),
            Kind::NotAlive | Kind::BadHost | Kind::NameTaken(_) | Kind::NoEpmd => None,
        }
    }

    fn timed_out(&self, target: Option<&Target>, world: &World) -> (Localized, Localized) {
        let node = target.and_then(|target| target.home(self.near.as_ref()));
        let paused = node.and_then(|node| world.node(node)).filter(|at| world.paused.contains(*at));
        match (target, paused) {
            (_, Some(paused)) => (messages::is_paused(paused), messages::resume_it(paused)),
            (Some(target), None) => (messages::timed_out(&self.who(target)), messages::look_at_the_called()),
            (None, None) => (messages::something_timed_out(), messages::look_at_the_called()),
        }
    }

    fn no_process(&self, target: Option<&Target>) -> (Localized, Localized) {
        match target {
            Some(target) if target.is_pid() => {
                (messages::process_gone(&target.process), messages::ask_for_it_again())
            }
            Some(target) => (messages::no_process(&self.who(target)), messages::start_it_there()),
            None => (messages::some_process_gone(), messages::start_it_there()),
        }
    }

    /// `Chat on kate`
    fn who(&self, target: &Target) -> Localized {
        match target.home(self.near.as_ref()).filter(|node| node.is_named()) {
            Some(node) => messages::process_on(&target.process, &node.brief()),
            None => crate::i18n::Verbatim::code(&target.process).into(),
        }
    }
}

impl Target {
    fn is_pid(&self) -> bool {
        self.process.starts_with("#PID")
    }

    /// The node that it was looked for on: for a name alone the caller's. A pid tells nobody elsewhere.
    fn home<'t>(&'t self, near: Option<&'t NodeName>) -> Option<&'t NodeName> {
        self.node.as_ref().or(near.filter(|_| !self.is_pid()))
    }
}

/// The node of that short name, and where it runs.
fn holder<'w>(name: &str, world: &'w World) -> Option<(NodeName, &'w TerminalName)> {
    let short = name.split('@').next()?;
    let mut running = world.running.iter().filter(|(_, running)| running.node.is_named());
    let (terminal, running) = running.find(|(_, running)| running.node.short() == short)?;
    Some((running.node.clone(), terminal))
}
