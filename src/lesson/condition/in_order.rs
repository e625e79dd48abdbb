//! `in-order: [CONDITION, …]`: each holds on what was done since the one before it held.

use super::*;

#[derive(Debug, Clone)]
pub struct InOrder(pub Vec<Condition>);

const IN_ORDER: Key<Several> = Key::new("in-order", "what holds first, then, and so on");

impl Written for InOrder {
    const FORMS: &'static [Form] = &[Form::new(IN_ORDER.info(), &[], Counts::InOrder)
        .about("Each of these holds on what was done since the one before it held.")
        .example(
            "in-order: [{ typed: 'Node.set_cookie(_)', in: alex }, { typed: 'Node.list()', in: alex }]",
        )];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&IN_ORDER).map(Self)
    }
}

impl Verb for InOrder {
    /// All but the last hold on one input each, as things stood when it was given or after it. One input may do for several: nobody can tell
    /// in which order it brought things about.
    fn judge(&self, scene: &Scene<'_>, settled: bool) -> Judgement {
        let Some((last, before)) = self.0.split_last() else { return Judgement::yes(None) };
        let mut since = 0;
        for condition in before {
            let mut seen = None;
            let after = scene.first_input(since, |then| {
                let judged = judge_one(condition, then, settled);
                seen = judged.seen;
                judged.holds
            });
            match after {
                Some(after) => since = after,
                None => return Judgement::no(seen),
            }
        }
        judge_one(last, &scene.since(since), settled)
    }

    fn expected(&self) -> Localized {
        let expected: Vec<_> = self.0.iter().map(|condition| condition.expected()).collect();
        Localized::join(&expected, &and_then())
    }

    fn achieved(&self) -> Localized {
        match self.is_guard() {
            true => self.expected(),
            false => {
                let told = self.0.iter().filter(|inner| !inner.is_guard());
                Localized::join(&told.map(|inner| inner.achieved()).collect::<Vec<_>>(), &and_then())
            }
        }
    }

    fn round(&self) -> Round {
        if self.0.iter().any(Condition::is_final) { Round::Final } else { Round::AnyTime }
    }

    fn is_guard(&self) -> bool {
        self.0.iter().all(|inner| inner.is_guard())
    }

    fn earns(&self) -> bool {
        self.0.iter().any(|inner| inner.earns())
    }

    fn inner(&self) -> &[Condition] {
        &self.0
    }

    fn with_inner(&self, inner: Vec<Condition>) -> Option<Condition> {
        Some(InOrder(inner).into())
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        sample::together(&self.0, model)
    }
}

crate::catalogue! {
    and_then { en: ", then ", el: ", και μετά " }
}

#[cfg(test)]
mod tests {
    use OutputKind::Print;

    use super::{testing::*, *};
    use crate::lesson::Fault;

    #[test]
    fn what_came_in_another_order_does_not_count() {
        let order = || InOrder(vec![typed("_ = _").into(), prints("Hi", "alex", "kate").into()]);
        let variable = |story: Story| story.types("alex", "x = 1").asks("alex");
        let greeting =
            |story: Story| story.types("alex", "hi()").shows("alex", Print, "kate", "Hi\n").asks("alex");
        assert_eq!(variable(greeting(Story::new())).judged(order()).holds, Holds::NotYet);
        greeting(variable(Story::new())).holds(order());
        greeting(variable(greeting(Story::new()))).holds(order());
        // What comes late came of the line before.
        let story = Story::new().types("alex", "hi()").types("alex", "x = 1").asks("alex");
        let late = story.late("alex", 1).shows("alex", Print, "kate", "Hi\n");
        assert_eq!(late.judged(order()).holds, Holds::NotYet);
        let both = Story::new().types("alex", "x = hi()").shows("alex", Print, "kate", "Hi\n");
        both.asks("alex").holds(order());
    }

    #[test]
    fn a_probe_is_judged_as_it_answered_then() {
        let order = || {
            InOrder(vec![
                probe(&["alex"], Some("new"), false, None).into(),
                prints("Hi", "alex", "kate").into(),
            ])
        };
        let says = |story: Story, value| story.uncaused().says("alex", "x", Some("new"), value);
        let greets = |story: Story| story.types("alex", "hi()").shows("alex", Print, "kate", "Hi\n");
        let replaces = |story: Story| story.types("alex", "kill()").asks("alex");
        let first = says(greets(says(Story::new(), "old")), "old");
        assert_eq!(says(replaces(first), "new").judged(order()).holds, Holds::NotYet);
        let killed = says(replaces(says(Story::new(), "old")), "new");
        says(greets(killed), "new").holds(order());
        // Two lines before the nodes could be asked.
        says(greets(replaces(says(Story::new(), "old"))), "new").holds(order());
    }

    #[test]
    fn what_stood_is_judged_as_it_stood() {
        let runs_on_kate =
            || Started { node: node("kate"), at: Some(terminal("kate")), cookie: None, mix: false };
        let watched = || Together(vec![typed("watch()").into(), runs_on_kate().into()]);
        let order = || InOrder(vec![watched().into(), Stopped { node: node("kate") }.into()]);
        let watches = |story: Story| story.types("alex", "watch()").asks("alex");
        let stops =
            |story: Story| story.uncaused().stops("kate").then(Fact::Unregistered { name: "kate".into() });
        let kills = |story: Story| stops(story.uncaused().then(Fact::Fault(Fault::Kill(terminal("kate")))));
        kills(watches(Story::new())).holds(order());
        assert_eq!(watches(kills(Story::new())).judged(order()).holds, Holds::NotYet);
        let afresh = watches(kills(Story::new())).starts("kate", "kate@localhost", "secret").asks("kate");
        kills(watches(afresh)).holds(order());
        // A window that is closed is nothing that is typed.
        stops(watches(Story::new())).types("alex", "flush()").asks("alex").holds(order());
    }

    #[test]
    fn three_in_a_row() {
        let order = || InOrder(["a()", "b()", "c()"].map(|call| typed(call).into()).to_vec());
        let types = |story: Story, calls: &[&str]| {
            calls.iter().fold(story, |story, call| story.types("alex", call).asks("alex"))
        };
        types(Story::new(), &["a()", "b()", "c()"]).holds(order());
        types(Story::new(), &["c()", "a()", "x()", "b()", "c()"]).holds(order());
        for wrong in [&["b()", "a()", "c()"][..], &["a()", "c()", "b()"], &["a()", "b()"], &[]] {
            assert_ne!(types(Story::new(), wrong).judged(order()).holds, Holds::Yes, "{wrong:?}");
        }
    }
}
