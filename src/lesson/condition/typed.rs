//! `typed: PATTERN`: the syntax tree of an input contains it.

use super::*;

#[derive(Debug, Clone)]
pub struct Typed {
    /// Elixir code in which `_` matches anything.
    pub pattern: String,
    pub at: Option<TerminalName>,
}

const TYPED: Key<Code> = Key::new("typed", "a pattern of Elixir");
const IN: Key<TerminalName> = Key::new("in", "where it is typed");

impl Written for Typed {
    const FORMS: &'static [Form] = &[Form::new(TYPED.info(), &[IN.info()], Counts::AddsUp)
        .about("The syntax tree of an input contains this pattern. At `$` nothing is Elixir.")
        .example("{ typed: 'Node.spawn_link(:kate@localhost, _)', in: alex }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (pattern, at) = (fields.required(&TYPED), fields.optional(&IN));
        Some(Self { pattern: pattern?, at: at? })
    }
}

impl Verb for Typed {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let is_there = |terminal| self.at.as_ref().is_none_or(|at| at == terminal);
        let mut elsewhere = None;
        let inputs = scene.inputs();
        for input in &inputs {
            // What must not be typed is looked for beside the value too.
            let is_of_value = scene.is_of_value && !scene.is_denied.get();
            let is_it = if is_of_value { syntax::gives } else { syntax::contains };
            // At `$` nothing is Elixir, whatever it looks like.
            if !input.at_node || !is_it(&scene.code(input), &self.pattern) {
                continue;
            }
            if is_there(input.terminal) {
                return Judgement::yes(None);
            }
            elsewhere = Some(typed_elsewhere(input.terminal));
        }
        // Of several, nobody knows which was meant to be it.
        let mut there = inputs.iter().filter(|input| is_there(input.terminal));
        let only = there.next().filter(|_| there.next().is_none());
        Judgement::no(elsewhere.or_else(|| only.map(|only| was_typed(&code(only.text.trim_end())))))
    }

    fn expected(&self) -> Localized {
        is_typed(&code(&self.pattern), &place(self.at.as_ref()))
    }

    fn denied(&self) -> Localized {
        is_not_typed(&code(&self.pattern))
    }

    fn is_guard(&self) -> bool {
        true
    }

    fn is_coded(&self) -> bool {
        has_wildcard(&self.pattern)
    }

    fn earns(&self) -> bool {
        false
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }
}

crate::catalogue! {
    is_typed(what: &str, place: &Localized) { en: "{what} is typed{place}", el: "γράφεται {what}{place}" }
    is_not_typed(what: &str) { en: "{what} isn't typed", el: "δεν γράφεται {what}" }
    typed_elsewhere(at: &TerminalName) { en: "it was typed in {at}", el: "γράφτηκε στο {at}" }
    was_typed(what: &str) { en: "{what} was typed", el: "γράφτηκε {what}" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_is_found_in_any_input_of_the_step() {
        let typed = || Typed { pattern: "Node.self()".into(), at: Some(terminal("alex")) };
        Story::new().types("alex", "x = Node.self").types("alex", "1").holds(typed());
        Story::new().misses(typed(), "");
        Story::new().types("kate", "Node.self()").misses(typed(), "it was typed in kate");
        Story::new().types("alex", "\"Node.self()\"").misses(typed(), "`\"Node.self()\"` was typed");
        Story::new().runs("alex", "Node.self()").misses(typed(), "`Node.self()` was typed");
        Story::new().types("alex", "me = Node").types("alex", "me.self").holds(typed());
        Story::new().types("alex", "Node.sel()").types("alex", "1").misses(typed(), "");
        let part = Typed { pattern: "x".into(), at: None };
        Story::new().runs("alex", "iex --sname a").misses(part, "`iex --sname a` was typed");
    }
}
