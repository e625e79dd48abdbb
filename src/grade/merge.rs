//! The parts of a class that several machines graded, as one.

use std::{fs, path::Path};

use super::{
    messages,
    output::RESULTS,
    part::Part,
    results::{Isolation, Results},
};
use crate::{
    cluster::messages::shown,
    error::{Error, Result},
    render::untrusted,
};

/// The results of one grading's folder.
///
/// # Errors
/// There are none, or they can't be read.
pub fn read(folder: &Path) -> Result<Results> {
    let file = folder.join(RESULTS);
    let unreadable = || Error::usage(messages::results_unreadable(&shown(&file)));
    let text = fs::read_to_string(&file).map_err(|why| unreadable().because(why))?;
    serde_json::from_str(&text).map_err(|why| unreadable().because(why))
}

/// All submissions of all parts, sorted by name. What held apart is what held in every part.
///
/// # Errors
/// There is none; two were graded by different lessons, schemes, languages or versions; one is missing, given twice or
/// not finished; two have the same submission.
pub fn merge(parts: Vec<Results>) -> Result<Results> {
    complete(&parts)?;
    let mut parts = parts.into_iter();
    let mut whole = parts.next().ok_or_else(|| Error::usage(messages::nothing_to_merge()))?;
    for part in parts {
        if part.isolation == Isolation::None {
            whole.isolation = Isolation::None;
        }
        whole.platform = whole.platform.or(part.platform);
        whole.submissions.extend(part.submissions);
        whole.leftovers.extend(part.leftovers);
        whole.missing.extend(part.missing);
        whole.passed_over.extend(part.passed_over);
    }
    whole.part = Part::default();
    // Every part tells of the whole class.
    whole.leftovers.sort_by(|one, other| one.entry.cmp(&other.entry));
    whole.leftovers.dedup();
    let mut told = Vec::new();
    whole.missing.retain(|student| {
        !told.contains(student) && {
            told.push(student.clone());
            true
        }
    });
    whole.submissions.sort_by(|one, other| one.name.cmp(&other.name));
    let twice = whole.submissions.windows(2).find(|pair| pair[0].name == pair[1].name);
    match twice {
        Some(pair) => Err(Error::usage(messages::in_two_parts(&untrusted::plain(&pair[0].name)))),
        None => Ok(whole),
    }
}

/// They are the parts of one class, all of them, each once and to its end.
fn complete(parts: &[Results]) -> Result<()> {
    let Some(first) = parts.first() else { return Ok(()) };
    let is_like =
        |part: &&Results| part.lesson == first.lesson && part.lang == first.lang && part.moebi == first.moebi;
    if !parts.iter().all(|part| is_like(&part)) {
        return Err(Error::usage(messages::unlike_parts()));
    }
    let count = first.part.count;
    if let Some(other) = parts.iter().find(|part| part.part.count != count) {
        return Err(Error::usage(messages::of_different_wholes(count, other.part.count)));
    }
    let mut given: Vec<usize> = parts.iter().map(|part| part.part.index).collect();
    given.sort_unstable();
    if let Some(pair) = given.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(Error::usage(messages::part_twice(pair[0], count)));
    }
    let missing: Vec<String> =
        (1..=count).filter(|index| !given.contains(index)).map(|index| format!("{index}/{count}")).collect();
    if !missing.is_empty() {
        return Err(Error::usage(messages::parts_missing(missing.len(), &missing.join(", ")))
            .hint(messages::merge_all_of_them()));
    }
    if let Some(part) = parts.iter().find(|part| !part.pending.is_empty()) {
        let Part { index, count } = part.part;
        let error = Error::usage(messages::part_unfinished(index, count, part.pending.len()));
        return Err(error.hint(messages::go_on_with_the_part()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        grade::{pages::sample, results::Submission},
        lesson::Lang,
    };

    /// The part of that number, with these students.
    fn part(index: usize, count: usize, names: &[&str]) -> Results {
        let small = sample::small();
        let of = |name: &&str| Submission { name: (*name).to_owned(), ..small.submissions[0].clone() };
        Results { part: Part { index, count }, submissions: names.iter().map(of).collect(), ..small }
    }

    fn told(parts: Vec<Results>) -> String {
        merge(parts).expect_err("it is refused").told().speak(Lang::En).to_owned()
    }

    #[test]
    fn all_parts_make_a_whole() {
        let whole = merge(vec![part(2, 2, &["b"]), part(1, 2, &["a", "c"])]).expect("a whole");
        let names: Vec<_> = whole.submissions.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, whole.part), (vec!["a", "b", "c"], Part::default()));
        assert!(merge(vec![whole]).is_ok());
    }

    #[test]
    fn what_is_missing_is_named() {
        let parts = || vec![part(2, 4, &["b"]), part(1, 4, &[])];
        assert_eq!(told(parts()), "parts 3/4, 4/4 are missing");
        let more = || parts().into_iter().chain([part(3, 4, &["d"])]);
        assert_eq!(told(more().collect()), "part 4/4 is missing");
        assert_eq!(told(more().chain([part(2, 4, &["b"])]).collect()), "part 2/4 is given twice");
        assert_eq!(
            told(more().chain([part(3, 5, &["b"])]).collect()),
            "one of these is a part of 4, another a part of 5"
        );
        let unfinished = Results { pending: vec!["late".to_owned()], ..part(4, 4, &[]) };
        assert_eq!(
            told(more().chain([unfinished]).collect()),
            "part 4/4 is not finished: one submission is missing"
        );
    }

    #[test]
    fn two_wholes_are_two_classes() {
        assert_eq!(told(vec![part(1, 1, &["a"]), part(1, 1, &["b"])]), "part 1/1 is given twice");
    }
}
