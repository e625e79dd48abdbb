//! The bridge's socket of one terminal: one node at a time, frames as `protocol` has them.

use std::{
    io,
    path::Path,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{SinkExt, StreamExt};
use tokio::{
    net::{
        UnixListener, UnixStream,
        unix::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::JoinSet,
    time::timeout,
};
use tokio_util::codec::{FramedRead, FramedWrite, LengthDelimitedCodec};

use super::TerminalEvent;
use crate::cluster::protocol::{FromNode, MAX_FRAME, Malformed, ToNode};

/// How long a bridge that has connected may take to say hello.
const GREETING: Duration = Duration::from_secs(10);

/// How long is listened on once nothing more is said.
const LAST_WORDS: Duration = Duration::from_millis(200);

/// Inputs and questions that may wait while a node doesn't read.
const MAX_WAITING: usize = 64;

/// What a node may say after one input, in bytes of frames. The bridge keeps its own, much smaller budget; but code that
/// runs beside it can write to its socket too.
const MAX_SAID: usize = 8 * 1024 * 1024;

/// The listening socket, for as long as this lives.
pub(in crate::cluster) struct Door {
    _listening: JoinSet<()>,
}

/// Messages to the node that is connected.
#[derive(Debug, Clone)]
pub(in crate::cluster) struct Link {
    frames: mpsc::Sender<Batch>,
}

#[derive(Debug)]
struct Batch {
    frames: Vec<Bytes>,
    /// An input among them: what the node says from here on is counted anew.
    has_input: bool,
}

impl Link {
    /// Sends all of these or none.
    pub(in crate::cluster) fn send(&self, messages: &[ToNode]) -> Result<(), Refusal> {
        let frames = messages.iter().map(|message| message.encode().map(Bytes::from));
        let frames = frames.collect::<Result<Vec<Bytes>, Malformed>>().map_err(|_| Refusal::TooLong)?;
        let has_input = messages.iter().any(|message| matches!(message, ToNode::Input { .. }));
        self.frames.try_send(Batch { frames, has_input }).map_err(|_| Refusal::NotTaken)
    }
}

/// Why a message can't be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cluster) enum Refusal {
    TooLong,
    /// The node has stopped reading, or is gone.
    NotTaken,
}

impl Door {
    /// Listens at `path` and tells what comes in as terminal number `terminal`; with `jitter` now and then late.
    pub(in crate::cluster) fn open(
        path: &Path,
        terminal: usize,
        terminal_events: mpsc::Sender<TerminalEvent>,
        jitter: bool,
    ) -> io::Result<Self> {
        let listener = UnixListener::bind(path)?;
        let mut listening = JoinSet::new();
        listening.spawn(listen(listener, terminal, terminal_events, jitter));
        Ok(Self { _listening: listening })
    }
}

/// A second bridge is hung up on while a first is there, and then halts its node.
async fn listen(
    listener: UnixListener,
    terminal: usize,
    terminal_events: mpsc::Sender<TerminalEvent>,
    jitter: bool,
) {
    let mut present = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) if present.is_empty() => {
                    present.spawn(attend(stream, terminal, terminal_events.clone(), jitter));
                }
                Ok(_) => {}
                // Only running out of file descriptors makes accept fail for long; the pause keeps that from spinning.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
            Some(_) = present.join_next() => {}
        }
    }
}

async fn attend(
    stream: UnixStream,
    terminal: usize,
    terminal_events: mpsc::Sender<TerminalEvent>,
    jitter: bool,
) {
    let (reader, writer) = stream.into_split();
    let mut reader = FramedRead::new(reader, codec());
    let Ok(Ok(Some((first @ FromNode::Hello { .. }, _)))) = timeout(GREETING, next(&mut reader)).await else {
        return;
    };
    let (frames, wanted) = mpsc::channel(MAX_WAITING);
    if terminal_events.send(TerminalEvent::Linked { terminal, link: Link { frames } }).await.is_ok()
        && terminal_events.send(TerminalEvent::Said { terminal, said: first }).await.is_ok()
    {
        let delays = jitter.then(Delays::default);
        talk(reader, FramedWrite::new(writer, codec()), wanted, (terminal, &terminal_events), delays).await;
    }
    let _ = terminal_events.send(TerminalEvent::Unlinked { terminal }).await;
}

