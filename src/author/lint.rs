//! Every complaint about some lessons, for a person, for a program, and for a pull request.

use std::collections::BTreeSet;

use serde_json::json;

use crate::{
    guide::slash_command::COMMANDS,
    lesson::{self, Nonce, RenderedDiagnostic, Source},
};

/// What is wrong with some lessons, and what their authors have marked as still to be done.
#[derive(Debug, Default)]
pub struct Linted {
    pub complaints: Vec<RenderedDiagnostic>,
    /// Nothing is wrong there, and the lesson can be learned.
    pub todos: Vec<RenderedDiagnostic>,
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
        linted.todos.extend(lesson::todos(source));
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
        let drawn: String = self.todos.iter().chain(&self.complaints).map(drawn).collect();
        let todos = match self.todos.len() {
            0 => String::new(),
            count => format!(" and {}", counted(count, "TODO")),
        };
        let count = match self.complaints.len() {
            0 => "no complaints".to_owned(),
            count => counted(count, "complaint"),
        };
        let (lessons, languages) =
            (counted(self.lessons, "lesson"), counted(self.languages.len(), "language"));
        format!("{drawn}{count}{todos} in {lessons}, {languages}\n")
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
        let todo = |todo: &RenderedDiagnostic| json!({ "file": todo.file, "line": todo.line, "column": todo.column, "message": todo.message });
        let todos: Vec<_> = self.todos.iter().map(todo).collect();
        let document = json!({
            "lessons": self.lessons,
            "languages": self.languages.len(),
            "complaints": complaints,
            "todos": todos,
        });
        serde_json::to_string_pretty(&document).expect("it is JSON") + "\n"
    }

    /// A note for each, as GitHub's runner reads them.
    pub fn github(&self) -> String {
        let note = |kind: &str, complaint: &RenderedDiagnostic| {
            let help = complaint.help.as_ref().map_or_else(String::new, |help| format!("\n{help}"));
            let (file, text) = (property(&complaint.file), data(&format!("{}{help}", complaint.message)));
            format!("::{kind} file={file},line={},col={}::{text}\n", complaint.line, complaint.column)
        };
        let complaints = self.complaints.iter().map(|complaint| note("error", complaint));
        complaints.chain(self.todos.iter().map(|todo| note("notice", todo))).collect()
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
