//! `moebi doctor`.

use std::{
    env,
    io::{self, IsTerminal, Write},
};

use crossterm::{cursor, terminal};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::{
    check::Format,
    cluster::{guardian, locale, runtime::SearchPaths},
    doctor::{self, Finding, Machine, Measured, Progress, State, Terminal, messages},
    error::{Error, Result},
    i18n::Localized,
    lesson::Lang,
    render::{
        palette::{Palette, Tone},
        width,
    },
};

use super::{
    args::DoctorArgs,
    folders::Folders,
    print,
    progress::{here, page::Page, print_json},
    runtime,
    stop::Stop,
};

/// Two letters of one column and two of two.
const LETTERS: &str = "αβ日本";

/// What lessons can't run on ends the program like anything else that could not run.
const UNWELL: u8 = 3;

pub(super) fn run(args: &DoctorArgs, lang: Lang) -> Result<u8> {
    let folders = Folders::find()?;
    let machine = Machine {
        place: SearchPaths::here()?,
        state: folders.state(),
        cache: folders.cache(),
        work: folders.workspaces(),
        guardian: guardian::this_program()?,
        terminal: look(args.format),
    };
    let threads = runtime()?;
    let findings = threads.block_on(watched(&machine, args.format, lang));
    // A resolver that hangs in a thread of its own is not waited for.
    threads.shutdown_background();
    let findings = findings?;
    match args.format {
        Format::Human => print(&conclusion(&findings, lang))?,
        Format::Json => print_json(&Report::of(&findings, lang))?,
    }
    Ok(if doctor::is_well(&findings) { 0 } else { UNWELL })
}

/// Each finding is printed as it comes; what is under way shows on standard error, where that is a terminal.
async fn watched(machine: &Machine, format: Format, lang: Lang) -> Result<Vec<Finding>> {
    let mut stop = Stop::listen();
    let (page, bar) = (here(lang), spinner());
    let (mut findings, mut printed) = (Vec::new(), Ok(()));
    let tell = |progress| match progress {
        Progress::Looking(what) => bar.set_message(format!("{}…", what.speak(lang))),
        Progress::Found(finding) => {
            if matches!(format, Format::Human) && printed.is_ok() {
                printed = bar.suspend(|| print(&told(&finding, page)));
            }
            findings.push(finding);
        }
    };
    let looked = tokio::select! {
        () = doctor::examine(machine, tell) => Ok(()),
        () = stop.told() => Err(Error::interrupted()),
    };
    bar.finish_and_clear();
    looked.and(printed).map(|()| findings)
}

fn spinner() -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
        bar.set_style(style);
    }
    bar
}

/// A sign, which says it without colour too, and what was found; each remedy on a line of its own.
fn told(finding: &Finding, page: Page) -> String {
    let (sign, tone) = match finding.state {
        State::Ok => ("✔", Tone::Good),
        State::Remark => ("!", Tone::Advice),
        State::Wrong => ("✘", Tone::Bad),
    };
    let mut text = hanging(&page.palette.paint(tone, sign), &finding.told, page);
    for remedy in &finding.remedies {
        text.push_str(&hanging(&format!("  {}", page.palette.paint(Tone::Advice, "→")), remedy, page));
    }
    text
}

fn hanging(sign: &str, words: &Localized, page: Page) -> String {
    let indent = width::width(sign) + 1;
    let rows = crate::render::rows::rows(words.speak(page.lang), page.columns.saturating_sub(indent));
    let mut text = String::new();
    for (index, row) in rows.iter().enumerate() {
        let before = if index == 0 { format!("{sign} ") } else { " ".repeat(indent) };
        text.push_str(&format!("{before}{row}\n"));
    }
    text
}

fn conclusion(findings: &[Finding], lang: Lang) -> String {
    let count = |state| findings.iter().filter(|finding| finding.state == state).count();
    let words = match (count(State::Wrong), count(State::Remark)) {
        (0, 0) => messages::well(),
        (0, remarks) => messages::well_with_remarks(remarks),
        (wrong, _) => messages::unwell(wrong),
    };
    format!("\n{}\n", words.speak(lang))
}

#[derive(Serialize)]
struct Report<T> {
    well: bool,
    findings: Vec<T>,
}

impl Report<()> {
    fn of(findings: &[Finding], lang: Lang) -> Report<impl Serialize> {
        let told = findings.iter().map(|finding| finding.in_language(lang)).collect();
        Report { well: doctor::is_well(findings), findings: told }
    }
}

fn look(format: Format) -> Terminal {
    let var = |name: &str| env::var(name).ok();
    let is_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let term = var("TERM").filter(|term| !term.is_empty());
    let set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
    let is_asked =
        is_terminal && matches!(format, Format::Human) && term.as_deref().is_some_and(|term| term != "dumb");
    Terminal {
        is_terminal,
        has_colours: Palette::from_env(is_terminal).is_coloured(),
        colours_are_off: set("NO_COLOR") || var("CLICOLOR").as_deref() == Some("0"),
        locale: locale::effective(var),
        size: terminal_size::terminal_size_of(io::stdout()).map(|(width, height)| (width.0, height.0)),
        measured: if is_asked { measure() } else { Measured::NotAsked },
        term,
    }
}

/// Writes the letters, asks where the cursor is (crossterm waits two seconds for the answer), and wipes them away.
fn measure() -> Measured {
    if terminal::enable_raw_mode().is_err() {
        return Measured::NotAsked;
    }
    let mut stdout = io::stdout();
    let _ = write!(stdout, "\r{LETTERS}");
    let _ = stdout.flush();
    let position = cursor::position();
    let _ = write!(stdout, "\r\u{1b}[K");
    let _ = stdout.flush();
    let _ = terminal::disable_raw_mode();
    match position {
        Ok((column, _)) => Measured::Widths { right: usize::from(column) == width::width(LETTERS) },
        Err(_) => Measured::NoAnswer,
    }
}
