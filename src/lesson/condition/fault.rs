//! `fault: { pause: kate }`: a fault that was done, written as it is in an answer.

use super::*;
use crate::lesson::Fault;

#[derive(Debug, Clone)]
pub struct Befallen(pub Fault);

const FAULT: Key<Fault> = Key::new("fault", "what was done to a node or a connection");

impl Written for Befallen {
    const FORMS: &'static [Form] = &[Form { verb: FAULT.info(), keys: &[] }];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&FAULT).map(Self)
    }
}

impl Verb for Befallen {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let faults = || scene.records.iter().filter_map(|record| as_fault(&record.fact));
        match faults().any(|fault| fault.is_like(&self.0)) {
            true => Judgement::yes(None),
            false => Judgement::no(faults().last().map(was_done)),
        }
    }

    fn expected(&self) -> Localized {
        was_done(&self.0)
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.0.terminals()
    }
}

fn as_fault(fact: &Fact) -> Option<&Fault> {
    match fact {
        Fact::Fault(fault) => Some(fault),
        _ => None,
    }
}

fn was_done(fault: &Fault) -> Localized {
    match fault {
        Fault::Kill(node) => was_killed(node),
        Fault::Pause(node) => was_paused(node),
        Fault::Resume(node) => was_resumed(node),
        Fault::Cut(one, other) => were_cut(one, other),
        Fault::Heal(one, other) => were_healed(one, other),
    }
}

crate::catalogue! {
    was_killed(node: &TerminalName) { en: "{node} was killed", el: "ο {node} τερματίστηκε απότομα" }
    was_paused(node: &TerminalName) { en: "{node} was paused", el: "ο {node} μπήκε σε παύση" }
    was_resumed(node: &TerminalName) { en: "{node} goes on", el: "ο {node} συνεχίζει" }
    were_cut(one: &TerminalName, other: &TerminalName) {
        en: "{one} and {other} were cut off from each other",
        el: "ο {one} και ο {other} αποκόπηκαν μεταξύ τους",
    }
    were_healed(one: &TerminalName, other: &TerminalName) {
        en: "{one} and {other} can connect again",
        el: "ο {one} και ο {other} μπορούν πάλι να συνδεθούν",
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_is_that_fault_and_that_node() {
        let paused = |name| Fault::Pause(terminal(name));
        Story::new().misses(Befallen(paused("kate")), "");
        let story = Story::new().uncaused().then(Fact::Fault(paused("kate")));
        story.holds(Befallen(paused("kate")));
        story.misses(Befallen(paused("alex")), "kate was paused");
        story.misses(Befallen(Fault::Kill(terminal("kate"))), "kate was paused");
    }

    #[test]
    fn a_pair_has_no_order() {
        let cut = |one, other| Fault::Cut(terminal(one), terminal(other));
        let story = Story::new().uncaused().then(Fact::Fault(cut("kate", "alex")));
        story.holds(Befallen(cut("alex", "kate")));
        story.misses(
            Befallen(Fault::Heal(terminal("alex"), terminal("kate"))),
            "kate and alex were cut off from each other",
        );
    }
}
