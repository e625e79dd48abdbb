//! Waiting for the guide's answer on a thread that belongs to no runtime.

use std::{
    env,
    future::Future,
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
    time::{Duration, Instant},
};

use tokio::sync::{mpsc, oneshot};

use crate::guide::notice::Command;

use super::command::{self, Reader};

/// The guide answers within 200 ms; a prompt that hangs is worse than a wrong guess.
const LIMIT: Duration = Duration::from_millis(250);

/// Whether the node finds `text` a whole expression; yes where no answer comes.
pub fn is_whole(commands: &mpsc::Sender<Command>, text: &str) -> bool {
    if command::gives_up(text, Reader::Iex) {
        return true;
    }
    let (reply, answer) = oneshot::channel();
    let question = Command::Validate { text: text.to_owned(), reply };
    match commands.try_send(question) {
        Ok(()) => wait(answer, LIMIT).unwrap_or(true),
        Err(_) => true,
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
}