fn codec() -> LengthDelimitedCodec {
    LengthDelimitedCodec::builder().max_frame_length(MAX_FRAME).new_codec()
}

/// Both ways at once, so that a node which doesn't read can still be heard.
async fn talk(
    mut reader: FramedRead<OwnedReadHalf, LengthDelimitedCodec>,
    mut writer: FramedWrite<OwnedWriteHalf, LengthDelimitedCodec>,
    mut wanted: mpsc::Receiver<Batch>,
    (terminal, terminal_events): (usize, &mpsc::Sender<TerminalEvent>),
    delays: Option<Delays>,
) {
    let count = AtomicUsize::new(0);
    let hear = async {
        loop {
            let happening = match within(&count, next(&mut reader).await) {
                Ok(Some(said)) => TerminalEvent::Said { terminal, said },
                Ok(None) => return,
                Err(why) => {
                    // Nobody is left to tell only while everything is being taken down.
                    let _ = terminal_events.send(TerminalEvent::Garbled { terminal, why }).await;
                    return;
                }
            };
            if let Some(delays) = &delays {
                tokio::time::sleep(delays.next()).await;
            }
            if terminal_events.send(happening).await.is_err() {
                return;
            }
        }
    };
    let say = async {
        while let Some(Batch { frames, has_input }) = wanted.recv().await {
            if has_input {
                count.store(0, Ordering::Relaxed);
                delays.iter().for_each(Delays::renew);
            }
            for frame in frames {
                if writer.send(frame).await.is_err() {
                    return;
                }
            }
        }
    };
    tokio::pin!(hear);
    tokio::select! {
        () = &mut hear => {}
        // What a node said before it hung up still counts; after we did, nothing does.
        () = say => { let _ = timeout(LAST_WORDS, hear).await; }
    }
}

/// Random delays of what a node tells, for tests of lessons: one frame in four comes late, in all by at most `MAX_DELAY`
/// an input, so that a flood still gets through.
#[derive(Debug, Default)]
struct Delays {
    milliseconds: AtomicU64,
}

/// Of what follows one input.
const MAX_DELAY: Duration = Duration::from_millis(400);

/// Of one frame, in milliseconds.
const MAX_FRAME_DELAY: u64 = 60;

impl Delays {
    fn next(&self) -> Duration {
        // Without randomness there is no delay, which is as good as any.
        let random = getrandom::u64().unwrap_or_default();
        let left = (MAX_DELAY.as_millis() as u64).saturating_sub(self.milliseconds.load(Ordering::Relaxed));
        let delay = if random.is_multiple_of(4) { (random >> 8) % MAX_FRAME_DELAY } else { 0 }.min(left);
        self.milliseconds.fetch_add(delay, Ordering::Relaxed);
        Duration::from_millis(delay)
    }

    fn renew(&self) {
        self.milliseconds.store(0, Ordering::Relaxed);
    }
}

/// What was said, and how long it was.
type Frame = Result<Option<(FromNode, usize)>, Malformed>;

/// Passes it on as long as there was not too much of it.
fn within(count: &AtomicUsize, frame: Frame) -> Result<Option<FromNode>, Malformed> {
    let Some((said, bytes)) = frame? else { return Ok(None) };
    if count.fetch_add(bytes, Ordering::Relaxed) > MAX_SAID {
        return Err(Malformed::TooMuch(MAX_SAID));
    }
    Ok(Some(said))
}

/// Nothing once the node hung up; why, where it said what is no frame.
async fn next(frames: &mut FramedRead<OwnedReadHalf, LengthDelimitedCodec>) -> Frame {
    match frames.next().await {
        Some(Ok(frame)) => {
            let said = FromNode::decode(&frame)?;
            Ok(Some((said, frame.len())))
        }
        // All that the codec refuses is its length.
        Some(Err(error)) if error.kind() == io::ErrorKind::InvalidData => Err(Malformed::TooLong),
        // A node that is killed may reset the connection.
        Some(Err(_)) | None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Lang;

    #[test]
    fn a_node_that_says_too_much_is_told_of_in_the_readers_language() {
        let count = AtomicUsize::new(MAX_SAID + 1);
        let said = Some((FromNode::LeftOut { bytes: 1 }, 8));
        let why = within(&count, Ok(said)).expect_err("it is too much");
        assert_eq!(why.told().speak(Lang::El), "έστειλε πάνω από 8388608 byte για μία μόνο είσοδο");
    }
}
