//! `moebi completions`.

use clap::{Command, CommandFactory, builder::PossibleValuesParser};

use super::{
    args::{Args, CompletionsArgs},
    man::messages,
    print,
};
use crate::{
    error::{Error, Result},
    lesson,
};

/// How deep commands nest: `moebi lesson lint`.
const DEEPEST: usize = 3;

pub(super) fn run(args: &CompletionsArgs) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(
        args.shell,
        &mut with_ids(Args::command(), &Ids::built_in(), DEEPEST),
        "moebi",
        &mut script,
    );
    let script =
        String::from_utf8(script).map_err(|e| Error::could_not_run(messages::no_script()).because(e))?;
    print(&script)?;
    Ok(0)
}

/// The command line with the built-in lessons' ids where one is asked for. Only for completing: the real one takes
/// others too, since `--lessons` may name a folder.
fn with_ids(command: Command, known: &Ids, depth: usize) -> Command {
    let command = command.mut_args(|argument| match known.of(argument.get_id().as_str()) {
        Some(ids) => argument.value_parser(PossibleValuesParser::new(ids)),
        None => argument,
    });
    if depth == 0 { command } else { command.mut_subcommands(|inner| with_ids(inner, known, depth - 1)) }
}

/// Never freed, since clap wants them so: the program prints its script and ends.
struct Ids {
    lessons: Vec<&'static str>,
    sections: Vec<&'static str>,
    steps: Vec<&'static str>,
}

impl Ids {
    fn built_in() -> Self {
        let lessons: Vec<_> = lesson::embedded()
            .iter()
            .filter_map(|source| lesson::load(source, &lesson::Nonce::sample()).ok())
            .collect();
        let lessons: &'static [lesson::Lesson] = lessons.leak();
        let sections = || lessons.iter().flat_map(|lesson| &lesson.sections);
        Self {
            lessons: lessons.iter().map(|lesson| lesson.id.as_str()).collect(),
            sections: sections().map(|section| section.id.as_str()).collect(),
            steps: sections().flat_map(|section| &section.steps).map(|step| step.id.as_str()).collect(),
        }
    }

    /// Those that an argument of this name takes.
    fn of(&self, argument: &str) -> Option<Vec<&'static str>> {
        match argument {
            "lesson" => Some(self.lessons.clone()),
            "section" => Some(self.sections.clone()),
            "step" => Some(self.steps.clone()),
            "lang" => Some(lesson::Lang::ALL.map(lesson::Lang::code).into()),
            _another => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_of_the_lesson_is_offered_in_every_shell() {
        use clap::ValueEnum;
        for shell in clap_complete::Shell::value_variants() {
            let mut script = Vec::new();
            clap_complete::generate(
                *shell,
                &mut with_ids(Args::command(), &Ids::built_in(), DEEPEST),
                "moebi",
                &mut script,
            );
            let script = String::from_utf8(script).expect("it is UTF-8");
            let known = Ids::built_in();
            let options = || known.steps.iter().chain(&known.sections);
            // fish completes no lesson, elvish and PowerShell no values at all: so far go clap's scripts.
            let wanted: Vec<_> = match shell {
                clap_complete::Shell::Bash | clap_complete::Shell::Zsh => {
                    options().chain(&known.lessons).collect()
                }
                clap_complete::Shell::Fish => options().collect(),
                _without_values => Vec::new(),
            };
            assert!(script.contains("doctor"), "{shell}");
            assert_eq!(wanted.iter().find(|id| !script.contains(**id)), None, "{shell}");
        }
    }
}
