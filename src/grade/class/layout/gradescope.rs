//! Gradescope's "Export submissions": a folder `submission_123` each, and `submission_metadata.yml`, which says whose.

use std::{collections::BTreeMap, fs::File, io::Read};

use serde::Deserialize;

use super::{Item, Tag};
use crate::{check::submission::plain_text, grade::results::Student};

pub(super) const METADATA: &str = "submission_metadata.yml";
/// It holds all results of all attempts too.
const MAX_METADATA: u64 = 64 * 1024 * 1024;

/// Who handed in what, by the folder's name.
#[derive(Debug, Default)]
pub(in crate::grade::class) struct Submitters(BTreeMap<String, Submission>);

#[derive(Debug, Deserialize)]
struct Submission {
    #[serde(rename = ":submitters", default)]
    submitters: Vec<Submitter>,
}

#[derive(Debug, Deserialize)]
struct Submitter {
    #[serde(rename = ":name", default)]
    name: Option<String>,
    #[serde(rename = ":sid", default)]
    sid: Option<String>,
    #[serde(rename = ":email", default)]
    email: Option<String>,
}

pub(super) fn is_submission(name: &str) -> bool {
    let number = name.strip_prefix("submission_").unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// What the platform says of the class; nobody's names where that can't be read.
pub(super) fn metadata(items: &[Item]) -> Option<Submitters> {
    let at = items.iter().find(|item| item.name() == METADATA)?.at()?;
    let mut bytes = Vec::new();
    let read = File::open(at).and_then(|file| file.take(MAX_METADATA).read_to_end(&mut bytes));
    let parsed = read.ok().and_then(|_| serde_yaml::from_str(&plain_text(&bytes)).ok());
    Some(Submitters(parsed.unwrap_or_default()))
}

impl Submitters {
    pub(super) fn tag(&self, name: &str) -> Option<Tag> {
        let number = name.strip_prefix("submission_").filter(|_| is_submission(name))?;
        let submitters =
            self.0.get(name).map(|submission| submission.submitters.as_slice()).unwrap_or_default();
        let students: Vec<_> = submitters.iter().map(|one| one.student(name)).collect();
        let names: Vec<_> = students.iter().map(|student| student.name.as_str()).collect();
        let who = if names.is_empty() { name.to_owned() } else { names.join(", ") };
        Some(Tag {
            who,
            students,
            key: number.to_owned(),
            attempt: number.parse().unwrap_or_default(),
            ..Tag::default()
        })
    }
}

impl Submitter {
    fn student(&self, of: &str) -> Student {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let name = given(&self.name).or_else(|| given(&self.email)).unwrap_or_else(|| of.to_owned());
        Student { name, school_id: given(&self.sid), email: given(&self.email), ..Student::default() }
    }
}
