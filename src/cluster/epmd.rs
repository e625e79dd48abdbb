//! Erlang's port mapper, served in process: which node of which name listens on which port.
//!
//! `Epmd::start` binds 127.0.0.1 on a port that the system picks and serves it from one task; each connection is
//! a task of its own. A node keeps the connection over which it registered open for as long as it lives, so its
//! name goes when that connection does. Dropping `Epmd` closes the port and every connection. Nothing to outlive us.
//!
//! The protocol is that of "Distribution Protocol" in the ERTS manual; what it leaves open (the answer to a name
//! already taken, `KILL`) is as OTP's own epmd has it.

mod names;
mod wire;

use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::{Semaphore, mpsc},
    task::JoinSet,
    time::timeout,
};

use crate::lesson::NodeName;

use self::{
    names::Names,
    wire::{Alive, Request},
};

/// Beyond so many connections at once a new one is closed unread.
const MAX_CONNECTIONS: usize = 512;

/// How long a peer may take for a whole request, or to take in the answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What epmd saw; names come without a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    Registered { name: String },
    Unregistered { name: String },
    LookedUp { name: String, found: bool },
}

/// The server, for as long as this lives.
#[derive(Debug)]
pub struct Epmd {
    port: u16,
    names: Arc<Names>,
    _server: JoinSet<()>,
}

#[derive(Clone)]
struct Handler {
    port: u16,
    patience: Duration,
    names: Arc<Names>,
    events: mpsc::Sender<Event>,
}

impl Epmd {
    /// Serves on a free port of 127.0.0.1; what happens is told on `events`, and waits when that is full.
    pub async fn start(events: mpsc::Sender<Event>) -> std::io::Result<Self> {
        Self::start_with(events, PATIENCE).await
    }

    async fn start_with(events: mpsc::Sender<Event>, patience: Duration) -> std::io::Result<Self> {
        Self::serve(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?, events, patience)
    }

    /// Serves on a port that is open already: inside a cell, perhaps.
    pub fn start_on(listener: std::net::TcpListener, events: mpsc::Sender<Event>) -> std::io::Result<Self> {
        Self::serve(TcpListener::from_std(listener)?, events, PATIENCE)
    }

    fn serve(
        listener: TcpListener,
        events: mpsc::Sender<Event>,
        patience: Duration,
    ) -> std::io::Result<Self> {
        let port = listener.local_addr()?.port();
        let mut server = JoinSet::new();
        let names = Arc::<Names>::default();
        server.spawn(serve(listener, Handler { port, patience, names: names.clone(), events }));
        Ok(Self { port, names, _server: server })
    }

    /// For `ERL_EPMD_PORT`.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// From now on neither of the two finds the other.
    pub fn cut(&self, one: &NodeName, other: &NodeName) {
        ways(one, other).into_iter().for_each(|way| self.names.cut(way));
    }

    pub fn heal(&self, one: &NodeName, other: &NodeName) {
        ways(one, other).iter().for_each(|way| self.names.heal(way));
    }
}

fn ways(one: &NodeName, other: &NodeName) -> [(String, String); 2] {
    [(one, other), (other, one)].map(|(from, to)| (from.to_string(), to.short().to_owned()))
}

async fn serve(listener: TcpListener, handler: Handler) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut connections = JoinSet::new();
    loop {
        // Only running out of file descriptors makes accept fail for long; the pause keeps that from spinning.
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        while connections.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&places).try_acquire_owned() else { continue };
        let handler = handler.clone();
        connections.spawn(async move {
            // A peer that breaks off or talks nonsense is simply gone.
            let _ = handler.attend(stream).await;
            drop(place);
        });
    }
}

impl Handler {
    async fn attend(&self, mut stream: TcpStream) -> std::io::Result<()> {
        stream.set_nodelay(true)?;
        let request = timeout(self.patience, wire::read(&mut stream)).await??;
        match request {
            Request::Alive(alive) => self.keep(stream, alive).await,
            Request::PortPlease { name } => {
                let answer = self.names.find(&name, wire::found);
                self.tell(Event::LookedUp { name, found: answer.is_some() }).await;
                say(&mut stream, &answer.unwrap_or_else(wire::not_found)).await
            }
            Request::IsCut { from, to } => {
                let is_cut = self.names.is_cut(&from, &to);
                say(&mut stream, &if is_cut { wire::cut() } else { wire::not_found() }).await
            }
            Request::Names => say(&mut stream, &wire::names(self.port, &self.names.lines())).await,
            // Refusals: the port as a dump's first word and nothing after; "NO"; and a closed connection for STOP.
            Request::Dump => say(&mut stream, &wire::names(self.port, "")).await,
            Request::Kill => say(&mut stream, b"NO").await,
            Request::Stop => Ok(()),
        }
    }

    /// Holds a registration for as long as its connection lasts.
    async fn keep(&self, mut stream: TcpStream, alive: Alive) -> std::io::Result<()> {
        let newer = alive.takes_long_creation();
        let name = alive.name.clone();
        let Some(registration) = self.names.register(alive) else {
            return say(&mut stream, &wire::taken(newer)).await;
        };
        self.tell(Event::Registered { name: name.clone() }).await;
        let mut lasting = say(&mut stream, &wire::registered(newer, registration.creation())).await;
        let mut ignored = [0; 64];
        while lasting.is_ok() {
            lasting = match stream.read(&mut ignored).await {
                Ok(0) => break,
                Ok(_) => Ok(()),
                Err(error) => Err(error),
            };
        }
        drop(registration);
        self.tell(Event::Unregistered { name }).await;
        lasting
    }

    async fn tell(&self, event: Event) {
        // Nobody listens any more only while everything is being taken down.
        let _ = self.events.send(event).await;
    }
}

async fn say(stream: &mut TcpStream, answer: &[u8]) -> std::io::Result<()> {
    timeout(PATIENCE, stream.write_all(answer)).await?
}

#[cfg(test)]
mod tests;
