//! What comes of a fault, and how soon: which nodes have lost whom.
//!
//! It is told as a whole once all is at rest. What comes later, as where a node has waited for one that is paused until it
//! gave up, is told when it comes.

use std::time::{Duration, Instant};

use crate::{
    i18n::Localized,
    lesson::{Fact, Fault, NodeName, TerminalName, World},
};

use super::messages;

#[derive(Debug, Default)]
pub(super) struct Aftermath {
    latest: Option<Watch>,
}

#[derive(Debug)]
struct Watch {
    fault: Fault,
    /// Those that it befell: a node that is killed is soon in no list any more.
    nodes: Vec<NodeName>,
    since: Instant,
    lost: Vec<Loss>,
    is_told: bool,
}

#[derive(Debug)]
struct Loss {
    on: NodeName,
    from: NodeName,
    after: Duration,
}

impl Aftermath {
    /// Takes in what happens, before it has changed the world; what is to be said of it at once.
    pub(super) fn heed(&mut self, fact: &Fact, world: &World, now: Instant) -> Option<Localized> {
        if let Fact::Fault(fault) = fact {
            self.latest = Some(Watch::new(fault, world, now));
            return None;
        }
        let Fact::Disconnected { on, from } = fact else { return None };
        let watch = self.latest.as_mut()?;
        let loss =
            Loss { on: on.clone(), from: from.clone(), after: now.saturating_duration_since(watch.since) };
        let is_late = watch.is_told && world.is_under(&watch.fault) && watch.is_about(&loss);
        let said = is_late.then(|| loss.told());
        watch.lost.push(loss);
        said
    }

    /// Whether there is something to tell once all is at rest. A node that is about to be killed is still at rest.
    pub(super) fn is_awaited(&self, world: &World) -> bool {
        let Some(watch) = self.latest.as_ref().filter(|watch| !watch.is_told) else { return false };
        !matches!(&watch.fault, Fault::Kill(terminal) if world.running.contains_key(terminal))
    }

    /// All is at rest.
    pub(super) fn tell(&mut self, world: &World) -> Vec<Localized> {
        let Some(watch) = self.latest.as_mut().filter(|watch| !watch.is_told) else { return Vec::new() };
        watch.is_told = true;
        let losses = watch.lost.iter().map(Loss::told);
        losses.chain(watch.conclusion(world)).collect()
    }
}

impl Watch {
    fn new(fault: &Fault, world: &World, now: Instant) -> Self {
        let node = |terminal: &TerminalName| Some(world.running.get(terminal)?.node.clone());
        let nodes = fault.terminals().into_iter().filter_map(node).collect();
        Self { fault: fault.clone(), nodes, since: now, lost: Vec::new(), is_told: false }
    }

    fn is_about(&self, loss: &Loss) -> bool {
        self.nodes.contains(&loss.on) || self.nodes.contains(&loss.from)
    }

    /// How things stand, and what a learner can do about it.
    fn conclusion(&self, world: &World) -> Option<Localized> {
        let is_unnoticed = self.lost.is_empty();
        match &self.fault {
            Fault::Kill(terminal) => is_unnoticed.then(|| messages::died_unnoticed(terminal)),
            Fault::Pause(terminal) if !world.paused.contains(terminal) => None,
            Fault::Pause(terminal) if world.lists.iter().any(|(_, to)| self.nodes.contains(to)) => {
                Some(messages::paused_unnoticed(terminal))
            }
            Fault::Pause(terminal) => Some(messages::paused(terminal)),
            Fault::Resume(terminal) => Some(messages::goes_on(terminal)),
            Fault::Cut(one, other) => Some(messages::cut(one, other)),
            Fault::Heal(one, other) => Some(messages::healed(one, other)),
        }
    }
}

