//! Answers as an asciicast: what was typed, where, as it would have looked to whoever typed it.
//!
//! Of a learner's work no more is kept than the inputs and the time that each step took, so that is all there is to show:
//! the answers of the nodes are not in it, and the speed of the keys is made up. A recording of both is made by `--cast` of
//! `moebi learn` and `moebi demo`.

use std::{io, time::Duration};

use crate::{
    i18n::Lang,
    lesson::{Answers, Input, Lesson, StepId},
    session::export::{Reader, Readers},
};

use super::cast::{Cast, Size};

const SIZE: Size = (100, 30);

/// Between two keys.
const KEY: Duration = Duration::from_millis(40);

/// Before an input of which nobody knows when it came.
const PAUSE: Duration = Duration::from_secs(1);

/// Of each step, how long it took, where that is known.
pub type Took<'t> = &'t dyn Fn(&StepId) -> Option<Duration>;

pub fn cast(lesson: &Lesson, lang: Lang, answers: &Answers, took: Took<'_>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes, lesson, lang, answers, took).expect("memory takes whatever is written");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn write(
    out: &mut Vec<u8>,
    lesson: &Lesson,
    lang: Lang,
    answers: &Answers,
    took: Took<'_>,
) -> io::Result<()> {
    let prose = lesson.prose(lang);
    let mut typist = Typist { cast: Cast::begin(out, SIZE, &prose.title)?, at: Duration::ZERO };
    for section in &lesson.sections {
        let mut readers = Readers::default();
        section.start.iter().for_each(|input| drop(readers.take(input)));
        for step in &section.steps {
            let Some(inputs) = answers.of(step.id.as_str()) else {
                step.answer().iter().for_each(|input| drop(readers.take(input)));
                continue;
            };
            let titles = prose.sections.get(&section.id);
            let title = titles.and_then(|titles| titles.steps.get(&step.id)).map_or("", |prose| &prose.title);
            typist.heads(title)?;
            let shown: Vec<Shown> = inputs.iter().map(|input| shown(input, &mut readers)).collect();
            let keys: u32 = shown.iter().map(Shown::keys).sum();
            let inputs = u32::try_from(shown.len()).unwrap_or(u32::MAX).max(1);
            let pause = took(&step.id).map_or(PAUSE, |took| took.saturating_sub(KEY * keys) / inputs);
            for shown in shown {
                typist.types(&shown, pause)?;
            }
        }
    }
    Ok(())
}

/// An input: the prompt, what is typed there, and what is there at once.
struct Shown {
    prompt: String,
    typed: String,
    at_once: String,
}

impl Shown {
    fn keys(&self) -> u32 {
        u32::try_from(self.typed.chars().count()).unwrap_or(u32::MAX)
    }
}

fn shown(input: &Input, readers: &mut Readers) -> Shown {
    let reader = readers.take(input);
    let shown = |prompt: String, typed: &str, at_once: &str| Shown {
        prompt,
        typed: typed.trim_end().to_owned(),
        at_once: at_once.trim_end().to_owned(),
    };
    match (input, reader) {
        (Input::Type { terminal, text }, Some(Reader::Dollar) | None) => {
            shown(format!("{terminal} $ "), text, "")
        }
        (Input::Type { text, .. }, Some(Reader::Node(Some(node)))) => {
            shown(format!("iex({node})> "), text, "")
        }
        (Input::Type { terminal, text }, Some(Reader::Node(None))) => {
            shown(format!("{terminal} iex> "), text, "")
        }
        (Input::Write { path, text }, _) => shown(format!("{path}: "), "", &format!("\n{text}")),
        (Input::Edit { path, with, .. }, _) => shown(format!("{path}: "), "", &format!("\n{with}")),
        (Input::Choose(choice), _) => shown("? ".to_owned(), choice.as_str(), ""),
        (Input::Close(terminal), _) => shown(String::new(), &format!("/close {terminal}"), ""),
        (Input::Fault(fault), _) => shown(String::new(), &format!("/{fault}"), ""),
    }
}

struct Typist<W> {
    cast: Cast<W>,
    at: Duration,
}

impl<W: io::Write> Typist<W> {
    fn shows(&mut self, text: &str) -> io::Result<()> {
        self.cast.shows(self.at, printable(text).as_bytes())
    }

    fn heads(&mut self, title: &str) -> io::Result<()> {
        self.cast.shows(self.at, format!("\r\n\u{1b}[1m{}\u{1b}[0m\r\n\r\n", printable(title)).as_bytes())
    }

    fn types(&mut self, shown: &Shown, pause: Duration) -> io::Result<()> {
        self.shows(&shown.prompt)?;
        self.at += pause;
        for key in shown.typed.chars() {
            self.at += KEY;
            self.shows(key.encode_utf8(&mut [0; 4]))?;
        }
        self.shows(&shown.at_once)?;
        self.shows("\n")
    }
}

/// As a terminal takes it: line breaks go back to the first column, and nothing steers it.
fn printable(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => "\r\n".to_owned(),
        '\t' => "  ".to_owned(),
        c if c.is_control() => String::new(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::{Nonce, embedded, load};

    /// What a terminal shows in the end, and how long that took.
    fn played(cast: &str) -> (String, f64) {
        let mut events =
            cast.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
        let head = events.next().expect("a head");
        assert_eq!((&head["version"], &head["width"]), (&2.into(), &100.into()));
        let sides =
            std::num::NonZero::new(1000).zip(std::num::NonZero::new(100)).expect("it has rows and columns");
        let mut screen = vt100::Parser::new(sides.0, sides.1, 0);
        let mut at = 0.0;
        for event in events {
            let then = event[0].as_f64().expect("seconds");
            assert!(then >= at, "{then} after {at}");
            at = then;
            screen.process(event[2].as_str().expect("text").as_bytes());
        }
        (screen.screen().contents(), at)
    }

    #[test]
    fn a_terminal_shows_what_was_typed_for_as_long_as_it_took() {
        let lesson = load(&embedded()[0], &Nonce::sample()).expect("the lesson is whole");
        let mut answers = Answers::model(&lesson);
        answers.steps.truncate(5);
        let minute = |_: &StepId| Some(Duration::from_secs(60));
        let (screen, seconds) = played(&cast(&lesson, Lang::En, &answers, &minute));
        for line in ["shell $ iex", "shell iex> Node.self()", "alex $ iex --sname alex@localhost"] {
            assert!(screen.lines().any(|shown| shown.trim_end() == line), "{line} in {screen}");
        }
        assert!((299.0..301.0).contains(&seconds), "five steps of a minute each: {seconds}");
        let (_, seconds) = played(&cast(&lesson, Lang::En, &answers, &|_| None));
        assert!(seconds < 60.0, "nobody knows how long it took: {seconds}");
    }

    #[test]
    fn nothing_that_was_typed_steers_the_terminal() {
        assert_eq!(printable("a\u{1b}[2Jb\r\n\tc"), "a[2Jb\r\n  c");
    }
}
