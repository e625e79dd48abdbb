//! `connected: [NODE, NODE]`: each lists the other.

use super::*;

#[derive(Debug, Clone)]
pub struct Connected(pub NodeName, pub NodeName);

const CONNECTED: Key<NodePair> = Key::new("connected", "the two nodes");

impl Written for Connected {
    const FORMS: &'static [Form] = &[Form::new(CONNECTED.info(), &[], Counts::Now)
        .about("Each of the two nodes lists the other.")
        .example("{ connected: [alex, kate] }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&CONNECTED).map(|(one, other)| Self(one, other))
    }
}

impl Verb for Connected {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let Self(one, other) = self;
        match scene.world.connected(one, other) {
            true => Judgement::yes(None),
            false => Judgement::no(who_lists_whom(one, other, scene)),
        }
    }

    fn expected(&self) -> Localized {
        are_connected(&self.0.brief(), &self.1.brief())
    }

    fn denied(&self) -> Localized {
        are_not_connected(&self.0.brief(), &self.1.brief())
    }

    fn is_state(&self) -> bool {
        true
    }
}

/// Which of the two lists the other, if one does; else which of them doesn't run.
pub(super) fn who_lists_whom(one: &NodeName, other: &NodeName, scene: &Scene<'_>) -> Localized {
    let lists = |on: &NodeName, to: &NodeName| scene.world.lists.contains(&(on.clone(), to.clone()));
    match (lists(one, other), lists(other, one)) {
        (true, true) => list_each_other(&one.brief(), &other.brief()),
        (true, false) => lists_one_way(&one.brief(), &other.brief()),
        (false, true) => lists_one_way(&other.brief(), &one.brief()),
        (false, false) => {
            let absent = [one, other].into_iter().find(|node| scene.world.node(node).is_none());
            absent.map_or_else(neither_lists, |node| does_not_run(&node.brief()))
        }
    }
}

crate::catalogue! {
    are_connected(one: &str, other: &str) {
        en: "{one} and {other} are connected",
        el: "οι κόμβοι {one} και {other} είναι συνδεδεμένοι",
    }
    are_not_connected(one: &str, other: &str) {
        en: "{one} and {other} are not connected",
        el: "οι κόμβοι {one} και {other} δεν είναι συνδεδεμένοι",
    }
    lists_one_way(on: &str, to: &str) {
        en: "{on} lists {to}, but not the other way",
        el: "ο κόμβος {on} έχει στη λίστα του τον {to}, αλλά όχι το αντίστροφο",
    }
    list_each_other(one: &str, other: &str) {
        en: "{one} and {other} list each other",
        el: "οι κόμβοι {one} και {other} έχουν ο ένας τον άλλον στη λίστα τους",
    }
    does_not_run(node: &str) { en: "{node} does not run", el: "ο κόμβος {node} δεν τρέχει" }
    neither_lists { en: "neither lists the other", el: "κανείς δεν έχει τον άλλον στη λίστα του" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_takes_both() {
        let connected = || Connected(node("alex"), node("kate"));
        Story::new().misses(connected(), "neither lists the other");
        Story::new().connects("alex", "kate").misses(connected(), "alex lists kate, but not the other way");
        Story::new().connects("alex", "kate").connects("kate", "alex").holds(connected());
        Story::new().stops("kate").misses(connected(), "kate does not run");
    }
}
