//! `prints: TEXT` and `matches: REGEX`: a process printed it. Neither a result nor an error of the shell counts, nor
//! what IEx itself says.

use super::*;

#[derive(Debug, Clone)]
pub struct Prints {
    pub what: Text,
    /// Whose screen.
    pub at: Option<TerminalName>,
    /// Whose process.
    pub by: Option<NodeName>,
    pub times: u32,
}

const PRINTS: Key<PlainText> = Key::new("prints", "the text, or a part of it");
const MATCHES: Key<Pattern> = Key::new("matches", "what the text is like");
const IN: Key<TerminalName> = Key::new("in", "whose screen");
const BY: Key<NodeName> = Key::new("by", "whose process");
const TIMES: Key<Count> = Key::new("times", "at least so often; once where it is left out");

impl Written for Prints {
    const FORMS: &'static [Form] = &[
        Form::new(PRINTS.info(), &[IN.info(), BY.info(), TIMES.info()], Counts::AddsUp)
.about("A process printed this text. Neither a value nor an error that the shell shows counts, nor what IEx itself says.")
.example("{ prints: Hi, in: alex, by: kate }"),
        Form::new(MATCHES.info(), &[IN.info(), BY.info(), TIMES.info()], Counts::AddsUp)
.about("As `prints`, with a regular expression.")
.example("{ matches: 'Hi, \\w+', in: alex, by: kate, times: 2 }"),
    ];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let what = match fields.place(&MATCHES) {
            Some(_) => fields.required(&MATCHES).map(Text::Regex),
            None => fields.required(&PRINTS).map(Text::Plain),
        };
        let (at, by, times) = (fields.optional(&IN), fields.optional(&BY), fields.optional(&TIMES));
        Some(Self { what: what?, at: at?, by: by?, times: times?.unwrap_or(1) })
    }
}

impl Verb for Prints {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let right = || scene.runs().iter().filter(|run| is_printed(run.kind) && self.is_right(run));
        let count: usize = right().map(|run| self.what.count(&run.text)).sum();
        if count >= self.times as usize {
            let found = right().find_map(|run| Some((run, self.what.find(&run.text)?)));
            return Judgement::yes(
                found.map(|(run, found)| shown(run.terminal, &quoted(found), &origin(run.by))),
            );
        }
        if count > 0 {
            return Judgement::no(printed_only(&times(count)));
        }
        Judgement::no(self.nearest(scene))
    }

    fn expected(&self) -> Localized {
        let often = if self.times > 1 { after_a_space(&times(self.times as usize)) } else { nothing() };
        shows(&somewhere(self.at.as_ref()), &self.what.described(), &often, &origin(self.by.as_ref()))
    }

    fn denied(&self) -> Localized {
        shows_not(&somewhere(self.at.as_ref()), &self.what.described())
    }

    fn is_coded(&self) -> bool {
        self.what.is_coded()
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        let scene = model.scene();
        let left = first(&scene, |run| {
            let found = self.what.find(&run.text)?;
            (is_printed(run.kind) && self.is_right(run)).then_some(found)
        });
        model.sample(What::Printed, left, self.what.plain(), self.at.as_ref())
    }
}

impl Prints {
    /// On the right screen, by a process of the right node.
    fn is_right(&self, run: &Run<'_>) -> bool {
        self.is_there(run) && self.by.as_ref().is_none_or(|by| Some(by) == run.by)
    }

    fn is_there(&self, run: &Run<'_>) -> bool {
        self.at.as_ref().is_none_or(|at| at == run.terminal)
    }

    /// The nearest miss: the right text by another process, elsewhere, or not printed at all; else another text.
    fn nearest(&self, scene: &Scene<'_>) -> Option<Localized> {
        let holding = || scene.runs().iter().filter(|run| self.what.is_in(&run.text));
        let printed = || holding().filter(|run| is_printed(run.kind));
        let other_process = printed().find(|run| self.is_there(run)).map(|run| match run.by {
            Some(by) => printed_by_other(run.terminal, &by.brief()),
            None => appeared_unprinted(run.terminal),
        });
        let elsewhere = || printed().next().map(|run| printed_on(run.terminal, &origin(run.by)));
        let unprinted = || {
            let run = holding().find(|run| self.is_there(run))?;
            Some(nothing_printed(run.terminal, &kind(run.kind)))
        };
        let other_text = || {
            let run = scene.runs().iter().rfind(|run| is_printed(run.kind) && self.is_right(run))?;
            Some(shown(run.terminal, &last_line(&run.text), &origin(run.by)))
        };
        other_process.or_else(elsewhere).or_else(unprinted).or_else(other_text)
    }
}

