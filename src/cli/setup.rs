//! `moebi setup`, and what every command that runs nodes does first: find an Elixir.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::{
    cluster::runtime::{FLOOR, Place, Runtime, Version},
    error::{Error, Result},
    setup::{self, Display, Options},
    words::{Lang, Words},
};

use super::{args::SetupArgs, print, runtime, words};

pub fn run(args: &SetupArgs, lang: Lang) -> Result<u8> {
    let options = Options { yes: args.yes, from: args.from.clone() };
    let found = runtime()?.block_on(provide(FLOOR, &options, lang))?;
    print(&format!("{}\n", words::is_ready(&found.elixir, &found.otp).speak(lang)))?;
    Ok(0)
}

/// The Elixir that is there; where there is none, a person is asked whether Moebi may get one.
pub async fn offered((major, minor): (u32, u32), lang: Lang) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return provide(floor, &Options::default(), lang).await;
    }
    required((major, minor)).await
}

/// The Elixir that is there, without asking anybody.
pub async fn required((major, minor): (u32, u32)) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    let search = Runtime::find(floor).await?;
    search.runtime.ok_or_else(|| {
        let missing = Error::could_not_run(words::no_elixir(&floor.to_string()));
        let passed_over = search.passed_over.iter().map(|fault| words::passed_over(&fault.told()));
        passed_over.fold(missing, Error::hint).hint(words::setup_gets_one())
    })
}

async fn provide(floor: Version, options: &Options, lang: Lang) -> Result<Runtime> {
    let mut display = Display::new(lang);
    setup::run(
        &Place::here()?,
        floor,
        options,
        |question| ask(question, lang),
        |progress| display.show(progress),
    )
    .await
}

/// A yes-or-no question on standard error; Enter is yes, and the end of input is no.
fn ask(question: &Words, lang: Lang) -> bool {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{} {} ", question.speak(lang), words::yes_or_no().speak(lang));
    let _ = stderr.flush();
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => false,
        Ok(_) => is_yes(line.trim(), lang),
    }
}

/// A Greek ν is yes to who reads Greek; to anybody else it is the key of n on the wrong layout.
fn is_yes(answer: &str, lang: Lang) -> bool {
    match answer.to_lowercase().as_str() {
        "" | "y" | "yes" | "ναι" => true,
        "ν" => lang == Lang::El,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_a_yes_in_the_language_of_the_question() {
        assert!(is_yes("", Lang::En) && is_yes("Y", Lang::En) && is_yes("Ναι", Lang::En));
        assert!(is_yes("Ν", Lang::El) && !is_yes("ν", Lang::En));
        assert!(!is_yes("n", Lang::El) && !is_yes("όχι", Lang::El));
    }
}
