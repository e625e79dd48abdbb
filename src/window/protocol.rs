//! What a window and the lesson say to each other: a line of JSON each.

use std::{
    io::{self, BufRead, Read, Write},
    path::PathBuf,
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{guide::command::Candidate, i18n::Lang, lesson::TerminalName, session::notice::Notice};

/// The longest line, in bytes. A step's text and a screen full of output are far shorter.
const MAX_LINE: u64 = 4 * 1024 * 1024;

/// Both ends are of the same version, or don't talk.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The window's first line. None: the terminal that the lesson has in focus.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    pub version: String,
    pub terminal: Option<TerminalName>,
}

/// What a person does in a window; questions have a number, which the answer has too.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Deed {
    Line(String),
    Bytes(Vec<u8>),
    Enter,
    Choose(String),
    Interrupt,
    EndOfInput,
    Unfinished,
    Validate {
        id: u64,
        text: String,
    },
    Complete {
        id: u64,
        text: String,
    },
    Folder {
        id: u64,
    },
    Resize {
        columns: u16,
        rows: u16,
    },
    /// As it was typed.
    Slash(String),
    Focus(TerminalName),
}

/// From the lesson.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Told {
    /// The first line.
    Welcome {
        lang: Lang,
    },
    OtherVersion(String),
    Notice(Notice),
    Answer {
        id: u64,
        answer: Answer,
    },
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Whole(bool),
    Candidates(Vec<Candidate>),
    Folder(PathBuf),
    /// Nobody can say.
    None,
}

pub(super) fn write(to: &mut impl Write, what: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(what)?;
    line.push(b'\n');
    to.write_all(&line)
}

/// The next line; an error at the end, and where it is too long or nothing that is said here.
pub(super) fn read<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<T> {
    let mut line = Vec::new();
    from.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
    if line.last() != Some(&b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(serde_json::from_slice(&line)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::Error,
        i18n::{Localized, Verbatim},
        lesson::{NodeName, OutputKind},
    };

    fn there_and_back(told: &Told) -> Told {
        let mut line = Vec::new();
        write(&mut line, told).expect("it can be written");
        read(&mut line.as_slice()).expect("it can be read")
    }

    #[test]
    fn what_is_told_arrives_as_it_was() {
        let said = |text: &str| Localized::from(Verbatim::said(text));
        let kate = TerminalName::parse("kate").unwrap();
        let by = NodeName::parse("alex").ok();
        let error = Error::usage(said("no")).because(Verbatim::said("why")).hint(said("do"));
        for notice in [
            Notice::Output {
                terminal: kate.clone(),
                focused: true,
                kind: OutputKind::Print,
                by,
                late: None,
                text: "Γεια \u{1b}[31m\n".into(),
            },
            Notice::Relay((0..=255).collect()),
            Notice::LeftOut { terminal: kate, bytes: u64::MAX },
            Notice::Problem(error),
            Notice::Bye(said("bye")),
        ] {
            let Told::Notice(back) = there_and_back(&Told::Notice(notice.clone())) else {
                panic!("a notice")
            };
            let look = |notice: &Notice| match notice {
                Notice::Problem(error) => format!("{:?} {:?}", error.told(), error.hints()),
                other => format!("{other:?}"),
            };
            assert_eq!(look(&back), look(&notice));
        }
    }

    #[test]
    fn what_is_no_line_of_theirs_is_refused() {
        for line in ["", "{", "{}\n", "\"Enter\"", "{\"Focus\":\"../x\"}\n", "[1]\n"] {
            assert!(read::<Deed>(&mut line.as_bytes()).is_err(), "{line:?}");
        }
        let endless = io::repeat(b'x');
        assert!(read::<Deed>(&mut io::BufReader::new(endless)).is_err());
        assert_eq!(read::<Deed>(&mut "\"Enter\"\n".as_bytes()).unwrap(), Deed::Enter);
    }
}
