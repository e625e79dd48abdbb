//! Whole lessons, unattended: what a teacher waits for. Moebi beside what would do the same without it, in the same
//! run; each first in every other round.
//!
//! Nothing here fails for being slow; the aims stand beside the ratios, for a person to read. When Moebi fails, so does
//! the bench: that is a defect. What it is beside is run again, and how often it failed stands beside the ratio.
//!
//!     cargo bench --bench lesson                 # 3 rounds
//!     cargo bench --bench lesson -- 10           # as many as you like, up to 100

mod common;
mod lesson {
    pub(crate) mod place;
}

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use common::samples::{Measure, Pair, heading_beside};
use lesson::place::Place;
use moebi::cluster::runtime::Runtime;

const ROUNDS: usize = 3;
const MAX_ROUNDS: usize = 100;

/// How often the other is tried in a round before its contest ends with the rounds that it has.
const ATTEMPTS: usize = 3;

/// One piece of work, done by both.
struct Contest {
    name: &'static str,
    submissions: usize,
    aim: f64,
    ours: fn(&Place) -> Result<Command>,
    theirs: fn(&Place) -> Result<Command>,
}

/// A class, every submission of which is whole: the most that there can be to do.
const CLASS: usize = 8;

const CONTESTS: [Contest; 2] = [
    Contest {
        name: "the lesson, model answers",
        submissions: 1,
        aim: 0.6,
        ours: |place| Ok(place.moebi(&["check", "--model"])),
        theirs: |place| place.script("lesson.exp", 1),
    },
    Contest {
        name: "a class of 8, isolated",
        submissions: CLASS,
        aim: 0.5,
        ours: |place| {
            let (class, graded) = (place.class(CLASS)?, place.folder()?.join("graded"));
            let mut grade = place.moebi(&["grade", "--isolation", "strict"]);
            grade.arg(class).arg("--output").arg(graded).stderr(Stdio::null());
            Ok(grade)
        },
        theirs: |place| place.script("lesson.exp", CLASS),
    },
];

fn main() -> Result<()> {
    let place = Place::new()?;
    // The first start compiles the bridge and warms the file cache.
    took(place.moebi(&["check", "--model", "--section", "starting-nodes"]))?;
    let rounds = rounds();
    print_place(&place, rounds);
    if !place.has("expect") {
        println!("There is no `expect` here (`apt install expect`): Moebi runs alone.\n");
        return CONTESTS.iter().try_for_each(|contest| alone(&place, contest));
    }
    println!("{}aim", heading_beside("expect and iex"));
    CONTESTS.iter().try_for_each(|contest| {
        let Outcome { measure, failures } = measured(&place, contest, rounds)?;
        match measure {
            Some(measure) => println!(
                "{measure}   {:.1} s a submission   expect failed: {failures}",
                measure.ours().as_secs_f64() / contest.submissions as f64
            ),
            None => println!("{:<34} no figure   expect failed: {failures}", contest.name),
        }
        Ok(())
    })
}

/// What came of a contest.
struct Outcome {
    /// None when the other never came through.
    measure: Option<Measure>,
    /// Of the other; they are in no figure.
    failures: usize,
}

/// `cargo bench` passes `--bench`; without it this is only to see that the bench works.
fn rounds() -> usize {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().find_map(|argument| argument.parse().ok());
    let usual = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    wanted.unwrap_or(usual).clamp(1, MAX_ROUNDS)
}

fn measured(place: &Place, contest: &Contest, rounds: usize) -> Result<Outcome> {
    let mut outcome = Outcome { measure: None, failures: 0 };
    for round in 0..rounds {
        let ours = (contest.ours)(place)?;
        let (moebi, attempts) = if round % 2 == 0 {
            let moebi = took(ours)?;
            (moebi, theirs(place, contest)?)
        } else {
            let attempts = theirs(place, contest)?;
            (took(ours)?, attempts)
        };
        outcome.failures += attempts.failures;
        // More rounds would only fail as often each.
        let Some(iex) = attempts.took else { break };
        let measure = outcome.measure.get_or_insert_with(|| Measure::new(contest.name, Some(contest.aim)));
        measure.take(Pair { iex, moebi });
    }
    Ok(outcome)
}

/// The other's attempts in one round.
struct Attempts {
    /// How long the one took that came through.
    took: Option<Duration>,
    failures: usize,
}

/// Runs the other until it comes through: it races by its nature, and one slip must not cost the figures.
fn theirs(place: &Place, contest: &Contest) -> Result<Attempts> {
    for failures in 0..ATTEMPTS {
        // Made anew: each attempt needs folders that are empty.
        match took((contest.theirs)(place)?) {
            Ok(took) => return Ok(Attempts { took: Some(took), failures }),
            Err(error) => eprintln!("{}: {error:#}", contest.name),
        }
    }
    Ok(Attempts { took: None, failures: ATTEMPTS })
}

fn alone(place: &Place, contest: &Contest) -> Result<()> {
    let took = took((contest.ours)(place)?)?;
    println!("{}: {:.1} s", contest.name, took.as_secs_f64());
    Ok(())
}

/// How long it took; what falls short took no time that counts.
fn took(mut command: Command) -> Result<Duration> {
    let began = Instant::now();
    let program = command.get_program().display().to_string();
    let status = command.status().with_context(|| format!("could not start {program}"))?;
    ensure!(status.success(), "{program} ended with {status}");
    Ok(began.elapsed())
}

fn print_place(place: &Place, rounds: usize) {
    let Runtime { elixir, otp, .. } = &place.environment.elixir;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("\nElixir {elixir}, OTP {otp}, {cores} cores, {rounds} rounds");
    println!(
        "Milliseconds: median (where the middle half lies). Ratio: median of Moebi : the other, taken pair by pair.\n"
    );
}
