//! Whether the terminal says where its cursor is. reedline asks that before each prompt, and where no answer comes
//! crossterm waits for two seconds each time: in such a terminal nobody could type.

use std::{
    io::{self, Write},
    os::fd::AsFd,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
    termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr},
};

const QUESTION: &[u8] = b"\x1b[6n";

/// The longest way to a terminal that anybody works on.
const PATIENCE: Duration = Duration::from_secs(2);

/// More than is typed in that time.
const MAX_TYPED: usize = 64 * 1024;

/// What came of the question.
#[derive(Debug, Default)]
pub(in crate::shell) struct Asked {
    pub is_answered: bool,
    /// Keys that came meanwhile.
    pub typed: Vec<u8>,
}

/// Asks it.
///
/// # Errors
/// The terminal is gone, or is none.
pub(in crate::shell) fn ask() -> io::Result<Asked> {
    let terminal = io::stdin();
    let modes = tcgetattr(&terminal)?;
    let mut raw = modes.clone();
    raw.make_raw();
    // Ctrl-C still ends Moebi here.
    raw.local_modes |= LocalModes::ISIG;
    tcsetattr(&terminal, OptionalActions::Now, &raw)?;
    let asked = answer(&terminal);
    tcsetattr(&terminal, OptionalActions::Now, &modes)?;
    asked
}

fn answer(terminal: &impl AsFd) -> io::Result<Asked> {
    let mut out = io::stdout();
    out.write_all(QUESTION)?;
    out.flush()?;
    let until = Instant::now() + PATIENCE;
    let mut asked = Asked::default();
    while !asked.is_answered && asked.typed.len() < MAX_TYPED && is_ready(terminal, until)? {
        let mut piece = [0; 1024];
        let count = rustix::io::retry_on_intr(|| rustix::io::read(terminal, &mut piece))?;
        if count == 0 {
            break;
        }
        asked.typed.extend_from_slice(&piece[..count]);
        asked.is_answered = take_answer(&mut asked.typed);
    }
    Ok(asked)
}

fn is_ready(terminal: &impl AsFd, until: Instant) -> io::Result<bool> {
    loop {
        let left = Timespec::try_from(until.saturating_duration_since(Instant::now())).ok();
        match poll(&mut [PollFd::new(terminal, PollFlags::IN)], left.as_ref()) {
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
            Ok(ready) => return Ok(ready > 0),
        }
    }
}

/// Takes `ESC [ ROW ; COLUMN R` out of what was read.
pub(in crate::shell) fn take_answer(bytes: &mut Vec<u8>) -> bool {
    let answer = (0..bytes.len()).find_map(|start| {
        let rest = bytes[start..].strip_prefix(b"\x1b[")?;
        let count = rest.iter().position(|byte| !byte.is_ascii_digit() && *byte != b';')?;
        let is_answer = rest[count] == b'R' && rest[..count].contains(&b';');
        is_answer.then_some(start..start + 2 + count + 1)
    });
    answer.map(|answer| bytes.drain(answer)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_taken_from_between_the_keys() {
        for (read, typed, is_answered) in [
            ("\x1b[12;40R", "", true),
            ("/kate\x1b[1;1R\r", "/kate\r", true),
            ("\x1b[A\x1b[1;1R", "\x1b[A", true),
            ("\x1b[1;1", "\x1b[1;1", false),
            ("\x1b[R\x1b[1;2H", "\x1b[R\x1b[1;2H", false),
        ] {
            let mut bytes = read.as_bytes().to_vec();
            assert_eq!(
                (take_answer(&mut bytes), bytes.as_slice()),
                (is_answered, typed.as_bytes()),
                "{read:?}"
            );
        }
    }
}