fn is_printed(kind: OutputKind) -> bool {
    match kind {
        OutputKind::Print | OutputKind::Log | OutputKind::Stderr | OutputKind::Raw => true,
        OutputKind::Result | OutputKind::Error | OutputKind::Shell => false,
    }
}

fn times(count: usize) -> Localized {
    match count {
        1 => once(),
        2 => twice(),
        more => many_times(more),
    }
}

crate::catalogue! {
    shows(at: &Localized, what: &Localized, often: &Localized, origin: &Localized) {
        en: "{at} shows {what}{often}{origin}",
        el: "{at} δείχνει {what}{often}{origin}",
    }
    shows_not(at: &Localized, what: &Localized) { en: "{at} doesn't show {what}", el: "{at} δεν δείχνει {what}" }
    after_a_space(what: &Localized) { en: " {what}", el: " {what}" }
    once { en: "once", el: "μία φορά" }
    twice { en: "twice", el: "δύο φορές" }
    many_times(count: usize) { en: "{count} times", el: "{count} φορές" }
    printed_only(often: &Localized) { en: "it was printed {often}", el: "τυπώθηκε {often}" }
    printed_by_other(at: &TerminalName, by: &str) {
        en: "it was printed on {at}, but by a process on {by}",
        el: "τυπώθηκε στο {at}, αλλά από διεργασία στον κόμβο {by}",
    }
    appeared_unprinted(at: &TerminalName) {
        en: "it appeared on {at}, but no process on a node printed it",
        el: "εμφανίστηκε στο {at}, αλλά δεν το τύπωσε διεργασία κάποιου κόμβου",
    }
    printed_on(at: &TerminalName, origin: &Localized) { en: "it was printed on {at}{origin}", el: "τυπώθηκε στο {at}{origin}" }
    nothing_printed(at: &TerminalName, kind: &Localized) {
        en: "{at} shows it as {kind}; nothing printed it",
        el: "στο {at} φαίνεται ως {kind}· δεν το τύπωσε καμία διεργασία",
    }
}

#[cfg(test)]
mod tests {
    use OutputKind::{Print, Raw, Result as Value};

    use super::{testing::*, *};

    #[test]
    fn it_wants_the_right_screen_and_the_right_process() {
        let hello = || prints("Hi, my name is Kate", "alex", "kate");
        let asked = || Story::new().types("alex", "IO.puts(\"Hi, my name is Kate\")");
        asked().shows("alex", Print, "kate", "Hi, my name is Kate\n").holds(hello());
        asked().misses(hello(), "");
        asked()
            .shows("alex", Print, "alex", "Hi, my name is Kate\n")
            .misses(hello(), "it was printed on alex, but by a process on alex");
        asked()
            .shows("kate", Print, "kate", "Hi, my name is Kate\n")
            .misses(hello(), "it was printed on kate, printed by a process on kate");
        asked()
            .shows("alex", Value, "alex", "\"Hi, my name is Kate\"\n")
            .misses(hello(), "alex shows it as a value; nothing printed it");
        asked()
            .shows("alex", Print, "kate", "Hi, my name is Cate\n")
            .misses(hello(), "alex shows \"Hi, my name is Cate\", printed by a process on kate");
        asked()
            .shows("alex", Raw, "", "Hi, my name is Kate\n")
            .misses(hello(), "it appeared on alex, but no process on a node printed it");
        let expected = asked().judged(hello()).expected;
        assert_eq!(
            expected.speak(Lang::En),
            "alex shows \"Hi, my name is Kate\", printed by a process on kate"
        );
    }

    #[test]
    fn a_text_may_come_in_pieces_in_colour_and_among_others() {
        let story = Story::new().types("alex", "go").shows("alex", Print, "kate", "Hi, \u{1b}[1mmy");
        let story =
            story.shows("kate", Print, "kate", "noise").shows("alex", Print, "kate", "\u{1b}[0m name");
        story.holds(prints("Hi, my name", "alex", "kate"));
        let broken = Story::new().types("alex", "go").shows("alex", Print, "kate", "Hi, ");
        let broken = broken.shows("alex", Print, "alex", "oh").shows("alex", Print, "kate", "my");
        assert_eq!(broken.judged(prints("Hi, my", "alex", "kate")).holds, Holds::NotYet);
    }

    #[test]
    fn it_counts_and_forgets_the_step_before() {
        let twice = || Prints { what: Text::Regex(regex("a+")), at: None, by: None, times: 2 };
        Story::new().shows("alex", Print, "alex", "aa\n").misses(twice(), "it was printed once");
        Story::new().shows("alex", Print, "alex", "aa\nb aa").holds(twice());
        let before = Story::new().shows("alex", Print, "alex", "aa\naa").then(Fact::StepBegan);
        before.misses(twice(), "");
    }
}
