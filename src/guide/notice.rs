//! What the guide tells a driver (the shell, or a check), and what a driver tells the guide.

use tokio::sync::oneshot;

use crate::{
    error::Error,
    lesson::{Advice, ChoiceId, Finding, Input, NodeName, OutputKind, Prompt, TerminalName},
};

/// Something for a person to see, in the order in which it happened.
#[derive(Debug)]
pub enum Notice {
    /// A step begins (or `/screen`, resize: shown again).
    Step(StepCard),
    /// A terminal printed this; whole lines where it can be helped.
    Output {
        terminal: TerminalName,
        focused: bool,
        kind: OutputKind,
        by: Option<NodeName>,
        text: String,
    },
    /// A node in that terminal wrote more than is shown.
    LeftOut {
        terminal: TerminalName,
        bytes: u64,
    },
    /// The focused terminal's prompt is now this; the driver shows it and reads a line for it.
    Prompt {
        terminal: TerminalName,
        prompt: PromptLine,
    },
    /// Which nodes run and which are connected, for the header and the status.
    Map(Map),
    /// An input that Moebi types on the learner's behalf (a section's start, a replay, `/answer` is not one).
    Typed {
        terminal: TerminalName,
        text: String,
    },
    /// One condition has just come to hold.
    Tick(Finding),
    /// All hold: the step's closing words.
    Passed {
        after: Option<String>,
        prediction: Option<PredictionRemark>,
    },
    Mistake(Advice),
    Hint {
        number: usize,
        of: usize,
        text: String,
    },
    NoHint,
    Answer(Vec<Input>),
    /// `/check`: every condition, expected beside seen.
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
    Say(String),
    Problem(Error),
    Help,
    /// Long work: what is under way, shown until the next notice.
    Working(String),
    LessonDone {
        passed: usize,
        of: usize,
    },
    /// The last one.
    Bye(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromptLine {
    /// As the terminal itself asks.
    Terminal(Prompt),
    /// A program runs at `$` and takes keys itself: the driver relays bytes both ways.
    Relay,
    /// A question waits: `?`.
    Question,
}

#[derive(Debug, Clone, PartialEq, Eq)]
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepMark {
    Passed,
    Skipped,
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionCard {
    /// Markdown.
    pub ask: String,
    pub choices: Vec<(ChoiceId, String)>,
    /// A prediction may be left out by Enter.
    pub is_prediction: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PredictionRemark {
    pub right: bool,
    pub chosen: String,
    pub why: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Map {
    /// Every terminal and the node that runs in it.
    pub nodes: Vec<(TerminalName, Option<NodeName>)>,
    pub links: Vec<(NodeName, NodeName)>,
}

/// What a person does.
#[derive(Debug)]
pub enum Command {
    /// A whole input for the focused terminal (one or more lines, no closing newline).
    Line(String),
    /// Keys for the program that runs in the focused terminal.
    Bytes(Vec<u8>),
    /// An empty line: next step where this one is done.
    Enter,
    /// The answer to a question: what was typed; empty skips.
    Choose(String),
    /// Ctrl-C.
    Interrupt,
    /// Is this text a whole expression? Answered within 200 ms.
    Validate {
        text: String,
        reply: oneshot::Sender<bool>,
    },
    Resize {
        columns: u16,
        rows: u16,
    },
    Slash(Slash),
    /// `/quit`, Ctrl-D, the end of input.
    Quit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slash {
    Help,
    Hint,
    Answer,
    Check,
    Next,
    Back,
    Skip,
    Goto(String),
    Open(TerminalName),
    Close(TerminalName),
    /// Show a terminal's recent screen again.
    Screen(Option<TerminalName>),
    Focus(TerminalName),
    Quit,
}
