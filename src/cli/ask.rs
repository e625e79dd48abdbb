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
        Ok(_) => means_yes(line.trim(), default, lang),
    }
}

/// A Greek ν is yes to who reads Greek; to anybody else it is the key of n on the wrong layout.
fn means_yes(answer: &str, default: DefaultAnswer, lang: Lang) -> bool {
    match answer.to_lowercase().as_str() {
        "" => default == DefaultAnswer::Yes,
        "y" | "yes" | "ναι" => true,
        "ν" => lang == Lang::El,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_a_yes_in_the_language_of_the_question() {
        for default in [DefaultAnswer::Yes, DefaultAnswer::No] {
            let is_yes = |answer, lang| means_yes(answer, default, lang);
            assert!(is_yes("Y", Lang::En) && is_yes("Ναι", Lang::En));
            assert!(is_yes("Ν", Lang::El) && !is_yes("ν", Lang::En), "the key of n");
            assert!(!is_yes("n", Lang::El) && !is_yes("όχι", Lang::El) && !is_yes("?", Lang::En));
            assert_eq!(is_yes("", Lang::En), default == DefaultAnswer::Yes);
        }
    }
}
