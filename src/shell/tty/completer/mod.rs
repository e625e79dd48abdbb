//! What Tab offers: a file for each place it comes from.
//!
//! Nothing here is waited for. Whoever knows the answer (a node, a folder) is asked through a channel; reedline
//! looks for the answer between two keys, and a question whose text has changed is dropped.

mod dollar;
mod files;
mod node;
mod programs;
mod slash;

use std::time::{Duration, Instant};

use reedline::{CompletionResult, CompletionStatus, Span, Suggestion, Suggestions};
use tokio::sync::{mpsc, oneshot, oneshot::error::TryRecvError};

use crate::{
    guide::{
        COMPLETING,
        command::{Candidate, Command},
        slash_command::{self, Completion},
    },
    i18n::Lang,
    lesson::TerminalName,
    render::{untrusted, width},
    shell::command::Reader,
};

use super::pause::Pause;

/// A node answers by its deadline; a slow disk may take as long as it likes, and is not waited for.
const LIMIT: Duration = COMPLETING.saturating_add(Duration::from_millis(200));
/// More are no help.
const MOST: usize = 100;
/// In columns.
const MAX_LABEL: usize = 40;

/// What is to be completed, and what is known of the place.
pub(super) struct Scene {
    pub reader: Option<Reader>,
    pub terminals: Vec<TerminalName>,
    /// Full names of the nodes that run, or that the terminals' names suggest.
    pub nodes: Vec<String>,
    pub lang: Lang,
}

type Answer = oneshot::Receiver<Vec<Candidate>>;

pub(super) struct Completer {
    scene: Scene,
    commands: mpsc::Sender<Command>,
    pause: Pause,
    question: Option<Question>,
    /// For which line up to the cursor, and what.
    known: Option<(String, Suggestions)>,
}

struct Question {
    typed: String,
    answer: Answer,
    /// Candidates that need no asking.
    own: Vec<Candidate>,
    deadline: Instant,
}

impl Completer {
    pub(super) fn new(scene: Scene, commands: mpsc::Sender<Command>, pause: Pause) -> Self {
        Self { scene, commands, pause, question: None, known: None }
    }

    /// What is known at once, and who is asked for the rest.
    fn ask(&self, typed: &str) -> (Vec<Candidate>, Option<Answer>) {
        let lang = self.scene.lang;
        if let Some((command, word)) = slash_command::argument_at_end(typed) {
            match command.takes.completion() {
                Some(Completion::Step) => return (Vec::new(), self.guide(typed)),
                Some(Completion::Terminal) => {
                    return (
                        slash::terminals(word.rsplit(' ').next().unwrap_or_default(), &self.scene.terminals),
                        None,
                    );
                }
                None => {}
            }
        }
        if let Some(found) = slash::commands(typed, &self.scene.terminals, lang) {
            return (found, None);
        }
        match self.scene.reader {
            Some(Reader::Dollar) => dollar::candidates(typed, &self.scene.nodes, lang, &self.commands),
            Some(Reader::Iex | Reader::More) | None => {
                (node::nodes(typed, &self.scene.nodes, lang), self.guide(node::tail(typed)))
            }
            Some(Reader::Program | Reader::Question) => (Vec::new(), None),
        }
    }

    fn guide(&self, text: &str) -> Option<Answer> {
        let (reply, answer) = oneshot::channel();
        let question = Command::Complete { text: text.to_owned(), reply };
        self.commands.try_send(question).ok().map(|()| answer)
    }

    fn learn(&mut self, typed: String, found: Vec<Candidate>) -> Suggestions {
        let suggestions: Suggestions = suggestions(&typed, found).into();
        self.known = Some((typed, suggestions.clone()));
        suggestions
    }
}

impl reedline::Completer for Completer {
    fn complete(&mut self, line: &str, pos: usize) -> CompletionResult {
        let typed = line.get(..pos).unwrap_or(line);
        if let Some((known, suggestions)) = &self.known
            && known == typed
        {
            return CompletionResult::fresh(suggestions.clone());
        }
        if self.question.as_ref().is_some_and(|question| question.typed == typed) {
            return CompletionResult::Pending;
        }
        if let Some(narrowed) = self.known.as_ref().and_then(|(known, all)| narrowed(typed, known, all)) {
            let suggestions: Suggestions = narrowed.into();
            self.known = Some((typed.to_owned(), suggestions.clone()));
            return CompletionResult::fresh(suggestions);
        }
        let typed = typed.to_owned();
        let (own, answer) = self.ask(&typed);
        match answer {
            Some(answer) => {
                self.question = Some(Question { typed, answer, own, deadline: Instant::now() + LIMIT });
                CompletionResult::Pending
            }
            None => {
                self.question = None;
                CompletionResult::fresh(self.learn(typed, own))
            }
        }
    }

