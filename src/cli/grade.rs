//! `moebi grade` and `moebi grade merge`.

use std::{
    hash::{BuildHasher, RandomState},
    io::{self, IsTerminal},
    sync::Arc,
};

use indicatif::{ProgressBar, ProgressStyle};
use tokio::sync::{Semaphore, mpsc};

use crate::{
    check::{self, Options},
    cluster::{Site, cell::Cell, guardian, messages::shown, runtime::Runtime},
    error::{Error, Result},
    grade::{
        self, Grading, News,
        class::{Class, Entry, Roster},
        concurrency, digest,
        journal::{Header, Journal},
        merge, messages,
        output::{Output, REPORT},
        pages::{self, number},
        results::{Isolation, Results, State, Submission},
    },
    i18n::Localized,
    lesson::{Lang, Verdict},
    render::untrusted,
};

use super::{
    args::{GradeArgs, GradeCommand, IsolationChoice, MergeArgs},
    folders::Folders,
    lessons::{self, LessonFiles},
    print, runtime, setup,
    stop::Stop,
};

/// Something that was handed in can't be read.
const LACKS_SOMETHING: u8 = 1;
/// Some of it has no verdict for this machine's fault.
const COULD_NOT_RUN: u8 = 3;

/// Names that are told at once.
const MAX_NAMED: usize = 20;

pub(super) fn run(args: &GradeArgs, lang: Option<Lang>) -> Result<u8> {
    share_one_heap();
    if let Some(GradeCommand::Merge(args)) = &args.command {
        return merge(args, lang);
    }
    let class = args.class.as_deref().expect("required without `merge`");
    let folder = args.output.as_deref().expect("required without `merge`");
    let roster = args.roster.as_deref().map(Roster::read).transpose()?;
    let mut class = Class::open(class, folder, roster.as_ref())?;
    are_known(args.only.iter().chain(&args.regrade), &class.entries)?;
    let part = args.partition.unwrap_or_default();
    class.entries.retain(|entry| part.holds(&entry.name));
    let threads = runtime()?;
    threads.block_on(async {
        let mut stop = Stop::listen();
        let prepared = tokio::select! {
            prepared = prepare(args, lang) => prepared?,
            () = stop.told() => return Err(Error::interrupted()),
        };
        let (grading, header) = prepared;
        let output = Output::open(folder, args.gradebook)?;
        let mut journal = Journal::open(folder, header, args.resume || grading.again)?;
        if journal.is_other_scheme() {
            eprintln!("{}", messages::points_anew().speak(grading.lang));
        }
        watched(&wanted(&class.entries, args), &class, &grading, &mut journal, &output, stop).await
    })
}

fn are_known<'n>(mut names: impl Iterator<Item = &'n String>, class: &[Entry]) -> Result<()> {
    let Some(name) = names.find(|name| !class.iter().any(|entry| entry.name == **name)) else {
        return Ok(());
    };
    let there: Vec<_> = class.iter().take(MAX_NAMED).map(|entry| untrusted::plain(&entry.name)).collect();
    let error = Error::usage(messages::no_such_submission(&untrusted::plain(name)));
    Err(error.hint(messages::they_are(&there.join(", "))))
}

/// Those that `--only` or `--regrade` names, or all.
fn wanted(class: &[Entry], args: &GradeArgs) -> Vec<Entry> {
    let named: Vec<_> = args.only.iter().chain(&args.regrade).collect();
    class.iter().filter(|entry| named.is_empty() || named.contains(&&entry.name)).cloned().collect()
}

/// Of glibc's: it has one for each few threads, and over a long grading each grows by what lies scattered in it.
fn share_one_heap() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: it sets a number, before there is a second thread.
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

