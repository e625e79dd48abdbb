//! `runs: COMMAND`: a command at `$` has ended so. The latest run is what counts, and only where nothing else on its
//! line has a say in how it ended.

use super::*;

#[derive(Debug, Clone)]
pub struct Runs {
    /// The words that it begins with; `_` is any word.
    pub command: String,
    pub line: Option<Pattern>,
    pub at: Option<TerminalName>,
    pub exit: Option<i32>,
    pub prints: Vec<Text>,
    pub lacks: Vec<Text>,
}

const RUNS: Key<PlainText> = Key::new("runs", "the words that the command begins with; `_` is any word");
const IN: Key<TerminalName> = Key::new("in", "where it runs");
const EXIT: Key<u32> = Key::new("exit", "its exit code");
const PRINTS: Key<PlainText> = Key::new("prints", "what it wrote");
const MATCHES: Key<Pattern> = Key::new("matches", "what that is like which it wrote");
const LACKS: Key<PlainTexts> = Key::new("lacks", "what it did not write");
const LINE: Key<Pattern> = Key::new("line", "what the line is like that was typed");

impl Written for Runs {
    const FORMS: &'static [Form] = &[Form::new(
        RUNS.info(),
        &[IN.info(), EXIT.info(), PRINTS.info(), MATCHES.info(), LACKS.info(), LINE.info()],
        Counts::Latest,
    )
    .about("A command at `$` has ended, and nothing else on its line has a say in how it ended.")
    .example("{ runs: mix test, exit: 0, lacks: failures }")];

    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let (command, line) = (fields.required(&RUNS), fields.optional(&LINE));
        let (at, exit) = (fields.optional(&IN), fields.optional(&EXIT));
        let (prints, matches) = (fields.optional(&PRINTS), fields.optional(&MATCHES));
        let lacks = fields.optional(&LACKS);
        let prints = prints?.map(Text::Plain).into_iter().chain(matches?.map(Text::Regex)).collect();
        Some(Self {
            command: command?,
            line: line?,
            at: at?,
            exit: exit?.map(|code| i32::try_from(code).unwrap_or(i32::MAX)),
            prints,
            lacks: lacks?.unwrap_or_default().into_iter().map(Text::Plain).collect(),
        })
    }
}

impl Verb for Runs {
    fn judge(&self, scene: &Scene<'_>, _settled: bool) -> Judgement {
        let Some(ended) = self.ended(scene) else { return Judgement::no(self.latest(scene)) };
        let before = ShellLine::of(ended.command).is_about(&self.command);
        if before.is_none() && self.asks_how_it_ended() {
            return Judgement::no(not_alone(&code(ended.command)));
        }
        if self.exit.is_some() && self.exit != ended.code {
            return Judgement::no(ended.told());
        }
        let was_there = |what: &Text| before.as_deref().is_some_and(|before| what.is_in(before));
        if self.prints.iter().any(|what| !what.is_in(&ended.output) || was_there(what)) {
            return Judgement::no(wrote_last(&last_line(&ended.output)));
        }
        match self.lacks.iter().find(|what| what.is_in(&ended.output)) {
            Some(found) => Judgement::no(wrote(&found.described())),
            None => Judgement::yes(ended.told()),
        }
    }

    fn expected(&self) -> Localized {
        let mut parts = vec![has_ended(&code(&self.command))];
        parts.extend(self.line.iter().map(|line| whose_line_is_like(line.as_str())));
        parts.extend(self.exit.map(with_code));
        parts.extend(self.prints.iter().map(|what| having_written(&what.described())));
        parts.extend(self.lacks.iter().map(|what| without_writing(&what.described())));
        Localized::join(&parts, &comma())
    }

    fn is_coded(&self) -> bool {
        self.line.is_some() || self.prints.iter().any(Text::is_coded)
    }

    fn terminals(&self) -> Vec<&TerminalName> {
        self.at.iter().collect()
    }

    fn samples(&self, model: &ModelRun<'_>) -> Vec<Vec<Sample>> {
        let printed = |what: &Text| {
            Prints { what: what.clone(), at: self.at.clone(), by: None, times: 1 }.samples(model)
        };
        self.prints.iter().map(printed).fold(vec![Vec::new()], |ways, more| combined(&ways, &more))
    }
}

/// A command that ended, and what it wrote.
struct Ended<'a> {
    command: &'a str,
    code: Option<i32>,
    output: String,
}

impl Ended<'_> {
    fn told(&self) -> Localized {
        match self.code {
            Some(exit) => ended_with(&code(self.command), exit),
            None => was_killed(&code(self.command)),
        }
    }
}

impl Runs {
    /// More than that the command ran.
    fn asks_how_it_ended(&self) -> bool {
        self.exit.is_some() || !self.prints.is_empty() || !self.lacks.is_empty()
    }

    fn ended<'a>(&self, scene: &Scene<'a>) -> Option<Ended<'a>> {
        let is_there = |at: &TerminalName| self.at.as_ref().is_none_or(|wanted| wanted == at);
        scene.records.iter().copied().enumerate().rev().find_map(|(index, record)| {
            let Fact::CommandEnded { terminal, command, code } = &record.fact else { return None };
            let is_it = is_there(terminal)
                && ShellLine::of(command).runs(&self.command)
                && self.line.as_ref().is_none_or(|line| line.is_match(command));
            let output = || written(&scene.records[..index], record.cause.as_ref(), terminal);
            is_it.then(|| Ended { command, code: *code, output: output() })
        })
    }

    fn latest(&self, scene: &Scene<'_>) -> Option<Localized> {
        let inputs = scene.inputs();
        let last = inputs.iter().rfind(|input| !input.at_node)?;
        let is_under_way = ShellLine::of(&last.text).runs(&self.command);
        Some(if is_under_way { has_not_ended(&code(&last.text)) } else { ran(&code(&last.text)) })
    }
}

