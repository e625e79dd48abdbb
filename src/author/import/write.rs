//! An outline as the files of a lesson, the way a person would write them.

use crate::{
    i18n::Lang,
    lesson::{Input, LessonId},
};

use super::{
    condition::{Condition, Goal, Value},
    outline::{self, Outline, Section, Step, TITLE_COLUMNS},
    yaml::{comment, field, inline, prose},
};

/// Where a lesson comes from, and what it is called.
pub(super) struct Head<'a> {
    pub id: &'a LessonId,
    pub lang: Lang,
    /// The file, and the version that it says it is.
    pub from: &'a str,
    pub version: Option<&'a str>,
    pub title: &'a str,
    pub summary: &'a str,
    pub todos: &'a [String],
}

/// `lesson.yaml`.
pub(super) fn structure(head: &Head<'_>, outline: &Outline) -> String {
    let version = head.version.map_or_else(String::new, |version| format!(", version {version}"));
    let mut text = "# yaml-language-server: $schema=../schema/lesson.json\n".to_owned();
    text += &comment(
        0,
        &format!(
            "Imported from {}{version}; what a learner reads is in {}.yaml.",
            head.from,
            head.lang.code()
        ),
    );
    text += "# Each TODO is something that the source does not say; `moebi lesson lint` tells them all.\n";
    text += "# Everything that can stand here: `moebi lesson reference`.\n";
    text += &head.todos.iter().map(|todo| comment(0, &format!("TODO: {todo}"))).collect::<String>();
    let terminals = outline.terminals.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    text += &format!(
        "lesson: {}\nrequires: {{ elixir: '>= 1.14' }}\nterminals: [{terminals}]\n\nsections:\n",
        head.id
    );
    let sections = outline.sections.iter().map(section);
    text + &sections.collect::<Vec<_>>().join("\n")
}

fn section(section: &Section) -> String {
    let mut text = format!(
        "  - id: {}\n    # A guess: two minutes a step.\n    minutes: {}\n",
        section.id,
        section.minutes()
    );
    if section.start.is_empty() {
        text += "    start: []\n";
    } else {
        text += "    start:\n";
        text += &section.start.iter().map(|one| input(6, one)).collect::<String>();
    }
    text += "    steps:\n";
    let mut steps = Vec::new();
    let mut needed: Vec<&str> = Vec::new();
    for one in &section.steps {
        steps.push(step(one, &needed));
        needed.push(&one.id);
    }
    text + &steps.join("\n")
}

fn step(step: &Step, needs: &[&str]) -> String {
    let mut text = format!("      - id: {}\n", step.id);
    if !needs.is_empty() {
        text += &format!("        needs: [{}]\n", needs.join(", "));
    }
    if let Some(seconds) = step.within {
        text += &format!("        within: {seconds}s\n");
    }
    text += &step.todos.iter().map(|todo| comment(8, &format!("TODO: {todo}"))).collect::<String>();
    text += "        answer:\n";
    text += &step.answer.iter().map(|one| input(10, one)).collect::<String>();
    text += "        check:\n";
    for (id, goal) in named(step) {
        text += &format!("          {id}:\n");
        text += &conditions(goal);
    }
    text
}

/// Each goal by a name that no other one of its step has.
fn named(step: &Step) -> Vec<(String, &Goal)> {
    let mut named: Vec<(String, &Goal)> = Vec::new();
    for goal in &step.goals {
        let word = outline::slug(&goal.id.replace('.', "-"), 32);
        let word = if word.is_empty() { "done".to_owned() } else { word };
        let numbered = (2..).map(|number| format!("{word}-{number}"));
        let is_free = |id: &String| named.iter().all(|(other, _)| other != id);
        let id = std::iter::once(word.clone()).chain(numbered).find(is_free).expect("numbers do not end");
        named.push((id, goal));
    }
    named
}

fn conditions(goal: &Goal) -> String {
    if !goal.is_together {
        return goal.conditions.iter().map(|one| condition(12, one)).collect();
    }
    let all: String = goal.conditions.iter().map(|one| condition(16, one)).collect();
    format!("            - together:\n{all}")
}

