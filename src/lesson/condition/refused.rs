//! `refused: [NODE, NODE]`: both run, one looked the other up in this step, and that brought about no connection.
//!
//! Epmd isn't told who asks, so a third node's look-up counts too: where it matters, what the one that refused has
//! logged says who was refused.

use super::{
    connected::{neither_lists, who_lists_whom},
    *,
};

#[derive(Debug, Clone)]
pub struct Refused(pub NodeName, pub NodeName);

const REFUSED: Key<NodePair> = Key::new("refused", "the two nodes");

impl Written for Refused {
    const FORMS: &'static [Form] = &[Form::new(REFUSED.info(), &[], Counts::InTheEnd)
        .about("Both nodes run, one looked the other up in this step, and no connection came of it.")
        .example("{ refused: [alex, kate] }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&REFUSED).map(|(one, other)| Self(one, other))
    }
}

impl Verb for Refused {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let Self(one, other) = self;
        let pair = [(one, other), (other, one)];
        let lists =
            |(on, to): &(&NodeName, &NodeName)| scene.world.lists.contains(&((*on).clone(), (*to).clone()));
        if pair.iter().any(lists) || pair.iter().any(|(node, _)| scene.world.node(node).is_none()) {
            return Judgement::no(who_lists_whom(one, other, scene));
        }
        let is_either = |name: &String| name == one.short() || name == other.short();
        let is_sought =
            |record: &Record| matches!(&record.fact, Fact::LookedUp { name, found: true } if is_either(name));
        let Some(sought) = scene.step.iter().rposition(is_sought) else {
            return Judgement::no(neither_looked());
        };
        // The look-up and the connection are heard on different lines, in either order: the input is before both.
        let since = scene.step[..sought].iter().rposition(|record| is_deed(&record.fact)).unwrap_or(0);
        let is_let_in =
            |record: &Record| matches!(&record.fact, Fact::Connected { on, to } if pair.contains(&(on, to)));
        match scene.step[since..].iter().any(is_let_in) {
            true => Judgement::no(have_parted()),
            false => Judgement::yes(neither_lists()),
        }
    }

    fn expected(&self) -> Localized {
        are_refused(&self.0.brief(), &self.1.brief())
    }

    fn round(&self) -> Round {
        Round::Final
    }

    fn is_state(&self) -> bool {
        true
    }

    fn keeps_nodes_apart(&self) -> bool {
        true
    }
}

crate::catalogue! {
    are_refused(one: &str, other: &str) {
        en: "{one} and {other} look for each other, and don't connect",
        el: "οι κόμβοι {one} και {other} αναζητούν ο ένας τον άλλον, και δεν συνδέονται",
    }
    neither_looked { en: "neither looked for the other", el: "κανείς δεν αναζήτησε τον άλλον" }
    have_parted {
        en: "they were connected, and have parted",
        el: "είχαν συνδεθεί, και η σύνδεση κόπηκε",
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    fn refused() -> Refused {
        Refused(node("alex"), node("kate"))
    }

    fn calls(story: Story) -> Story {
        story.types("alex", "call").then(Fact::LookedUp { name: "kate".into(), found: true })
    }

    #[test]
    fn one_was_sought_and_neither_let_in() {
        calls(Story::new()).holds(refused());
        let connected = calls(Story::new()).connects("kate", "alex");
        connected.misses(refused(), "kate lists alex, but not the other way");
        Story::new().misses(refused(), "neither looked for the other");
        Story::new()
            .then(Fact::LookedUp { name: "kate".into(), found: false })
            .misses(refused(), "neither looked for the other");
    }

    /// What looks like a refusal: a connection that was cut again, a node that has gone, one let in at last.
    #[test]
    fn it_is_neither_let_in_nor_gone() {
        let connects = |story: Story| story.connects("alex", "kate").connects("kate", "alex");
        let parts = |story: Story| {
            let pair = [("alex", "kate"), ("kate", "alex")];
            pair.into_iter().fold(story, |story, (on, from)| {
                story.then(Fact::Disconnected { on: node(on), from: node(from) })
            })
        };
        let cut = || parts(connects(calls(Story::new())));
        cut().misses(refused(), "they were connected, and have parted");
        parts(cut().types("alex", "cut").types("kate", "x"))
            .misses(refused(), "they were connected, and have parted");
        calls(cut()).holds(refused());
        calls(Story::new()).stops("kate").misses(refused(), "kate does not run");
        calls(Story::new()).stops("alex").misses(refused(), "alex does not run");
        // The nodes and epmd are heard on lines of their own, so that the news may come before its cause.
        let early = parts(connects(Story::new().types("alex", "call")));
        early
            .then(Fact::LookedUp { name: "kate".into(), found: true })
            .misses(refused(), "they were connected, and have parted");
    }
}
