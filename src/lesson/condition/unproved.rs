//! `unproved: CONDITION, because: REASON`: as CONDITION, though no answer of the lesson comes out otherwise without it.

use super::*;

#[derive(Debug, Clone)]
pub struct Unproved(pub Box<Condition>);

const UNPROVED: Key<Condition> = Key::new("unproved", "what must hold");
const BECAUSE: Key<PlainText> = Key::new("because", "why no answer can show that it is needed");

impl Written for Unproved {
    const FORMS: &'static [Form] = &[Form::new(UNPROVED.info(), &[BECAUSE.info()], Counts::AsItsParts)
        .about("As that condition, which `moebi lesson test` then takes on trust: no answer shows that it is needed.")
        .example(
            "{ unproved: { silent: kate }, because: 'what kate would print depends on the machine' }",
        )];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (inner, because) = (fields.required(&UNPROVED), fields.required(&BECAUSE));
        because.and(inner).map(|inner| Self(Box::new(inner)))
    }
}

impl Verb for Unproved {
    fn judge(&self, scene: &Scene<'_>, settled: bool) -> Judgement {
        self.0.judge(scene, settled)
    }

    fn expected(&self) -> Localized {
        self.0.expected()
    }

    fn denied(&self) -> Localized {
        self.0.denied()
    }

    fn achieved(&self) -> Localized {
        self.0.achieved()
    }

    fn parts(&self, scene: &Scene<'_>, settled: bool) -> Vec<Finding> {
        self.0.parts(scene, settled)
    }

    fn round(&self) -> Round {
        self.0.round()
    }

    fn is_refuted(&self, scene: &Scene<'_>) -> bool {
        self.0.is_refuted(scene)
    }

    fn needs_action(&self) -> bool {
        self.0.needs_action()
    }

    fn is_guard(&self) -> bool {
        self.0.is_guard()
    }

    fn is_state(&self) -> bool {
        self.0.is_state()
    }

    fn earns(&self) -> bool {
        self.0.earns()
    }

    fn inner(&self) -> &[Condition] {
        std::slice::from_ref(&*self.0)
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        self.0.samples(model)
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::Print;

    use super::{testing::*, *};

    #[test]
    fn it_is_judged_and_told_as_what_it_holds() {
        let unproved = || Unproved(Box::new(prints("Hi", "alex", "").into()));
        let story = || Story::new().types("alex", "go()");
        story().shows("alex", Print, "alex", "Hi\n").holds(unproved());
        story()
            .shows("alex", Print, "alex", "Ho\n")
            .misses(unproved(), "alex shows \"Ho\", printed by a process on alex");
        assert_eq!(story().judged(unproved()).expected.speak(Lang::En), "alex shows \"Hi\"");
    }
}