fn condition(indent: usize, condition: &Condition) -> String {
    let Condition(keys) = condition;
    let before = " ".repeat(indent);
    let is_long = |value: &Value| matches!(value, Value::Text(text) if text.contains('\n'));
    if keys.iter().any(|(_, value)| is_long(value)) {
        let lines = keys.iter().enumerate().map(|(number, (key, value))| {
            let (indent, key) =
                if number == 0 { (indent, format!("- {key}")) } else { (indent + 2, (*key).to_owned()) };
            match value {
                Value::Text(text) if text.contains('\n') => {
                    field(indent, &key, &format!("{}\n", text.trim_end()))
                }
                value => format!("{}{key}: {}\n", " ".repeat(indent), flow(value)),
            }
        });
        return lines.collect();
    }
    if let [(key, value)] = keys.as_slice() {
        return format!("{before}- {key}: {}\n", flow(value));
    }
    let pairs = keys.iter().map(|(key, value)| format!("{key}: {}", flow(value)));
    let line = format!("{before}- {{ {} }}\n", pairs.collect::<Vec<_>>().join(", "));
    if line.chars().count() <= 120 {
        return line;
    }
    let lines = keys.iter().enumerate().map(|(number, (key, value))| {
        let sign = if number == 0 { "- " } else { "  " };
        match value {
            Value::List(items) => {
                let items = items.iter().map(|item| format!("{before}    - {}\n", inline(item, false)));
                format!("{before}{sign}{key}:\n{}", items.collect::<String>())
            }
            value => format!("{before}{sign}{key}: {}\n", flow(value)),
        }
    });
    lines.collect()
}

fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) if text == "true" => "'true'".to_owned(),
        Value::Text(text) => inline(text, true),
        Value::Word(word) => word.clone(),
        Value::List(items) => match items.as_slice() {
            [one] => inline(one, true),
            items => {
                format!("[{}]", items.iter().map(|item| inline(item, true)).collect::<Vec<_>>().join(", "))
            }
        },
    }
}

fn input(indent: usize, input: &Input) -> String {
    let before = " ".repeat(indent);
    match input {
        Input::Type { terminal, text } => {
            let text = if text.contains('\n') { format!("{}\n", text.trim_end()) } else { text.clone() };
            field(indent, &format!("- {terminal}"), &text)
        }
        Input::Write { path, text } => {
            format!(
                "{before}- write:\n{}{}",
                field(indent + 4, "path", path),
                field(indent + 4, "text", text)
            )
        }
        Input::Edit { path, replace, with } => format!(
            "{before}- edit:\n{}{}{}",
            field(indent + 4, "path", path),
            field(indent + 4, "replace", replace),
            field(indent + 4, "with", with)
        ),
        Input::Close(terminal) => format!("{before}- close: {terminal}\n"),
        // No source has such.
        Input::Choose(_) | Input::Fault(_) => String::new(),
    }
}

/// The file of the lesson's language.
pub(super) fn texts(head: &Head<'_>, outline: &Outline) -> String {
    let mut text = "# yaml-language-server: $schema=../schema/texts.json\n".to_owned();
    text += &field(0, "title", &outline::cut(head.title, TITLE_COLUMNS));
    text += &prose(0, "summary", head.summary);
    for section in &outline.sections {
        text += &format!("\n{}:\n", section.id);
        text += &field(2, "title", &outline::cut(&section.title, TITLE_COLUMNS));
        text += "  steps:\n";
        text += &section.steps.iter().map(|one| step_texts(one, head.lang)).collect::<String>();
    }
    text
}

fn step_texts(step: &Step, lang: Lang) -> String {
    let mut text = format!("    {}:\n", step.id);
    text += &field(6, "title", &step.title);
    text += &prose(6, "text", &step.text.join("\n\n"));
    text += "      hints:\n";
    text += &step
        .hints
        .iter()
        .map(|hint| format!("        - {}\n", inline(hint.speak(lang), false)))
        .collect::<String>();
    if !step.after.is_empty() {
        text += &prose(6, "after", &step.after.join("\n\n"));
    }
    text += "      check:\n";
    for (id, goal) in named(step) {
        let (holds, missing) = goal.told(lang);
        text += &format!("        {id}:\n{}{}", field(10, "holds", holds), field(10, "missing", missing));
    }
    text
}
