//! `moebi` and `moebi learn`: the guided shell.

use std::{
    env, fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    pin::pin,
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread::{self, JoinHandle},
    time::Duration,
};

use tokio::time::timeout;

use crate::{
    cluster::{Cluster, Settings, Site, guardian, messages::shown, runtime::Runtime},
    demo::typist::{self, Keyboard, Part, Show},
    error::{Error, Result},
    guide::{Audience, Guide, messages, store::Store},
    i18n::{Lang, Localized},
    lesson::{Lesson, Nonce, Pattern},
    render::{Palette, highlight},
    session::{Session, notice::Notice, resume::Resumed},
    shell::{self, Mode, Surface},
    window::{
        opener::Opener,
        server,
        sessions::{self, Registration},
    },
};

use super::{
    args::LearnArgs,
    demo::{self, Stage},
    folders::Folders,
    join::{Class, InClass},
    lessons::{self, LessonFiles, Onward, onward},
    messages as own, packs, setup,
    stop::{Stop, told_to_panic},
    watched,
};

/// How long nothing need be said of getting ready.
const SLOW: Duration = Duration::from_millis(400);

/// How long the driver may take for its last lines, and likewise the windows.
const LEAVING: Duration = Duration::from_secs(2);

pub(super) fn run(args: &LearnArgs, asked: Option<Lang>) -> Result<u8> {
    match &args.cast {
        // Else it would wait for somebody for ever.
        Some(_) if !io::stdin().is_terminal() => {
            Err(Error::usage(own::recorded_at_a_terminal()).hint(own::record_a_demo()))
        }
        Some(file) => demo::recorded(file),
        None => open(args, asked, Occasion::Learning),
    }
}

pub(super) fn run_in_class(args: &LearnArgs, asked: Option<Lang>, class: Class) -> Result<u8> {
    open(args, asked, Occasion::Class(class))
}

pub(super) fn run_as_show(args: &LearnArgs, asked: Option<Lang>, stage: &Stage) -> Result<u8> {
    open(args, asked, Occasion::Show(stage))
}

pub(super) fn run_as_trial(args: &LearnArgs, asked: Option<Lang>, trial: &Trial) -> Result<u8> {
    open(args, asked, Occasion::Trial(trial))
}

/// What the shell is opened for.
enum Occasion<'a> {
    Learning,
    Class(Class),
    Show(&'a Stage),
    Trial(&'a Trial),
}

/// One step, tried by whoever writes it; nothing of it is kept.
pub(super) struct Trial {
    pub(super) step: String,
    pub(super) state: PathBuf,
}

fn open(args: &LearnArgs, asked: Option<Lang>, occasion: Occasion<'_>) -> Result<u8> {
    let folders = Folders::find()?;
    let (class, stage, trial) = match occasion {
        Occasion::Learning => (None, None, None),
        Occasion::Class(class) => (Some(class), None, None),
        Occasion::Show(stage) => (None, Some(stage), None),
        Occasion::Trial(trial) => (None, None, Some(trial)),
    };
    let state = stage.map(|stage| &stage.state).or(trial.map(|trial| &trial.state));
    let state = state.cloned().unwrap_or_else(|| folders.state());
    let Onward { lesson: wanted, after } = match &args.lesson {
        // What a class or a show names is at hand: nothing is fetched for them.
        Some(word) if class.is_some() || stage.is_some() || trial.is_some() => {
            Onward { lesson: Some(word.clone()), after: None }
        }
        Some(word) => {
            let lang = asked.or_else(lessons::spoken).unwrap_or(Lang::En);
            match packs::brought(args, word, lang)? {
                Some(ids) => lessons::onward_among(&args.source, &ids, &state)?,
                None => Onward { lesson: Some(word.clone()), after: None },
            }
        }
        None => onward(&args.source, &state)?,
    };
    let files = LessonFiles::find(&args.source, wanted.as_deref()).map_err(|error| match &class {
        Some(_) => error.hint(own::class_has_its_lesson()),
        None => error,
    })?;
    let store = Store::open(&state, files.id())?;
    let (mut progress, remark) = store.load()?;
    let chosen = asked.or_else(|| Lang::parse(progress.lang.as_deref()?));
    // Kept, so that what was typed before still means the same.
    let nonce = progress.nonce.as_deref().and_then(Nonce::parse).unwrap_or_else(Nonce::random);
    let (lesson, lang) = files.spoken(chosen, &nonce)?;
    let part = stage.map(|stage| stage.part(&lesson)).transpose()?;
    if let Some(first) = part.as_ref().and_then(|part| part.first(&lesson)) {
        progress.at = Some(first.to_string());
    }
    if let Some(trial) = trial {
        progress.at = Some(demo::found(&lesson, &trial.step)?.step(&lesson).id.to_string());
    }
    let workspace = args.workspace.clone().unwrap_or_else(|| folders.workspace(&lesson.id));
    let workspace = made(&workspace)?;
    let mut remarks: Vec<_> = after.map(|after| own::comes_after(&after)).into_iter().chain(remark).collect();
    remarks.extend(Resumed::of(&lesson, &progress).remark);
    remarks.extend(trial.map(|_| own::is_tried()));
    let session = Session::new(lesson.clone(), lang, progress);
    let is_drawn = stage.is_some_and(|stage| stage.is_drawn);
    // On one thread: what a node says goes through fewer hands than where threads pass it on.
    let threads = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|e| Error::could_not_run(own::no_threads()).because(e))?;
    let taught = threads.block_on(async {
        let mut stop = Stop::listen();
        let cluster = tokio::select! {
            cluster = cluster(&lesson, workspace.clone(), &folders, lang, is_drawn) => cluster?,
            () = stop.told() => return Err(Error::interrupted()),
        };
        let class = class.map(Class::enter);
        let place = Surroundings {
            args,
            files,
            folders: &folders,
            class: class.as_ref(),
            stage: stage.zip(part),
            is_trial: trial.is_some(),
            workspace: &workspace,
        };
        let taught = Box::pin(teach(place, session, store, cluster, remarks, stop)).await;
        if let Some(class) = class {
            class.leave().await;
        }
        taught
    });
    threads.shutdown_background();
    taught.map(|()| 0)
}

