//! `fault: { pause: kate }`: a fault that was done, written as it is in an answer. `lasts: true`: that node is still paused,
//! or that connection still cut, whenever it was done.

use super::*;
use crate::lesson::Fault;

#[derive(Debug, Clone)]
pub struct Befallen {
    pub fault: Fault,
    pub lasts: bool,
}

const FAULT: Key<Fault> = Key::new("fault", "what was done to a node or a connection");
const LASTS: Key<bool> = Key::new("lasts", "it is still so, whenever it was done");

impl Written for Befallen {
    const FORMS: &'static [Form] = &[Form::new(FAULT.info(), &[LASTS.info()], Counts::AddsUp)
        .about("A fault was done in this step, written as it is in an answer.")
        .example("{ fault: { pause: kate }, lasts: true }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (fault, lasts) = (fields.required(&FAULT), fields.optional(&LASTS));
        Some(Self { fault: fault?, lasts: lasts?.unwrap_or(false) })
    }
}

impl Verb for Befallen {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        if self.lasts {
            return match scene.world.is_under(&self.fault) {
                true => Judgement::yes(None),
                false => Judgement::no(None),
            };
        }
        let faults = || scene.records.iter().filter_map(|record| as_fault(&record.fact));
        match faults().any(|fault| fault.is_like(&self.fault)) {
            true => Judgement::yes(None),
            false => Judgement::no(faults().next_back().map(was_done)),
        }
    }

    fn expected(&self) -> Localized {
        was_done(&self.fault)
    }

    fn is_state(&self) -> bool {
        self.lasts
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.fault.terminals()
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

    fn done(fault: Fault) -> Befallen {
        Befallen { fault, lasts: false }
    }

    #[test]
    fn one_that_lasts_is_looked_for_in_the_world() {
        let lasts = |fault| Befallen { fault, lasts: true };
        let [pause, resume] = [Fault::Pause, Fault::Resume].map(|fault| fault(terminal("kate")));
        let cut = || Fault::Cut(terminal("alex"), terminal("kate"));
        let story = Story::new().uncaused().then(Fact::Fault(pause.clone())).then(Fact::Fault(cut()));
        let story = story.then(Fact::StepBegan);
        story.misses(done(pause.clone()), "");
        story.holds(lasts(pause.clone()));
        story.holds(lasts(cut()));
        story.then(Fact::Fault(resume)).misses(lasts(pause), "");
    }

    #[test]
    fn it_is_that_fault_and_that_node() {
        let paused = |name| Fault::Pause(terminal(name));
        Story::new().misses(done(paused("kate")), "");
        let story = Story::new().uncaused().then(Fact::Fault(paused("kate")));
        story.holds(done(paused("kate")));
        story.misses(done(paused("alex")), "kate was paused");
        story.misses(done(Fault::Kill(terminal("kate"))), "kate was paused");
    }

    #[test]
    fn a_pair_has_no_order() {
        let cut = |one, other| Fault::Cut(terminal(one), terminal(other));
        let story = Story::new().uncaused().then(Fact::Fault(cut("kate", "alex")));
        story.holds(done(cut("alex", "kate")));
        story.misses(
            done(Fault::Heal(terminal("alex"), terminal("kate"))),
            "kate and alex were cut off from each other",
        );
    }
}
