//! A learner's end of a class: what is told is written down at once, and sent when it can be.
//!
//! Nothing here holds up the lesson. What could not be sent waits in a file and is sent by the next shell, or by
//! `moebi submit`, that reaches the class.

use std::{
    collections::VecDeque,
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustix::fs::{FlockOperation, flock};
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};

use crate::session::deed::{Deed, Presence};

use super::{
    protocol::{MAX_DEEDS, MAX_TYPED, Numbered, folded, is_token, token},
    server::now,
    tls::write_private,
};

const MEMBERSHIP: &str = "membership.json";
/// Names the folder of the class that was joined last.
const LATEST: &str = "latest";

/// What waits in one file, in bytes; lines that are typed after that are not told.
const MAX_WAITING: u64 = 64 * 1024 * 1024;
/// Of one request, in bytes, unless a single deed is larger.
const MAX_BATCH: usize = 256 * 1024;

/// How a learner is known to a class; who has it is the learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// `192.168.1.20:4370`
    pub address: String,
    pub code: String,
    /// Of the class's certificate, once it was seen.
    pub certificate: Option<String>,
    pub name: String,
    pub(super) token: String,
    /// What the class does; known once it was reached.
    pub lesson: Option<String>,
}

impl Membership {
    /// The one that is kept of this class and name, at this address from now on; a new one where there is none.
    pub fn of(classes: &Path, address: &str, code: &str, name: &str) -> Self {
        let kept = Self::read(&classes.join(folder(code, name)));
        match kept.filter(|kept| kept.code == code && kept.name == name && is_token(&kept.token)) {
            Some(kept) => Self { address: address.to_owned(), ..kept },
            None => Self {
                address: address.to_owned(),
                code: code.to_owned(),
                certificate: None,
                name: name.to_owned(),
                token: token(),
                lesson: None,
            },
        }
    }

    /// The class that was joined last.
    pub fn latest(classes: &Path) -> Option<Self> {
        let name = fs::read_to_string(classes.join(LATEST)).ok()?;
        // It is a folder of ours, and no way to another.
        let is_plain = !name.contains('/') && !name.starts_with('.');
        is_plain.then(|| Self::read(&classes.join(name))).flatten()
    }

    fn read(folder: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(folder.join(MEMBERSHIP)).ok()?).ok()
    }

    /// # Errors
    /// It can't be written.
    pub fn keep(&self, classes: &Path) -> io::Result<()> {
        let folder = folder(&self.code, &self.name);
        fs::create_dir_all(classes.join(&folder))?;
        write_private(&classes.join(&folder).join(MEMBERSHIP), &serde_json::to_vec_pretty(self)?)?;
        write_private(&classes.join(LATEST), folder.as_bytes())
    }

    /// Where what waits is kept.
    pub fn folder(&self, classes: &Path) -> PathBuf {
        classes.join(folder(&self.code, &self.name))
    }
}

fn folder(code: &str, name: &str) -> String {
    format!("{code}-{}", folded(name))
}

/// What one run of a shell tells, and what runs before it could not.
#[derive(Debug, Clone)]
pub struct Outbox(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    streams: Mutex<VecDeque<Stream>>,
    told: Notify,
    presence: watch::Sender<Presence>,
    /// Whether the learner's hand is up: as it was told last, until the class knows better.
    hand: watch::Sender<bool>,
}

/// Numbered deeds of one run, in a file.
#[derive(Debug)]
struct Stream {
    name: String,
    path: PathBuf,
    /// Locked: nobody else sends it.
    file: File,
    last: u64,
    unsent: VecDeque<Numbered>,
}

