//! `/why`: an error at length, with what Moebi saw of it and what the nodes answer now.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Kind, Remedy, Target, Trouble, messages,
    reach::{self, likeness, running},
};
use crate::{
    i18n::Localized,
    lesson::{Evidence, Fact, NodeName, Record, TerminalName, World, judge::is_deed},
    view::{
        Survey,
        chart::Answers,
        survey::{Connection, Peer},
    },
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// Where it was typed, and what.
    pub typed: (TerminalName, String),
    /// Where the error was shown, and the line that tells it.
    pub shown: (TerminalName, String),
    pub means: Localized,
    /// How such things work.
    pub about: Localized,
    /// What Moebi saw and what the nodes answer, a sentence each.
    pub seen: Vec<Localized>,
    pub attempt: Localized,
}

/// What is known about an error beyond its text.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    pub evidence: &'a Evidence,
    /// Of all nodes, each asked for its part of the map and for the module that it is about.
    pub answers: &'a Answers,
}

impl Explanation {
    pub fn new(trouble: &Trouble, seen: Seen<'_>) -> Self {
        let Remedy { means, attempt } = trouble.remedy(seen.world());
        let case = Case { trouble, seen, far: trouble.far() };
        let differ = case.cookies_agree() == Some(false) && matches!(trouble.kind, Kind::Unreachable(_));
        Self {
            typed: (trouble.terminal.clone(), trouble.typed.clone()),
            shown: trouble.shown.clone(),
            means,
            about: about(&trouble.kind),
            seen: case.facts(),
            attempt: if differ { messages::share_a_cookie() } else { attempt },
        }
    }
}

fn about(kind: &Kind) -> Localized {
    match kind {
        Kind::Unreachable(_) => messages::about_connections(),
        Kind::Refused { .. } => messages::about_cookies(),
        Kind::Undefined { .. } => messages::about_code(),
        Kind::OtherBuild { .. } => messages::about_function_values(),
        Kind::NotAlive | Kind::BadHost | Kind::NameTaken(_) => messages::about_names(),
        Kind::NoEpmd => messages::about_epmd(),
        Kind::TimedOut(_) => messages::about_calls(),
        Kind::NoProcess(_) => messages::about_registered_names(),
    }
}

impl<'a> Seen<'a> {
    fn world(self) -> &'a World {
        self.evidence.world()
    }

    fn survey(self, node: &NodeName) -> Option<&'a Survey> {
        self.answers.iter().find(|(name, _)| name == node).and_then(|(_, survey)| survey.as_ref())
    }
}

struct Case<'a> {
    trouble: &'a Trouble,
    seen: Seen<'a>,
    far: Option<NodeName>,
}

