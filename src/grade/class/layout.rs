//! What names of files and folders say of whose they are: a room a platform, and the plain one.

mod blackboard;
mod canvas;
mod github;
mod google;
mod gradescope;
mod moodle;
mod plain;

use super::{item::Item, top::Top};
use crate::grade::results::{Platform, Student};

/// What a name says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tag {
    /// Whose it is, as the name has it.
    pub who: String,
    /// Those who handed it in, as far as the platform knows them: one, or a group.
    pub students: Vec<Student>,
    /// What tells two of the same name apart; attempts of one have the same.
    pub key: String,
    pub late: bool,
    /// The later one of two attempts has the greater number.
    pub attempt: u64,
    /// What the student had called the file, where the platform's name for it has that in it.
    pub file: Option<String>,
    /// It is the platform's own note that something was handed in.
    pub is_receipt: bool,
    /// It does not follow the platform's rule, so it is nobody's in particular.
    pub is_stray: bool,
}

/// How the names of one class are read.
pub(super) enum Layout {
    Moodle,
    Canvas,
    Gradescope(gradescope::Submitters),
    GithubClassroom { prefix: String },
    Blackboard,
    GoogleClassroom(google::Side),
    Plain,
}

impl Layout {
    /// The one that the names of most of the class follow.
    pub(super) fn of(tops: &[Top], items: &[Item]) -> Self {
        let count = |is: &dyn Fn(&Top) -> bool| tops.iter().filter(|top| is(top)).count();
        let is_most = |count: usize| 2 * count > tops.len();
        let exported = count(&|top| gradescope::is_submission(&top.name));
        match gradescope::metadata(items) {
            Some(submitters) if exported > 0 => return Self::Gradescope(submitters),
            None if is_most(exported) => return Self::Gradescope(gradescope::Submitters::default()),
            Some(_) | None => {}
        }
        if count(&|top| moodle::tag(&top.name).is_some()) > 0 {
            return Self::Moodle;
        }
        if count(&|top| blackboard::tag(&top.name).is_some()) > 0 {
            return Self::Blackboard;
        }
        if is_most(count(&Top::is_clone)) {
            return Self::GithubClassroom { prefix: github::prefix(tops) };
        }
        if is_most(count(&|top| canvas::tag(&top.name).is_some())) {
            return Self::Canvas;
        }
        match google::side(tops) {
            Some(side) => Self::GoogleClassroom(side),
            None => Self::Plain,
        }
    }

    pub(super) fn platform(&self) -> Option<Platform> {
        match self {
            Self::Moodle => Some(Platform::Moodle),
            Self::Canvas => Some(Platform::Canvas),
            Self::Gradescope(_) => Some(Platform::Gradescope),
            Self::GithubClassroom { .. } => Some(Platform::GithubClassroom),
            Self::Blackboard => Some(Platform::Blackboard),
            Self::GoogleClassroom(_) => Some(Platform::GoogleClassroom),
            Self::Plain => None,
        }
    }

    /// What the name of `top` says; what does not follow the platform's rule is read as it stands.
    pub(super) fn tag(&self, top: &Top) -> Tag {
        let tag = match self {
            Self::Moodle => moodle::tag(&top.name),
            Self::Canvas => canvas::tag(&top.name),
            Self::Gradescope(submitters) => submitters.tag(&top.name),
            Self::GithubClassroom { prefix } => github::tag(&top.name, prefix),
            Self::Blackboard => blackboard::tag(&top.name).map(|tag| blackboard::with_receipt(tag, top)),
            Self::GoogleClassroom(side) => side.tag(&top.name),
            Self::Plain => None,
        };
        tag.unwrap_or_else(|| Tag { is_stray: !matches!(self, Self::Plain), ..plain::tag(top) })
    }
}

/// Whether a name is surely one that a platform made for a student's work.
pub(super) fn is_platforms(name: &str) -> bool {
    moodle::tag(name).is_some()
        || blackboard::tag(name).is_some()
        || gradescope::is_submission(name)
        || canvas::tag(name).is_some()
}

/// Whether a file of that name tells of the class, and is nobody's work.
pub(super) fn is_of_the_class(name: &str) -> bool {
    let lower = name.to_lowercase();
    name == gradescope::METADATA || lower.ends_with(".csv") || lower == "readme.md" || lower == "readme.txt"
}

/// One student, of whom the name is known and what `with` adds.
fn student(name: &str, with: impl FnOnce(Student) -> Student) -> Vec<Student> {
    vec![with(Student { name: name.to_owned(), ..Student::default() })]
}