impl Loss {
    fn told(&self) -> Localized {
        let milliseconds = u64::try_from(self.after.as_millis()).unwrap_or(u64::MAX);
        let (on, from) = (self.on.brief(), self.from.brief());
        match milliseconds {
            ..1_000 => messages::lost_within(milliseconds.max(1), &on, &from),
            _ => messages::lost_after(milliseconds / 1_000, milliseconds % 1_000 / 100, &on, &from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Evidence, Lang};

    fn name(name: &str) -> TerminalName {
        TerminalName::parse(name).expect("a name")
    }

    fn node(name: &str) -> NodeName {
        NodeName::parse(name).expect("a node's name")
    }

    fn lost(on: &str, from: &str) -> Fact {
        Fact::Disconnected { on: node(on), from: node(from) }
    }

    struct Fixture {
        evidence: Evidence,
        aftermath: Aftermath,
        began: Instant,
    }

    impl Fixture {
        fn new() -> Self {
            let (evidence, aftermath) = (Evidence::default(), Aftermath::default());
            let mut fixture = Self { evidence, aftermath, began: Instant::now() };
            for name in ["alex", "kate"] {
                let (terminal, cookie) = (self::name(name), String::new());
                fixture.happens(0, Fact::NodeStarted { terminal, node: node(name), cookie, mix: false });
            }
            fixture
        }

        fn happens(&mut self, milliseconds: u64, fact: Fact) -> Option<String> {
            let at = Duration::from_millis(milliseconds);
            let said = self.aftermath.heed(&fact, self.evidence.world(), self.began + at);
            self.evidence.push(at, None, fact);
            said.map(|said| said.speak(Lang::En).to_owned())
        }

        fn rests(&mut self) -> Vec<String> {
            let told = self.aftermath.tell(self.evidence.world());
            told.iter().map(|said| said.speak(Lang::En).to_owned()).collect()
        }
    }

    #[test]
    fn whoever_has_lost_a_dead_node_is_told_once_all_is_at_rest() {
        let mut fixture = Fixture::new();
        fixture.happens(10, Fact::Fault(Fault::Kill(name("kate"))));
        assert!(!fixture.aftermath.is_awaited(fixture.evidence.world()), "it still runs");
        fixture.happens(12, Fact::NodeStopped { terminal: name("kate"), node: node("kate") });
        assert!(fixture.aftermath.is_awaited(fixture.evidence.world()));
        assert_eq!(fixture.happens(14, lost("alex", "kate")), None);
        assert_eq!(fixture.rests(), ["After 4 ms alex lost its connection to kate."]);
        assert!(!fixture.aftermath.is_awaited(fixture.evidence.world()) && fixture.rests().is_empty());
        assert_eq!(fixture.happens(900, lost("alex", "moebi")), None, "that is another story");
    }

    #[test]
    fn a_death_that_nobody_saw_is_told_as_well() {
        let mut fixture = Fixture::new();
        fixture.happens(0, Fact::Fault(Fault::Kill(name("kate"))));
        assert_eq!(fixture.rests(), ["No other node was connected to kate, so none has noticed."]);
    }

    #[test]
    fn who_gives_up_on_a_paused_node_is_told_when_it_does() {
        let mut fixture = Fixture::new();
        fixture.happens(0, Fact::Connected { on: node("alex"), to: node("kate") });
        fixture.happens(0, Fact::Fault(Fault::Pause(name("kate"))));
        let told = fixture.rests();
        assert!(told[0].starts_with("kate is paused, and no other node has noticed"), "{told:?}");
        let told = fixture.happens(4_370, lost("alex", "kate"));
        assert_eq!(told.as_deref(), Some("After 4.3 s alex lost its connection to kate."));
        fixture.happens(5_000, Fact::Fault(Fault::Resume(name("kate"))));
        fixture.happens(5_002, lost("kate", "alex"));
        let told = fixture.rests();
        assert_eq!(told[0], "After 2 ms kate lost its connection to alex.");
        assert_eq!(told[1], "kate goes on, and answers what has come meanwhile.");
    }
}
