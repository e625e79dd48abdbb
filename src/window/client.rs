//! A window's end: the ordinary driver, whose guide is at the other end of a socket.

use std::{
    collections::HashMap,
    io::{self, BufReader},
    net::Shutdown,
    os::unix::net::UnixStream,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::sync::{mpsc, oneshot};

use crate::{
    error::{Error, Result},
    guide::{
        self,
        command::{Candidate, Command},
        slash_command::Then,
    },
    i18n::Lang,
    lesson::TerminalName,
    session::notice::Notice,
};

use super::{
    messages,
    protocol::{Answer, Deed, Hello, Told, VERSION, read, write},
};

/// How long the lesson may take to answer at all.
const WELCOME: Duration = Duration::from_secs(5);

/// A lesson that was reached.
#[derive(Debug)]
pub struct Connection {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    /// In which the lesson speaks.
    pub lang: Lang,
    /// What it has said first.
    first: Notice,
}

/// Questions that wait for their answer, by number.
#[derive(Debug, Default)]
struct Questions {
    latest: u64,
    open: HashMap<u64, Question>,
}

#[derive(Debug)]
enum Question {
    Whole(oneshot::Sender<bool>),
    Candidates(oneshot::Sender<Vec<Candidate>>),
    Folder(oneshot::Sender<PathBuf>),
}

type Shared = Arc<Mutex<Questions>>;

impl Connection {
    /// # Errors
    /// No lesson answers there, or one of another version, or it has no such terminal.
    pub fn open(socket: &Path, terminal: Option<TerminalName>) -> Result<Self> {
        let gone = |error: io::Error| Error::could_not_run(messages::no_answer()).because(error);
        let mut writer = UnixStream::connect(socket).map_err(gone)?;
        writer.set_read_timeout(Some(WELCOME)).map_err(gone)?;
        write(&mut writer, &Hello { version: VERSION.to_owned(), terminal }).map_err(gone)?;
        let mut reader = BufReader::new(writer.try_clone().map_err(gone)?);
        match read(&mut reader).map_err(gone)? {
            Told::Welcome { lang } => match read(&mut reader).map_err(gone)? {
                // Whoever is sent away hears nothing else.
                Told::Notice(Notice::Bye(why)) => Err(Error::usage(why)),
                Told::Notice(first) => {
                    writer.set_read_timeout(None).map_err(gone)?;
                    Ok(Self { reader, writer, lang, first })
                }
                _ => Err(gone(io::ErrorKind::InvalidData.into())),
            },
            Told::OtherVersion(version) => Err(Error::usage(messages::other_version(&version, VERSION))),
            Told::Notice(_) | Told::Answer { .. } => Err(gone(io::ErrorKind::InvalidData.into())),
        }
    }

    /// Between the lesson and a driver, until either leaves.
    ///
    /// # Errors
    /// There is no thread to listen on.
    pub async fn serve(
        self,
        notices: mpsc::Sender<Notice>,
        mut commands: mpsc::Receiver<Command>,
    ) -> Result<()> {
        let Self { mut reader, mut writer, first, .. } = self;
        // A driver that has gone already is noticed below.
        let _ = notices.send(first).await;
        let questions = Shared::default();
        let asked = Arc::clone(&questions);
        let told = notices.clone();
        let leaves = Arc::new(AtomicBool::new(false));
        let is_left = Arc::clone(&leaves);
        let (hangs_up, mut hung_up) = oneshot::channel::<()>();
        let listen = move || {
            listen(&mut reader, &told, &asked, &is_left);
            drop(hangs_up);
        };
        thread::Builder::new()
            .name("lesson".into())
            .spawn(listen)
            .map_err(|e| Error::could_not_run(messages::no_answer()).because(e))?;
        loop {
            let command = tokio::select! {
                // The last word is with the driver by then.
                _ = &mut hung_up => return Ok(()),
                command = commands.recv() => command,
            };
            let Some(deed) = command.and_then(|command| deed(command, &questions)) else { break };
            if write(&mut writer, &deed).is_err() {
                break;
            }
        }
        leaves.store(true, Ordering::Relaxed);
        // A driver that has gone already needs no goodbye.
        let _ = notices.send(Notice::Bye(guide::messages::detached())).await;
        // The listener's wait ends with it.
        let _ = writer.shutdown(Shutdown::Both);
        Ok(())
    }
}

/// Until the lesson's end, or the window's.
fn listen(
    reader: &mut BufReader<UnixStream>,
    notices: &mpsc::Sender<Notice>,
    questions: &Shared,
    is_left: &AtomicBool,
) {
    while let Ok(told) = read(reader) {
        match told {
            Told::Notice(notice) => {
                let is_last = matches!(notice, Notice::Bye(_));
                if notices.blocking_send(notice).is_err() || is_last {
                    return;
                }
            }
            Told::Answer { id, answer } => {
                let question = lock(questions).open.remove(&id);
                // A driver that has stopped waiting listens no more.
                match (question, answer) {
                    (Some(Question::Whole(reply)), Answer::Whole(is_whole)) => _ = reply.send(is_whole),
                    (Some(Question::Candidates(reply)), Answer::Candidates(found)) => _ = reply.send(found),
                    (Some(Question::Folder(reply)), Answer::Folder(folder)) => _ = reply.send(folder),
                    _ => {}
                }
            }
            Told::Welcome { .. } | Told::OtherVersion(_) => {}
        }
    }
    if !is_left.load(Ordering::Relaxed) {
        let _ = notices.blocking_send(Notice::Bye(messages::lesson_is_gone()));
    }
}

/// None: the person leaves.
fn deed(command: Command, questions: &Shared) -> Option<Deed> {
    let ask = |question| {
        let mut questions = lock(questions);
        questions.latest += 1;
        let id = questions.latest;
        questions.open.insert(id, question);
        id
    };
    Some(match command {
        Command::Line(text) => Deed::Line(text),
        Command::Bytes(bytes) => Deed::Bytes(bytes),
        Command::Enter => Deed::Enter,
        Command::Choose(typed) => Deed::Choose(typed),
        Command::Interrupt => Deed::Interrupt,
        Command::EndOfInput => Deed::EndOfInput,
        Command::Unfinished => Deed::Unfinished,
        Command::Validate { text, reply } => Deed::Validate { id: ask(Question::Whole(reply)), text },
        Command::Complete { text, reply } => Deed::Complete { id: ask(Question::Candidates(reply)), text },
        Command::Folder { reply } => Deed::Folder { id: ask(Question::Folder(reply)) },
        Command::Resize { columns, rows } => Deed::Resize { columns, rows },
        Command::Slash(call) if call.then() == Then::End => return None,
        Command::Slash(call) => Deed::Slash(call.typed().to_owned()),
        Command::Focus(terminal) => Deed::Focus(terminal),
        Command::Quit => return None,
    })
}

fn lock(questions: &Shared) -> MutexGuard<'_, Questions> {
    questions.lock().unwrap_or_else(PoisonError::into_inner)
}
