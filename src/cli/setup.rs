//! `moebi setup`, and what every command that runs nodes does first: find an Elixir.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::{
    cluster::runtime::{FLOOR, Place, Runtime, Version},
    error::{Error, Result},
    setup::{self, Display, Options},
};

use super::{args::SetupArgs, print, runtime};

pub fn run(args: &SetupArgs) -> Result<u8> {
    let options = Options { yes: args.yes, from: args.from.clone() };
    let found = runtime()?.block_on(provide(FLOOR, &options))?;
    print(&format!("Elixir {} on Erlang/OTP {} is ready. Start with: moebi\n", found.elixir, found.otp))?;
    Ok(0)
}

/// The Elixir that is there; where there is none, a person is asked whether Moebi may get one.
pub async fn offered((major, minor): (u32, u32)) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    if io::stdin().is_terminal() && io::stderr().is_terminal() {
        return provide(floor, &Options::default()).await;
    }
    required((major, minor)).await
}

/// The Elixir that is there, without asking anybody.
pub async fn required((major, minor): (u32, u32)) -> Result<Runtime> {
    let floor = FLOOR.max(Version(major, minor));
    let search = Runtime::find(floor).await?;
    search.runtime.ok_or_else(|| {
        let missing = Error::could_not_run(format!("there is no Elixir {floor} or newer on this machine"));
        let passed_over = search.passed_over.iter().map(|fault| format!("Passed over: {fault}."));
        passed_over
            .fold(missing, Error::hint)
            .hint("`moebi setup --yes` gets one without root; then start again.")
    })
}

async fn provide(floor: Version, options: &Options) -> Result<Runtime> {
    let mut display = Display::new();
    setup::run(&Place::here()?, floor, options, ask, |progress| display.show(progress)).await
}

/// A yes-or-no question on standard error; Enter is yes, and the end of input is no.
fn ask(question: &str) -> bool {
    let mut stderr = io::stderr().lock();
    let _ = write!(stderr, "{question} [Y/n] ");
    let _ = stderr.flush();
    let mut line = String::new();
    match io::stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => false,
        Ok(_) => matches!(line.trim().to_lowercase().as_str(), "" | "y" | "yes" | "ν" | "ναι"),
    }
}
