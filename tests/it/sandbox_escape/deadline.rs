//! Many inputs, none of which takes too long: a section has a deadline of its own.

use std::{fmt::Write as _, sync::Arc, time::Duration};

use moebi::{
    check::{self, Answers, Options, Scheme},
    cluster::{Site, cell::Cell},
    lesson::{Lang, Nonce, Verdict, load, load_answers, source::from_folder},
};
use tokio::sync::{Semaphore, mpsc};

use super::LESSONS;
use crate::support::{MOEBI, elixir};

const SECTION: Duration = Duration::from_secs(2);

fn lesson() -> Arc<moebi::lesson::Lesson> {
    let source = from_folder(LESSONS.as_ref()).expect("lessons").remove(0);
    Arc::new(load(&source, &Nonce::sample()).unwrap_or_else(|complaints| panic!("{complaints:#?}")))
}

async fn options() -> Options {
    let cell = Cell::find(&elixir::path())
        .await
        .unwrap_or_else(|why| panic!("no cell can be made: {}", why.told().speak(Lang::En)));
    Options {
        runtime: elixir::runtime(),
        cache: elixir::bridges(),
        guardian: MOEBI.into(),
        lang: Lang::En,
        section: Some("commands".to_owned()),
        step: None,
        places: Arc::new(Semaphore::new(1)),
        scheme: Scheme::default(),
        site: Site::Cell(cell),
        section_time: Some(SECTION),
    }
}

#[tokio::test]
async fn two_hundred_naps_are_cut_short() {
    let lesson = lesson();
    let naps = (0..200).fold(String::new(), |mut naps, _| {
        let _ = writeln!(naps, "    - shell: sleep 1");
        naps
    });
    let text = format!("lesson: small\nanswers:\n  word:\n{naps}  greet:\n    - shell: echo good morning\n");
    let answers = load_answers("answers.yaml", &text, &lesson).expect("answers");
    let (heard, _told) = mpsc::unbounded_channel();
    let results =
        check::run(&lesson, &Answers::Given(answers), &options().await, heard).await.expect("results");
    let verdicts: Vec<_> = results.iter().map(|result| (result.verdict, result.points)).collect();
    assert_eq!(verdicts, [(Verdict::TimedOut, 0.0), (Verdict::Skipped, 0.0)]);
}
