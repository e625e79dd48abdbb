//! What Moebi and its guardian say to each other: JSON in frames of four bytes of length, over a socket pair.

use std::path::PathBuf;

use bytes::Bytes;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio_util::codec::LengthDelimitedCodec;

use crate::cluster::cell::LimitExceeded;

/// A command line, its environment and its folder fit well within this.
const MAX_FRAME: usize = 4 * 1024 * 1024;

/// Numbers the commands of one Moebi; never used twice.
pub type CommandId = u64;

/// To the guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GuardianRequest {
    /// Runs a command in a session of its own on this terminal device.
    Run {
        id: CommandId,
        order: Order,
    },
    /// Kills one process, if it belongs to this command.
    KillOne {
        id: CommandId,
        pid: u32,
    },
    /// Kills a command and all that it started.
    Kill {
        id: CommandId,
    },
    /// Stops a command and all that it started, or has them go on.
    Pause {
        id: CommandId,
    },
    Resume {
        id: CommandId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The program and its arguments.
    pub command: Vec<String>,
    pub folder: PathBuf,
    pub tty: Tty,
    /// Variables that the command gets besides Moebi's own.
    pub set: Vec<(String, String)>,
    pub unset: Vec<String>,
}

/// The slave side of a pseudo-terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tty {
    At(PathBuf),
    /// It has come through the fd_channel, with the command's number.
    Passed,
}

/// From the guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum GuardianEvent {
    Running {
        id: CommandId,
    },
    CouldNotRun {
        id: CommandId,
        why: String,
    },
    Paused {
        id: CommandId,
    },
    Resumed {
        id: CommandId,
    },
    /// The command is over and nothing that it started is left; `code` is none when a signal ended it.
    Ended {
        id: CommandId,
        code: Option<i32>,
    },
    /// The cell ends now, for it has used more than it may.
    Exceeded(LimitExceeded),
}

pub(super) fn frames() -> LengthDelimitedCodec {
    LengthDelimitedCodec::builder().max_frame_length(MAX_FRAME).new_codec()
}

pub(super) fn write(message: &impl Serialize) -> std::io::Result<Bytes> {
    Ok(serde_json::to_vec(message)?.into())
}

pub(super) fn read<T: DeserializeOwned>(frame: &[u8]) -> std::io::Result<T> {
    Ok(serde_json::from_slice(frame)?)
}
