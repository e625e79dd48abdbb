//! Lessons: their types, loading, and judging. Pure.

pub mod evidence;
pub mod judge;
pub mod load;
pub mod model;
pub mod name;
pub mod prose;
pub mod syntax;

pub use evidence::{Evidence, Fact, OutputKind, ProbeOutcome, Prompt, Record, World};
pub use judge::{Finding, Holds, judge, recognise};
pub use load::{Source, Trouble};
pub use model::{
    Check, Condition, Input, Lesson, Mistake, Probe, Question, Section, Step, Task, Text, Wrong,
};
pub use name::{ChoiceId, LessonId, MistakeId, NodeName, SectionId, StepId, TerminalName};
pub use prose::{Advice, Lang, Prose, QuestionProse, SectionProse, StepProse};
