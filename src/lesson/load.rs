//! From files to a checked lesson; every complaint at once, each with its place.

use std::collections::BTreeMap;

use super::{
    Lang, Lesson, Nonce, Prose,
    check::{self, Outline},
    complaint::{Complaints, place},
    raw::{RawLesson, RawProse, Read},
    yaml::{self, Node},
};

/// The file that holds a lesson's structure.
pub const STRUCTURE: &str = "lesson.yaml";

/// What stands where a file's bytes are no UTF-8.
const REPLACED: char = char::REPLACEMENT_CHARACTER;

/// The texts of one lesson folder, wherever they came from (the binary, or a folder).
#[derive(Debug, Clone)]
pub struct Source {
    /// The folder's name.
    pub id: String,
    /// File name as a person knows it (`lessons/otp-distribution/el.yaml`) and its text.
    pub files: Vec<(String, String)>,
}

/// One complaint, rendered with file, line, column, the line itself, a caret and the likely fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub column: usize,
    pub message: String,
    /// The whole diagnostic, without colour.
    pub rendered: String,
}

/// Loads and checks a lesson, with `nonce` where its files say `${nonce}`; on failure, everything that is wrong with it.
pub fn load(source: &Source, nonce: &Nonce) -> Result<Lesson, Vec<Trouble>> {
    let source = &nonce.fill_source(source);
    let mut troubles = Vec::new();
    let structure = source.files.iter().find(|(file, _)| stem(file) == Some("lesson"));
    let (lesson, outline) = match structure {
        Some((file, text)) => read_structure(source, file, text, &mut troubles),
        None => {
            troubles.push(nowhere(&source.id, format!("the lesson `{}` has no {STRUCTURE}", source.id)));
            (None, None)
        }
    };
    let prose = read_languages(source, outline.as_ref(), &mut troubles);
    if prose.is_empty() && troubles.is_empty() {
        let message = format!("the lesson `{}` has no texts: add en.yaml", source.id);
        troubles.push(nowhere(&source.id, message));
    }
    match lesson {
        Some(lesson) if troubles.is_empty() => Ok(Lesson { prose, nonce: nonce.clone(), ..lesson }),
        _ => Err(troubles),
    }
}

fn read_structure(
    source: &Source,
    file: &str,
    text: &str,
    troubles: &mut Vec<Trouble>,
) -> (Option<Lesson>, Option<Outline>) {
    let mut told = Complaints::new(file, without_mark(text));
    let raw = tree(&mut told).and_then(|tree| RawLesson::read(&tree, &mut told));
    let outline = raw.as_ref().map(Outline::of);
    let lesson = raw
        .zip(outline.as_ref())
        .and_then(|(raw, outline)| check::lesson(raw, outline, &source.id, &mut told));
    troubles.extend(told.into_troubles());
    (lesson, outline)
}

/// A prose file and its complaints so far.
struct Translation<'a> {
    file: &'a str,
    lang: Lang,
    /// None where it is no YAML.
    root: Option<Node>,
    prose: Option<Prose>,
    told: Complaints<'a>,
}

fn read_languages(
    source: &Source,
    outline: Option<&Outline>,
    troubles: &mut Vec<Trouble>,
) -> BTreeMap<Lang, Prose> {
    let mut read: Vec<Translation<'_>> = Vec::new();
    for (file, text) in source.files.iter().filter(|(file, _)| stem(file) != Some("lesson")) {
        let mut told = Complaints::new(file, without_mark(text));
        let Some(lang) = stem(file).and_then(Lang::parse) else {
            told.say(&(0..0), "no language that Moebi knows has this file's name")
                .help("name it en.yaml or el.yaml");
            troubles.extend(told.into_troubles());
            continue;
        };
        let root = tree(&mut told);
        let raw = root.as_ref().and_then(|root| RawProse::read(root, &mut told));
        let prose = raw.and_then(|raw| check::prose(raw, outline, &mut told));
        read.push(Translation { file, lang, root, prose, told });
    }
    compare_languages(&mut read);
    let mut languages = BTreeMap::new();
    for one in read {
        troubles.extend(one.told.into_troubles());
        languages.extend(one.prose.map(|prose| (one.lang, prose)));
    }
    languages
}

fn compare_languages(read: &mut [Translation<'_>]) {
    for index in 0..read.len() {
        let (before, rest) = read.split_at_mut(index);
        let Some((one, after)) = rest.split_first_mut() else { return };
        let (Some(prose), Some(root)) = (&one.prose, &one.root) else { continue };
        for other in before.iter().chain(after.iter()) {
            if let Some(twin) = &other.prose {
                let name = other.file.rsplit('/').next().unwrap_or(other.file);
                check::same_keys(prose, twin, name, root, &mut one.told);
            }
        }
    }
}

/// The tree of the file that `told` speaks of; complains where it is no YAML.
pub(super) fn tree(told: &mut Complaints<'_>) -> Option<Node> {
    if let Some(at) = told.text().find(REPLACED) {
        let complaint = told.say(&(at..at + REPLACED.len_utf8()), "this is no UTF-8");
        complaint.help("save the file as UTF-8");
    }
    match yaml::parse(told.text()) {
        Ok(tree) => Some(tree),
        Err(why) => {
            let complaint = told.say(&why.span, why.message);
            if let Some(help) = why.help {
                complaint.help(help);
            }
            None
        }
    }
}

/// `text` without a byte order mark.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// The name of a YAML file without folder and ending.
pub(super) fn stem(file: &str) -> Option<&str> {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// A complaint about something that isn't there at all.
fn nowhere(file: &str, message: String) -> Trouble {
    let (line, column) = place("", 0);
    Trouble { file: file.to_string(), line, column, rendered: format!("error: {message}"), message }
}
