//! Answers as a file of YAML.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_yaml::{LitStr, SerializerOptions};

use crate::lesson::{Input, StepId};

use super::{Answers, Record};

impl Answers {
    /// The same as a file: several lines as a block, one line quoted where YAML would misread it.
    pub fn to_yaml(&self) -> String {
        let mut options = SerializerOptions::default();
        options.folded_wrap_chars = usize::MAX;
        options.min_fold_chars = usize::MAX;
        serde_yaml::to_string_with_options(self, options)
            .expect("answers are maps of texts, which YAML can hold")
    }
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("lesson", self.lesson.as_str())?;
        if !self.learners.is_empty() {
            map.serialize_entry("learners", &self.learners)?;
        }
        map.serialize_entry("answers", &Steps(&self.steps))?;
        if !self.record.is_empty() {
            map.serialize_entry("record", &Records(&self.record))?;
        }
        map.end()
    }
}

struct Steps<'a>(&'a [(StepId, Vec<Input>)]);

impl Serialize for Steps<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let steps =
            self.0.iter().map(|(id, inputs)| (id.as_str(), inputs.iter().map(Written).collect::<Vec<_>>()));
        serializer.collect_map(steps)
    }
}

struct Records<'a>(&'a [(StepId, Record)]);

impl Serialize for Records<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(id, record)| (id.as_str(), record)))
    }
}

/// An input as a file has it: one key.
struct Written<'a>(&'a Input);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            Input::Type { terminal, text } => map.serialize_entry(terminal.as_str(), &Words(text))?,
            Input::Write { path, text } => {
                map.serialize_entry("write", &Fields(&[("path", path), ("text", text)]))?;
            }
            Input::Edit { path, replace, with } => {
                map.serialize_entry(
                    "edit",
                    &Fields(&[("path", path), ("replace", replace), ("with", with)]),
                )?;
            }
            Input::Choose(choice) => map.serialize_entry("choose", choice.as_str())?,
            Input::Close(terminal) => map.serialize_entry("close", terminal.as_str())?,
            Input::Fault(fault) => match fault.terminals().as_slice() {
                [one] => map.serialize_entry(fault.word(), one.as_str())?,
                several => {
                    let names: Vec<&str> = several.iter().map(|terminal| terminal.as_str()).collect();
                    map.serialize_entry(fault.word(), &names)?;
                }
            },
        }
        map.end()
    }
}

struct Fields<'a>(&'a [(&'static str, &'a str)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, text)| (key, Words(text))))
    }
}

/// A text; several lines of it as a block.
struct Words<'a>(&'a str);

impl Serialize for Words<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if fits_a_block(self.0) {
            LitStr(self.0).serialize(serializer)
        } else {
            serializer.serialize_str(self.0)
        }
    }
}

/// A block can't hold what YAML would change in it: spaces before its first word, odd line ends, controls.
fn fits_a_block(text: &str) -> bool {
    let odd = |c: char| c != '\n' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'));
    text.contains('\n') && !text.starts_with([' ', '\n']) && !text.contains(odd)
}
