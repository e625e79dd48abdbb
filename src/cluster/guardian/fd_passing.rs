//! How open files go into a cell and out of it: over a socket that keeps messages whole, in the kernel's own way
//! (`SCM_RIGHTS`, unix(7)). A listener that was opened in the cell listens there, whoever holds it; a folder likewise.

use std::{
    io::{self, IoSlice, IoSliceMut},
    mem::MaybeUninit,
    os::fd::{AsFd, BorrowedFd, OwnedFd},
};

use rustix::net::{
    AddressFamily, RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, SocketFlags, SocketType, recvmsg, sendmsg, socketpair,
};

/// Files in one message.
const MAX_FILES: usize = 8;

/// One end. `number` says what a message is about, so that the other end can't mistake one for another.
#[derive(Debug)]
pub(in crate::cluster) struct FdChannel(OwnedFd);

impl FdChannel {
    pub(super) fn pair() -> io::Result<(Self, OwnedFd)> {
        let flags = SocketFlags::CLOEXEC;
        let (ours, theirs) = socketpair(AddressFamily::UNIX, SocketType::SEQPACKET, flags, None)?;
        Ok((Self(ours), theirs))
    }

    pub(super) fn of(socket: OwnedFd) -> Self {
        Self(socket)
    }

    pub(super) fn send(&self, number: u64, files: &[BorrowedFd<'_>]) -> io::Result<()> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FILES))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !ancillary.push(SendAncillaryMessage::ScmRights(files)) {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let number = number.to_be_bytes();
        sendmsg(&self.0, &[IoSlice::new(&number)], &mut ancillary, SendFlags::NOSIGNAL)?;
        Ok(())
    }

    /// Waits for the next message.
    ///
    /// # Errors
    /// The other end is gone, or talks nonsense.
    pub(super) fn receive(&self) -> io::Result<(u64, Vec<OwnedFd>)> {
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MAX_FILES))];
        let mut ancillary = RecvAncillaryBuffer::new(&mut space);
        let mut number = [0; 8];
        let received = recvmsg(&self.0, &mut [IoSliceMut::new(&mut number)], &mut ancillary, CLOEXEC)?;
        let files = ancillary.drain().filter_map(|message| match message {
            RecvAncillaryMessage::ScmRights(files) => Some(files),
            _ => None,
        });
        let files = files.flatten().collect();
        if received.bytes != number.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok((u64::from_be_bytes(number), files))
    }
}

impl AsFd for FdChannel {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.0.as_fd()
    }
}

#[cfg(target_os = "linux")]
const CLOEXEC: RecvFlags = RecvFlags::CMSG_CLOEXEC;
#[cfg(not(target_os = "linux"))]
const CLOEXEC: RecvFlags = RecvFlags::empty();

#[cfg(test)]
mod tests {
    use super::*;
    use std::{
        fs::File,
        io::{Read, Write},
    };

    #[test]
    fn a_file_goes_through() {
        let (one, other) = FdChannel::pair().expect("sockets");
        let other = FdChannel::of(other);
        let (mut reader, writer) = io::pipe().expect("a pipe");
        one.send(7, &[writer.as_fd()]).expect("it is sent");
        drop(writer);
        let (number, mut files) = other.receive().expect("it comes");
        assert_eq!((number, files.len()), (7, 1));
        File::from(files.remove(0)).write_all(b"through").expect("it is open");
        let mut text = String::new();
        reader.read_to_string(&mut text).expect("it reads");
        assert_eq!(text, "through");
    }

    #[test]
    fn an_end_is_an_error() {
        let (one, other) = FdChannel::pair().expect("sockets");
        drop(other);
        assert!(one.receive().is_err());
    }
}
