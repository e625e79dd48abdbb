//! What the guide has said and nobody has read yet: bounded, whatever a node prints.
//!
//! A thread takes notices off the channel as they come, so that the guide never waits for a slow screen, and the driver
//! takes some of them at a time, so that keys have their turn. Beyond its bound, which many lines fit in but not a flood,
//! the inbox drops the oldest outputs and keeps count of them; it never drops anything else. What a program writes that has the terminal can't be dropped: beyond the bounds it waits, the guide with it, and the
//! program in its own writes.

use std::{
    collections::VecDeque,
    io,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use rustix::pipe::{PipeFlags, pipe_with};
use tokio::sync::mpsc;

use crate::session::notice::Notice;

/// Of outputs, and of what is relayed.
const MAX_BYTES: usize = 512 * 1024;
/// What an output takes beside its text, in bytes: many are empty lines.
const ENVELOPE: usize = 64;
/// How many notices are taken at a time.
const AT_ONCE: usize = 400;

#[derive(Debug)]
pub struct Inbox {
    queue: Mutex<Queue>,
    arrived: Condvar,
    /// Something was taken, or nobody takes anything any more.
    taken: Condvar,
    /// Set with each arrival; reedline takes it as its break signal.
    pub alarm: Arc<AtomicBool>,
    /// A byte stands in the pipe while there is something to read.
    bell: OwnedFd,
    ear: OwnedFd,
}

#[derive(Debug, Default)]
struct Queue {
    notices: VecDeque<Notice>,
    bytes: usize,
    relayed: usize,
    is_closed: bool,
    is_left: bool,
}

impl Inbox {
    /// An inbox that a thread of its own fills from `notices`, until the guide drops its end.
    pub fn open(mut notices: mpsc::Receiver<Notice>) -> io::Result<Arc<Self>> {
        let (ear, bell) = pipe_with(PipeFlags::CLOEXEC | PipeFlags::NONBLOCK)?;
        let inbox = Arc::new(Self {
            queue: Mutex::default(),
            arrived: Condvar::new(),
            taken: Condvar::new(),
            alarm: Arc::default(),
            bell,
            ear,
        });
        let filled = Arc::clone(&inbox);
        thread::Builder::new().name("notices".into()).spawn(move || {
            while let Some(notice) = notices.blocking_recv() {
                filled.put(notice);
            }
            filled.close();
        })?;
        Ok(inbox)
    }

    /// What waits, in order; where that is much, the bell goes on ringing for the rest.
    pub fn take(&self) -> VecDeque<Notice> {
        self.alarm.store(false, Ordering::Relaxed);
        let mut bytes = [0; 64];
        while rustix::io::read(&self.ear, &mut bytes).is_ok_and(|count| count > 0) {}
        let mut queue = self.lock();
        let rest = queue.notices.len().min(AT_ONCE);
        let rest = queue.notices.split_off(rest);
        let taken = std::mem::replace(&mut queue.notices, rest);
        queue.bytes -= taken.iter().map(size).sum::<usize>();
        queue.relayed -= taken.iter().map(relayed).sum::<usize>();
        let is_left = !queue.notices.is_empty();
        drop(queue);
        self.taken.notify_all();
        if is_left {
            self.ring();
        }
        taken
    }

    /// Puts back what was taken too early.
    pub fn give_back(&self, mut notices: VecDeque<Notice>) {
        if notices.is_empty() {
            return;
        }
        let mut queue = self.lock();
        queue.bytes += notices.iter().map(size).sum::<usize>();
        queue.relayed += notices.iter().map(relayed).sum::<usize>();
        notices.append(&mut queue.notices);
        queue.notices = notices;
        drop(queue);
        self.ring();
    }

    /// The guide is gone and all it said is read.
    pub fn is_over(&self) -> bool {
        let queue = self.lock();
        queue.is_closed && queue.notices.is_empty()
    }

    /// Waits until something is here, or the guide is gone.
    pub fn wait(&self, limit: Duration) {
        let queue = self.lock();
        let is_idle = |queue: &mut Queue| queue.notices.is_empty() && !queue.is_closed;
        drop(self.arrived.wait_timeout_while(queue, limit, is_idle));
    }

    /// Readable while something waits.
    pub fn ear(&self) -> BorrowedFd<'_> {
        self.ear.as_fd()
    }

    /// The driver has gone, and takes nothing any more.
    pub fn leave(&self) {
        self.lock().is_left = true;
        self.taken.notify_all();
    }

    fn put(&self, notice: Notice) {
        let mut queue = self.lock();
        if relayed(&notice) > 0 {
            let is_full = |queue: &mut Queue| queue.relayed > MAX_BYTES && !queue.is_left;
            queue = self.taken.wait_while(queue, is_full).unwrap_or_else(PoisonError::into_inner);
        }
        if queue.is_left {
            return;
        }
        queue.relayed += relayed(&notice);
        queue.bytes += size(&notice);
        let is_counted = queue.notices.back_mut().is_some_and(|last| adds_up(last, &notice));
        if !is_counted {
            queue.notices.push_back(notice);
        }
        while queue.bytes > MAX_BYTES && queue.drop_output() {}
        drop(queue);
        self.ring();
    }

    fn close(&self) {
        self.lock().is_closed = true;
        self.ring();
    }

    fn ring(&self) {
        self.alarm.store(true, Ordering::Relaxed);
        // A full pipe rings already.
        let _ = rustix::io::write(&self.bell, &[1]);
        self.arrived.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    /// Drops the oldest output, and counts it in a `LeftOut` of its terminal that takes its place.
    fn drop_output(&mut self) -> bool {
        let is_output = |notice: &Notice| matches!(notice, Notice::Output { .. });
        let Some(at) = self.notices.iter().position(is_output) else { return false };
        let Some(Notice::Output { terminal, text, .. }) = self.notices.remove(at) else { return false };
        self.bytes -= text.len() + ENVELOPE;
        let left_out = self.notices.iter_mut().find_map(|notice| match notice {
            Notice::LeftOut { terminal: of, bytes } if *of == terminal => Some(bytes),
            _ => None,
        });
        match left_out {
            Some(bytes) => *bytes += text.len() as u64,
            None => self.notices.insert(at, Notice::LeftOut { terminal, bytes: text.len() as u64 }),
        }
        true
    }
}

/// Whether both tell what a terminal left out; `before` tells of both then.
pub fn adds_up(before: &mut Notice, notice: &Notice) -> bool {
    match (before, notice) {
        (Notice::LeftOut { terminal: of, bytes }, Notice::LeftOut { terminal, bytes: more })
            if of == terminal =>
        {
            *bytes += more;
            true
        }
        _ => false,
    }
}

fn relayed(notice: &Notice) -> usize {
    match notice {
        Notice::Relay(bytes) => bytes.len(),
        _ => 0,
    }
}

fn size(notice: &Notice) -> usize {
    match notice {
        Notice::Output { text, .. } => text.len() + ENVELOPE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Localized, Verbatim};
    use crate::lesson::{OutputKind, TerminalName};

    fn output(name: &str, text: &str) -> Notice {
        let terminal = TerminalName::parse(name).expect("a name");
        Notice::Output {
            terminal,
            focused: true,
            kind: OutputKind::Print,
            by: None,
            late: None,
            text: text.into(),
        }
    }

    /// Relays so many chunks; true once all are taken.
    fn relays(sender: mpsc::Sender<Notice>, chunks: usize) -> thread::JoinHandle<bool> {
        thread::spawn(move || {
            (0..chunks).all(|_| sender.blocking_send(Notice::Relay(vec![b'x'; CHUNK])).is_ok())
        })
    }

    const CHUNK: usize = 64 * 1024;

    #[test]
    fn what_is_relayed_waits_for_whoever_takes_it() {
        let (sender, receiver) = mpsc::channel(1);
        let inbox = Inbox::open(receiver).expect("a pipe and a thread");
        let writer = relays(sender, 100);
        let (mut taken, mut most) = (0, 0);
        while !inbox.is_over() {
            inbox.wait(Duration::from_millis(1));
            let bytes: usize = inbox.take().iter().map(relayed).sum();
            (taken, most) = (taken + bytes, most.max(bytes));
        }
        assert!(writer.join().expect("no panic"));
        assert_eq!(taken, 100 * CHUNK);
        assert!(most <= MAX_BYTES + CHUNK, "{most}");
    }

    #[test]
    fn nobody_waits_for_a_driver_that_has_gone() {
        let (sender, receiver) = mpsc::channel(1);
        let inbox = Inbox::open(receiver).expect("a pipe and a thread");
        let writer = relays(sender, 100);
        inbox.wait(Duration::from_secs(1));
        inbox.leave();
        assert!(writer.join().expect("no panic"));
    }

    /// All that comes until the guide has gone, taken once all is there.
    fn all(inbox: &Inbox) -> Vec<Notice> {
        while !inbox.lock().is_closed {
            inbox.wait(Duration::from_millis(1));
            thread::yield_now();
        }
        let mut notices = Vec::new();
        while !inbox.is_over() {
            let some = inbox.take();
            assert!(some.len() <= AT_ONCE, "{}", some.len());
            assert_eq!(inbox.alarm.load(Ordering::Relaxed), !inbox.is_over());
            notices.extend(some);
        }
        notices
    }

    #[test]
    fn a_flood_becomes_a_count_and_nothing_else_is_lost() {
        let (sender, receiver) = mpsc::channel(4);
        let inbox = Inbox::open(receiver).expect("a pipe and a thread");
        sender
            .blocking_send(Notice::Say(Localized::from(Verbatim::said("before"))))
            .expect("the inbox listens");
        for _ in 0..50_000 {
            sender.blocking_send(output("kate", "chicken?\n")).expect("the inbox listens");
        }
        sender
            .blocking_send(Notice::Say(Localized::from(Verbatim::said("after"))))
            .expect("the inbox listens");
        drop(sender);
        let notices = all(&inbox);
        assert!(notices.iter().map(size).sum::<usize>() <= MAX_BYTES);
        assert!(
            matches!(&notices[0], Notice::Say(text) if *text == Localized::from(Verbatim::said("before")))
        );
        assert!(
            matches!(notices.last(), Some(Notice::Say(text)) if *text == Localized::from(Verbatim::said("after")))
        );
        let count = |notice: &Notice| match notice {
            Notice::Output { text, .. } => text.len() as u64,
            Notice::LeftOut { bytes, .. } => *bytes,
            _ => 0,
        };
        assert_eq!(notices.iter().map(count).sum::<u64>(), 50_000 * 9);
    }

    #[test]
    fn half_a_minute_of_three_nodes_that_print_fifty_lines_a_second_is_kept() {
        let (sender, receiver) = mpsc::channel(4);
        let inbox = Inbox::open(receiver).expect("a pipe and a thread");
        for number in 0..30 * 3 * 50 {
            sender.blocking_send(output("kate", &format!("line {number} of many\n"))).expect("it listens");
        }
        drop(sender);
        let is_output = |notice: &Notice| matches!(notice, Notice::Output { .. });
        let notices = all(&inbox);
        assert_eq!(notices.len(), 30 * 3 * 50);
        assert!(notices.iter().all(is_output));
    }
}
