//! Names within submissions, beside whose they are: `learners:` in a file is its writer's own word.

use std::collections::BTreeMap;

use super::{
    messages,
    name::{self, folded},
};
use crate::{
    grade::results::{Student, Submission},
    i18n::Localized,
};

/// What a teacher should look at, with the number of the submission that it is about: two that name the same learner, and
/// one that names a student whose submission is another, or who handed in nothing.
pub(in crate::grade) fn clashes(submissions: &[Submission], missing: &[Student]) -> Vec<(usize, Localized)> {
    let (mut own, mut named): (Owners<'_>, Owners<'_>) = (BTreeMap::new(), BTreeMap::new());
    for (number, submission) in submissions.iter().enumerate() {
        for key in keys(submission) {
            own.entry(key).or_default().push((number, &submission.name));
        }
        for learner in &submission.learners {
            named.entry(name::key(learner)).or_default().push((number, &submission.name));
        }
    }
    let absent: BTreeMap<_, _> =
        missing.iter().map(|student| (name::key(&student.name), &student.name)).collect();
    let mut clashes = Vec::new();
    for (number, submission) in submissions.iter().enumerate() {
        for learner in &submission.learners {
            let (key, word) = (name::key(learner), folded(learner));
            let owners = [&key, &word].into_iter().filter_map(|key| own.get(key)).flatten();
            let owners: Vec<_> = owners.collect();
            if owners.iter().any(|(other, _)| *other == number) {
                continue;
            }
            let other = |all: &[(usize, &str)]| {
                all.iter().find(|(other, _)| *other != number).map(|(_, name)| (*name).to_owned())
            };
            let told = if let Some((_, owner)) = owners.first() {
                Some(messages::names_another(learner, owner))
            } else if let Some(other) = named.get(&key).and_then(|all| other(all)) {
                Some(messages::named_twice(learner, &other))
            } else {
                absent.get(&key).map(|_| messages::names_missing(learner))
            };
            clashes.extend(told.map(|told| (number, told)));
        }
    }
    clashes
}

type Owners<'s> = BTreeMap<String, Vec<(usize, &'s str)>>;

/// By whatever its student may be called.
fn keys(submission: &Submission) -> Vec<String> {
    let students = submission.origin.students.iter();
    let called = students.flat_map(|student| {
        let fields = [&student.login, &student.email, &student.id, &student.school_id];
        let fields = fields.into_iter().flatten().map(|field| folded(field));
        fields.chain([name::key(&student.name)])
    });
    let mut keys: Vec<_> = called.chain([name::key(&submission.name)]).collect();
    keys.sort();
    keys.dedup();
    keys
}
