//! Waiting for the guide's answer on a thread that belongs to no runtime.

use std::{
    env,
    future::Future,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant},
};

use tokio::sync::{
    mpsc,
    oneshot::{self, error::TryRecvError},
};

use crate::guide::{PARSING, command::Command};

use super::command::{self, Reader};

/// A node answers by its deadline. A guide that is at something else may not; a prompt that hangs is worse than a wrong
/// guess.
const LIMIT: Duration = PARSING.saturating_add(Duration::from_millis(50));

/// Whether the node finds `text` a whole expression; yes where no answer comes.
pub fn is_whole(commands: &mpsc::Sender<Command>, text: &str) -> bool {
    AskAhead::new(commands.clone()).is_whole(text)
}

/// The same, asked while a text is typed, so that Enter finds the answer there.
#[derive(Debug)]
pub struct AskAhead {
    commands: mpsc::Sender<Command>,
    asked: Mutex<Option<Question>>,
}

#[derive(Debug)]
struct Question {
    text: String,
    answer: Answer,
}

#[derive(Debug)]
enum Answer {
    Awaited(oneshot::Receiver<bool>),
    Known(bool),
}

impl AskAhead {
    pub fn new(commands: mpsc::Sender<Command>) -> Self {
        Self { commands, asked: Mutex::new(None) }
    }

    /// Waits for nothing. One question is on its way at a time: whatever is typed, a node is not flooded.
    pub fn ask(&self, text: &str) {
        let mut asked = self.lock();
        let is_enough = |question: &mut Question| question.text == text || question.is_on_its_way();
        if !asked.as_mut().is_some_and(is_enough) {
            *asked = self.question(text);
        }
    }

    pub fn is_whole(&self, text: &str) -> bool {
        let mut asked = self.lock();
        let question = asked.take().filter(|question| question.text == text).or_else(|| self.question(text));
        let is_whole = question.and_then(Question::answer).unwrap_or(true);
        *asked = Some(Question { text: text.to_owned(), answer: Answer::Known(is_whole) });
        is_whole
    }

    fn lock(&self) -> MutexGuard<'_, Option<Question>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// None where the node need not be asked, or the guide doesn't listen.
    fn question(&self, text: &str) -> Option<Question> {
        if command::gives_up(text, Reader::Iex) {
            return None;
        }
        let (reply, answer) = oneshot::channel();
        self.commands.try_send(Command::Validate { text: text.to_owned(), reply }).ok()?;
        Some(Question { text: text.to_owned(), answer: Answer::Awaited(answer) })
    }
}

impl Question {
    fn is_on_its_way(&mut self) -> bool {
        let Answer::Awaited(answer) = &mut self.answer else { return false };
        self.answer = match answer.try_recv() {
            Ok(is_whole) => Answer::Known(is_whole),
            // Nobody can say: it is for IEx to judge.
            Err(TryRecvError::Closed) => Answer::Known(true),
            Err(TryRecvError::Empty) => return true,
        };
        false
    }

    fn answer(self) -> Option<bool> {
        match self.answer {
            Answer::Awaited(answer) => wait(answer, LIMIT),
            Answer::Known(is_whole) => Some(is_whole),
        }
    }
}

/// Whether a word is neither a variable or function of the node's nor a program; no where no answer comes.
pub fn means_nothing(commands: &mpsc::Sender<Command>, text: &str, reader: Reader) -> bool {
    let word = text.trim();
    match reader {
        Reader::Iex => {
            let (reply, answer) = oneshot::channel();
            let question = Command::Complete { text: word.to_owned(), reply };
            let found = commands.try_send(question).ok().and_then(|()| wait(answer, LIMIT));
            found.is_some_and(|found| !found.iter().any(|one| one.back == word.len() && one.text == word))
        }
        Reader::Dollar => {
            let path = env::var_os("PATH").unwrap_or_default();
            !env::split_paths(&path).any(|folder| folder.join(word).is_file())
        }
        Reader::More | Reader::Program | Reader::Question => false,
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn wait<T>(answer: oneshot::Receiver<T>, limit: Duration) -> Option<T> {
    let deadline = Instant::now() + limit;
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut answer = pin!(answer);
    loop {
        if let Poll::Ready(value) = answer.as_mut().poll(&mut context) {
            return value.ok();
        }
        let left = deadline.checked_duration_since(Instant::now())?;
        thread::park_timeout(left);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_and_its_absence_is_not_waited_for() {
        let (sender, receiver) = oneshot::channel();
        sender.send(false).expect("the receiver is there");
        assert_eq!(wait(receiver, LIMIT), Some(false));
        let (sender, receiver) = oneshot::channel::<bool>();
        assert_eq!(wait(receiver, Duration::from_millis(5)), None);
        drop(sender);
        let (sender, receiver) = oneshot::channel::<bool>();
        drop(sender);
        assert_eq!(wait(receiver, LIMIT), None, "a guide that is gone");
    }

    fn asked(guide: &mut mpsc::Receiver<Command>) -> Option<(String, oneshot::Sender<bool>)> {
        match guide.try_recv() {
            Ok(Command::Validate { text, reply }) => Some((text, reply)),
            _ => None,
        }
    }

    #[test]
    fn what_is_typed_is_asked_about_before_enter() {
        let (commands, mut guide) = mpsc::channel(8);
        let foresight = AskAhead::new(commands);
        foresight.ask("[1,");
        foresight.ask("[1, 2");
        let (text, reply) = asked(&mut guide).expect("a question");
        assert_eq!(text, "[1,");
        assert!(asked(&mut guide).is_none(), "one at a time");
        reply.send(true).expect("it listens");
        foresight.ask("[1, 2]");
        foresight.ask("[1, 2]");
        let (text, reply) = asked(&mut guide).expect("the next one");
        assert!(asked(&mut guide).is_none(), "the same is not asked twice");
        reply.send(false).expect("it listens");
        assert_eq!((text.as_str(), foresight.is_whole("[1, 2]")), ("[1, 2]", false));
        foresight.ask("[1, 2]");
        assert!(!foresight.is_whole("[1, 2]"));
        assert!(asked(&mut guide).is_none(), "its answer was there");
    }

    #[test]
    fn a_question_that_is_not_answered_holds_up_no_other() {
        let (commands, mut guide) = mpsc::channel(8);
        let foresight = AskAhead::new(commands);
        foresight.ask("[1");
        drop(asked(&mut guide).expect("a question"));
        foresight.ask("[1]");
        assert_eq!(asked(&mut guide).expect("the next one").0, "[1]");
    }

    #[test]
    fn an_answer_about_another_text_is_none() {
        let (commands, mut guide) = mpsc::channel(8);
        let foresight = AskAhead::new(commands);
        foresight.ask("[1");
        asked(&mut guide).expect("a question").1.send(false).expect("it listens");
        let node = thread::spawn(move || {
            let Some(Command::Validate { text, reply }) = guide.blocking_recv() else { return None };
            reply.send(true).ok().map(|()| text)
        });
        assert!(foresight.is_whole("[1]"));
        assert_eq!(node.join().expect("it answers").as_deref(), Some("[1]"));
    }
}
