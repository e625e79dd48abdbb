//! Every complaint about some lessons, for a person, for a program, and for a pull request.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    guide::slash_command::COMMANDS,
    lesson::{self, Nonce, RenderedDiagnostic, Source},
};

/// What is wrong with some lessons.
#[derive(Debug, Default)]
pub struct Linted {
    pub complaints: Vec<RenderedDiagnostic>,
    lessons: usize,
    languages: BTreeSet<String>,
}

/// Every complaint about every lesson.
pub fn lint(sources: &[Source]) -> Linted {
    let mut linted = Linted { lessons: sources.len(), ..Linted::default() };
    for source in sources {
        let texts = source.files.iter().map(|(name, _)| name).filter(|name| !name.ends_with("lesson.yaml"));
        linted.languages.extend(texts.filter_map(|name| Some(name.rsplit('/').next()?.to_owned())));
        linted.complaints.extend(complaints(source));
    }
    linted
}

/// Every complaint about one lesson.
pub fn complaints(source: &Source) -> Vec<RenderedDiagnostic> {
    let commands: Vec<_> =
        COMMANDS.iter().flat_map(|command| [command.name, command.greek]).flatten().collect();
    lesson::lint(source, &Nonce::sample(), &commands).err().unwrap_or_default()
}

impl Linted {
    pub fn is_clean(&self) -> bool {
        self.complaints.is_empty()
    }

    /// Each with its line, and a line that counts them.
    pub fn human(&self) -> String {
        let drawn = |complaint: &RenderedDiagnostic| format!("{}\n\n", complaint.rendered.trim_end());
        let drawn: String = self.complaints.iter().map(drawn).collect();
        let count = match self.complaints.len() {
            0 => "no complaints".to_owned(),
            count => counted(count, "complaint"),
        };
        let (lessons, languages) =
            (counted(self.lessons, "lesson"), counted(self.languages.len(), "language"));
        format!("{drawn}{count} in {lessons}, {languages}\n")
    }

    /// One document; places in a fix are bytes of the file.
    pub fn json(&self) -> String {
        let told = |complaint: &RenderedDiagnostic| {
            let fix = complaint.fix.as_ref().map(|fix| {
                json!({ "from": fix.span.start, "to": fix.span.end, "text": fix.text, "sure": fix.is_sure })
            });
            json!({
                "file": complaint.file,
                "line": complaint.line,
                "column": complaint.column,
                "message": complaint.message,
                "help": complaint.help,
                "fix": fix,
            })
        };
        let complaints: Vec<_> = self.complaints.iter().map(told).collect();
        let document =
            json!({ "lessons": self.lessons, "languages": self.languages.len(), "complaints": complaints });
        serde_json::to_string_pretty(&document).expect("it is JSON") + "\n"
    }

    /// A note for each, as GitHub's runner reads them.
    pub fn github(&self) -> String {
        let note = |complaint: &RenderedDiagnostic| {
            let help = complaint.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let (file, text) = (property(&complaint.file), data(&format!("{}{help}", complaint.message)));
            format!("::error file={file},line={},col={}::{text}\n", complaint.line, complaint.column)
        };
        self.complaints.iter().map(note).collect()
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// `1 lesson`, `2 lessons`.
fn counted(count: usize, noun: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{ending}")
}
