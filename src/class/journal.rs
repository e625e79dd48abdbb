//! All that happens in a class, a line each, written down before anybody is answered.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

use rustix::fs::{FlockOperation, flock};

use super::room::{Entry, Room};

const FILE: &str = "journal.jsonl";

/// The longest line: answers, with each of their characters escaped.
const MAX_LINE: u64 = 4 * 1024 * 1024;

#[derive(Debug)]
pub struct Journal {
    /// Locked while this process lives.
    file: Arc<File>,
}

impl Journal {
    /// Opens the one in `folder`; `heed` is told each entry that it has so far. None: another process has it open.
    ///
    /// # Errors
    /// It can't be read or written.
    pub fn open(folder: &Path, heed: impl FnMut(&Entry)) -> io::Result<Option<(Self, Room)>> {
        let file =
            OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(folder.join(FILE))?;
        if flock(&file, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Ok(None);
        }
        let (room, whole) = read(&file, heed)?;
        // A server that was killed while it wrote has answered nobody for that line.
        file.set_len(whole)?;
        Ok(Some((Self { file: Arc::new(file) }, room)))
    }

    /// What is there, for somebody who only looks, and whether a server has it open. None: there is none.
    ///
    /// # Errors
    /// It can't be read.
    pub fn look(folder: &Path) -> io::Result<Option<(Room, bool)>> {
        let file = match File::open(folder.join(FILE)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let is_open = flock(&file, FlockOperation::NonBlockingLockShared).is_err();
        Ok(Some((read(&file, |_| {})?.0, is_open)))
    }

    /// Sets it aside under the time it was opened at, with all that is beside it.
    ///
    /// # Errors
    /// It can't be renamed.
    pub fn set_aside(folder: &Path, opened: u64) -> io::Result<()> {
        fs::rename(folder, folder.with_extension(opened.to_string()))
    }

    /// Written, but perhaps not on the disk yet: see [`Journal::file`].
    ///
    /// # Errors
    /// It can't be written.
    pub fn write<'e>(&self, entries: impl IntoIterator<Item = &'e Entry>) -> io::Result<()> {
        let mut lines = Vec::new();
        for entry in entries {
            serde_json::to_writer(&mut lines, entry)?;
            lines.push(b'\n');
        }
        (&*self.file).write_all(&lines)
    }

    /// For `sync_data`, which takes its time, and does for all that was written before it.
    pub fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }
}

/// The room, and how many bytes of the file are whole lines.
fn read(file: &File, mut heed: impl FnMut(&Entry)) -> io::Result<(Room, u64)> {
    let (mut room, mut whole) = (Room::default(), 0);
    let mut lines = BufReader::new(file);
    let mut line = Vec::new();
    loop {
        line.clear();
        let count = lines.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return Ok((room, whole));
        }
        whole += count as u64;
        if let Ok(entry) = serde_json::from_slice(&line) {
            heed(&entry);
            room.take(&entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(name: &str) -> Entry {
        Entry::Joined { at: 1, name: name.into(), token: name.into() }
    }

    #[test]
    fn what_was_written_is_there_again_and_half_a_line_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (journal, room) = Journal::open(folder.path(), |_| {}).unwrap().unwrap();
        assert!(room.learners.is_empty());
        journal.write([&joined("Maria"), &joined("Nikos")]).unwrap();
        (&*journal.file).write_all(br#"{"entry":"joined","at":2,"na"#).unwrap();
        drop(journal);
        let (journal, room) = Journal::open(folder.path(), |_| {}).unwrap().unwrap();
        assert_eq!(room.learners.len(), 2);
        journal.write([&joined("Eleni")]).unwrap();
        let (room, is_open) = Journal::look(folder.path()).unwrap().unwrap();
        assert_eq!((room.learners.len(), is_open), (3, true));
        assert!(Journal::open(folder.path(), |_| {}).unwrap().is_none(), "one server at a time");
        drop(journal);
        assert!(!Journal::look(folder.path()).unwrap().unwrap().1);
    }

    #[test]
    fn where_there_is_none_none_is_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Journal::look(folder.path()).unwrap().is_none());
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
    }
}
