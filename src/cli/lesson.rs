//! `moebi lesson`: what authors ask for, but for `moebi lesson test` and `preview`.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    author::{self, fix, template},
    cluster::messages::shown,
    error::{Error, Result},
    lesson::{
        self, Lang, LessonId, RenderedDiagnostic, Source,
        reference::{self, FileKind, Markup},
        schema,
    },
    pack::zip::zip,
};

use super::{
    args::{self, LessonCommand, LintArgs, LintFormat, NewArgs, PackArgs, ReferenceArgs, ReferenceFormat},
    lesson_preview, lesson_test, lessons, messages, print,
};

pub(super) fn run(command: &LessonCommand, lang: Option<Lang>) -> Result<u8> {
    match command {
        LessonCommand::New(args) => new(args, lang.unwrap_or(Lang::En)),
        LessonCommand::Preview(args) => lesson_preview::run(args, lang),
        LessonCommand::Lint(args) => lint(args, lang),
        LessonCommand::Test(args) => lesson_test::run(args, lang),
        LessonCommand::Pack(args) => pack(args, lang),
        LessonCommand::Reference(args) => reference(args),
        LessonCommand::Schema(args) => print(&schema::written(args.of.into())).map(|()| 0),
    }
}

fn new(args: &NewArgs, lang: Lang) -> Result<u8> {
    let id = LessonId::parse(&args.name).map_err(|why| Error::usage(why.0))?;
    let lessons = args.source.lessons.clone().unwrap_or_else(|| PathBuf::from("lessons"));
    let folder = lessons.join(id.as_str());
    if folder.exists() {
        return Err(Error::usage(messages::lesson_is_there(&shown(&folder))).hint(messages::another_name()));
    }
    let schemas = lessons.join("schema");
    for file in [FileKind::Lesson, FileKind::Texts] {
        let path = schemas.join(file.schema_name());
        if !path.exists() {
            write(&path, schema::written(file))?;
        }
    }
    for (name, text) in template::files(&id, lang) {
        write(&folder.join(name), &text)?;
    }
    print(messages::lesson_made(&shown(&folder), &shown(&lessons), id.as_str()).speak(lang))?;
    Ok(0)
}

fn lint(args: &LintArgs, lang: Option<Lang>) -> Result<u8> {
    let mut sources = wanted(args.what.as_deref(), &args.source, args.fix)?;
    if args.fix {
        let lang = lang.or_else(lessons::spoken).unwrap_or(Lang::En);
        let mut applied = Vec::new();
        for source in &mut sources {
            let (fixed, now) = fix::fixed(source);
            save(source, &fixed)?;
            *source = fixed;
            applied.extend(now);
        }
        tell_applied(&applied, lang);
    }
    let linted = author::lint(&sources);
    print(&match args.format {
        LintFormat::Human => linted.human(),
        LintFormat::Json => linted.json(),
        LintFormat::Github => linted.github(),
    })?;
    Ok(if linted.is_clean() { 0 } else { 2 })
}

/// Nothing is packed that lint complains about: whoever gets it could not use it, and not mend it.
fn pack(args: &PackArgs, lang: Option<Lang>) -> Result<u8> {
    let sources = to_pack(args)?;
    let linted = author::lint(&sources);
    if !linted.is_clean() {
        print(&linted.human())?;
        return Ok(2);
    }
    let output =
        args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}.zip", called(args, &sources))));
    let bytes = zip(&sources)
        .map_err(|why| Error::could_not_run(messages::not_written(&shown(&output))).because(why))?;
    write(&output, &bytes)?;
    let lang = lang.or_else(lessons::spoken).unwrap_or(Lang::En);
    print(messages::packed(sources.len(), &shown(&output)).speak(lang))?;
    Ok(0)
}

