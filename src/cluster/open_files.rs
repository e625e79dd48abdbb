//! How many files may be open at once, which each process inherits from the one that starts it.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::messages;
use crate::error::{Error, Result};

/// A node alone holds some thirty; with fewer it ends in the middle of its boot, with a page of complaints.
const NEEDED: u64 = 128;

/// As many as most systems give to a program that asks for nothing.
const USUAL: u64 = 1024;

/// Takes what is allowed, up to the usual.
///
/// # Errors
/// It is not enough.
pub(super) fn allow() -> Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let Some(now) = limit.current.filter(|now| *now < USUAL) else { return Ok(()) };
    let wanted = limit.maximum.map_or(USUAL, |most| most.min(USUAL)).max(now);
    let raised = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit });
    let most = if raised.is_ok() { wanted } else { now };
    if most < NEEDED {
        return Err(
            Error::could_not_run(messages::too_few_files(most, NEEDED)).hint(messages::raise_limit(NEEDED))
        );
    }
    Ok(())
}
