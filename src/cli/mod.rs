//! The commands, one file each, and how the program ends.
//!
//! Begin with `args`, where every command and option stands with its help, then read the file that is named after the
//! command. A command makes what the rooms below need, and hands it over; it decides nothing itself. Exit codes are in
//! [`error`](crate::error).

mod args;
mod ask;
mod attach;
mod bridge_flags;
mod check;
mod class;
mod completions;
mod demo;
mod doctor;
mod export;
mod folders;
mod grade;
mod join;
mod learn;
mod lesson;
mod lesson_preview;
mod lesson_test;
mod lessons;
mod list;
mod man;
mod messages;
mod packs;
mod progress;
mod reset;
mod setup;
mod stop;
mod watched;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use crate::{
    cluster::guardian,
    error::{Error, Kind, Result},
    lesson::Lang,
    render::{
        palette::{Palette, Tone},
        untrusted,
    },
};

use args::{Args, Command, Instead};

/// Everything the binary does; a process that Moebi itself started never gets past the first line.
pub fn main() -> ExitCode {
    if let Some(code) = guardian::from_arguments().or_else(bridge_flags::from_arguments) {
        return code;
    }
    let args = match Args::read() {
        Ok(args) => args,
        Err(instead) => return tell(&instead),
    };
    let lang = args.lang.or_else(lessons::spoken).unwrap_or(Lang::En);
    match run(args, lang) {
        Ok(code) => ExitCode::from(code),
        Err(error) => ExitCode::from(explain(&error, lang)),
    }
}

/// `--help` and `--version` are no errors; a broken pipe while they are printed is none either.
fn tell(instead: &Instead) -> ExitCode {
    ExitCode::from(match instead {
        Instead::Help(help) => {
            let _ = help.print();
            if help.use_stderr() { 2 } else { 0 }
        }
        Instead::Wrong(error, lang) => explain(error, *lang),
    })
}

fn run(args: Args, lang: Lang) -> Result<u8> {
    match args.command {
        None => learn::run(&args.learn, args.lang),
        Some(Command::Learn(learn)) => learn::run(&learn, args.lang),
        Some(Command::Check(check)) => check::run(&check, args.lang),
        Some(Command::Export(export)) => export::run(&export, args.lang),
        Some(Command::Class { command }) => class::run(&command, args.lang),
        Some(Command::Join(join)) => join::run(&join, args.lang),
        Some(Command::Demo(demo)) => demo::run(&demo, args.lang),
        Some(Command::Attach(attach)) => attach::run(&attach, args.lang),
        Some(Command::Submit(submit)) => join::submit(&submit, args.lang),
        Some(Command::Grade(grade)) => grade::run(&grade, args.lang),
        Some(Command::Lesson { command }) => lesson::run(&command, args.lang),
        Some(Command::Pack { command }) => packs::run(&command, lang),
        Some(Command::List(list)) => list::run(&list, args.lang),
        Some(Command::Progress(progress)) => progress::run(&progress, args.lang),
        Some(Command::Reset(reset)) => reset::run(&reset, args.lang),
        Some(Command::Doctor(doctor)) => doctor::run(&doctor, lang),
        Some(Command::Setup(setup)) => setup::run(&setup, lang),
        Some(Command::Completions(completions)) => completions::run(&completions),
        Some(Command::Man(man)) => man::run(&man),
    }
}

/// The message, its cause, and what to do next, on standard error.
fn explain(error: &Error, lang: Lang) -> u8 {
    let palette = Palette::from_env(io::stderr().is_terminal());
    let mut stderr = io::stderr().lock();
    if error.kind() != Kind::Interrupted {
        // What an error quotes, such as a name in a zip, may hold anything.
        let told = error.told();
        let told = untrusted::quoted(told.speak(lang));
        let _ = writeln!(stderr, "{} {told}", palette.paint(Tone::Bad, "moebi:"));
    }
    for hint in error.hints() {
        let _ = writeln!(stderr, "  {}", untrusted::quoted(hint.speak(lang)));
    }
    error.exit_code()
}

/// Prints to standard output; a reader that has gone (`| head`) is success.
fn print(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::could_not_run(messages::output_not_written()).because(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

/// A runtime of as many threads as the work has parts.
fn runtime() -> Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Error::could_not_run(messages::no_threads()).because(e))
}
