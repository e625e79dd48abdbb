//! Nodes: which run, which list which, and what their terminals wait for.

use super::{Stands, messages, scene::Scene};
use crate::{
    i18n::Localized,
    lesson::{Fact, NodeName, Prompt, Record, TerminalName},
};

pub fn started(
    node: &NodeName,
    at: Option<&TerminalName>,
    cookie: Option<&str>,
    mix: bool,
    scene: &Scene<'_>,
) -> Stands {
    let world = scene.world;
    let here = world
        .running
        .iter()
        .find(|(there, running)| running.node == *node && at.is_none_or(|at| at == *there));
    let Some((there, running)) = here else { return Stands::no(nearest_start(node, at, scene)) };
    if !world.registered.contains(node.short()) {
        return Stands::no(messages::not_registered(node, there));
    }
    if !running.is_ready {
        return Stands::no(messages::is_starting(node, there));
    }
    if mix && !running.mix {
        return Stands::no(messages::without_project(node));
    }
    match cookie {
        Some(cookie) if cookie != running.cookie => {
            Stands::no(messages::other_cookie(node, there, &messages::quoted(&running.cookie)))
        }
        Some(_) | None => Stands::yes(messages::runs_in(node, there)),
    }
}

/// The node in the wrong terminal, or another node in the right one.
fn nearest_start(node: &NodeName, at: Option<&TerminalName>, scene: &Scene<'_>) -> Option<Localized> {
    let running = &scene.world.running;
    let elsewhere = scene.world.node(node).map(|there| messages::runs_in(node, there));
    let other = || {
        let (there, other) = match at {
            Some(at) => running.get_key_value(at)?,
            None => running.iter().find(|(_, other)| other.node.short() == node.short())?,
        };
        Some(messages::other_node(there, &other.node))
    };
    elsewhere.or_else(other)
}

pub fn stopped(node: &NodeName, scene: &Scene<'_>) -> Stands {
    if let Some(there) = scene.world.node(node) {
        return Stands::no(messages::runs_in(node, there));
    }
    if scene.world.registered.contains(node.short()) {
        return Stands::no(messages::still_registered(node.short()));
    }
    Stands::yes(None)
}

pub fn connected(one: &NodeName, other: &NodeName, scene: &Scene<'_>) -> Stands {
    if scene.world.connected(one, other) {
        return Stands::yes(None);
    }
    Stands::no(lists(one, other, scene))
}

/// Which of the two lists the other, if one does; else which of them doesn't run.
fn lists(one: &NodeName, other: &NodeName, scene: &Scene<'_>) -> Option<Localized> {
    let lists = |on: &NodeName, to: &NodeName| scene.world.lists.contains(&(on.clone(), to.clone()));
    let half = |on: &NodeName, to: &NodeName| messages::lists_one_way(&on.brief(), &to.brief());
    match (lists(one, other), lists(other, one)) {
        (true, true) => Some(messages::list_each_other(&one.brief(), &other.brief())),
        (true, false) => Some(half(one, other)),
        (false, true) => Some(half(other, one)),
        (false, false) => {
            let absent = [one, other].into_iter().find(|node| scene.world.node(node).is_none());
            Some(match absent {
                Some(node) => messages::does_not_run(&node.brief()),
                None => messages::neither_lists(),
            })
        }
    }
}

/// Both run, one looked the other up in this step, and that brought about no connection. Epmd isn't told who asks, so a
/// third node's look-up counts too: where it matters, what the one that refused has logged says who was refused.
pub fn refused(one: &NodeName, other: &NodeName, scene: &Scene<'_>) -> Stands {
    let pair = [(one, other), (other, one)];
    let is_listed = pair.iter().any(|(on, to)| scene.world.lists.contains(&((*on).clone(), (*to).clone())));
    if is_listed || pair.iter().any(|(node, _)| scene.world.node(node).is_none()) {
        return Stands::no(lists(one, other, scene));
    }
    let is_either = |name: &String| name == one.short() || name == other.short();
    let is_sought =
        |record: &Record| matches!(&record.fact, Fact::LookedUp { name, found: true } if is_either(name));
    let Some(sought) = scene.step.iter().rposition(is_sought) else {
        return Stands::no(messages::neither_looked());
    };
    // The look-up and the connection are heard on different lines, in either order: the input is before both.
    let is_input = |record: &Record| matches!(record.fact, Fact::Input { .. });
    let since = scene.step[..sought].iter().rposition(is_input).unwrap_or(0);
    let is_let_in =
        |record: &Record| matches!(&record.fact, Fact::Connected { on, to } if pair.contains(&(on, to)));
    if scene.step[since..].iter().any(is_let_in) {
        return Stands::no(messages::have_parted());
    }
    Stands::yes(messages::neither_lists())
}

pub fn waiting(at: &TerminalName, continuation: bool, scene: &Scene<'_>) -> Stands {
    let prompt = scene.world.prompts.get(at);
    let (waits, seen) = match prompt {
        Some(Prompt::Iex { text }) => (!continuation, messages::waits_at(at, &messages::quoted(text.trim()))),
        Some(Prompt::More { text }) => {
            (continuation, messages::waits_for_more(at, &messages::quoted(text.trim())))
        }
        Some(Prompt::Gets { .. }) => (false, messages::reads_a_line(at)),
        Some(Prompt::Dollar) => (false, messages::is_at_dollar(at)),
        Some(Prompt::Busy) => (false, messages::is_busy(at)),
        None => return Stands::no(None),
    };
    if waits { Stands::yes(seen) } else { Stands::no(seen) }
}
