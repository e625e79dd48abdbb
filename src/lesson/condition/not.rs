//! `not: CONDITION`: it does not hold once everything else does and all is quiet.

use super::*;

#[derive(Debug, Clone)]
pub struct Not(pub Box<Condition>);

const NOT: Key<Condition> = Key::new("not", "what must not hold");

impl Written for Not {
    const FORMS: &'static [Form] = &[Form::new(NOT.info(), &[], Counts::InTheEnd)
        .about("This does not hold once everything else does and all is quiet.")
        .example("not: { prints: Hi, in: kate }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        fields.required(&NOT).map(|inner| Self(Box::new(inner)))
    }
}

impl Verb for Not {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let was_denied = scene.is_denied.replace(true);
        let judged = judge_one(&self.0, scene, true);
        scene.is_denied.set(was_denied);
        match judged.holds {
            true => Judgement::no(judged.seen.or_else(|| Some(self.0.expected()))),
            false => Judgement::yes(None),
        }
    }

    fn expected(&self) -> Localized {
        self.0.denied()
    }

    fn denied(&self) -> Localized {
        self.0.expected()
    }

    fn round(&self) -> Round {
        Round::Final
    }

    fn needs_action(&self) -> bool {
        false
    }

    fn is_guard(&self) -> bool {
        true
    }

    /// That something was typed is told as the pattern of it.
    fn is_visible(&self) -> bool {
        self.0.is_visible() && !self.0.is_guard()
    }

    fn is_state(&self) -> bool {
        self.0.is_state()
    }

    fn keeps_nodes_apart(&self) -> bool {
        false
    }

    fn inner(&self) -> &[Condition] {
        std::slice::from_ref(&*self.0)
    }

    fn with_inner(&self, inner: Vec<Condition>) -> Option<Condition> {
        let [inner] = <[Condition; 1]>::try_from(inner).ok()?;
        Some(Not(Box::new(inner)).into())
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::Print;

    use super::{testing::*, *};

    #[test]
    fn it_tells_what_it_saw() {
        let not = || Not(Box::new(prints("Hi", "alex", "").into()));
        Story::new().holds(not());
        let printed = Story::new().shows("alex", Print, "kate", "Hi\n");
        printed.misses(not(), "alex shows \"Hi\", printed by a process on kate");
        assert_eq!(printed.judged(not()).expected.speak(Lang::En), "alex doesn't show \"Hi\"");
    }
}
