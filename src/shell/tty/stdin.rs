//! Waiting for a key or a notice, whichever comes first, without taking either.

use std::{
    io,
    os::fd::BorrowedFd,
    time::{Duration, Instant},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wakeup {
    Key,
    Notice,
    /// Neither, in the time given.
    Nothing,
}

/// Keys that crossterm has read already count as keys.
pub(super) fn wait(ear: BorrowedFd, limit: Duration) -> io::Result<Wakeup> {
    if crossterm::event::poll(Duration::ZERO)? {
        return Ok(Wakeup::Key);
    }
    wait_for_bytes(ear, limit)
}

/// As `wait`, but for bytes that nobody has read.
pub(super) fn wait_for_bytes(ear: BorrowedFd, limit: Duration) -> io::Result<Wakeup> {
    let stdin = io::stdin();
    let deadline = Instant::now() + limit;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left).map_err(io::Error::other)?;
        let mut places = [PollFd::new(&stdin, PollFlags::IN), PollFd::from_borrowed_fd(ear, PollFlags::IN)];
        match poll(&mut places, Some(&timeout)) {
            Ok(_) => {}
            // A resize, for instance.
            Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        }
        let [key, notice] = places.map(|place| place.revents());
        // Keys come first: in a flood of notices Ctrl-C would never have its turn.
        return Ok(if !key.is_empty() {
            Wakeup::Key
        } else if !notice.is_empty() {
            Wakeup::Notice
        } else {
            Wakeup::Nothing
        });
    }
}