/// The folder that the terminals start in, as a whole path.
fn made(folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder).and_then(|()| folder.canonicalize()).map_err(|e| {
        Error::could_not_run(own::no_workspace(&shown(folder))).because(e).hint(own::name_another())
    })
}

fn settings(lesson: &Lesson, runtime: Runtime, workspace: PathBuf, folders: &Folders) -> Result<Settings> {
    Ok(Settings {
        terminals: lesson.terminals.clone(),
        site: Site::Folder(workspace),
        runtime,
        cache: folders.cache(),
        size: terminal_size::terminal_size().map_or((80, 24), |(width, height)| (width.0, height.0)),
        guardian: guardian::this_program()?,
        jitter: false,
    })
}

async fn cluster(
    lesson: &Lesson,
    workspace: PathBuf,
    folders: &Folders,
    lang: Lang,
    is_drawn: bool,
) -> Result<Cluster> {
    let elixir = setup::offered(lesson.elixir, lang).await?;
    let mut cluster = pin!(Cluster::new(settings(lesson, elixir, workspace, folders)?));
    if let Ok(cluster) = timeout(SLOW, &mut cluster).await {
        return cluster;
    }
    if !is_drawn {
        eprintln!("{}", own::getting_ready().speak(lang));
    }
    cluster.await
}

/// Where somebody is taught.
struct Surroundings<'a> {
    args: &'a LearnArgs,
    files: LessonFiles,
    folders: &'a Folders,
    class: Option<&'a InClass>,
    stage: Option<(&'a Stage, Part)>,
    is_trial: bool,
    workspace: &'a Path,
}

