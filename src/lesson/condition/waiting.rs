//! `waiting: TERMINAL`: its prompt waits for an expression, or, with `continuation`, for the rest of one.

use super::*;

#[derive(Debug, Clone)]
pub struct Waiting {
    pub at: TerminalName,
    pub continuation: bool,
}

const WAITING: Key<TerminalName> = Key::new("waiting", "the terminal");
const CONTINUATION: Key<bool> = Key::new("continuation", "whether it is stuck in an unfinished expression");

impl Written for Waiting {
    const FORMS: &'static [Form] = &[Form::new(WAITING.info(), &[CONTINUATION.info()], Counts::Now)
        .about("The terminal's prompt waits for an expression or, with `continuation`, for the rest of one.")
        .example("{ waiting: alex, continuation: true }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (at, continuation) = (fields.required(&WAITING), fields.optional(&CONTINUATION));
        Some(Self { at: at?, continuation: continuation?.unwrap_or(false) })
    }
}

impl Verb for Waiting {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let at = &self.at;
        let (waits, seen) = match scene.world.prompts.get(at) {
            Some(Prompt::Iex { text }) => (!self.continuation, waits_at(at, &quoted(text.trim()))),
            Some(Prompt::More { text }) => (self.continuation, waits_for_more(at, &quoted(text.trim()))),
            Some(Prompt::Gets { .. }) => (false, reads_a_line(at)),
            Some(Prompt::Dollar) => (false, is_at_dollar(at)),
            Some(Prompt::Busy) => (false, is_busy(at)),
            None => return Judgement::no(None),
        };
        if waits { Judgement::yes(seen) } else { Judgement::no(seen) }
    }

    fn expected(&self) -> Localized {
        if self.continuation { waits_for_the_rest(&self.at) } else { waits(&self.at) }
    }

    fn is_state(&self) -> bool {
        true
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        vec![&self.at]
    }
}

crate::catalogue! {
    waits(at: &TerminalName) { en: "{at} waits for an expression", el: "το {at} περιμένει μια έκφραση" }
    waits_for_the_rest(at: &TerminalName) {
        en: "{at} waits for the rest of an expression",
        el: "το {at} περιμένει τη συνέχεια μιας έκφρασης",
    }
    waits_at(at: &TerminalName, prompt: &str) { en: "{at} waits at {prompt}", el: "το {at} περιμένει στο {prompt}" }
    waits_for_more(at: &TerminalName, prompt: &str) {
        en: "{at} waits for more, at {prompt}",
        el: "το {at} περιμένει τη συνέχεια, στο {prompt}",
    }
    reads_a_line(at: &TerminalName) {
        en: "a program in {at} reads a line",
        el: "ένα πρόγραμμα στο {at} διαβάζει μια γραμμή",
    }
    is_at_dollar(at: &TerminalName) { en: "{at} is at $", el: "το {at} είναι στο $" }
    is_busy(at: &TerminalName) { en: "{at} is busy", el: "το {at} είναι απασχολημένο" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn a_prompt_is_told_from_a_continuation() {
        let waiting = |continuation| Waiting { at: terminal("alex"), continuation };
        let prompt = Prompt::More { text: "...(1)> ".into() };
        Story::new().holds(waiting(false));
        Story::new().misses(waiting(true), "alex waits at \"iex(1)>\"");
        let stuck = Story::new().then(Fact::Prompt { terminal: terminal("alex"), prompt });
        stuck.holds(waiting(true));
        stuck.misses(waiting(false), "alex waits for more, at \"...(1)>\"");
    }
}
