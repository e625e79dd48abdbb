//! `probe: CODE`: evaluated in the nodes out of the learner's sight; what they say is judged.

use super::*;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    pub code: String,
    pub at: Vec<TerminalName>,
    /// A pattern that the value must match, on each terminal.
    pub gives: Option<String>,
    /// The values on all terminals are the same.
    pub same: bool,
    /// Whether the value must differ from the one at the step's start.
    pub changes: Option<bool>,
}

const PROBE: Key<Code> = Key::new("probe", "an expression; it sees the shell's variables");
const IN: Key<Terminals> = Key::new("in", "the terminals whose nodes are asked");
const GIVES: Key<Code> = Key::new("gives", "a pattern that the value matches, on each of them");
const SAME: Key<bool> = Key::new("same", "whether the value must be the same on all of them");
const CHANGES: Key<bool> =
    Key::new("changes", "whether the value must differ from the one at the step's start");

impl Written for Probe {
    const FORMS: &'static [Form] =
        &[Form::new(PROBE.info(), &[IN.info(), GIVES.info(), SAME.info(), CHANGES.info()], Counts::Now)
            .about("Code that is evaluated in nodes, out of the learner's sight; what it gives is judged.")
            .example("{ probe: 'function_exported?(Kate, :say_name, 0)', in: kate, gives: 'true' }")
            .requires(&["in"])
            .one_of(&["gives", "same", "changes"])];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let given = [fields.place(&GIVES), fields.place(&SAME), fields.place(&CHANGES)];
        if given.iter().all(Option::is_none) {
            fields
                .diag
                .error(&fields.verb, "a probe needs `gives`, `same` or `changes`")
                .help("say what it must give, as in `gives: 'true'`");
            return None;
        }
        let (code, at) = (fields.required(&PROBE), fields.required(&IN));
        let (gives, same) = (fields.optional(&GIVES), fields.optional(&SAME));
        let changes = fields.optional(&CHANGES);
        let (at, same) = (at?, same?.unwrap_or(false));
        if same
            && at.len() < 2
            && let Some(place) = fields.place(&SAME).cloned()
        {
            let diagnostic = fields.diag.error(&place, "`same` compares terminals");
            diagnostic.help("name two or more: `in: [alex, kate]`");
        }
        Some(Self { code: code?, at, gives: gives?, same, changes: changes? })
    }
}

impl Verb for Probe {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let said: Vec<_> = self.at.iter().map(|at| (at, self.said(at, scene.step))).collect();
        let holds = self.gives(&said) && self.is_same(&said) && self.has_changed(&said) && !said.is_empty();
        let told = self.told(&said);
        if holds { Judgement::yes(told) } else { Judgement::no(told) }
    }

    fn expected(&self) -> Localized {
        let places: Vec<_> = self.at.iter().map(|at| Verbatim::name(at).into()).collect();
        let mut parts = Vec::new();
        parts.extend(self.gives.as_ref().map(|pattern| gives(&code(pattern))));
        parts.extend(self.same.then(gives_the_same));
        parts.extend(self.changes.map(|changed| if changed { changes() } else { stays_as_it_was() }));
        probe_says(&code(&self.code), &Localized::join(&parts, &and()), &Localized::join(&places, &and_on()))
    }

    /// A value that is to stay as it was may not have been asked for since.
    fn is_refuted(&self, scene: &Scene<'_>) -> bool {
        let differs = |at| {
            let said = self.said(at, scene.step);
            value(said.baseline).zip(value(said.latest)).is_some_and(|(before, now)| before != now)
        };
        self.changes != Some(false) || self.at.iter().any(differs)
    }

    fn round(&self) -> Round {
        if self.changes == Some(false) { Round::Final } else { Round::AnyTime }
    }

    fn needs_action(&self) -> bool {
        self.gives.is_some() || self.same || self.changes == Some(true)
    }

    fn is_guard(&self) -> bool {
        true
    }

    fn is_visible(&self) -> bool {
        false
    }

    fn is_coded(&self) -> bool {
        true
    }

    fn is_state(&self) -> bool {
        true
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }

    fn probes(&self) -> Vec<&Probe> {
        vec![self]
    }
}

