//! Whose turn it is: a cell's guardian before all that it guards. The kernel bounds the processes of an ordinary user by
//! itself; those of root it doesn't, and there a guardian that waits for its turn behind thousands comes too late.
//!
//! And everybody before a command that floods its terminal.

use std::{fs, io};

/// The nicest that a process can be to itself, and what commands are instead.
const FIRST: i32 = -20;
const LATER: i32 = 5;

/// How nice a session is to others, as the kernel takes it (sched(7), "The autogroup feature").
const AS_ALL: &str = "0";
const AFTER_ALL: &str = "19";

/// Where nobody else has anything to do it is as quick as before.
///
/// # Errors
/// There are no such groups: another system, or an old Linux. It was asked for too often within a tenth of a second
/// (`WouldBlock`).
pub(super) fn hold_back(leader: u32, is_held: bool) -> io::Result<()> {
    fs::write(format!("/proc/{leader}/autogroup"), if is_held { AFTER_ALL } else { AS_ALL })
}

/// Only root may take this; for others it is as it was. Called between fork and exec, as `wait` is: neither allocates or
/// locks.
pub(super) fn take_the_first() -> io::Result<()> {
    if !schedule(true) {
        let _ = rustix::process::setpriority_process(None, FIRST);
    }
    Ok(())
}

/// Gives up what was inherited.
pub(super) fn wait() -> io::Result<()> {
    schedule(false);
    Ok(rustix::process::setpriority_process(None, LATER)?)
}

/// Among those that run before everybody else, or as one of many (sched_setscheduler(2)); false where that is refused.
#[cfg(target_os = "linux")]
fn schedule(is_first: bool) -> bool {
    let (policy, priority) = if is_first { (libc::SCHED_RR, 1) } else { (libc::SCHED_OTHER, 0) };
    let parameters = libc::sched_param { sched_priority: priority };
    // SAFETY: the kernel reads the parameters and keeps nothing of them.
    unsafe { libc::sched_setscheduler(0, policy, &raw const parameters) == 0 }
}

#[cfg(not(target_os = "linux"))]
fn schedule(_is_first: bool) -> bool {
    false
}