async fn teach(
    place: Surroundings<'_>,
    session: Session,
    store: Store,
    cluster: Cluster,
    remarks: Vec<Localized>,
    mut stop: Stop,
) -> Result<()> {
    let Surroundings { args, files, folders, class, stage, is_trial, workspace } = place;
    let mut greeting: Vec<_> = remarks.into_iter().map(Notice::Say).collect();
    greeting.extend(class.map(|class| Notice::Say(class.greeting())));
    if !store.saves() {
        greeting.push(Notice::Say(messages::is_open_elsewhere()));
    }
    let surface = Surface::detect(args.plain);
    if surface.is_mute {
        greeting.push(Notice::Say(own::terminal_is_mute()));
    }
    let mode = surface.mode;
    if mode.takes_ctrl_c() {
        stop.leave_ctrl_c();
    }
    let palette = Palette::from_env(mode == Mode::Tty);
    let (observer, sights) = mpsc::channel();
    let (is_show, is_drawn) = (stage.is_some(), stage.as_ref().is_some_and(|(stage, _)| stage.is_drawn));
    let options = shell::Options {
        keys: args.keys,
        palette,
        lang: session.lang(),
        history: (!is_show).then(|| folders.state().join("history")),
        observer: is_show.then_some(observer),
    };
    // A show's keys come from somebody else than who sits here.
    let play = stage.map(|(stage, part)| stage.play(session.lesson(), part, workspace, mode));
    let keyboard = play.is_some().then(Keyboard::take).transpose()?;
    if is_drawn {
        // Code has its colours from the first line on.
        highlight::warm();
    }
    let screen = shell::start(surface, options)?;
    let (screen, show) = match play.zip(keyboard.as_ref()) {
        Some((play, keyboard)) => {
            let (screen, show) = typist::begin(play, keyboard, screen, sights)?;
            (screen, Some(show))
        }
        None => (screen, None),
    };
    // Beside the first prompt, not before it; a lesson whose patterns are compiled later is no slower than that.
    let warmed = Arc::clone(session.lesson());
    let warm = move || warmed.patterns.iter().for_each(Pattern::warm);
    let _ = thread::Builder::new().name("patterns".into()).spawn(warm);
    // Before the guide: a panic drops the guide first, and with it the channels that keep the driver going.
    let driver = Driver::new(screen.thread);
    let nonce = session.lesson().nonce.clone();
    let files = Arc::new(Mutex::new(files));
    // Whoever names a folder writes what is in it.
    let own = args.source.lessons.as_deref().filter(|_| !is_show);
    let watching = own.and_then(|lessons| watched::editions(lessons, is_trial, &files, &nonce));
    let (_watching, editions) = watching.unzip();
    let library = Box::new(move |lang| {
        let files = files.lock().unwrap_or_else(PoisonError::into_inner);
        files.spoken(Some(lang), &nonce).map(|(lesson, _)| lesson)
    });
    let audience = Audience::new(screen.notices, screen.commands).on_a_screen(mode == Mode::Tty);
    let audience = if is_drawn { audience.without_goodbye() } else { audience };
    // Nobody needs them to learn: without them, the lesson goes on in one window.
    let socket = cluster.socket("windows");
    let (windows, farewell) = server::listen(&socket, session.lang()).ok().unzip();
    let open = sessions::Session { socket: socket.clone(), lesson: session.lesson().id.to_string() };
    let _registration = windows.as_ref().and_then(|_| Registration::write(&folders.sessions(), &open).ok());
    let audience = match windows {
        Some(windows) => audience.with_windows(windows),
        None => audience,
    };
    let program = env::current_exe().unwrap_or_else(|_| PathBuf::from("moebi"));
    let opener = Opener { program, socket };
    let guide = Guide::for_learner(session, cluster, audience, store, library)
        .opening_windows(Box::new(move |terminal| opener.open(terminal)));
    let guide = if is_show { guide.as_show() } else { guide };
    let guide = if is_trial { guide.as_trial() } else { guide };
    let guide = match editions {
        Some(editions) => guide.with_editions(editions),
        None => guide,
    };
    let mut guide = match class {
        Some(class) => guide.in_class(class.classroom()),
        None => guide,
    };
    let taught = tokio::select! {
        taught = guide.teach(greeting) => taught,
        () = stop.told() => Ok(()),
        never = told_to_panic() => match never {},
    };
    let ended = guide.shutdown().await;
    driver.leaves().await;
    if let Some(farewell) = farewell {
        let _ = tokio::task::spawn_blocking(move || farewell.wait(LEAVING)).await;
    }
    drop(keyboard);
    taught.and(ended).and_then(|()| show.map_or(Ok(()), Show::ends))
}

/// The driver's thread, whose last act is to give the terminal back.
pub(super) struct Driver(Option<JoinHandle<()>>);

impl Driver {
    pub(super) fn new(thread: JoinHandle<()>) -> Self {
        Self(Some(thread))
    }

    /// The guide's end of the channels is gone by now, so the driver ends by itself. Not where its terminal is gone
    /// too, or nobody reads what it prints: then its thread stands in a read or a write that only the program's end
    /// ends.
    pub(super) async fn leaves(mut self) {
        let Some(thread) = self.0.take() else { return };
        let joined = tokio::task::spawn_blocking(move || thread.join());
        if timeout(LEAVING, joined).await.is_err() {
            // A terminal that takes no output takes no farewell either.
            let _ = timeout(LEAVING, tokio::task::spawn_blocking(shell::restore_terminal)).await;
        }
    }
}

/// After a panic: a driver that is cut off in the middle of asking where the cursor is leaves the terminal raw.
impl Drop for Driver {
    fn drop(&mut self) {
        let Some(driver) = self.0.take() else { return };
        let (sender, ended) = mpsc::channel();
        let wait = move || {
            let _ = driver.join();
            let _ = sender.send(());
        };
        // Without a thread to wait on there is nothing better than to go.
        if thread::Builder::new().name("farewell".into()).spawn(wait).is_ok() {
            let _ = ended.recv_timeout(LEAVING);
        }
    }
}
