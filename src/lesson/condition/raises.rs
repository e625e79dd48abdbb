//! `raises: REGEX`: the last input on a terminal ended in such an error, or in such an exit of the shell, which may
//! come late.

use super::*;

#[derive(Debug, Clone)]
pub struct Raises {
    pub what: Pattern,
    pub at: Option<TerminalName>,
}

const RAISES: Key<Pattern> = Key::new("raises", "what the error's text is like");
const IN: Key<TerminalName> = Key::new("in", "whose input");

impl Written for Raises {
    const FORMS: &'static [Form] = &[Form::new(RAISES.info(), &[IN.info()], Counts::Latest)
.about("The last input in that terminal ended in such an error, or in such an exit of its shell, which may come late.")
.example("{ raises: 'noconnection', in: alex }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (what, at) = (fields.required(&RAISES), fields.optional(&IN));
        Some(Self { what: what?, at: at? })
    }
}

impl Verb for Raises {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let errors = || scene.runs().iter().filter(|run| run.kind == OutputKind::Error);
        let mut terminals: Vec<_> = errors().map(|run| run.terminal).collect();
        terminals.sort();
        terminals.dedup();
        let inputs = scene.inputs();
        let mut seen = None;
        for terminal in terminals {
            // Nobody typed what a fault ends.
            if inputs.is_empty() && !scene.is_of_fault() {
                continue;
            }
            let last = inputs.iter().rfind(|input| input.terminal == terminal);
            // Of the last input there; what came from elsewhere, or from nobody knows where, is of the last one if it
            // came after that.
            let is_of_last = |run: &&Run<'_>| match (last, run.cause) {
                (None, _) => true,
                (Some(last), Some(cause)) if cause.terminal == *terminal => cause == last.cause,
                (Some(last), _) => run.from > last.index,
            };
            let of_last = errors().filter(|run| run.terminal == terminal).filter(is_of_last);
            let raised: String = of_last.map(|run| run.text.as_ref()).collect();
            let is_there = self.is_in(terminal);
            match self.what.find(&raised) {
                Some(found) if is_there => {
                    return Judgement::yes(raised_in(terminal, &quoted(found.as_str())));
                }
                Some(_) => seen = Some(raised_elsewhere(terminal)),
                None if is_there && !raised.trim().is_empty() => {
                    seen = seen.or_else(|| Some(raised_in(terminal, &first_line(&raised))));
                }
                None => {}
            }
        }
        Judgement::no(seen.or_else(|| self.shown_instead(scene)))
    }

    fn expected(&self) -> Localized {
        must_raise(&input(self.at.as_ref()), &readable(&self.what))
    }

    fn denied(&self) -> Localized {
        raises_not(&input(self.at.as_ref()), &readable(&self.what))
    }

    fn is_coded(&self) -> bool {
        is_coded(&self.what)
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        let scene = model.scene();
        let left = first(&scene, |run| {
            let is_it = run.kind == OutputKind::Error && self.is_in(run.terminal);
            self.what.find(&run.text).filter(|_| is_it).map(|found| found.as_str())
        });
        model.sample(What::Error, left, None, self.at.as_ref())
    }
}

impl Raises {
    fn is_in(&self, terminal: &TerminalName) -> bool {
        self.at.as_ref().is_none_or(|at| at == terminal)
    }

    fn shown_instead(&self, scene: &Scene<'_>) -> Option<Localized> {
        let is_it = |run: &&Run<'_>| {
            run.kind != OutputKind::Error && self.is_in(run.terminal) && self.what.is_match(&run.text)
        };
        let run = scene.runs().iter().find(is_it)?;
        Some(no_error(run.terminal, &kind(run.kind)))
    }
}

crate::catalogue! {
    must_raise(input: &Localized, what: &Localized) { en: "{input} raises {what}", el: "{input} προκαλεί το σφάλμα {what}" }
    raises_not(input: &Localized, what: &Localized) {
        en: "{input} doesn't raise {what}",
        el: "{input} δεν προκαλεί το σφάλμα {what}",
    }
    raised_in(at: &TerminalName, what: &str) { en: "{at} raised {what}", el: "στο {at} προκλήθηκε το σφάλμα {what}" }
    raised_elsewhere(at: &TerminalName) { en: "it was raised on {at}", el: "προκλήθηκε στο {at}" }
    no_error(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}, not as an error of its input",
        el: "στο {at} φαίνεται ως {kind}, όχι ως σφάλμα της εντολής",
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::{Error, Print};

    use super::{testing::*, *};

    #[test]
    fn it_is_an_error_of_the_last_input() {
        let asked = || Story::new().types("alex", "Kate.say_name()");
        let undefined = || raises(r"say_name/0 is undefined");
        asked()
            .shows("alex", Error, "alex", "** Kate.say_name/0 is undefined\n")
            .asks("alex")
            .holds(undefined());
        asked()
            .asks("alex")
            .shows(
                "alex",
                Error,
                "alex",
                "** (EXIT from #PID<0.1.0>) shell process exited with reason: :boom\n",
            )
            .holds(raises("exited with reason: :boom"));
        asked()
            .shows("alex", Error, "alex", "** say_name/0 is undefined\n")
            .types("alex", "1")
            .misses(undefined(), "");
        asked()
            .shows("alex", Print, "alex", "say_name/0 is undefined\n")
            .misses(undefined(), "alex shows it as printed text, not as an error of its input");
        asked().shows("alex", Error, "alex", "** boo\nmore\n").misses(undefined(), "alex raised \"** boo\"");
        Story::new().shows("alex", Error, "alex", "** say_name/0 is undefined\n").misses(undefined(), "");
    }
}