/// Where nothing is named, the lesson in whose folder its author stands.
fn to_pack(args: &PackArgs) -> Result<Vec<Source>> {
    let here = Path::new(lesson::load::STRUCTURE).is_file() && args.source.lessons.is_none();
    let what = args.what.as_deref().or_else(|| here.then_some("."));
    if what.is_none() && args.source.lessons.is_none() {
        return Err(Error::usage(messages::nothing_to_pack()).hint(messages::pack_a_folder()));
    }
    let sources = wanted(what, &args.source, false)?;
    match sources.iter().find(|source| lesson::is_embedded(&source.id)) {
        Some(built_in) => {
            Err(Error::usage(messages::everybody_has_it(&built_in.id)).hint(messages::another_id()))
        }
        None => Ok(sources),
    }
}

/// By its lesson, or by the folder that several are from.
fn called(args: &PackArgs, sources: &[Source]) -> String {
    if let [one] = sources {
        return one.id.clone();
    }
    let folder = args.what.as_ref().map(PathBuf::from).or_else(|| args.source.lessons.clone());
    let folder = folder.and_then(|folder| folder.canonicalize().ok());
    let name = folder.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "lessons".to_owned())
}

/// On standard error: a program reads the other one.
fn tell_applied(applied: &[RenderedDiagnostic], lang: Lang) {
    let mut stderr = std::io::stderr().lock();
    for complaint in applied {
        let help = complaint.help.as_deref().unwrap_or_default();
        let told = messages::applied(&complaint.told(), help);
        let _ = writeln!(stderr, "{}", told.speak(lang));
    }
}

/// The lessons that are asked for: by name, or by folder.
fn wanted(what: Option<&str>, from: &args::Source, to_fix: bool) -> Result<Vec<Source>> {
    let Some(what) = what else {
        if to_fix && from.lessons.is_none() {
            return Err(Error::usage(messages::built_in_stays()).hint(messages::name_a_folder()));
        }
        return lessons::sources(from);
    };
    let folder = Path::new(what);
    if folder.join(lesson::load::STRUCTURE).is_file() {
        let one = lesson::source::lesson(folder);
        return one.map(|one| vec![one]).map_err(|e| unreadable(folder, e));
    }
    if folder.is_dir() {
        return lessons::sources_in(folder);
    }
    if to_fix && from.lessons.is_none() {
        return Err(Error::usage(messages::built_in_stays()).hint(messages::name_a_folder()));
    }
    lessons::find(from, Some(what)).map(|source| vec![source])
}

fn unreadable(folder: &Path, why: std::io::Error) -> Error {
    Error::usage(messages::lessons_unreadable(&shown(folder))).because(why)
}

/// Writes the files that differ, each as a whole.
fn save(before: &Source, after: &Source) -> Result<()> {
    let pairs = before.files.iter().zip(&after.files);
    for ((name, _), (_, text)) in pairs.filter(|(before, after)| before != after) {
        write(Path::new(name), text)?;
    }
    Ok(())
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    // A link stays one: what it leads to is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = || {
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().permissions(permissions(&path)).tempfile_in(folder)?;
        file.write_all(bytes.as_ref())?;
        file.persist(&path)?;
        Ok::<_, std::io::Error>(())
    };
    written().map_err(|e| Error::could_not_run(messages::not_written(&shown(&path))).because(e))
}

/// Those of the file that is there; else what is usual.
fn permissions(path: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).map_or_else(|_| fs::Permissions::from_mode(0o644), |known| known.permissions())
}

fn reference(args: &ReferenceArgs) -> Result<u8> {
    let markup = match args.format {
        ReferenceFormat::Plain => Markup::Plain,
        ReferenceFormat::Markdown => Markup::Markdown,
    };
    let page = match &args.verb {
        None => reference::whole(markup),
        Some(word) => reference::entry(word, markup).map_err(|near| {
            let error = Error::usage(messages::no_entry(word));
            match near {
                Some(near) => error.hint(messages::nearest_entry(&near)),
                None => error.hint(messages::entries(&reference::words().join(", "))),
            }
        })?,
    };
    print(&page)?;
    Ok(0)
}