impl Outbox {
    /// A new stream in `folder`, behind those that were left there.
    ///
    /// # Errors
    /// A file can't be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut streams = left_in(folder)?;
        streams.push_back(Stream::new(folder)?);
        let (told, presence) = (Notify::new(), watch::Sender::new(Presence::Away));
        let hand = watch::Sender::new(false);
        Ok(Self(Arc::new(Shared { streams: Mutex::new(streams), told, presence, hand })))
    }

    /// # Errors
    /// It can't be written down, and is not told.
    pub fn tell(&self, deed: &Deed) -> io::Result<()> {
        let mut streams = self.streams();
        streams.back_mut().expect("its own is there").write(shortened(deed))?;
        if let Deed::Hand { is_up } = deed {
            self.0.hand.send_replace(*is_up);
        }
        drop(streams);
        self.0.told.notify_one();
        Ok(())
    }

    pub fn presence(&self) -> watch::Receiver<Presence> {
        self.0.presence.subscribe()
    }

    pub fn hand(&self) -> watch::Receiver<bool> {
        self.0.hand.subscribe()
    }

    pub fn is(&self, presence: Presence) {
        self.0.presence.send_if_modified(|before| std::mem::replace(before, presence) != presence);
    }

    /// Ends when something was told. Cancel safe.
    pub(super) async fn is_told(&self) {
        self.0.told.notified().await;
    }

    /// Whether the class has all of it.
    pub fn is_empty(&self) -> bool {
        self.streams().iter().all(|stream| stream.unsent.is_empty())
    }

    /// The oldest that the class doesn't have yet; what is told now is of the last stream.
    pub(super) fn next(&self) -> (String, Vec<Numbered>) {
        let streams = self.streams();
        let stream = streams.iter().find(|stream| !stream.unsent.is_empty()).or(streams.back());
        let stream = stream.expect("its own is there");
        let mut size = 0;
        let fits = |one: &&Numbered| {
            size += size_of_val(*one) + weight(&one.deed);
            size <= MAX_BATCH
        };
        let mut deeds: Vec<_> = stream.unsent.iter().take(MAX_DEEDS).take_while(fits).cloned().collect();
        if deeds.is_empty() {
            deeds.extend(stream.unsent.front().cloned());
        }
        (stream.name.clone(), deeds)
    }

    /// The class has them. A stream of an earlier run that it has whole is done with. Once it has all, it knows whether
    /// the learner's hand is up.
    pub(super) fn received(&self, name: &str, upto: u64, hand: bool) {
        let mut streams = self.streams();
        if let Some(stream) = streams.iter_mut().find(|stream| stream.name == name) {
            while stream.unsent.front().is_some_and(|one| one.n <= upto) {
                stream.unsent.pop_front();
            }
        }
        let own = streams.len() - 1;
        for index in (0..own).rev() {
            if streams[index].unsent.is_empty() {
                streams.remove(index).expect("it is there").is_done();
            }
        }
        if streams.iter().all(|stream| stream.unsent.is_empty()) {
            self.0.hand.send_if_modified(|before| std::mem::replace(before, hand) != hand);
        }
    }

    /// The run is over: of what the class has whole nothing is kept.
    pub fn close(&self) {
        let mut streams = self.streams();
        for stream in streams.iter().filter(|stream| stream.unsent.is_empty()) {
            stream.is_done();
        }
        streams.clear();
    }

    fn streams(&self) -> MutexGuard<'_, VecDeque<Stream>> {
        self.0.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// About how many bytes it takes to send.
fn weight(deed: &Deed) -> usize {
    match deed {
        Deed::Typed { text, .. } => text.len(),
        Deed::HandedIn { answers } => answers.len(),
        _ => 0,
    }
}

fn shortened(deed: &Deed) -> Deed {
    match deed {
        Deed::Typed { terminal, text } => {
            let end = text.floor_char_boundary(MAX_TYPED);
            Deed::Typed { terminal: terminal.clone(), text: text[..end].to_owned() }
        }
        other => other.clone(),
    }
}

impl Stream {
    fn new(folder: &Path) -> io::Result<Self> {
        let name = token();
        let path = folder.join(format!("{name}.jsonl"));
        let file = OpenOptions::new().read(true).append(true).create_new(true).open(&path)?;
        flock(&file, FlockOperation::NonBlockingLockExclusive)?;
        Ok(Self { name, path, file, last: 0, unsent: VecDeque::new() })
    }

    fn write(&mut self, deed: Deed) -> io::Result<()> {
        if matches!(deed, Deed::Typed { .. }) && self.file.metadata()?.len() > MAX_WAITING {
            return Ok(());
        }
        let one = Numbered { n: self.last + 1, at: now(), deed };
        let mut line = serde_json::to_vec(&one)?;
        line.push(b'\n');
        self.file.write_all(&line)?;
        self.last = one.n;
        self.unsent.push_back(one);
        Ok(())
    }

    fn is_done(&self) {
        // What stays there is sent once more and changes nothing.
        let _ = fs::remove_file(&self.path);
    }
}

