//! `stopped: NODE`: it runs nowhere, and its name is free again.

use super::{started::runs_in, *};

#[derive(Debug, Clone)]
pub struct Stopped {
    pub node: NodeName,
}

const STOPPED: Key<NodeName> = Key::new("stopped", "the node: `alex`, or its full name `alex@localhost`");

impl Written for Stopped {
    const FORMS: &'static [Form] = &[Form::new(STOPPED.info(), &[], Counts::Now)
        .about("No node of that name runs, and the name is free again.")
        .example("{ stopped: kate }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        Some(Self { node: fields.required(&STOPPED)? })
    }
}

impl Verb for Stopped {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        if let Some(there) = scene.world.node(&self.node) {
            return Judgement::no(runs_in(&self.node, there));
        }
        if scene.world.registered.contains(self.node.short()) {
            return Judgement::no(still_registered(self.node.short()));
        }
        Judgement::yes(None)
    }

    fn expected(&self) -> Localized {
        has_stopped(&self.node)
    }

    fn is_state(&self) -> bool {
        true
    }
}

crate::catalogue! {
    has_stopped(node: &NodeName) { en: "the node {node} has stopped", el: "ο κόμβος {node} έχει σταματήσει" }
    still_registered(name: &str) {
        en: "the name {name} is still registered with epmd",
        el: "το όνομα {name} είναι ακόμη καταχωρισμένο στο epmd",
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_is_gone_and_its_name_free() {
        let stopped = || Stopped { node: node("kate") };
        Story::new().misses(stopped(), "kate@localhost runs in kate");
        Story::new().stops("kate").misses(stopped(), "the name kate is still registered with epmd");
        Story::new().stops("kate").then(Fact::Unregistered { name: "kate".into() }).holds(stopped());
    }
}
