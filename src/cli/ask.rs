//! A yes-or-no question to the person at the terminal.

use std::io::{self, BufRead, Write};

use crate::{
    i18n::{Lang, Localized},
    render::rows::rows,
};

use super::messages;

/// What Enter alone means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DefaultAnswer {
    Yes,
    No,
}

/// Asks on standard error, in whole words a row; the end of input is no.
pub(super) fn agrees(question: &Localized, default: DefaultAnswer, lang: Lang) -> bool {
    let choice = match default {
        DefaultAnswer::Yes => messages::usually_yes(),
        DefaultAnswer::No => messages::usually_no(),
    };
    let asked = format!("{} {} ", question.speak(lang), choice.speak(lang));
    let mut stderr = io::stderr().lock();
    let columns = terminal_size::terminal_size_of(&stderr).map_or(80, |(width, _)| usize::from(width.0));
    let _ = write!(stderr, "{}", rows(&asked, columns).join("\n"));
    let _ = stderr.flush();
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => false,
        Ok(_) if line.trim().is_empty() => default == DefaultAnswer::Yes,
        Ok(_) => lang.is_yes(line.trim()),
    }
}
