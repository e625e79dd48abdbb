//! What was printed, what was raised, and what should have stayed silent.

use super::{
    Stands, messages,
    scene::{Run, Scene},
};
use crate::{
    i18n::Localized,
    lesson::{NodeName, OutputKind, Pattern, TerminalName, Text},
};

/// A text that is to be printed.
pub struct Wanted<'a> {
    pub what: &'a Text,
    pub at: Option<&'a TerminalName>,
    pub by: Option<&'a NodeName>,
    pub times: u32,
}

impl Wanted<'_> {
    pub fn stands(&self, scene: &Scene<'_>) -> Stands {
        let printed = || scene.runs().iter().filter(|run| is_printed(run.kind));
        let right = printed().filter(|run| self.is_there(run) && self.is_by(run));
        let count: usize = right.map(|run| count(self.what, &run.text)).sum();
        if count >= self.times as usize {
            return Stands::yes(printed().find_map(|run| self.told(run)));
        }
        if count > 0 {
            return Stands::no(messages::printed_only(&messages::times(count)));
        }
        Stands::no(self.nearest(scene))
    }

    fn is_there(&self, run: &Run<'_>) -> bool {
        self.at.is_none_or(|at| at == run.terminal)
    }

    fn is_by(&self, run: &Run<'_>) -> bool {
        self.by.is_none_or(|by| Some(by) == run.by)
    }

    /// Of a run that is right: what it says.
    fn told(&self, run: &Run<'_>) -> Option<Localized> {
        let is_right = self.is_there(run) && self.is_by(run);
        let found = found(self.what, &run.text).filter(|_| is_right)?;
        Some(messages::shown(run.terminal, &messages::quoted(found), &messages::origin(run.by)))
    }

    /// The nearest miss: the right text by another process, elsewhere, or not printed at all.
    fn nearest(&self, scene: &Scene<'_>) -> Option<Localized> {
        let holding = || scene.runs().iter().filter(|run| count(self.what, &run.text) > 0);
        let printed = || holding().filter(|run| is_printed(run.kind));
        let other_process = printed().find(|run| self.is_there(run)).map(|run| match run.by {
            Some(by) => messages::printed_by_other(run.terminal, &by.brief()),
            None => messages::appeared_unprinted(run.terminal),
        });
        let elsewhere = || {
            let run = printed().next()?;
            Some(messages::printed_on(run.terminal, &messages::origin(run.by)))
        };
        let unprinted = || {
            let run = holding().find(|run| self.is_there(run))?;
            Some(messages::nothing_printed(run.terminal, &messages::kind(run.kind)))
        };
        let other_text = || {
            let run = scene
                .runs()
                .iter()
                .rfind(|run| is_printed(run.kind) && self.is_there(run) && self.is_by(run))?;
            Some(messages::shown(run.terminal, &messages::last_line(&run.text), &messages::origin(run.by)))
        };
        other_process.or_else(elsewhere).or_else(unprinted).or_else(other_text)
    }
}

/// Neither a result nor an error of the shell, nor what IEx itself says.
pub fn is_printed(kind: OutputKind) -> bool {
    match kind {
        OutputKind::Print | OutputKind::Log | OutputKind::Stderr | OutputKind::Raw => true,
        OutputKind::Result | OutputKind::Error | OutputKind::Shell => false,
    }
}

pub fn count(what: &Text, text: &str) -> usize {
    match what {
        Text::Plain(plain) => text.matches(plain.as_str()).count(),
        Text::Regex(regex) => regex.find_iter(text).count(),
    }
}

pub fn found<'t>(what: &'t Text, text: &'t str) -> Option<&'t str> {
    match what {
        Text::Plain(plain) => text.contains(plain.as_str()).then_some(plain),
        Text::Regex(regex) => regex.find(text).map(|found| found.as_str()),
    }
}

/// The last input on a terminal ended in an error like it; an exit of the shell may come late.
pub fn raises(what: &Pattern, at: Option<&TerminalName>, scene: &Scene<'_>) -> Stands {
    let mut terminals: Vec<_> =
        scene.runs().iter().filter(|run| run.kind == OutputKind::Error).map(|run| run.terminal).collect();
    terminals.sort();
    terminals.dedup();
    let mut seen = None;
    for terminal in terminals {
        let Some(since) = scene.since_input(terminal) else { continue };
        let is_raised =
            |run: &&Run<'_>| run.kind == OutputKind::Error && run.terminal == terminal && run.from > since;
        let raised: String = scene.runs().iter().filter(is_raised).map(|run| run.text.as_ref()).collect();
        let is_there = at.is_none_or(|at| at == terminal);
        match what.find(&raised) {
            Some(found) if is_there => {
                return Stands::yes(messages::raised(terminal, &messages::quoted(found.as_str())));
            }
            Some(_) => seen = Some(messages::raised_on(terminal)),
            None if is_there && !raised.trim().is_empty() => {
                seen = seen.or_else(|| Some(messages::raised(terminal, &messages::first_line(&raised))));
            }
            None => {}
        }
    }
    Stands::no(seen.or_else(|| printed_instead(what, at, scene)))
}

fn printed_instead(what: &Pattern, at: Option<&TerminalName>, scene: &Scene<'_>) -> Option<Localized> {
    let is_there = |run: &&Run<'_>| at.is_none_or(|at| at == run.terminal) && run.kind != OutputKind::Error;
    let run = scene.runs().iter().filter(is_there).find(|run| what.is_match(&run.text))?;
    Some(messages::no_error(run.terminal, &messages::kind(run.kind)))
}

/// Nothing (like `of`) on that terminal since the latest input but what its own shell and logger wrote.
pub fn silent(at: &TerminalName, of: Option<&Pattern>, scene: &Scene<'_>) -> Stands {
    let own = scene.own_node(at);
    let since = scene.inputs().last().map_or(0, |input| input.index);
    let loud = |run: &&Run<'_>| {
        run.terminal == at && !is_own(run, own) && of.is_none_or(|of| of.is_match(&run.text))
    };
    match scene.runs_since(since).iter().find(loud) {
        Some(run) => {
            let said = of.and_then(|of| of.find(&run.text)).map(|found| messages::quoted(found.as_str()));
            let said = said.unwrap_or_else(|| messages::last_line(&run.text));
            Stands::no(messages::shown(at, &said, &messages::origin(run.by)))
        }
        None => Stands::yes(None),
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
