//! `moebi lesson`: what authors ask for, but for `moebi lesson test` and `preview`.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
};

use crate::{
    author::{self, fix, import, template},
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
    args::{
        self, ImportArgs, LessonCommand, LintArgs, LintFormat, NewArgs, PackArgs, ReferenceArgs,
        ReferenceFormat,
    },
    lesson_preview, lesson_test, lessons, messages, print,
};

pub(super) fn run(command: &LessonCommand, lang: Option<Lang>) -> Result<u8> {
    match command {
        LessonCommand::New(args) => new(args, lang.unwrap_or(Lang::En)),
        LessonCommand::Import(args) => import(args, lang),
        LessonCommand::Preview(args) => lesson_preview::run(args, lang),
        LessonCommand::Lint(args) => lint(args, lang),
        LessonCommand::Test(args) => lesson_test::run(args, lang),
        LessonCommand::Pack(args) => pack(args, lang),
        LessonCommand::Reference(args) => reference(args),
        LessonCommand::Schema(args) => print(&schema::written(args.of.into())).map(|()| 0),
    }
}

fn new(args: &NewArgs, lang: Lang) -> Result<u8> {
    let place = Place::of(&args.name, &args.source)?;
    place.fill(&template::files(&place.id, lang))?;
    print(
        messages::lesson_made(&shown(&place.folder), &shown(&place.lessons), place.id.as_str()).speak(lang),
    )?;
    Ok(0)
}

fn import(args: &ImportArgs, lang: Option<Lang>) -> Result<u8> {
    let file_name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let (id, own_lang) = import::named(&file_name);
    let lang = lang.or(own_lang).unwrap_or(Lang::En);
    let name = args.name.clone().or_else(|| id.map(|id| id.to_string()));
    let name = name.ok_or_else(|| {
        Error::usage(messages::no_name_in(&shown(&args.file))).hint(messages::give_a_name())
    })?;
    let place = Place::of(&name, &args.source)?;
    let text = text_of(&args.file)?;
    let imported = import::import(&text, &file_name, &place.id, lang)?;
    place.fill(&imported.files)?;
    let made = lesson::source::lesson(&place.folder).map_err(|e| unreadable(&place.folder, e))?;
    let todos = lesson::todos(&made).len();
    let import::Imported { sections, steps, blocks, placed, .. } = imported;
    let (folder, lessons) = (shown(&place.folder), shown(&place.lessons));
    let told = [
        messages::lesson_imported(&folder, sections, steps, placed, blocks, todos),
        messages::what_next(&folder, &lessons, place.id.as_str()),
    ];
    print(&told.map(|told| told.speak(lang).to_owned()).concat())?;
    Ok(0)
}

/// A text of a size that can be imported; what is longer is read so far that it is seen to be.
fn text_of(file: &Path) -> Result<String> {
    let unreadable = |why: std::io::Error| Error::usage(messages::text_unreadable(&shown(file))).because(why);
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).map_err(unreadable)?;
    opened.take(import::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Where a lesson is made that is not there yet.
struct Place {
    id: LessonId,
    lessons: PathBuf,
    folder: PathBuf,
}

impl Place {
    fn of(name: &str, source: &args::Source) -> Result<Self> {
        let id = LessonId::parse(name).map_err(|why| Error::usage(why.0))?;
        let lessons = source.lessons.clone().unwrap_or_else(|| PathBuf::from("lessons"));
        let folder = lessons.join(id.as_str());
        if folder.exists() {
            return Err(
                Error::usage(messages::lesson_is_there(&shown(&folder))).hint(messages::another_name())
            );
        }
        Ok(Self { id, lessons, folder })
    }

    /// Writes the lesson's files, and the schemas beside it that its first lines name.
    fn fill(&self, files: &[(String, String)]) -> Result<()> {
        for file in [FileKind::Lesson, FileKind::Texts] {
            let path = self.lessons.join("schema").join(file.schema_name());
            if !path.exists() {
                write(&path, schema::written(file))?;
            }
        }
        files.iter().try_for_each(|(name, text)| write(&self.folder.join(name), text))
    }
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
