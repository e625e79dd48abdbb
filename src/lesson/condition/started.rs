//! `started: NODE`: a node of that full name runs, registered with epmd, and its shell has asked for input.

use super::*;

#[derive(Debug, Clone)]
pub struct Started {
    pub node: NodeName,
    pub at: Option<TerminalName>,
    pub cookie: Option<String>,
    /// Whether it must run within a Mix project.
    pub mix: bool,
}

const STARTED: Key<NodeName> = Key::new("started", "the node: `alex`, or its full name `alex@localhost`");
const IN: Key<TerminalName> = Key::new("in", "where it runs");
const COOKIE: Key<Word> = Key::new("cookie", "its cookie");
const MIX: Key<bool> = Key::new("mix", "whether a Mix project must be loaded in it");

impl Written for Started {
    const FORMS: &'static [Form] =
        &[Form::new(STARTED.info(), &[IN.info(), COOKIE.info(), MIX.info()], Counts::Now)
            .about("A node of that name runs, is registered with epmd, and its shell has asked for input.")
            .example("{ started: alex, in: alex }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (node, at) = (fields.required(&STARTED), fields.optional(&IN));
        let (cookie, mix) = (fields.optional(&COOKIE), fields.optional(&MIX));
        Some(Self { node: node?, at: at?, cookie: cookie?, mix: mix?.unwrap_or(false) })
    }
}

impl Verb for Started {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let (world, node) = (scene.world, &self.node);
        let is_there = |there: &TerminalName| self.at.as_ref().is_none_or(|at| at == there);
        let here = world.running.iter().find(|(there, running)| running.node == *node && is_there(there));
        let Some((there, running)) = here else { return Judgement::no(self.nearest(scene)) };
        if !world.registered.contains(node.short()) {
            return Judgement::no(not_registered(node, there));
        }
        if !running.is_ready {
            return Judgement::no(is_starting(node, there));
        }
        if self.mix && !running.mix {
            return Judgement::no(without_project(node));
        }
        match &self.cookie {
            Some(cookie) if *cookie != running.cookie => {
                Judgement::no(other_cookie(node, there, &quoted(&running.cookie)))
            }
            Some(_) | None => Judgement::yes(runs_in(node, there)),
        }
    }

    fn expected(&self) -> Localized {
        let cookie = self.cookie.as_ref().map_or_else(nothing, |cookie| with_cookie(&quoted(cookie)));
        let project = if self.mix { with_project() } else { nothing() };
        node_runs(&self.node, &place(self.at.as_ref()), &Localized::join(&[cookie, project], &nothing()))
    }

    fn denied(&self) -> Localized {
        runs_not(&self.node)
    }

    fn is_state(&self) -> bool {
        true
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }
}

impl Started {
    /// The node in the wrong terminal, or another node in the right one.
    fn nearest(&self, scene: &Scene<'_>) -> Option<Localized> {
        let running = &scene.world.running;
        let elsewhere = scene.world.node(&self.node).map(|there| runs_in(&self.node, there));
        let other = || {
            let (there, other) = match &self.at {
                Some(at) => running.get_key_value(at)?,
                None => running.iter().find(|(_, other)| other.node.short() == self.node.short())?,
            };
            Some(other_node(there, &other.node))
        };
        elsewhere.or_else(other)
    }
}

crate::catalogue! {
    node_runs(node: &NodeName, place: &Localized, with: &Localized) {
        en: "the node {node} runs{place}{with}",
        el: "ο κόμβος {node} τρέχει{place}{with}",
    }
    with_cookie(cookie: &str) { en: ", with the cookie {cookie}", el: ", με cookie {cookie}" }
    with_project { en: ", with the Mix project loaded", el: ", με φορτωμένο το έργο Mix" }
    runs_not(node: &NodeName) { en: "the node {node} doesn't run", el: "ο κόμβος {node} δεν τρέχει" }
    runs_in(node: &NodeName, at: &TerminalName) { en: "{node} runs in {at}", el: "ο κόμβος {node} τρέχει στο {at}" }
    not_registered(node: &NodeName, at: &TerminalName) {
        en: "{node} runs in {at}, but it isn't registered with epmd",
        el: "ο κόμβος {node} τρέχει στο {at}, αλλά δεν είναι καταχωρισμένος στο epmd",
    }
    is_starting(node: &NodeName, at: &TerminalName) {
        en: "{node} is starting in {at}",
        el: "ο κόμβος {node} ξεκινά στο {at}",
    }
    without_project(node: &NodeName) {
        en: "{node} runs without a Mix project",
        el: "ο κόμβος {node} τρέχει χωρίς έργο Mix",
    }
    other_cookie(node: &NodeName, at: &TerminalName, cookie: &str) {
        en: "{node} runs in {at}, but its cookie is {cookie}",
        el: "ο κόμβος {node} τρέχει στο {at}, αλλά το cookie του είναι {cookie}",
    }
    other_node(at: &TerminalName, node: &NodeName) {
        en: "the node in {at} is {node}",
        el: "ο κόμβος στο {at} είναι ο {node}",
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    fn started(at: Option<&str>, cookie: Option<&str>) -> Started {
        let (at, cookie) = (at.map(terminal), cookie.map(str::to_owned));
        Started { node: node("alex"), at, cookie, mix: false }
    }

    #[test]
    fn it_compares_the_full_name_the_terminal_and_the_cookie() {
        let story = Story::new();
        story.holds(started(Some("alex"), Some("secret")));
        story.misses(started(Some("kate"), None), "alex@localhost runs in alex");
        story.misses(
            started(None, Some("other")),
            "alex@localhost runs in alex, but its cookie is \"secret\"",
        );
        Story::empty().misses(started(None, None), "");
        let other_host = Story::empty().starts("alex", "alex@vm", "secret");
        other_host.misses(started(Some("alex"), None), "the node in alex is alex@vm");
        let unregistered = Story::new().then(Fact::Unregistered { name: "alex".into() });
        unregistered
            .misses(started(None, None), "alex@localhost runs in alex, but it isn't registered with epmd");
        Story::empty()
            .starts("alex", "alex@localhost", "secret")
            .misses(started(None, None), "alex@localhost is starting in alex");
        Story::new().misses(
            Started { mix: true, ..started(None, None) },
            "alex@localhost runs without a Mix project",
        );
    }
}
