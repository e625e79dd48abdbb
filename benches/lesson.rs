//! Whole lessons, unattended: what a teacher waits for. Moebi beside what would do the same without it, in the same
//! run; each first in every other round.
//!
//! Nothing here fails for being slow; the aims stand beside the ratios, for a person to read.
//!
//!     cargo bench --bench lesson                 # 3 rounds
//!     cargo bench --bench lesson -- 10           # as many as you like, up to 100

mod common;
mod lesson {
    pub mod place;
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
        let measure = measured(&place, contest, rounds)?;
        println!(
            "{measure}   {:.1} s a submission",
            measure.ours().as_secs_f64() / contest.submissions as f64
        );
        Ok(())
    })
}

/// `cargo bench` passes `--bench`; without it this is only to see that the bench works.
fn rounds() -> usize {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = arguments.iter().find_map(|argument| argument.parse().ok());
    let usual = if arguments.iter().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    wanted.unwrap_or(usual).clamp(1, MAX_ROUNDS)
}

fn measured(place: &Place, contest: &Contest, rounds: usize) -> Result<Measure> {
    let mut measure = Measure::new(contest.name, Some(contest.aim));
    for round in 0..rounds {
        let (ours, theirs) = ((contest.ours)(place)?, (contest.theirs)(place)?);
        measure.take(if round % 2 == 0 {
            let moebi = took(ours)?;
            Pair { moebi, iex: took(theirs)? }
        } else {
            let iex = took(theirs)?;
            Pair { moebi: took(ours)?, iex }
        });
    }
    Ok(measure)
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
