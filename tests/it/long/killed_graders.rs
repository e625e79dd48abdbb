//! A grader that is killed at any moment, and another that goes on.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::grade::{Class, GOOD, Grading, verdicts};

/// So often in each of five tests, at moments spread over a whole grading.
const KILLS: u32 = 10;

/// A test for each part of the fifty kills: `NAME: PART, …`.
macro_rules! parts {
    ($($name:ident: $part:literal),+) => { $(
        #[test]
        fn $name() {
            loses_nothing($part);
        }
    )+ };
}

parts!(first: 0, second: 1, third: 2, fourth: 3, fifth: 4);

/// Each time it is killed, another goes on with what there is.
fn loses_nothing(part: u32) {
    let (class, undisturbed) = (Class::new(), Grading::new());
    for name in ["d", "e"] {
        class.hands_in(&format!("{name}.yaml"), GOOD);
    }
    let began = Instant::now();
    let expected = verdicts(&undisturbed.grades_well(&class, &["--seed", "7"]));
    let whole = began.elapsed();
    let handed_in = contents(class.path());
    let mut grading = Grading::new();
    let (mut kills, mut rounds) = (0, part * KILLS);
    while kills < KILLS {
        rounds += 1;
        let mut grader = grading.begins(&class, &["--seed", "7", "--resume"]);
        // The golden ratio's multiples are spread evenly, however many there are.
        let until = Instant::now() + whole.mul_f64((f64::from(rounds) * 0.618_034).fract());
        let ended = loop {
            let ended = grader.try_wait().expect("it is ours");
            if ended.is_some() || Instant::now() >= until {
                break ended;
            }
            thread::park_timeout(Duration::from_millis(2));
        };
        if let Some(ended) = ended {
            assert_eq!(ended.code(), Some(1), "one of them can't be read");
            assert_eq!(verdicts(&grading.results()), expected);
            grading = Grading::new();
        } else {
            grader.kill().expect("it is ours");
            grader.wait().expect("it ends");
            kills += 1;
        }
        grading.0.is_deserted();
        assert_eq!(contents(class.path()), handed_in);
    }
    assert_eq!(verdicts(&grading.grades_well(&class, &["--resume"])), expected);
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = fs::read_dir(folder).expect("it lists").map(|entry| entry.expect("an entry").path());
    files.map(|path| (path.clone(), fs::read(path).expect("it reads"))).collect()
}
