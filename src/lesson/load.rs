//! From files to a checked lesson; every complaint at once, each with its place.

use std::{collections::BTreeMap, panic::resume_unwind, thread};

use super::{
    Lang, Lesson, Nonce, Prose,
    check::{self, Outline},
    diagnostic::{Diagnostics, Fix, Scrutiny, place},
    raw::{RawLesson, RawProse, Read},
    review,
    source::taught,
    tag::{Tag, TextLang},
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
pub struct RenderedDiagnostic {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub column: usize,
    pub message: String,
    /// What most likely mends it.
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// The whole diagnostic, without colour.
    pub rendered: String,
}

impl RenderedDiagnostic {
    /// In a line.
    pub fn told(&self) -> String {
        format!("{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

/// Loads and checks a lesson, with `nonce` where its files say `${nonce}`; on failure, everything that is wrong with it.
pub fn load(source: &Source, nonce: &Nonce) -> Result<Lesson, Vec<RenderedDiagnostic>> {
    read(source, nonce, Scrutiny::Usual, &[])
}

/// As [`load`], and complains about what its author could do better, too; `commands` are the shell's, without their slash.
pub fn lint(source: &Source, nonce: &Nonce, commands: &[&str]) -> Result<Lesson, Vec<RenderedDiagnostic>> {
    read(source, nonce, Scrutiny::Strict, commands)
}

/// Loads what a learner of that language is taught of a built-in lesson, which the tests have loaded whole: a start
/// doesn't read what nobody is to see, and doesn't try again what has been tried.
pub fn load_taught(source: &Source, lang: Lang, nonce: &Nonce) -> Result<Lesson, Vec<RenderedDiagnostic>> {
    read(&taught(source, lang), nonce, Scrutiny::Tried, &[])
}

fn read(
    source: &Source,
    nonce: &Nonce,
    scrutiny: Scrutiny,
    commands: &[&str],
) -> Result<Lesson, Vec<RenderedDiagnostic>> {
    let source = &nonce.fill_source(source);
    let mut rendered = Vec::new();
    let (structures, languages): (Vec<_>, Vec<_>) =
        read_files(source, scrutiny).into_iter().partition(|file| stem(file.name) == Some("lesson"));
    let (lesson, outline) = match structures.into_iter().next() {
        Some(file) => check_structure(file, &source.id, commands, &mut rendered),
        None => {
            rendered.push(nowhere(&source.id, format!("the lesson `{}` has no {STRUCTURE}", source.id)));
            (None, None)
        }
    };
    let outline = outline.as_ref().filter(|outline| !outline.is_unclear);
    let (prose, foreign) = check_languages(languages, outline, (nonce, commands), &mut rendered);
    if prose.is_empty() && foreign.is_empty() && rendered.is_empty() {
        let message = format!("the lesson `{}` has no texts: add en.yaml", source.id);
        rendered.push(nowhere(&source.id, message));
    }
    match lesson {
        Some(lesson) if rendered.is_empty() => Ok(Lesson { prose, foreign, nonce: nonce.clone(), ..lesson }),
        _ => Err(rendered),
    }
}

/// A file and its complaints so far.
struct File<'a> {
    name: &'a str,
    /// None where it is no YAML.
    root: Option<Node>,
    diag: Diagnostics<'a>,
}

/// Side by side: most of a start goes into reading YAML.
fn read_files(source: &Source, scrutiny: Scrutiny) -> Vec<File<'_>> {
    thread::scope(|scope| {
        let read = |name, text| scope.spawn(move || File::read(name, text, scrutiny));
        let reading: Vec<_> = source.files.iter().map(|(name, text)| read(name, text)).collect();
        reading.into_iter().map(|file| file.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    })
}

impl<'a> File<'a> {
    fn read(name: &'a str, text: &'a str, scrutiny: Scrutiny) -> Self {
        let mut diag = Diagnostics::new(name, without_mark(text)).with(scrutiny);
        let root = tree(&mut diag);
        Self { name, root, diag }
    }
}

fn check_structure(
    file: File<'_>,
    id: &str,
    commands: &[&str],
    rendered: &mut Vec<RenderedDiagnostic>,
) -> (Option<Lesson>, Option<Outline>) {
    let File { root, mut diag, .. } = file;
    let raw = root.as_ref().and_then(|root| RawLesson::read(root, &mut diag));
    let outline = raw.as_ref().map(Outline::of);
    let lesson =
        raw.zip(outline.as_ref()).and_then(|(raw, outline)| check::lesson(raw, outline, id, &mut diag));
    if let Some(root) = root.filter(|_| diag.is_strict()) {
        review::structure(&root, commands, &mut diag);
    }
    rendered.extend(diag.render());
    (lesson, outline)
}

/// A file of one language, and its prose where nothing is wrong with it.
struct Translation<'a> {
    file: File<'a>,
    lang: TextLang,
    prose: Option<Prose>,
}

fn check_languages(
    files: Vec<File<'_>>,
    outline: Option<&Outline>,
    (nonce, commands): (&Nonce, &[&str]),
    rendered: &mut Vec<RenderedDiagnostic>,
) -> (BTreeMap<Lang, Prose>, BTreeMap<Tag, Prose>) {
    let mut checked: Vec<Translation<'_>> = Vec::new();
    for mut file in files {
        let Some(lang) = stem(file.name).and_then(TextLang::parse) else {
            let mut diag = Diagnostics::new(file.name, "");
            diag.error(&(0..0), "no language has this file's name")
                .help("name it by its language's tag: en.yaml, el.yaml, fr.yaml");
            rendered.extend(diag.render());
            continue;
        };
        let raw = file.root.as_ref().and_then(|root| RawProse::read(root, &mut file.diag));
        let prose = raw.and_then(|raw| check::prose(raw, outline, &mut file.diag));
        if let Some(root) = file.root.as_ref().filter(|_| file.diag.is_strict()) {
            let known = review::Known { commands, outline, prose: prose.as_ref() };
            review::texts(root, &known, &mut file.diag);
        }
        checked.push(Translation { file, lang, prose });
    }
    compare_languages(&mut checked);
    compare_texts(&mut checked, nonce);
    let (mut languages, mut foreign) = (BTreeMap::new(), BTreeMap::new());
    for one in checked {
        rendered.extend(one.file.diag.render());
        match (one.lang, one.prose) {
            (TextLang::Spoken(lang), Some(prose)) => drop(languages.insert(lang, prose)),
            (TextLang::Other(tag), Some(prose)) => drop(foreign.insert(tag, prose)),
            (TextLang::Spoken(_) | TextLang::Other(_), None) => {}
        }
    }
    (languages, foreign)
}

fn compare_languages(checked: &mut [Translation<'_>]) {
    for index in 0..checked.len() {
        let (before, rest) = checked.split_at_mut(index);
        let Some((one, after)) = rest.split_first_mut() else { return };
        let (Some(prose), Some(root)) = (&one.prose, &one.file.root) else { continue };
        for other in before.iter().chain(after.iter()) {
            if let Some(twin) = &other.prose {
                let name = other.file.name.rsplit('/').next().unwrap_or(other.file.name);
                check::same_keys(prose, twin, name, root, &mut one.file.diag);
            }
        }
    }
}

/// Holds each translation against the text that it is of: English where there is one, else the first.
fn compare_texts(checked: &mut [Translation<'_>], nonce: &Nonce) {
    checked.sort_by_key(|one| one.lang != TextLang::Spoken(Lang::En));
    let Some((original, translations)) = checked.split_first_mut() else { return };
    for one in translations.iter_mut().filter(|one| one.file.diag.is_strict()) {
        let (Some(prose), Some(root)) = (&original.prose, &original.file.root) else { return };
        let (Some(own), Some(tree)) = (&one.prose, &one.file.root) else { continue };
        review::translation((own, tree), (prose, root), (&one.lang.to_string(), nonce), &mut one.file.diag);
    }
    checked.sort_by(|one, other| one.lang.cmp(&other.lang));
}

/// The tree of the file that `told` speaks of; complains where it is no YAML.
pub(super) fn tree(diag: &mut Diagnostics<'_>) -> Option<Node> {
    if let Some(at) = diag.text().find(REPLACED) {
        let complaint = diag.error(&(at..at + REPLACED.len_utf8()), "this is no UTF-8");
        complaint.help("save the file as UTF-8");
    }
    match yaml::parse(diag.text()) {
        Ok(tree) => Some(tree),
        Err(why) => {
            let complaint = diag.error(&why.span, why.message);
            if let Some(help) = why.help {
                complaint.help(help);
            }
            if let Some(fix) = why.fix {
                complaint.fix_at(fix.span, fix.text, fix.is_sure);
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
pub(crate) fn stem(file: &str) -> Option<&str> {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"))
}

/// Whether that file has the structure, and no texts.
pub(crate) fn is_structure(file: &str) -> bool {
    stem(file) == Some("lesson")
}

/// A complaint about something that isn't there at all.
fn nowhere(file: &str, message: String) -> RenderedDiagnostic {
    let (line, column) = place("", 0);
    RenderedDiagnostic {
        file: file.to_string(),
        line,
        column,
        rendered: format!("error: {message}"),
        help: None,
        fix: None,
        message,
    }
}
