//! `any: [CONDITION, …]`: one of them holds, and that is enough.

use super::*;

#[derive(Debug, Clone)]
pub struct Any(pub Vec<Condition>);

const ANY: Key<Several> = Key::new("any", "the choices");

impl Written for Any {
    const FORMS: &'static [Form] = &[Form::new(ANY.info(), &[], Counts::AsItsParts)
        .about("One of these holds, and that is enough.")
        .example("any: [{ returns: ':ok' }, { prints: ok }]")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&ANY).map(Self)
    }
}

impl Verb for Any {
    fn judge(&self, scene: &Scene<'_>, settled: bool) -> Judgement {
        let mut seen = None;
        for condition in &self.0 {
            let judged = judge_one(condition, scene, settled);
            if judged.holds {
                return Judgement::yes(judged.seen.or_else(|| Some(condition.expected())));
            }
            seen = seen.or(judged.seen);
        }
        Judgement::no(seen)
    }

    fn expected(&self) -> Localized {
        Localized::join(&self.0.iter().map(|inner| inner.expected()).collect::<Vec<_>>(), &comma_or())
    }

    fn denied(&self) -> Localized {
        Localized::join(&self.0.iter().map(|inner| inner.denied()).collect::<Vec<_>>(), &comma_and())
    }

    fn round(&self) -> Round {
        let is_any_time = |inner: &Condition| inner.round() == Round::AnyTime;
        if self.0.iter().all(is_any_time) { Round::AnyTime } else { Round::Mixed }
    }

    fn needs_action(&self) -> bool {
        self.0.iter().all(|inner| inner.needs_action())
    }

    fn is_guard(&self) -> bool {
        self.0.iter().all(|inner| inner.is_guard())
    }

    fn is_state(&self) -> bool {
        self.0.iter().all(|inner| inner.is_state())
    }

    /// One that guards is enough for the whole choice to hold.
    fn earns(&self) -> bool {
        self.0.iter().all(|inner| inner.earns())
    }

    fn inner(&self) -> &[Condition] {
        &self.0
    }

    fn with_inner(&self, inner: Vec<Condition>) -> Option<Condition> {
        Some(Any(inner).into())
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        self.0.iter().flat_map(|inner| inner.samples(model)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn one_is_enough() {
        let either = || Any(vec![prints("Hi", "alex", "").into(), prints("Ho", "alex", "").into()]);
        let story = || Story::new().types("alex", "go");
        story().shows("alex", OutputKind::Print, "alex", "Ho\n").holds(either());
        story()
            .shows("alex", OutputKind::Print, "alex", "Hu\n")
            .misses(either(), "alex shows \"Hu\", printed by a process on alex");
    }

    #[test]
    fn a_choice_with_something_final_waits_for_quiet() {
        let story = Story::new().types("alex", "go");
        let either = [Any(vec![silent(None).into(), prints("Ho", "alex", "kate").into()]).into()];
        assert_eq!(judge(&either, story.evidence(), false)[0].holds, Holds::NotYet);
        assert_eq!(judge(&either, story.evidence(), true)[0].holds, Holds::Yes);
    }
}
