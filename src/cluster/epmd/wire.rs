//! epmd's requests and answers as bytes: a request is two bytes of length (big-endian) and a tag; an answer has no length.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

const NAMES_REQ: u8 = 110;
const DUMP_REQ: u8 = 100;
const KILL_REQ: u8 = 107;
const STOP_REQ: u8 = 115;
const ALIVE2_REQ: u8 = 120;
const ALIVE2_RESP: u8 = 121;
const ALIVE2_X_RESP: u8 = 118;
const PORT_PLEASE2_REQ: u8 = 122;
const PORT2_RESP: u8 = 119;

/// A name of 255 characters of four bytes each, and as much again; OTP's epmd takes little more.
const MAX_REQUEST: usize = 2048;

/// From this distribution version on (OTP 23) a node takes a creation of four bytes.
const LONG_CREATION: u16 = 6;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Request {
    Alive(Alive),
    PortPlease {
        name: String,
    },
    /// Not epmd's own: a node of Moebi's asks for `FROM>TO`, a name that no node can have (`bridge/epmd.ex`).
    IsCut {
        from: String,
        to: String,
    },
    Names,
    Dump,
    Kill,
    Stop,
}

/// What a node says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alive {
    pub(super) name: String,
    pub(super) port: u16,
    kind: u8,
    protocol: u8,
    highest: u16,
    lowest: u16,
    extra: Vec<u8>,
}

impl Alive {
    pub(super) fn takes_long_creation(&self) -> bool {
        self.highest >= LONG_CREATION
    }
}

pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Request> {
    let length = usize::from(stream.read_u16().await?);
    if length > MAX_REQUEST {
        return Err(nonsense());
    }
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).await?;
    parse(&bytes).ok_or_else(nonsense)
}

fn nonsense() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no request that epmd knows")
}

fn parse(bytes: &[u8]) -> Option<Request> {
    let (&tag, rest) = bytes.split_first()?;
    match tag {
        ALIVE2_REQ => alive(rest).map(Request::Alive),
        PORT_PLEASE2_REQ => {
            let name = name(rest)?;
            Some(match name.split_once('>') {
                Some((from, to)) => Request::IsCut { from: from.to_owned(), to: to.to_owned() },
                None => Request::PortPlease { name },
            })
        }
        NAMES_REQ => Some(Request::Names),
        DUMP_REQ => Some(Request::Dump),
        KILL_REQ => Some(Request::Kill),
        STOP_REQ => Some(Request::Stop),
        _ => None,
    }
}

fn alive(mut rest: &[u8]) -> Option<Alive> {
    let port = u16::from_be_bytes(*take(&mut rest)?);
    let [kind, protocol] = *take(&mut rest)?;
    let highest = u16::from_be_bytes(*take(&mut rest)?);
    let lowest = u16::from_be_bytes(*take(&mut rest)?);
    let name = name(counted(&mut rest)?)?;
    let extra = counted(&mut rest)?.to_vec();
    Some(Alive { name, port, kind, protocol, highest, lowest, extra })
}

fn take<'a, const N: usize>(rest: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(first)
}

fn counted<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = usize::from(u16::from_be_bytes(*take(rest)?));
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    Some(text)
}

/// Names go to a screen through `epmd -names`: no control characters in them.
fn name(bytes: &[u8]) -> Option<String> {
    let name = std::str::from_utf8(bytes).ok()?;
    let fine = !name.is_empty() && name.chars().count() <= 255 && !name.chars().any(char::is_control);
    fine.then(|| name.to_owned())
}

pub(super) fn registered(newer: bool, creation: u32) -> Vec<u8> {
    if newer {
        answer(&[ALIVE2_X_RESP, 0], &[&creation.to_be_bytes()])
    } else {
        // The two-byte creation is one of 1, 2 and 3.
        answer(&[ALIVE2_RESP, 0], &[&((creation % 3 + 1) as u16).to_be_bytes()])
    }
}

/// The name is in use. OTP's epmd fills in 99 as the creation.
pub(super) fn taken(newer: bool) -> Vec<u8> {
    if newer {
        answer(&[ALIVE2_X_RESP, 1], &[&99_u32.to_be_bytes()])
    } else {
        answer(&[ALIVE2_RESP, 1], &[&99_u16.to_be_bytes()])
    }
}

pub(super) fn found(node: &Alive) -> Vec<u8> {
    let length = |bytes: &[u8]| (bytes.len() as u16).to_be_bytes();
    let parts: [&[u8]; 8] = [
        &node.port.to_be_bytes(),
        &[node.kind, node.protocol],
        &node.highest.to_be_bytes(),
        &node.lowest.to_be_bytes(),
        &length(node.name.as_bytes()),
        node.name.as_bytes(),
        &length(&node.extra),
        &node.extra,
    ];
    answer(&[PORT2_RESP, 0], &parts)
}

/// "Found", as a node that nobody calls: it has no name and no port.
pub(super) fn cut() -> Vec<u8> {
    answer(&[PORT2_RESP, 0], &[&[0, 0], b"MM", &[0, 6, 0, 5], &[0, 0], &[0, 0]])
}

pub(super) fn not_found() -> Vec<u8> {
    vec![PORT2_RESP, 1]
}

pub(super) fn names(port: u16, lines: &str) -> Vec<u8> {
    answer(&u32::from(port).to_be_bytes(), &[lines.as_bytes()])
}

fn answer(head: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    [head, &parts.concat()].concat()
}