async fn prepare(args: &GradeArgs, lang: Option<Lang>) -> Result<(Grading, Header)> {
    let files = LessonFiles::find(&args.source, args.lesson.as_deref())?;
    let lesson = lessons::load(&args.source, args.lesson.as_deref(), lang)?;
    let lang = lessons::lang(lang, &lesson);
    let scheme = args.scheme.as_deref().map(|path| check::scheme::read(path, &lesson)).transpose()?;
    let scheme = scheme.unwrap_or_default();
    let runtime = setup::required(lesson.elixir).await?;
    let (site, isolation) = site(args.isolation, &runtime, lang).await?;
    let header = Header {
        moebi: env!("CARGO_PKG_VERSION").to_owned(),
        lesson: lesson.id.to_string(),
        lesson_digest: digest::of_lesson(files.source()),
        scheme_digest: digest::of_scheme(&scheme),
        section: args.section.clone(),
        step: args.step.clone(),
        lang: lang.to_string(),
        elixir: runtime.elixir.clone(),
        otp: runtime.otp.clone(),
        isolation,
        seed: args.seed.unwrap_or_else(|| RandomState::new().hash_one("seed")),
    };
    let nodes = lesson.terminals.len();
    let options = Options {
        runtime,
        cache: Folders::find()?.cache(),
        guardian: guardian::this_program()?,
        lang,
        section: args.section.clone(),
        step: args.step.clone(),
        places: Arc::new(Semaphore::new(args.jobs.map_or_else(|| concurrency::sections(nodes), usize::from))),
        scheme: scheme.clone(),
        site,
        section_time: Some(grade::SECTION),
    };
    check::wanted(&lesson, &options)?;
    let source = files.source().clone();
    let (part, again) = (args.partition.unwrap_or_default(), !args.regrade.is_empty());
    Ok((Grading { source, scheme, lang, options, isolation, part, again }, header))
}

