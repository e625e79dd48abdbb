//! Why a node can't be reached, as far as can be seen from outside of it.

use super::{Remedy, Trouble, messages};
use crate::{
    i18n::{Localized, Verbatim, comma},
    lesson::{NodeName, TerminalName, World},
};

/// Names that are so much alike are taken for one, misspelt.
pub(super) const ALIKE: f64 = 0.8;

/// What stands between the node where something was typed and the one that it was meant for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// The near one has no name.
    Nameless,
    /// The name has no host.
    NoHost(String),
    Paused(NodeName, TerminalName),
    Cut(NodeName, TerminalName, TerminalName),
    /// It ran, and runs no more.
    Stopped(NodeName),
    /// None has that name; one has a name like it.
    Like(NodeName, NodeName),
    /// None has that name; these run.
    Unknown(NodeName, Vec<NodeName>),
    /// It runs, and nothing that is seen from here speaks against it.
    Runs(NodeName, TerminalName),
    /// Nothing tells which node was meant.
    Unnamed,
}

impl Reach {
    pub(super) fn of(trouble: &Trouble, far: Option<&str>, world: &World) -> Self {
        if trouble.near.as_ref().is_some_and(|near| !near.is_named()) {
            return Self::Nameless;
        }
        let Some(far) = far else { return Self::Unnamed };
        let Some(name) = NodeName::parse(far).ok().filter(|_| far.contains('@')) else {
            return Self::NoHost(far.to_owned());
        };
        let near = &trouble.terminal;
        match world.node(&name) {
            Some(at) if world.paused.contains(at) => Self::Paused(name, at.clone()),
            Some(at) if world.is_cut(near, at) => Self::Cut(name, near.clone(), at.clone()),
            Some(at) => Self::Runs(name.clone(), at.clone()),
            None if world.stopped.contains(&name) => Self::Stopped(name),
            None => {
                let running: Vec<NodeName> =
                    running(world).filter(|node| Some(*node) != trouble.near.as_ref()).cloned().collect();
                let like = running.iter().map(|node| (likeness(node, &name), node));
                let like =
                    like.filter(|(alike, _)| *alike > ALIKE).max_by(|one, other| one.0.total_cmp(&other.0));
                match like {
                    Some((_, like)) => Self::Like(name, like.clone()),
                    None => Self::Unknown(name, running),
                }
            }
        }
    }

    pub(super) fn remedy(&self, trouble: &Trouble) -> Remedy {
        let place = &trouble.terminal;
        let near = trouble.near.as_ref().map_or_else(|| place.to_string(), NodeName::brief);
        let (means, attempt) = match self {
            Self::Nameless => (messages::not_alive(place), messages::give_it_a_name()),
            Self::NoHost(name) => (messages::no_host(name), messages::write_the_host(name)),
            Self::Paused(_, at) => (messages::is_paused(at), messages::resume_it(at)),
            Self::Cut(far, one, other) => {
                (messages::is_cut(&near, &far.brief()), messages::heal_it(one, other))
            }
            Self::Stopped(far) => {
                (messages::has_stopped(&near, &far.to_string()), messages::start_it_again())
            }
            Self::Like(far, like) => {
                (messages::none_is_called(&far.to_string()), messages::this_one_runs(&like.to_string()))
            }
            Self::Unknown(far, running) if running.is_empty() => {
                (messages::none_is_called(&far.to_string()), messages::start_one())
            }
            Self::Unknown(far, running) => {
                (messages::none_is_called(&far.to_string()), messages::these_run(&all(running)))
            }
            Self::Runs(far, _) => {
                (messages::runs_out_of_reach(&far.brief(), &near), messages::compare_them())
            }
            Self::Unnamed => (messages::no_connection(&near), messages::see_that_it_runs()),
        };
        Remedy { means, attempt }
    }
}

/// `alex@localhost, kate@localhost`
pub(super) fn all(nodes: &[NodeName]) -> Localized {
    let names: Vec<Localized> = nodes.iter().map(|node| Verbatim::name(node).into()).collect();
    Localized::join(&names, &comma())
}

pub(super) fn running(world: &World) -> impl Iterator<Item = &NodeName> {
    world.running.values().map(|running| &running.node).filter(|node| node.is_named())
}

/// The same name on another host is more alike than any other name.
pub(super) fn likeness(one: &NodeName, other: &NodeName) -> f64 {
    match one.short() == other.short() {
        true => 1.0,
        false => strsim::jaro_winkler(one.short(), other.short()),
    }
}
