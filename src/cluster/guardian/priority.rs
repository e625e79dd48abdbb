//! Whose turn it is: a cell's guardian before all that it guards. The kernel bounds the processes of an ordinary user by
//! itself; those of root it doesn't, and there a guardian that waits for its turn behind thousands comes too late.
//!
//! All of this is called between fork and exec: it neither allocates nor locks.

use std::io;

/// The nicest that a process can be to itself, and what commands are instead.
const FIRST: i32 = -20;
const LATER: i32 = 5;

/// Only root may take this; for others it is as it was.
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