/// Where submissions run. What does not hold is said plainly, whatever else is silent.
async fn site(choice: IsolationChoice, runtime: &Runtime, lang: Lang) -> Result<(Site, Isolation)> {
    if choice == IsolationChoice::None {
        eprintln!("{}", messages::runs_bare(&messages::you_wished_so()).speak(lang));
        return Ok((Site::Passing, Isolation::None));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    match (Cell::find(&runtime.on(&path)).await, choice) {
        (Ok(cell), _) => Ok((Site::Cell(cell), Isolation::Namespaces)),
        (Err(why), IsolationChoice::Strict) => {
            Err(Error::could_not_run(messages::no_isolation(&why.told())).hint(messages::not_strict()))
        }
        (Err(why), IsolationChoice::Auto | IsolationChoice::None) => {
            eprintln!("{}", messages::runs_bare(&why.told()).speak(lang));
            Ok((Site::Passing, Isolation::None))
        }
    }
}

async fn watched(
    entries: &[Entry],
    class: &Class,
    grading: &Grading,
    journal: &mut Journal,
    output: &Output,
    mut stop: Stop,
) -> Result<u8> {
    let (news, heard) = mpsc::unbounded_channel();
    let told = tokio::spawn(tell(heard, entries.len() as u64, grading.lang));
    let graded = tokio::select! {
        graded = grade::grade(entries, class, grading, journal, output, news) => graded,
        () = stop.told() => Err(Error::interrupted().hint(messages::go_on_with_resume())),
    };
    // The bar is gone before anything else is written.
    let _ = told.await;
    let results = graded?;
    print(&summary(&results, output, grading.lang))?;
    Ok(exit_code(&results))
}

fn exit_code(results: &Results) -> u8 {
    match results.submissions.iter().any(could_not_run) {
        true => COULD_NOT_RUN,
        false if results.lacks_something() => LACKS_SOMETHING,
        false => 0,
    }
}

fn could_not_run(submission: &Submission) -> bool {
    matches!(submission.state, State::CouldNotRun(_))
        || submission.steps.iter().any(|step| step.verdict == Verdict::CouldNotRun)
}

/// A bar on a terminal; elsewhere a line for each submission.
async fn tell(mut heard: mpsc::UnboundedReceiver<News>, count: u64, lang: Lang) {
    let is_tty = io::stderr().is_terminal();
    let bar = if is_tty { ProgressBar::new(count) } else { ProgressBar::hidden() };
    let words = messages::submissions_graded();
    let template = format!("{{spinner}} {{wide_bar}} {{pos}}/{{len}} {} · {{msg}}", words.speak(lang));
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    let mut known = 0;
    while let Some(news) = heard.recv().await {
        match news {
            News::Known => {
                known += 1;
                bar.inc(1);
            }
            News::Step { name, result } => {
                bar.set_message(format!("{} › {}", untrusted::plain(&name), result.step));
            }
            News::Done(submission) => {
                bar.inc(1);
                if !is_tty {
                    eprintln!("{}", told(&submission, lang));
                }
            }
        }
    }
    bar.finish_and_clear();
    if known > 0 {
        eprintln!("{}", messages::graded_before(known).speak(lang));
    }
}

fn told(submission: &Submission, lang: Lang) -> String {
    let name = untrusted::plain(&submission.name);
    let told = match &submission.state {
        State::Graded => {
            let (points, of) = (number::told(submission.points, lang), number::told(submission.of, lang));
            messages::one_done(&name, &points, &of)
        }
        State::Unreadable(_) => messages::one_unreadable(&name),
        State::CouldNotRun(_) => messages::one_could_not_run(&name),
    };
    told.speak(lang).to_owned()
}

fn summary(results: &Results, output: &Output, lang: Lang) -> String {
    let mut lines = vec![messages::class_done(results.submissions.len())];
    if let Some(middle) = pages::median(results) {
        lines.push(messages::median(&number::percent(middle)));
    }
    let unreadable = results.submissions.iter().filter(|one| one.is_unreadable()).count();
    if unreadable > 0 {
        lines.push(messages::some_unreadable(unreadable));
    }
    let unfinished = results.submissions.iter().filter(|one| could_not_run(one)).count();
    if unfinished > 0 {
        lines.push(messages::some_could_not_run(unfinished));
    }
    lines.extend(entries(results));
    lines.push(messages::report_is(&shown(&output.folder().join(REPORT))));
    if let Some(gradebook) = output.gradebook() {
        let file = shown(&output.folder().join(gradebook.file()));
        lines.push(messages::gradebook_is(&file, &number::told(results.lesson.total(), lang)));
        let strangers = gradebook.strangers(results);
        lines.extend((strangers > 0).then(|| messages::strangers(gradebook.platform(), strangers)));
    }
    lines.iter().map(|line| format!("{}\n", line.speak(lang))).collect()
}

/// What became of all that was handed in and was not graded by itself, and who handed in nothing.
fn entries(results: &Results) -> Vec<Localized> {
    let mut lines = Vec::new();
    let late = results.submissions.iter().filter(|one| one.origin.late);
    let earlier: Vec<_> = results.submissions.iter().flat_map(|one| &one.origin.earlier).collect();
    lines.extend(listed(late.map(|one| one.name.as_str())).map(|names| messages::late(&names)));
    let files = listed(earlier.iter().map(|file| file.as_str()));
    lines.extend(files.map(|files| messages::earlier_attempts(earlier.len(), &files)));
    for leftover in results.leftovers.iter().take(MAX_NAMED) {
        lines.push(messages::leftover(&untrusted::plain(&leftover.entry), &untrusted::plain(&leftover.why)));
    }
    lines.extend(more(results.leftovers.len()));
    let noted =
        results.submissions.iter().flat_map(|one| one.origin.notes.iter().map(|note| (&one.name, note)));
    for (name, note) in noted.clone().take(MAX_NAMED) {
        lines.push(messages::note(&untrusted::plain(name), &untrusted::plain(note)));
    }
    lines.extend(more(noted.count()));
    let missing = results.missing.iter().map(|student| student.name.as_str());
    lines.extend(listed(missing).map(|names| messages::missing(results.missing.len(), &names)));
    let passed_over = results.passed_over.iter().map(|(name, count)| match count {
        1 => untrusted::plain(name),
        count => format!("{} ({count})", untrusted::plain(name)),
    });
    let passed_over: Vec<_> = passed_over.collect();
    lines.extend(listed(passed_over.iter().map(String::as_str)).map(|names| messages::passed_over(&names)));
    lines
}

/// So many more than are told.
fn more(count: usize) -> Option<Localized> {
    count.checked_sub(MAX_NAMED).filter(|more| *more > 0).map(messages::so_many_more)
}

fn listed<'n>(names: impl Iterator<Item = &'n str>) -> Option<String> {
    let names: Vec<_> = names.map(untrusted::plain).collect();
    let rest = if names.len() > MAX_NAMED { ", …" } else { "" };
    (!names.is_empty()).then(|| names[..names.len().min(MAX_NAMED)].join(", ") + rest)
}

fn merge(args: &MergeArgs, lang: Option<Lang>) -> Result<u8> {
    let parts = args.parts.iter().map(|folder| merge::read(folder)).collect::<Result<Vec<_>>>()?;
    let whole = merge::merge(parts)?;
    if Journal::is_in(&args.output) {
        let error = Error::usage(messages::output_taken(&shown(&args.output)));
        return Err(error.hint(messages::elsewhere()));
    }
    let output = Output::open(&args.output, args.gradebook)?;
    let names: Vec<&str> = whole.submissions.iter().map(|one| one.name.as_str()).collect();
    output.write(&whole, &names)?;
    output.close(&whole, &names)?;
    let lang = lang.or_else(|| Lang::parse(&whole.lang)).unwrap_or(Lang::En);
    print(&summary(&whole, &output, lang))?;
    Ok(exit_code(&whole))
}
