//! What a person is shown, as values: the session says what, a driver says how.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::deed::Presence;
use crate::{
    error::Error,
    i18n::Localized,
    lesson::{Advice, ChoiceId, Finding, Input, Lang, MistakeId, NodeName, OutputKind, Prompt, TerminalName},
};
pub use crate::{
    trouble::Explanation,
    view::{Chart, Map, Trace},
};

/// A line that was typed a while ago.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateLine {
    /// As IEx's prompt counts.
    pub number: u32,
    pub terminal: TerminalName,
}

/// Something for a person to see, in the order in which it happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Notice {
    /// Before the very first step.
    Welcome(Welcome),
    /// A step begins (or `/screen`, resize: shown again).
    Step(StepCard),
    /// A terminal printed this; whole lines where it can be helped.
    Output {
        terminal: TerminalName,
        focused: bool,
        kind: OutputKind,
        by: Option<NodeName>,
        /// The line that brought it about, where that is not the last one.
        late: Option<LateLine>,
        text: String,
    },
    /// Bytes of the program that has the screen, to be written as they are.
    Relay(Vec<u8>),
    /// Typed for a command that has ended: the beginning of a line, or lines and one that is begun.
    Begun {
        terminal: TerminalName,
        text: String,
    },
    /// A node in that terminal wrote more than is shown.
    LeftOut {
        terminal: TerminalName,
        bytes: u64,
    },
    /// The focused terminal's prompt is now this; the driver shows it and reads a line for it. After each
    /// `Command::Line` and `Command::Choose` the driver takes the terminal to be busy until the next of these comes;
    /// other commands change no prompt by themselves.
    Prompt {
        terminal: TerminalName,
        prompt: PromptLine,
    },
    /// Which nodes run and which are connected, for the header and the status.
    Map(Map),
    /// `/map`.
    Chart(Chart),
    /// `/trace`, and where a step shows what crossed.
    Trace(Trace),
    /// The nodes have been brought to a step: the map as it is now, whatever it was.
    Arrived(Map),
    /// An input that was typed, but not here.
    Typed {
        terminal: TerminalName,
        text: String,
        by: TypedBy,
    },
    /// One condition has just come to hold.
    Tick(Finding),
    /// All hold: the step's closing words.
    Passed {
        after: Option<String>,
        prediction: Option<PredictionRemark>,
    },
    /// The step is done: how one goes on from here.
    Onward(Onward),
    /// A wrong turn, by the lesson's name for it.
    Mistake {
        id: MistakeId,
        advice: Advice,
    },
    /// An error between nodes that is no mistake of the lesson's: what it means, what to try.
    Trouble {
        means: Localized,
        attempt: Localized,
    },
    /// `/why`.
    Why(Explanation),
    Hint {
        number: usize,
        of: usize,
        text: String,
    },
    NoHint,
    /// A term of the glossary.
    Word {
        name: String,
        /// Markdown.
        text: String,
    },
    /// Every term of the glossary.
    Words(Vec<String>),
    /// A hint is offered: many tries, and the step is still open.
    Stuck {
        has_hints: bool,
    },
    /// A section has been gone through to its end.
    Section(SectionSummary),
    /// Every step of the lesson.
    Contents(Vec<SectionContents>),
    Answer(Vec<Input>),
    /// `/check`: every goal or condition, expected beside seen.
    Check(Vec<Finding>),
    /// A question; the driver reads a choice with a prompt of its own.
    Ask(QuestionCard),
    /// What a closing question's choice says.
    Judged {
        right: bool,
        chosen: String,
        why: String,
    },
    /// A line about what Moebi does: `alex: the node has stopped; you are at $ again.`
    Say(Localized),
    Problem(Error),
    /// `/help`.
    Help(Vec<CommandHelp>),
    /// Long work: what is under way, shown until the next notice.
    Working(Localized),
    LessonDone {
        passed: usize,
        of: usize,
    },
    /// Whether the class that the learner is in is reached.
    Class(Presence),
    /// In a show: a command has been heard (false), or nothing more comes of what was typed (true).
    Rest(bool),
    /// From here on in this language.
    Lang(Lang),
    /// The last one.
    Bye(Localized),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TypedBy {
    /// Moebi, on the learner's behalf: a section's start, a replay; `/answer` is not one.
    Moebi,
    /// The learner, in another window.
    OtherWindow,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromptLine {
    /// As the terminal itself asks.
    Terminal(Prompt),
    /// The terminal's node is paused: what is typed waits for it.
    Paused,
    /// A program runs at `$` and takes keys itself: the driver relays bytes both ways.
    Relay,
    /// A question waits: `?`.
    Question,
}

/// A line of `/help`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandHelp {
    /// How the command is typed, with what it takes.
    pub usage: Localized,
    pub does: Localized,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepCard {
    pub lesson_title: String,
    /// Counted from 1.
    pub section_number: usize,
    pub section_title: String,
    /// Counted from 1, and how many there are.
    pub step_number: usize,
    pub steps: Vec<StepMark>,
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Terms that are met here first.
    pub words: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    pub title: String,
    /// Markdown.
    pub summary: String,
    pub sections: usize,
    pub minutes: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Onward {
    /// To the next step of this section.
    Step,
    /// To another section.
    Section { title: String, minutes: u32 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepMark {
    Passed,
    Skipped,
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionCard {
    /// Markdown.
    pub ask: String,
    pub choices: Vec<(ChoiceId, String)>,
    /// A prediction may be left out by Enter.
    pub is_prediction: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionRemark {
    pub right: bool,
    pub chosen: String,
    pub why: String,
}

/// A section in the list of all steps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionContents {
    pub title: String,
    pub steps: Vec<StepLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine {
    /// `2.3`
    pub number: String,
    pub id: String,
    pub title: String,
    pub mark: StepMark,
    pub is_here: bool,
}

/// How a section went, a row a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionSummary {
    pub title: String,
    pub steps: Vec<StepSummary>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepSummary {
    pub title: String,
    pub mark: StepMark,
    /// What the evidence came to; none for a question.
    pub seen: Option<Localized>,
    pub prediction: Option<PredictionRemark>,
    pub tries: usize,
    pub hints: usize,
    /// Spent on it, long pauses left out.
    pub took: Duration,
}
