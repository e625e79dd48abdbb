//! `moebi class`: the teacher's side of a live class.

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::Path,
    sync::Arc,
};

use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    class::{
        collect::Collection,
        journal::Journal,
        outline::Outline,
        page,
        protocol::PORT,
        room::{Entry, MINUTE, Room},
        server::{Class, Happened, now, own_address},
        status,
        tls::Identity,
    },
    cluster::messages::shown,
    error::{Error, Result},
    i18n::Lang,
    lesson::Nonce,
    render::untrusted,
};

use super::{
    args::{ClassCommand, OpenArgs, StatusArgs, StatusFormat},
    folders::Folders,
    lessons::{self, LessonFiles},
    messages, print,
    progress::print_json,
    runtime,
    stop::Stop,
};

/// Where the teacher's page is, if nothing else is there.
const PAGE_PORT: u16 = PORT + 1;

/// A class that nothing was heard of for so long is over.
const OVER: u64 = 12 * 60 * MINUTE;

/// How much of what has happened may wait to be printed.
const MAX_HAPPENED: usize = 1000;

pub(super) fn run(command: &ClassCommand, asked: Option<Lang>) -> Result<u8> {
    match command {
        ClassCommand::Open(args) => open(args, asked),
        ClassCommand::Status(args) => status(args, asked),
    }
}

fn open(args: &OpenArgs, asked: Option<Lang>) -> Result<u8> {
    let files = LessonFiles::find(&args.source, args.lesson.as_deref())?;
    let lang = asked.or_else(lessons::spoken).unwrap_or(Lang::En);
    let outlines = outlines(&files)?;
    let folder = Folders::find()?.taught().join(files.id());
    let fails = |error| Error::could_not_run(messages::no_class_kept(&shown(&folder))).because(error);
    fs::create_dir_all(&folder).map_err(fails)?;
    let collect = args.collect.clone().unwrap_or_else(|| folder.join("answers"));
    let (journal, room, collection) = opened(&folder, &collect, args.new, files.id())?;
    let identity = Identity::kept_in(&folder).map_err(fails)?;
    let key = page_key(&folder).map_err(fails)?;
    let goes_on = room.learners.len();
    let title = outlines[lang as usize].title.clone();
    runtime()?.block_on(async {
        let mut stop = Stop::listen();
        let learners = bind(args.port).await?;
        let port = learners.local_addr().map_or(args.port, |address| address.port());
        let address = args.address.or_else(own_address).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let invitation = format!("moebi join {} --code {}", reached_at(address, port), identity.code());
        let watched = page_listener(args.page).await?;
        let page_at = watched.local_addr().map_err(fails)?;
        let acceptor =
            if page_at.ip().is_loopback() { None } else { Some(identity.acceptor().map_err(fails)?) };
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let page_url = format!("{scheme}://{page_at}/{key}/");
        print(messages::class_open(&title, &invitation, &page_url, &shown(&collect)).speak(lang))?;
        if goes_on > 0 {
            print(&format!("{}\n", messages::class_goes_on(goes_on).speak(lang)))?;
        }
        let (told, happened) = mpsc::channel(MAX_HAPPENED);
        let class = Arc::new(Class::new(room, journal, collection, told));
        let site = Arc::new(page::Site::new(Arc::clone(&class), outlines, invitation, key, lang));
        tokio::select! {
            served = Arc::clone(&class).serve(learners, &identity) => served.map_err(fails)?,
            () = page::serve(site, watched, acceptor) => {}
            told = tell(happened, &class, lang) => told?,
            () = stop.told() => {}
        }
        let joined = class.look(|room| room.learners.len());
        print(&format!("{}\n", messages::class_closed(joined, &shown(&collect)).speak(lang)))?;
        Ok(0)
    })
}

fn outlines(files: &LessonFiles) -> Result<Vec<Outline>> {
    let outline = |lang| Ok(Outline::of(&files.spoken(Some(lang), &Nonce::sample())?.0, lang));
    Lang::ALL.into_iter().map(outline).collect()
}

/// The class that is kept in `folder`; another one where that is over, or not wanted.
fn opened(folder: &Path, collect: &Path, is_new: bool, lesson: &str) -> Result<(Journal, Room, Collection)> {
    let fails = |error| Error::could_not_run(messages::no_class_kept(&shown(folder))).because(error);
    let before = Journal::look(folder).map_err(fails)?;
    if let Some((_, true)) = before {
        return Err(Error::usage(messages::class_is_open()).hint(messages::one_class_at_a_time()));
    }
    if let Some((room, _)) = before
        && room.opened > 0
        && (is_new || room.latest + OVER < now())
    {
        Journal::set_aside(folder, room.opened).map_err(fails)?;
        fs::create_dir_all(folder).map_err(fails)?;
    }
    let unwritable = |error| Error::could_not_run(messages::cannot_collect(&shown(collect))).because(error);
    let mut collection = Collection::new(collect).map_err(unwritable)?;
    let mut collected = Ok(());
    let journal = Journal::open(folder, |entry| {
        if collected.is_ok() {
            collected = collection.heed(entry);
        }
    });
    collected.map_err(unwritable)?;
    let Some((journal, mut room)) = journal.map_err(fails)? else {
        return Err(Error::usage(messages::class_is_open()).hint(messages::one_class_at_a_time()));
    };
    if room.opened == 0 {
        let entry = Entry::Opened { at: now(), lesson: lesson.to_owned() };
        journal.write([&entry]).map_err(fails)?;
        room.take(&entry);
    }
    Ok((journal, room, collection))
}