/// What the command wrote on its terminal by the end of these records, and what came there meanwhile without a cause.
fn written(records: &[&Record], command: Option<&Cause>, at: &TerminalName) -> String {
    let is_begin =
        |record: &&Record| matches!(record.fact, Fact::Input { .. }) && record.cause.as_ref() == command;
    let from = records.iter().position(is_begin).unwrap_or(0);
    let pieces = records[from..].iter().filter_map(|record| {
        let Fact::Output { terminal, kind, text, .. } = &record.fact else { return None };
        let is_its_own = record.cause.is_none() || record.cause.as_ref() == command;
        (terminal == at && is_written(*kind) && is_its_own).then_some(text.as_str())
    });
    without_escapes(&pieces.collect::<String>()).replace("\r\n", "\n")
}

/// By a command, or by a node that the command has become.
fn is_written(kind: OutputKind) -> bool {
    match kind {
        OutputKind::Raw | OutputKind::Print | OutputKind::Log | OutputKind::Stderr => true,
        OutputKind::Result | OutputKind::Error | OutputKind::Shell => false,
    }
}

crate::catalogue! {
    has_ended(command: &str) { en: "{command} has run", el: "έτρεξε η εντολή {command}" }
    whose_line_is_like(pattern: &str) { en: "whose line is like /{pattern}/", el: "σε γραμμή της μορφής /{pattern}/" }
    with_code(code: i32) { en: "with exit code {code}", el: "με κωδικό εξόδου {code}" }
    having_written(what: &Localized) { en: "and wrote {what}", el: "και έγραψε {what}" }
    without_writing(what: &Localized) { en: "without writing {what}", el: "χωρίς να γράψει {what}" }
    wrote_last(what: &str) { en: "it wrote last {what}", el: "έγραψε τελευταία {what}" }
    wrote(what: &Localized) { en: "it wrote {what}", el: "έγραψε {what}" }
    ended_with(command: &str, code: i32) {
        en: "{command} ended with exit code {code}",
        el: "η εντολή {command} τελείωσε με κωδικό εξόδου {code}",
    }
    was_killed(command: &str) { en: "{command} was killed", el: "η εντολή {command} τερματίστηκε από σήμα" }
    has_not_ended(command: &str) { en: "{command} has not ended", el: "η εντολή {command} δεν έχει τελειώσει" }
    not_alone(command: &str) {
        en: "{command} runs something else as well: how the wanted command ended can't be told apart",
        el: "η {command} τρέχει και κάτι άλλο: δεν ξεχωρίζει πώς τελείωσε η ζητούμενη εντολή",
    }
    ran(command: &str) { en: "{command} ran", el: "έτρεξε η εντολή {command}" }
}

#[cfg(test)]
mod tests {
    use super::{testing::*, *};

    /// `mix test` ended with 2 and wrote that there was a failure.
    fn failed_run() -> Runs {
        let prints = vec![Text::Plain("no connection".into()), Text::Regex(regex(r"\b1 failure\b"))];
        Runs {
            command: "mix test".to_owned(),
            line: None,
            at: None,
            exit: Some(2),
            prints,
            lacks: Vec::new(),
        }
    }

    fn command(line: &str, output: &str, code: i32) -> Story {
        let (at, line) = (terminal("shell"), line.to_owned());
        let typed = Fact::Input { terminal: at.clone(), text: line.clone(), at_node: false };
        let story = Story::new().then(typed).shows("shell", OutputKind::Raw, "", output);
        story.then(Fact::CommandEnded { terminal: at, command: line, code: Some(code) })
    }

    #[test]
    fn a_command_ends_as_its_line_does_only_where_it_is_the_last() {
        let output = "no connection to moebi\n1 test, 1 failure\n";
        command("cd chat && mix test", output, 2).holds(failed_run());
        command("mix test", output, 1).misses(failed_run(), "`mix test` ended with exit code 1");
        command("mix test; echo 'no connection, 1 failure'; exit 2", output, 2).misses(
            failed_run(),
            "`mix test; echo 'no connection, 1 failure'; exit 2` runs something else as well: how the wanted command \
             ended can't be told apart",
        );
        // `cd` says where it could not go, and ends with 2.
        let output = "sh: 1: cd: can't cd to no connection, 1 failure\n";
        command("cd 'no connection, 1 failure' && mix test", output, 2)
            .misses(failed_run(), "it wrote last \"sh: 1: cd: can't cd to no connection, 1 failure\"");
    }

    #[test]
    fn its_line_may_be_asked_for_where_its_output_does_not_always_tell() {
        let greek =
            || Runs { line: Some(regex(r"\p{Greek}\S*@")), command: "iex".into(), exit: Some(1), ..any() };
        command("iex --sname άλεξ@localhost", "", 1).holds(greek());
        command("iex --sname alex@localhost", "", 1).misses(greek(), "");
        command("echo iex --sname άλεξ@localhost", "", 1).misses(greek(), "");
    }

    fn any() -> Runs {
        Runs { exit: None, prints: Vec::new(), ..failed_run() }
    }
}
