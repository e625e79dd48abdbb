//! The lesson's end: a socket that windows come to.

use std::{
    io::{self, BufReader},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::Path,
    sync::{self, Arc, Mutex, MutexGuard, PoisonError, Weak},
    thread,
    time::Duration,
};

use tokio::sync::{mpsc, oneshot};

use crate::{
    guide::{
        WindowEvent,
        command::Command,
        slash_command::{self, Spelling},
    },
    i18n::Lang,
    lesson::TerminalName,
    session::notice::Notice,
    shell::inbox::Inbox,
};

use super::protocol::{Answer, Deed, Hello, Told, VERSION, read, write};

/// Events of all windows that the guide has not heard yet.
const EVENTS: usize = 256;
/// What the guide says in one go, and more than that.
const NOTICES: usize = 4096;

/// How long a window may take to say who it is.
const HELLO: Duration = Duration::from_secs(5);

/// How long to sleep where nothing is said; only the end of the lesson comes without a bell.
const WAIT: Duration = Duration::from_secs(1);

/// Who still has something to tell a window holds it.
type Telling = Arc<sync::mpsc::Sender<()>>;

/// What the windows are still to be told, before the program ends.
pub struct Farewell {
    telling: Telling,
    ended: sync::mpsc::Receiver<()>,
}

impl Farewell {
    /// Waits until every window has been told, or for so long.
    pub fn wait(self, limit: Duration) {
        drop(self.telling);
        // Nothing is ever sent: it ends with the last one who tells.
        let _ = self.ended.recv_timeout(limit);
    }
}

/// Listens there, as long as the program runs. The folder that the socket is in is the same user's alone.
///
/// # Errors
/// There can be no socket.
pub fn listen(socket: &Path, lang: Lang) -> io::Result<(mpsc::Receiver<WindowEvent>, Farewell)> {
    let listener = UnixListener::bind(socket)?;
    let (events, heard) = mpsc::channel(EVENTS);
    let (telling, ended) = sync::mpsc::channel();
    let telling = Telling::new(telling);
    let farewell = Farewell { telling: Arc::clone(&telling), ended };
    let telling = Arc::downgrade(&telling);
    thread::Builder::new().name("windows".into()).spawn(move || {
        for (id, stream) in (0..).zip(listener.incoming()) {
            let Ok(stream) = stream else { continue };
            let (events, telling) = (events.clone(), Weak::clone(&telling));
            // Without a thread there is no window; the next one may have more luck.
            let _ = thread::Builder::new().name(format!("window {id}")).spawn(move || {
                // However it ends: the window sees it by itself.
                let _ = Window { id, events, telling }.serve(stream, lang);
            });
        }
    })?;
    Ok((heard, farewell))
}

struct Window {
    id: u64,
    events: mpsc::Sender<WindowEvent>,
    telling: Weak<sync::mpsc::Sender<()>>,
}

type Writer = Arc<Mutex<UnixStream>>;

/// The terminals that there are, as the window has been told.
type Terminals = Arc<Mutex<Vec<TerminalName>>>;

impl Window {
    fn serve(&self, stream: UnixStream, lang: Lang) -> io::Result<()> {
        stream.set_read_timeout(Some(HELLO))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let Hello { version, terminal } = read(&mut reader)?;
        let writer = Arc::new(Mutex::new(stream.try_clone()?));
        if version != VERSION {
            return tell(&writer, &Told::OtherVersion(VERSION.to_owned()));
        }
        stream.set_read_timeout(None)?;
        tell(&writer, &Told::Welcome { lang })?;
        let (notices, from_guide) = mpsc::channel(NOTICES);
        let inbox = Inbox::open(from_guide)?;
        let terminals = Terminals::default();
        let (taken, written, named) = (Arc::clone(&inbox), Arc::clone(&writer), Arc::clone(&terminals));
        let telling = self.telling.upgrade();
        thread::Builder::new().name(format!("window {} out", self.id)).spawn(move || {
            let _telling = telling;
            let _ = pass_on(&taken, &written, &named);
            taken.leave();
            // The reader's wait ends with it.
            let _ = stream.shutdown(Shutdown::Both);
        })?;
        self.happens(WindowEvent::Opened { id: self.id, terminal, notices })?;
        let ended = self.read_on(&mut reader, &writer, &terminals);
        inbox.leave();
        self.happens(WindowEvent::Closed { id: self.id })?;
        ended
    }

    /// An error at the end, whoever ended it.
    fn read_on(
        &self,
        reader: &mut BufReader<UnixStream>,
        writer: &Writer,
        terminals: &Terminals,
    ) -> io::Result<()> {
        loop {
            let did = |command| self.happens(WindowEvent::Did { id: self.id, command });
            match read(reader)? {
                Deed::Validate { id, text } => {
                    let (reply, answer) = oneshot::channel();
                    did(Command::Validate { text, reply })?;
                    self.answer(writer, id, answer, Answer::Whole)?;
                }
                Deed::Complete { id, text } => {
                    let (reply, answer) = oneshot::channel();
                    did(Command::Complete { text, reply })?;
                    self.answer(writer, id, answer, Answer::Candidates)?;
                }
                Deed::Folder { id } => {
                    let (reply, answer) = oneshot::channel();
                    did(Command::Folder { reply })?;
                    self.answer(writer, id, answer, Answer::Folder)?;
                }
                Deed::Slash(typed) => {
                    let terminals = lock(terminals).clone();
                    match slash_command::read(&typed, &terminals, Spelling::Exact) {
                        Ok(Some(call)) => did(Command::Slash(call))?,
                        Ok(None) => {}
                        Err(error) => tell(writer, &Told::Notice(Notice::Problem(error)))?,
                    }
                }
                Deed::Line(text) => did(Command::Line(text))?,
                Deed::Bytes(bytes) => did(Command::Bytes(bytes))?,
                Deed::Enter => did(Command::Enter)?,
                Deed::Choose(typed) => did(Command::Choose(typed))?,
                Deed::Interrupt => did(Command::Interrupt)?,
                Deed::EndOfInput => did(Command::EndOfInput)?,
                Deed::Unfinished => did(Command::Unfinished)?,
                Deed::Resize { columns, rows } => did(Command::Resize { columns, rows })?,
                Deed::Focus(terminal) => did(Command::Focus(terminal))?,
            }
        }
    }

    /// Nodes are asked with a deadline, so an answer comes, or the channel's end.
    fn answer<T>(
        &self,
        writer: &Writer,
        id: u64,
        answer: oneshot::Receiver<T>,
        told: fn(T) -> Answer,
    ) -> io::Result<()> {
        let answer = answer.blocking_recv().map_or(Answer::None, told);
        tell(writer, &Told::Answer { id, answer })
    }

    /// An error where the lesson has ended.
    fn happens(&self, event: WindowEvent) -> io::Result<()> {
        self.events.blocking_send(event).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

fn pass_on(inbox: &Inbox, writer: &Writer, terminals: &Terminals) -> io::Result<()> {
    while !inbox.is_over() {
        inbox.wait(WAIT);
        for notice in inbox.take() {
            let is_last = matches!(notice, Notice::Bye(_));
            if let Notice::Map(map) = &notice {
                *lock(terminals) = map.nodes.iter().map(|(terminal, _)| terminal.clone()).collect();
            }
            tell(writer, &Told::Notice(notice))?;
            if is_last {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn tell(writer: &Writer, told: &Told) -> io::Result<()> {
    write(&mut *lock(writer), told)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