/// The same after a restart, so that a page that is open finds its class again.
fn page_key(folder: &Path) -> io::Result<String> {
    let path = folder.join("page.key");
    match fs::read_to_string(&path) {
        Ok(key) if key.len() == 32 => Ok(key),
        _ => {
            let key = crate::class::protocol::token();
            crate::class::tls::write_private(&path, key.as_bytes())?;
            Ok(key)
        }
    }
}

/// For learners: everybody who can reach this machine.
async fn bind(port: u16) -> Result<TcpListener> {
    // On Linux and macOS, IPv4 comes in here too.
    let any = match TcpListener::bind((Ipv6Addr::UNSPECIFIED, port)).await {
        Err(error) if error.kind() != io::ErrorKind::AddrInUse => {
            TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).await
        }
        bound => bound,
    };
    any.map_err(|e| {
        Error::could_not_run(messages::port_taken(port)).because(e).hint(messages::another_port())
    })
}

async fn page_listener(asked: Option<SocketAddr>) -> Result<TcpListener> {
    let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let bound = match asked {
        Some(address) => TcpListener::bind(address).await,
        None => match TcpListener::bind(local(PAGE_PORT)).await {
            Err(_) => TcpListener::bind(local(0)).await,
            bound => bound,
        },
    };
    let port = asked.map_or(PAGE_PORT, |address| address.port());
    bound.map_err(|e| {
        Error::could_not_run(messages::port_taken(port)).because(e).hint(messages::another_page())
    })
}

/// As short as can be: the port is left out where learners' shells know it.
fn reached_at(address: IpAddr, port: u16) -> String {
    match port {
        PORT => address.to_string(),
        port => SocketAddr::new(address, port).to_string(),
    }
}

async fn tell(mut happened: mpsc::Receiver<Happened>, class: &Class, lang: Lang) -> Result<()> {
    while let Some(told) = happened.recv().await {
        let count = class.look(|room| room.learners.len());
        let said = match told {
            Happened::Joined(name) => messages::has_joined(&untrusted::plain(&name), count),
            Happened::RaisedHand(name) => messages::raises_hand(&untrusted::plain(&name)),
            Happened::HandedIn { name, times } => messages::hands_in(&untrusted::plain(&name), times),
            Happened::Broken(why) => {
                return Err(Error::could_not_run(messages::class_not_written())
                    .because(crate::i18n::Verbatim::said(&why)));
            }
        };
        print(&format!("{}\n", said.speak(lang)))?;
    }
    Ok(())
}

fn status(args: &StatusArgs, asked: Option<Lang>) -> Result<u8> {
    let taught = Folders::find()?.taught();
    let lesson = args.lesson.clone().or_else(|| latest(&taught));
    let files = LessonFiles::find(&args.source, lesson.as_deref())?;
    let lang = asked.or_else(lessons::spoken).unwrap_or(Lang::En);
    let folder = taught.join(files.id());
    let found = Journal::look(&folder)
        .map_err(|e| Error::could_not_run(messages::no_class_kept(&shown(&folder))).because(e))?;
    let Some((room, is_open)) = found else {
        return Err(Error::usage(messages::no_class_yet()).hint(messages::open_one()));
    };
    let outline = &outlines(&files)?[lang as usize];
    // Of a class that is over, what stood at its end.
    let now = if is_open { now() } else { room.latest };
    match args.format {
        StatusFormat::Human => {
            let columns = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
            print(&status::table(&room, outline, now, lang, columns))?;
        }
        StatusFormat::Json => print_json(&status::rows(&room, outline, now, lang))?,
        StatusFormat::Csv => print(&status::csv(&room, outline, now))?,
    }
    Ok(0)
}

/// The lesson of the class that is open, or was last.
fn latest(taught: &Path) -> Option<String> {
    let class = |entry: fs::DirEntry| {
        let (room, is_open) = Journal::look(&entry.path()).ok()??;
        Some(((is_open, room.latest), entry.file_name().into_string().ok()?))
    };
    let classes = fs::read_dir(taught).ok()?.flatten().filter_map(class);
    classes.max().map(|(_, lesson)| lesson)
}