/// What one terminal said: at the step's start, and last.
struct Said<'a> {
    baseline: Option<&'a ProbeOutcome>,
    latest: Option<&'a ProbeOutcome>,
    /// The latest one came after the step's last input.
    is_fresh: bool,
}

impl Probe {
    fn said<'a>(&self, at: &TerminalName, step: &'a [Record]) -> Said<'a> {
        let is_input = |record: &Record| matches!(record.fact, Fact::Input { .. } | Fact::Line { .. });
        let first_input = step.iter().position(is_input).unwrap_or(step.len());
        let last_input = step.iter().rposition(is_input);
        let answer = |(index, record): (usize, &'a Record)| {
            let Fact::Probed { terminal, code, pattern, outcome } = &record.fact else { return None };
            let is_this = terminal == at && *code == self.code && *pattern == self.gives;
            is_this.then_some((index, outcome))
        };
        let latest = step.iter().enumerate().rev().find_map(answer);
        Said {
            // The first: a node that is closed before anything is typed gives none any more.
            baseline: step[..first_input].iter().enumerate().find_map(answer).map(|(_, outcome)| outcome),
            latest: latest.map(|(_, outcome)| outcome),
            is_fresh: latest.zip(last_input).is_some_and(|((at, _), input)| at > input),
        }
    }

    fn gives(&self, said: &[(&TerminalName, Said<'_>)]) -> bool {
        let is_match =
            |said: &Said<'_>| matches!(said.latest, Some(ProbeOutcome::Value { matched: Some(true), .. }));
        self.gives.is_none() || said.iter().all(|(_, said)| is_match(said))
    }

    fn is_same(&self, said: &[(&TerminalName, Said<'_>)]) -> bool {
        let values: Option<Vec<&str>> = said.iter().map(|(_, said)| value(said.latest)).collect();
        let are_same = |values: Vec<&str>| values.windows(2).all(|pair| pair[0] == pair[1]);
        !self.same || values.is_some_and(are_same)
    }

    fn has_changed(&self, said: &[(&TerminalName, Said<'_>)]) -> bool {
        let Some(wanted) = self.changes else { return true };
        said.iter().all(|(_, said)| {
            let pair = value(said.baseline).zip(value(said.latest)).filter(|_| said.is_fresh);
            pair.is_some_and(|(before, now)| (before != now) == wanted)
        })
    }

    /// What the terminals said, in one line.
    fn told(&self, said: &[(&TerminalName, Said<'_>)]) -> Option<Localized> {
        let answer = |at: &TerminalName, said: &Said<'_>| {
            Some(match said.latest? {
                ProbeOutcome::Value { inspected, .. } => match value(said.baseline) {
                    Some(before) if self.changes.is_some() && said.is_fresh && before != inspected => {
                        was_and_is(at, &code(before), &code(inspected))
                    }
                    Some(_) if self.changes.is_some() => still_is(at, &code(inspected)),
                    Some(_) | None => it_is(at, &code(inspected)),
                },
                ProbeOutcome::Raised(why) => it_raises(at, &first_line(why)),
                ProbeOutcome::TimedOut => no_answer(at),
                ProbeOutcome::NoNode => no_node(at),
            })
        };
        let answers: Vec<_> = said.iter().filter_map(|(at, said)| answer(at, said)).collect();
        (!answers.is_empty()).then(|| Localized::join(&answers, &semicolon()))
    }
}

fn value(outcome: Option<&ProbeOutcome>) -> Option<&str> {
    match outcome {
        Some(ProbeOutcome::Value { inspected, .. }) => Some(inspected),
        Some(ProbeOutcome::Raised(_) | ProbeOutcome::TimedOut | ProbeOutcome::NoNode) | None => None,
    }
}

crate::catalogue! {
    and_on { en: " and ", el: " και στο " }
    gives(pattern: &str) { en: "gives {pattern}", el: "δίνει {pattern}" }
    gives_the_same { en: "gives the same", el: "δίνει το ίδιο" }
    changes { en: "changes", el: "αλλάζει" }
    stays_as_it_was { en: "stays as it was", el: "μένει όπως ήταν" }
    probe_says(code: &str, what: &Localized, places: &Localized) {
        en: "{code} {what} on {places}",
        el: "το {code} {what} στο {places}",
    }
    was_and_is(at: &TerminalName, before: &str, now: &str) {
        en: "on {at} it was {before} and is {now}",
        el: "στο {at} ήταν {before} και είναι {now}",
    }
    still_is(at: &TerminalName, now: &str) { en: "on {at} it is still {now}", el: "στο {at} είναι ακόμη {now}" }
    it_is(at: &TerminalName, now: &str) { en: "on {at} it is {now}", el: "στο {at} είναι {now}" }
    it_raises(at: &TerminalName, why: &str) { en: "on {at} it raises {why}", el: "στο {at} προκαλεί το σφάλμα {why}" }
    no_answer(at: &TerminalName) { en: "{at} didn't answer in time", el: "το {at} δεν απάντησε εγκαίρως" }
    no_node(at: &TerminalName) { en: "no node runs in {at}", el: "κανένας κόμβος δεν τρέχει στο {at}" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    #[test]
    fn it_gives_on_every_terminal() {
        let gives = |at: &[&str]| probe(at, Some("1"), false, None);
        let story = Story::new().says("alex", "x", Some("1"), "1");
        story.holds(gives(&["alex"]));
        story.misses(gives(&["alex", "kate"]), "on alex it is `1`");
        let story = story.says("kate", "x", Some("1"), "2");
        story.misses(gives(&["alex", "kate"]), "on alex it is `1`; on kate it is `2`");
        let gone = Fact::Probed {
            terminal: terminal("alex"),
            code: "x".into(),
            pattern: Some("1".into()),
            outcome: ProbeOutcome::NoNode,
        };
        story.then(gone).misses(gives(&["alex"]), "no node runs in alex");
    }

    #[test]
    fn it_is_the_same_on_all() {
        let same = || probe(&["alex", "kate"], None, true, None);
        let story = Story::new().says("alex", "x", None, ":a");
        story.misses(same(), "on alex it is `:a`");
        story.says("kate", "x", None, ":a").holds(same());
        Story::new()
            .says("alex", "x", None, ":a")
            .says("kate", "x", None, ":b")
            .misses(same(), "on alex it is `:a`; on kate it is `:b`");
    }

    #[test]
    fn it_changes_against_the_steps_start() {
        let changes = |wanted| probe(&["alex"], None, false, Some(wanted));
        let began = || Story::new().says("alex", "x", None, "1").types("alex", "go");
        began().misses(changes(true), "on alex it is still `1`");
        began().misses(changes(false), "on alex it is still `1`");
        began().says("alex", "x", None, "2").holds(changes(true));
        began().says("alex", "x", None, "2").misses(changes(false), "on alex it was `1` and is `2`");
        began().says("alex", "x", None, "1").holds(changes(false));
        began()
            .says("alex", "x", None, "2")
            .types("alex", "more")
            .misses(changes(true), "on alex it is still `2`");
        Story::new()
            .types("alex", "go")
            .says("alex", "x", None, "2")
            .misses(changes(true), "on alex it is `2`");
        let closed = |story: Story| {
            let (code, outcome) = ("x".into(), ProbeOutcome::NoNode);
            story.then(Fact::Probed { terminal: terminal("alex"), code, pattern: None, outcome })
        };
        let restarted = closed(Story::new().says("alex", "x", None, "1")).types("alex", "iex");
        restarted.says("alex", "x", None, "2").holds(changes(true));
    }
}