/// Streams of runs that are over; one that is still running is left to it.
fn left_in(folder: &Path) -> io::Result<VecDeque<Stream>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.extension().is_none_or(|ending| ending != "jsonl") || !is_token(&name) {
            continue;
        }
        let file = OpenOptions::new().read(true).append(true).open(&path)?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            continue;
        }
        let lines = BufReader::new(&file).lines().map_while(Result::ok);
        let unsent: VecDeque<Numbered> = lines.map_while(|line| serde_json::from_str(&line).ok()).collect();
        let stream = Stream { name, path, last: unsent.back().map_or(0, |one| one.n), file, unsent };
        if stream.unsent.is_empty() {
            stream.is_done();
        } else {
            found.push(stream);
        }
    }
    found.sort_by_key(|stream| stream.unsent.front().map(|one| one.at));
    Ok(found.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Deed {
        Deed::Typed { terminal: "alex".into(), text: text.into() }
    }

    fn numbers(outbox: &Outbox) -> Vec<u64> {
        outbox.next().1.iter().map(|one| one.n).collect()
    }

    #[test]
    fn what_was_told_waits_until_the_class_has_it() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(folder.path()).unwrap();
        assert!(outbox.is_empty());
        (0..3).for_each(|_| outbox.tell(&typed("x")).unwrap());
        let (stream, _) = outbox.next();
        assert_eq!(numbers(&outbox), [1, 2, 3]);
        outbox.received(&stream, 2, false);
        assert_eq!(numbers(&outbox), [3]);
        outbox.received(&stream, 3, false);
        assert!(outbox.is_empty());
        outbox.close();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_hand_is_down_once_the_class_that_knows_all_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(folder.path()).unwrap();
        let hand = outbox.hand();
        outbox.tell(&typed("x")).unwrap();
        let (stream, _) = outbox.next();
        outbox.tell(&Deed::Hand { is_up: true }).unwrap();
        outbox.received(&stream, 1, false);
        assert!(*hand.borrow(), "the class has not heard of it yet");
        outbox.received(&stream, 2, true);
        assert!(*hand.borrow());
        outbox.received(&stream, 2, false);
        assert!(!*hand.borrow());
    }

    #[test]
    fn the_next_run_sends_what_the_one_before_could_not() {
        let folder = tempfile::tempdir().unwrap();
        let first = Outbox::open(folder.path()).unwrap();
        (0..2).for_each(|_| first.tell(&typed("x")).unwrap());
        let running = Outbox::open(folder.path()).unwrap();
        assert!(running.is_empty(), "the first one still runs");
        let (stream, _) = first.next();
        drop((first, running));
        let second = Outbox::open(folder.path()).unwrap();
        second.tell(&typed("y")).unwrap();
        assert_eq!((second.next().0, numbers(&second)), (stream.clone(), vec![1, 2]));
        second.received(&stream, 2, false);
        assert_ne!(second.next().0, stream);
        assert_eq!(numbers(&second), [1]);
    }

    #[test]
    fn batches_are_bounded_and_a_large_deed_goes_alone() {
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::open(folder.path()).unwrap();
        outbox.tell(&Deed::HandedIn { answers: "x".repeat(MAX_BATCH) }).unwrap();
        (0..2 * MAX_DEEDS).for_each(|_| outbox.tell(&typed("x")).unwrap());
        let (stream, _) = outbox.next();
        assert_eq!(numbers(&outbox), [1]);
        outbox.received(&stream, 1, false);
        assert_eq!(outbox.next().1.len(), MAX_DEEDS);
        outbox.tell(&typed(&"ώ".repeat(MAX_TYPED))).unwrap();
        let last = outbox.streams().back().unwrap().unsent.back().cloned().unwrap();
        assert_eq!(last.deed, typed(&"ώ".repeat(MAX_TYPED / 2)));
    }

    #[test]
    fn a_membership_is_one_of_a_class_and_a_name() {
        let classes = tempfile::tempdir().unwrap();
        assert_eq!(Membership::latest(classes.path()), None);
        let maria = Membership::of(classes.path(), "10.0.0.1:4370", "A-B-C-10", "Maria");
        maria.keep(classes.path()).unwrap();
        let again = Membership::of(classes.path(), "10.0.0.2:4370", "A-B-C-10", "Maria");
        assert_eq!((&again.token, again.address.as_str()), (&maria.token, "10.0.0.2:4370"));
        let nikos = Membership::of(classes.path(), "10.0.0.1:4370", "A-B-C-10", "Nikos");
        assert_ne!(nikos.token, maria.token);
        assert_eq!(Membership::latest(classes.path()), Some(maria));
    }
}
