//! Where lessons are open: a file for each, which names its socket.

use std::{
    fs,
    io::{self, Write},
    os::unix::{fs::OpenOptionsExt, net::UnixStream},
    path::{Path, PathBuf},
    process,
    time::SystemTime,
};

use serde::{Deserialize, Serialize};

/// A lesson that is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub socket: PathBuf,
    pub lesson: String,
}

/// Says that a lesson is open, until it is dropped.
#[derive(Debug)]
pub struct Registration(PathBuf);

impl Registration {
    /// # Errors
    /// It can't be written, and no window finds the lesson.
    pub fn write(folder: &Path, session: &Session) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let path = folder.join(process::id().to_string());
        // Of a program that had this number before.
        let _ = fs::remove_file(&path);
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
        file.write_all(&serde_json::to_vec(session)?)?;
        Ok(Self(path))
    }
}

impl Drop for Registration {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Those that answer, the one that was opened last first. What others left behind is removed.
pub fn open(folder: &Path) -> Vec<Session> {
    let Ok(files) = fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<(SystemTime, Session)> = Vec::new();
    for file in files.flatten() {
        let path = file.path();
        let session = fs::read(&path).ok().and_then(|text| serde_json::from_slice::<Session>(&text).ok());
        match session.filter(|session| UnixStream::connect(&session.socket).is_ok()) {
            Some(session) => {
                let since = file.metadata().and_then(|metadata| metadata.modified());
                found.push((since.unwrap_or(SystemTime::UNIX_EPOCH), session));
            }
            None => _ = fs::remove_file(&path),
        }
    }
    found.sort_by_key(|(since, _)| std::cmp::Reverse(*since));
    found.into_iter().map(|(_, session)| session).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;

    use super::*;

    #[test]
    fn only_those_that_answer_are_open() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open(folder.path()).is_empty());
        let socket = folder.path().join("socket");
        let listener = UnixListener::bind(&socket).unwrap();
        let sessions = folder.path().join("open");
        let session = Session { socket, lesson: "otp".into() };
        let registration = Registration::write(&sessions, &session).unwrap();
        fs::write(sessions.join("1"), "nonsense").unwrap();
        assert_eq!(open(&sessions), std::slice::from_ref(&session));
        assert!(!sessions.join("1").exists());
        drop(listener);
        assert!(open(&sessions).is_empty(), "killed, and nobody removed it");
        assert_eq!(fs::read_dir(&sessions).unwrap().count(), 0);
        drop(registration);
        drop(Registration::write(&sessions, &session).unwrap());
        assert_eq!(fs::read_dir(&sessions).unwrap().count(), 0);
    }
}
