//! Lessons: their types, their loading, evidence, and judging. Pure: files are read, and nothing is started.
//!
//! A lesson is read in two stages. `raw` takes YAML as it stands, with its places; `check` makes the types of [`model`]
//! of it, which can't be wrong, or tells every complaint at once. [`evidence`] is the record of what happened, and
//! [`judge()`] holds a step's conditions against it. Begin with [`model`].

pub mod answers;
mod check;
pub mod condition;
pub mod confusable;
mod diagnostic;
pub mod evidence;
mod fault;
pub mod glossary;
pub mod goal;
pub mod greek_keyboard;
pub mod judge;
pub mod kind;
pub mod lexer;

pub mod load;
pub mod model;
pub mod name;
pub mod nonce;
pub mod pattern;
pub mod prose;
mod raw;
pub mod reference;
mod review;
pub mod schema;
pub mod scheme;
pub mod shell_line;
pub mod source;
pub mod syntax;
mod tag;
mod todo;
mod unreadable;
pub mod verdict;
mod yaml;

pub use answers::{Answers, load_answers, load_answers_beside};
pub use condition::{Condition, Probe, Text};
pub use diagnostic::Fix;
pub use evidence::{
    Cause, Evidence, Fact, OutputKind, ProbeOutcome, ProcessEvent, ProcessId, Prompt, Record, Sender,
    TieKind, Ties, World,
};
pub use fault::Fault;
pub use glossary::{Glossary, Term};
pub use goal::Goal;
pub use judge::{Finding, Holds, is_asked_for, judge, recognise, recognise_each};
pub use load::{RenderedDiagnostic, Source, lint, load, load_taught};
pub use model::{Check, Input, Lesson, Mistake, OtherAnswer, Question, Section, Step, Task};
pub use name::{ChoiceId, GoalId, LessonId, MistakeId, NodeName, SectionId, StepId, TerminalName};
pub use nonce::Nonce;
pub use pattern::Pattern;
pub use prose::{Advice, ChoiceProse, GoalProse, Lang, Prose, QuestionProse, SectionProse, StepProse};
pub use scheme::{Scheme, load_scheme};
pub use source::{embedded, from_folder, is_embedded};
pub use tag::Tag;
pub use todo::todos;
pub use verdict::Verdict;
