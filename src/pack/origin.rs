//! Where a pack comes from.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::messages;
use crate::{
    archive::is_zip,
    cluster::messages::shown,
    error::{Error, Result},
};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// A lesson, or a folder of lessons: read where it lies.
    Folder(PathBuf),
    Zip(PathBuf),
    /// The URL of a repository.
    Git(String),
}

/// What git may be asked to reach: what is encrypted, and this machine's own disk.
const SCHEMES: [&str; 3] = ["https://", "ssh://", "file://"];

impl Origin {
    /// What `word` names: a URL, or a folder or zip that is there. None where it is nothing of the kind.
    ///
    /// # Errors
    /// It is a URL that is not fetched from.
    pub fn parse(word: &str) -> Result<Option<Self>> {
        if SCHEMES.iter().any(|scheme| word.starts_with(scheme)) || is_scp(word) {
            return Ok(Some(Self::Git(word.to_owned())));
        }
        if let Some((scheme, _)) = word.split_once("://") {
            return Err(Error::usage(messages::no_such_scheme(scheme)).hint(messages::schemes()));
        }
        // What is kept must be found again from another folder.
        let Ok(path) = fs::canonicalize(word) else { return Ok(None) };
        Ok(if path.is_dir() {
            Some(Self::Folder(path))
        } else if path.is_file() && is_zip(word) {
            Some(Self::Zip(path))
        } else {
            None
        })
    }

    /// What a pack is called that has more than one lesson.
    pub(super) fn stem(&self) -> String {
        let last = match self {
            Self::Folder(path) => path.file_name(),
            Self::Zip(path) => path.file_stem(),
            Self::Git(url) => {
                let url = url.trim_end_matches('/');
                Path::new(url.strip_suffix(".git").unwrap_or(url)).file_name()
            }
        };
        last.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }
}

/// `git@example.org:anna/lessons.git`.
fn is_scp(word: &str) -> bool {
    word.strip_prefix("git@").is_some_and(|rest| rest.contains(':'))
}

/// As a person is shown it; a password in a URL is not.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) | Self::Zip(path) => f.write_str(&shown(path)),
            Self::Git(url) => f.write_str(&without_password(url)),
        }
    }
}

fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    match host.rsplit_once('@') {
        Some((who, host)) if who.contains(':') => format!("{scheme}://…@{host}/{path}"),
        Some(_) | None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_known_by_its_scheme_and_what_is_not_encrypted_is_refused() {
        for url in ["https://example.org/anna/lessons", "git@example.org:anna/l.git", "file:///srv/l.git"] {
            assert_eq!(Origin::parse(url).expect("a URL"), Some(Origin::Git(url.to_owned())));
        }
        for url in ["http://example.org/l.git", "git://example.org/l", "ext://sh"] {
            assert!(Origin::parse(url).is_err(), "{url}");
        }
        for word in ["ext::sh -c id", "nowhere", "--upload-pack=id", "git@"] {
            assert_eq!(Origin::parse(word).expect("no URL"), None, "{word}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let shown = |url: &str| Origin::Git(url.to_owned()).to_string();
        assert_eq!(shown("https://anna:secret@example.org/l.git"), "https://…@example.org/l.git");
        assert_eq!(shown("ssh://git@example.org/l.git"), "ssh://git@example.org/l.git");
    }

    #[test]
    fn a_repository_is_called_by_its_last_part() {
        let stem = |url: &str| Origin::Git(url.to_owned()).stem();
        assert_eq!(stem("https://example.org/anna/lessons.git"), "lessons");
        assert_eq!(stem("git@example.org:anna/lessons/"), "lessons");
    }
}
