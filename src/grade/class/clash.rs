//! Names within submissions, beside whose they are: `learners:` in a file is its writer's own word.

use std::collections::{BTreeMap, BTreeSet};

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
    let absent: BTreeSet<_> = missing.iter().map(|student| name::key(&student.name)).collect();
    let mut clashes = Vec::new();
    for (number, submission) in submissions.iter().enumerate() {
        for learner in &submission.learners {
            let (key, word) = (name::key(learner), folded(learner));
            let owners = [&key, &word].into_iter().filter_map(|key| own.get(key)).flatten();
            let owners: Vec<_> = owners.collect();
            if owners.iter().any(|(other, _)| *other == number) {
                continue;
            }
            let mut others = named.get(&key).into_iter().flatten().filter(|(other, _)| *other != number);
            let told = if let Some((_, owner)) = owners.first() {
                Some(messages::names_another(learner, owner))
            } else if let Some((_, other)) = others.next() {
                Some(messages::named_twice(learner, other))
            } else {
                absent.contains(&key).then(|| messages::names_missing(learner))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::results::{Origin, State};

    fn submission(name: &str, login: &str, learners: &[&str]) -> Submission {
        let student = Student { name: name.to_owned(), login: Some(login.to_owned()), ..Student::default() };
        Submission {
            name: name.to_owned(),
            learners: learners.iter().map(|&learner| learner.to_owned()).collect(),
            origin: Origin { students: vec![student], ..Origin::default() },
            state: State::Graded,
            unread: Vec::new(),
            points: 0.0,
            of: 0.0,
            seconds: 0.0,
            steps: Vec::new(),
        }
    }

    #[test]
    fn a_name_that_is_another_ones_is_told() {
        let class = [
            submission("Ana B", "ab", &["ΑΝΑ", "b ana"]),
            submission("Ben C", "bc", &["Ana B"]),
            submission("Cleo", "cd", &["Dan", "Zoe"]),
            submission("Eva", "ef", &["Dan", "ef"]),
            submission("Fay", "fg", &["ab"]),
        ];
        let missing = [Student { name: "Zoe".to_owned(), ..Student::default() }];
        let told = clashes(&class, &missing);
        let told = told.iter().map(|(number, told)| (*number, told.speak(crate::lesson::Lang::En)));
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (1, "it names Ana B, who handed in another: Ana B"),
                (2, "it names Dan, as does Eva"),
                (2, "it names Zoe, of whom nothing came"),
                (3, "it names Dan, as does Cleo"),
                (4, "it names ab, who handed in another: Ana B"),
            ]
        );
    }
}
