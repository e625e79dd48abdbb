//! `silent: TERMINAL`: the latest input brought nothing (like `of`) there but what its own shell and logger wrote, nor
//! has anything come since that has no cause.

use super::*;

#[derive(Debug, Clone)]
pub struct Silent {
    pub at: TerminalName,
    pub of: Option<Pattern>,
}

const SILENT: Key<TerminalName> = Key::new("silent", "the terminal");
const OF: Key<Pattern> = Key::new("of", "only what is like this counts");

impl Written for Silent {
    const FORMS: &'static [Form] = &[Form::new(SILENT.info(), &[OF.info()], Counts::InTheEnd)
        .about("The latest input brought nothing to that terminal but what its own shell and logger wrote.")
        .example("{ silent: kate }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (at, of) = (fields.required(&SILENT), fields.optional(&OF));
        Some(Self { at: at?, of: of? })
    }
}

impl Verb for Silent {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let own = scene.own_node(&self.at);
        let inputs = scene.inputs();
        let latest = inputs.last();
        let is_of_it = |run: &Run<'_>| match (run.cause, latest) {
            (Some(cause), Some(latest)) => cause == latest.cause,
            (None, Some(latest)) => run.from > latest.index,
            (_, None) => true,
        };
        let is_loud = |run: &&Run<'_>| {
            let is_like_it = || self.of.as_ref().is_none_or(|of| of.is_match(&run.text));
            *run.terminal == self.at && is_of_it(run) && !is_own(run, own) && is_like_it()
        };
        match scene.runs().iter().find(is_loud) {
            Some(run) => {
                let found = self.of.as_ref().and_then(|of| of.find(&run.text));
                let said = found.map_or_else(|| last_line(&run.text), |found| quoted(found.as_str()));
                Judgement::no(shown(&self.at, &said, &origin(run.by)))
            }
            None => Judgement::yes(None),
        }
    }

    fn expected(&self) -> Localized {
        match &self.of {
            Some(of) => shows_nothing_like(&self.at, &readable(of)),
            None => stays_silent(&self.at),
        }
    }

    fn round(&self) -> Round {
        Round::Final
    }

    fn needs_action(&self) -> bool {
        false
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        vec![&self.at]
    }
}

/// Written by the terminal's own shell or logger; empty output is nothing.
fn is_own(run: &Run<'_>, own: Option<&NodeName>) -> bool {
    match run.kind {
        OutputKind::Log | OutputKind::Result | OutputKind::Error | OutputKind::Shell => {
            run.by.is_none() || run.by == own || run.text.is_empty()
        }
        OutputKind::Print | OutputKind::Stderr | OutputKind::Raw => run.text.is_empty(),
    }
}

crate::catalogue! {
    stays_silent(at: &TerminalName) { en: "{at} stays silent", el: "το {at} μένει σιωπηλό" }
    shows_nothing_like(at: &TerminalName, what: &Localized) {
        en: "{at} shows nothing like {what}",
        el: "το {at} δεν δείχνει κάτι σαν {what}",
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::{Log, Print, Raw, Shell, Stderr};

    use super::{testing::*, *};

    #[test]
    fn only_its_own_shell_and_logger_may_speak() {
        let asked = || Story::new().types("alex", "go");
        asked().holds(silent(None));
        asked()
            .shows("kate", Log, "kate", "[error] x\n")
            .shows("kate", Shell, "kate", "note\n")
            .holds(silent(None));
        asked()
            .shows("kate", Print, "kate", "Hi\n")
            .misses(silent(None), "kate shows \"Hi\", printed by a process on kate");
        asked()
            .shows("kate", Log, "alex", "[error] x\n")
            .misses(silent(None), "kate shows \"[error] x\", printed by a process on alex");
        asked().shows("kate", Stderr, "kate", "Hi\n").holds(silent(Some("chicken")));
        asked().shows("kate", Raw, "", "chicken\n").misses(silent(Some("chick")), "kate shows \"chick\"");
        asked().shows("kate", Print, "kate", "Hi\n").types("alex", "again").holds(silent(None));
    }
}