impl Case<'_> {
    fn facts(&self) -> Vec<Localized> {
        match &self.trouble.kind {
            Kind::Unreachable(_) | Kind::Refused { .. } => self.of_connection(),
            Kind::Undefined { .. } | Kind::OtherBuild { .. } => self.of_module(),
            Kind::TimedOut(target) | Kind::NoProcess(target) => self.of_process(target.as_ref()),
            Kind::NotAlive | Kind::BadHost => vec![self.who_runs()],
            Kind::NameTaken(name) => self.of_name(name.as_deref()),
            Kind::NoEpmd => vec![messages::epmd_knows(&self.epmd_names())],
        }
    }

    fn of_connection(&self) -> Vec<Localized> {
        let Some(far) = &self.far else {
            return vec![messages::epmd_knows(&self.epmd_names()), self.who_runs()];
        };
        let mut facts = vec![self.epmd(far), self.whereabouts(far)];
        facts.extend(self.like(far));
        facts.extend(self.pair().into_iter().flat_map(|(near, far)| self.of_pair(near, far)));
        facts
    }

    /// Both ends, where each is the node of one of the terminals and has a name.
    fn pair(&self) -> Option<(&NodeName, &NodeName)> {
        let near = self.trouble.near.as_ref().filter(|near| near.is_named())?;
        let far = self.far.as_ref().filter(|far| *far != near)?;
        self.seen.world().node(far).map(|_| (near, far))
    }

    fn of_pair(&self, near: &NodeName, far: &NodeName) -> Vec<Localized> {
        let (one, other) = (near.brief(), far.brief());
        let world = self.seen.world();
        let mut facts = Vec::new();
        for node in [near, far] {
            match world.node(node) {
                Some(at) if world.paused.contains(at) => facts.push(messages::is_paused(at)),
                Some(_) if self.seen.survey(node).is_none() => facts.push(messages::no_answer(&node.brief())),
                Some(_) | None => {}
            }
        }
        if let (Some(near), Some(far)) = (world.node(near), world.node(far))
            && world.is_cut(near, far)
        {
            facts.push(messages::is_cut(&one, &other));
        }
        facts.extend(self.cookies_agree().map(|agree| match agree {
            true => messages::cookies_agree(&one, &other),
            false => messages::cookies_differ(&one, &other),
        }));
        facts.extend(self.seen.survey(near).map(
            |survey| match peer(survey, far).map(|peer| peer.connection) {
                Some(Connection::Visible) => messages::are_connected(&one, &other),
                Some(Connection::Hidden) => messages::are_connected_hidden(&one, &other),
                Some(Connection::None) | None => messages::are_not_connected(&one, &other),
            },
        ));
        facts
    }

    /// Whether the one has for the other the cookie that the other has; where both have said.
    fn cookies_agree(&self) -> Option<bool> {
        let (near, far) = self.pair()?;
        let (one, other) = (self.seen.survey(near)?, self.seen.survey(far)?);
        let meant = peer(one, far).map_or(&one.cookie, |peer| &peer.cookie);
        let theirs = peer(other, near).map_or(&other.cookie, |peer| &peer.cookie);
        Some(meant == theirs)
    }

    fn of_module(&self) -> Vec<Localized> {
        let Some(module) = self.trouble.module() else { return vec![self.who_runs()] };
        let written = module.strip_prefix("Elixir.").map_or_else(|| format!(":{module}"), str::to_owned);
        let mut facts = Vec::new();
        let (near, far) = (self.trouble.near.as_ref(), self.far.as_ref());
        let digest = |node: &NodeName| self.seen.survey(node).map(|survey| survey.digest(&module));
        for node in near.into_iter().chain(far.filter(|far| Some(*far) != near)) {
            facts.push(match digest(node) {
                None => messages::no_answer(&node.brief()),
                Some(None) => messages::module_is_missing(&node.brief(), &written),
                Some(Some(_)) => messages::module_is_there(&node.brief(), &written),
            });
        }
        if let (Some(near), Some(far)) = (near, far)
            && let (Some(Some(one)), Some(Some(other))) = (digest(near), digest(far))
        {
            let told = if one == other { messages::builds_agree } else { messages::builds_differ };
            facts.push(told(&near.brief(), &far.brief(), &written));
        }
        facts
    }

    fn of_process(&self, target: Option<&Target>) -> Vec<Localized> {
        let node = target.map(|target| target.home(self.trouble.near.as_ref()));
        let (Some(target), Some(Some(node))) = (target, node) else { return vec![self.who_runs()] };
        let mut facts = Vec::new();
        if target.node.is_some() {
            facts.push(self.whereabouts(node));
            facts.extend(self.pair().into_iter().flat_map(|(near, far)| self.of_pair(near, far)));
        }
        let Some(survey) = self.seen.survey(node) else { return facts };
        let names: Vec<&str> = survey.names.iter().map(|(_, name)| name.as_str()).collect();
        facts.push(match names.as_slice() {
            names if names.contains(&target.process.as_str()) => {
                messages::is_registered(&node.brief(), &target.process)
            }
            [] => messages::none_registered(&node.brief()),
            names => messages::registered(&node.brief(), &names.join(", ")),
        });
        facts
    }

    fn of_name(&self, name: Option<&str>) -> Vec<Localized> {
        let holder = name.and_then(|name| super::holder(name, self.seen.world()));
        let runs = holder.map(|(node, at)| messages::runs_in(&node.to_string(), at));
        [messages::epmd_knows(&self.epmd_names())].into_iter().chain(runs).collect()
    }

    fn who_runs(&self) -> Localized {
        let nodes: Vec<NodeName> = running(self.seen.world()).cloned().collect();
        if nodes.is_empty() { messages::no_node_runs() } else { messages::nodes_run(&reach::all(&nodes)) }
    }

    fn epmd_names(&self) -> String {
        let names: Vec<&str> = self.seen.world().registered.iter().map(String::as_str).collect();
        names.join(", ")
    }

    /// Whether it was asked between the input and the next thing that was done.
    fn epmd(&self, far: &NodeName) -> Localized {
        let names = self.epmd_names();
        let records = self.seen.evidence.records();
        let is_of_it = |record: &Record| record.cause.as_ref() == Some(&self.trouble.cause);
        let taken = records.iter().position(|record| is_of_it(record) && is_deed(&record.fact));
        let taken = taken.unwrap_or(records.len());
        // epmd may tell of a call before the node tells of the line that made it.
        let is_entry = |record: &Record| matches!(&record.fact, Fact::Input { terminal, .. } if *terminal == self.trouble.terminal);
        let entered = records[..taken].iter().rposition(is_entry).unwrap_or(taken);
        let since = records.get(taken + 1..).unwrap_or_default();
        let until = since.iter().position(|record| is_deed(&record.fact) && !is_of_it(record));
        let until = until.map_or(records.len(), |after| taken + 1 + after);
        let asked = records[entered..until].iter().find_map(|record| match &record.fact {
            Fact::LookedUp { name, found } if name == far.short() => Some(*found),
            _ => None,
        });
        match asked {
            Some(true) => messages::epmd_was_asked(far.short(), &names),
            Some(false) => messages::epmd_knew_not(far.short(), &names),
            None => messages::epmd_was_not_asked(&names),
        }
    }

    fn whereabouts(&self, node: &NodeName) -> Localized {
        if let Some(at) = self.seen.world().node(node) {
            return messages::runs_in(&node.to_string(), at);
        }
        let stop = self.seen.evidence.records().iter().rev().find_map(|record| match &record.fact {
            Fact::NodeStopped { terminal, node: gone } if gone == node => Some((terminal, record.at)),
            _ => None,
        });
        match stop {
            None => messages::runs_nowhere(&node.to_string()),
            Some((at, when)) if when <= self.trouble.at => {
                messages::stopped_before(&node.to_string(), at, &span(self.trouble.at.saturating_sub(when)))
            }
            Some((at, when)) => {
                messages::stopped_after(&node.to_string(), at, &span(when.saturating_sub(self.trouble.at)))
            }
        }
    }

    /// One that runs under a name like that one.
    fn like(&self, far: &NodeName) -> Option<Localized> {
        let world = self.seen.world();
        if world.node(far).is_some() {
            return None;
        }
        let others = running(world).filter(|node| Some(*node) != self.trouble.near.as_ref());
        let alike = others.map(|node| (likeness(node, far), node)).filter(|(alike, _)| *alike > reach::ALIKE);
        let (_, like) = alike.max_by(|one, other| one.0.total_cmp(&other.0))?;
        Some(messages::like_it(&like.to_string(), world.node(like)?))
    }
}

fn peer<'s>(survey: &'s Survey, node: &NodeName) -> Option<&'s Peer> {
    survey.peers.iter().find(|peer| peer.node == *node)
}

fn span(time: Duration) -> Localized {
    match time.as_secs() {
        0 => messages::a_moment(),
        seconds @ 1..90 => messages::seconds(seconds),
        seconds => messages::minutes(seconds / 60),
    }
}