    fn poll_completion(&mut self) -> CompletionStatus {
        self.pause.look();
        let Some(question) = &mut self.question else { return CompletionStatus::Idle };
        let found = match question.answer.try_recv() {
            Ok(found) => found,
            Err(TryRecvError::Empty) if Instant::now() < question.deadline => {
                return CompletionStatus::Pending;
            }
            Err(TryRecvError::Empty | TryRecvError::Closed) => Vec::new(),
        };
        if let Some(mut question) = self.question.take() {
            question.own.extend(found);
            self.learn(question.typed, question.own);
        }
        CompletionStatus::Ready
    }
}

/// What still fits of `all`, which was known for less of the same word: nobody need be asked again.
fn narrowed(typed: &str, known: &str, all: &[Suggestion]) -> Option<Vec<Suggestion>> {
    let more = typed.strip_prefix(known).filter(|more| !more.is_empty() && all.len() < MOST)?;
    if !more.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '@' | '-')) {
        return None;
    }
    let fitting = all.iter().filter(|one| {
        typed.get(one.span.start..).is_some_and(|word| !word.is_empty() && one.value.starts_with(word))
    });
    let fitting: Vec<_> = fitting
        .map(|one| Suggestion { span: Span::new(one.span.start, typed.len()), ..one.clone() })
        .collect();
    (!fitting.is_empty()).then_some(fitting)
}

/// Each replacement once; the first of equals stays.
fn suggestions(typed: &str, found: Vec<Candidate>) -> Vec<Suggestion> {
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for candidate in found {
        let suggestion = suggestion(typed, candidate);
        let is_new = suggestions.iter().all(|known| {
            (known.span, &known.value, known.display_value())
                != (suggestion.span, &suggestion.value, suggestion.display_value())
        });
        if is_new && suggestions.len() < MOST {
            suggestions.push(suggestion);
        }
    }
    suggestions
}

fn suggestion(typed: &str, candidate: Candidate) -> Suggestion {
    let start = typed.len().saturating_sub(candidate.back);
    let start = if typed.is_char_boundary(start) { start } else { typed.len() };
    let label = width::cut(&untrusted::plain(&candidate.label), MAX_LABEL);
    let about = untrusted::plain(&candidate.about);
    Suggestion {
        display_override: Some(label),
        description: (!about.is_empty()).then_some(about),
        span: Span::new(start, typed.len()),
        value: untrusted::plain(&candidate.text),
        ..Suggestion::default()
    }
}

/// `name` in the place of the word that ends `typed`, if it begins so and is more.
fn fitting(word: &str, name: &str, about: &str) -> Option<Candidate> {
    name.starts_with(word).then(|| Candidate {
        back: word.len(),
        text: name.to_owned(),
        label: name.trim_end().to_owned(),
        about: about.to_owned(),
    })
}

/// The word that ends `typed`, as a shell splits words.
fn last_word(typed: &str) -> &str {
    typed.rsplit(char::is_whitespace).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(back: usize, text: &str) -> Candidate {
        Candidate { back, text: text.into(), label: text.into(), about: String::new() }
    }

    #[test]
    fn a_candidate_takes_the_place_of_what_is_typed() {
        let found = suggestions("κ = Node.sp", vec![candidate(2, "spawn"), candidate(2, "spawn")]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].span, found[0].value.as_str()), (Span::new(10, 12), "spawn"));
        let found = suggestions("κ", vec![candidate(1, "x"), candidate(99, "y")]);
        assert_eq!(found[0].span, Span::new(2, 2), "not in the middle of a character");
        assert_eq!(found[1].span, Span::new(0, 2));
    }

    #[test]
    fn a_longer_word_is_found_among_what_is_known() {
        let all = suggestions("Node.sp", vec![candidate(2, "spawn"), candidate(2, "spawn_link")]);
        let found = |typed| narrowed(typed, "Node.sp", &all).map(|found| found.len());
        assert_eq!(found("Node.spawn"), Some(2));
        assert_eq!(found("Node.spawn_"), Some(1));
        assert_eq!(found("Node.spx"), None, "the node may know better");
        assert_eq!(found("Node.spawn."), None);
        let narrowed = narrowed("Node.spawn_", "Node.sp", &all).expect("one");
        assert_eq!(narrowed[0].span, Span::new(5, 11));
    }

    #[test]
    fn what_a_node_says_draws_nothing() {
        let found = suggestions("", vec![candidate(0, "a\u{1b}[2Jb")]);
        assert!(!found[0].value.contains('\u{1b}'), "{found:?}");
    }
}
