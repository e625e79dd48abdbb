//! The class itself: takes what learners tell, writes it down, answers, and tells those who watch.

use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpListener,
    sync::{Notify, Semaphore, broadcast, mpsc, watch},
    task::{JoinSet, spawn_blocking},
    time::{Instant, timeout},
};
use tokio_rustls::TlsAcceptor;

use crate::session::deed::Deed;

use super::{
    collect::Collection,
    journal::Journal,
    protocol::{self, Batch, Joined, Joining, MAX_BODY, Received, Refusal, is_token},
    room::{Entry, Room},
    tls::Identity,
};

/// How many may be connected at once, learners and those who watch together.
const MAX_CONNECTIONS: usize = 2048;
/// How long a handshake, the lines of a request's head, and its body may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
const HEAD: Duration = Duration::from_secs(60);
const BODY: Duration = Duration::from_secs(20);

/// Requests that a learner may send at once, and how many a second after that.
const BURST: f64 = 60.0;
const RATE: f64 = 10.0;
/// Of all who join together: a class that opens its terminals at once, each of which joins to be let in and once more to
/// tell what is done, and little more.
const JOIN_BURST: f64 = 2400.0;
const JOIN_RATE: f64 = 20.0;

/// Changes that a watcher may be behind before it is shown everything anew.
const MAX_BEHIND: usize = 1024;

/// What has happened, for the teacher's terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    Joined(String),
    RaisedHand(String),
    HandedIn {
        name: String,
        times: usize,
    },
    /// Nothing can be written any more; nobody is answered.
    Broken(String),
}

/// A class that is open.
#[derive(Debug)]
pub struct Class {
    inner: Mutex<Inner>,
    /// Entries on the disk, counted; those who told of one wait for it.
    synced: watch::Sender<u64>,
    written: Notify,
    /// Learners of whom there is something new.
    pub(super) changes: broadcast::Sender<usize>,
    happened: mpsc::Sender<Happened>,
}

#[derive(Debug)]
struct Inner {
    room: Room,
    journal: Journal,
    collection: Collection,
    /// Entries written since the start.
    count: u64,
    quotas: Vec<Quota>,
    joins: Quota,
}

impl Class {
    pub fn new(
        room: Room,
        journal: Journal,
        collection: Collection,
        happened: mpsc::Sender<Happened>,
    ) -> Self {
        let inner =
            Inner { room, journal, collection, count: 0, quotas: Vec::new(), joins: Quota::new(JOIN_BURST) };
        Self {
            inner: Mutex::new(inner),
            synced: watch::Sender::new(0),
            written: Notify::new(),
            changes: broadcast::Sender::new(MAX_BEHIND),
            happened,
        }
    }

    /// Looks at the room; nobody tells anything meanwhile.
    pub fn look<T>(&self, look: impl FnOnce(&Room) -> T) -> T {
        look(&self.lock().room)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Serves learners over TLS, as long as it is not dropped.
    ///
    /// # Errors
    /// The certificate can't be used.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, identity: &Identity) -> io::Result<()> {
        let acceptor = identity.acceptor()?;
        let routes = Router::new()
            .route(protocol::JOIN, post(join))
            .route(protocol::DEEDS, post(take))
            .with_state(Arc::clone(&self));
        tokio::join!(listen(listener, Some(acceptor), routes), self.keep());
        Ok(())
    }

    /// Brings to the disk what was written, in one go for all who wait.
    async fn keep(&self) {
        loop {
            self.written.notified().await;
            let (count, file) = {
                let inner = self.lock();
                (inner.count, inner.journal.file())
            };
            match spawn_blocking(move || file.sync_data()).await.map_err(io::Error::other).flatten() {
                Ok(()) => _ = self.synced.send_replace(count),
                Err(error) => self.is_broken(&error),
            }
        }
    }

    fn is_broken(&self, error: &io::Error) {
        let _ = self.happened.try_send(Happened::Broken(error.to_string()));
    }

    /// Writes entries down and takes them into the room. How many there are then.
    fn record(&self, inner: &mut Inner, entries: &[Entry]) -> io::Result<u64> {
        inner.journal.write(entries)?;
        for entry in entries {
            inner.room.take(entry);
            if let Err(error) = inner.collection.heed(entry) {
                self.is_broken(&error);
            }
        }
        inner.count += entries.len() as u64;
        self.written.notify_one();
        Ok(inner.count)
    }

    async fn is_kept(&self, count: u64) {
        // The sender is ours, so there is one.
        let _ = self.synced.subscribe().wait_for(|synced| *synced >= count).await;
    }

    async fn join(&self, joining: Joining) -> Result<Joined, Refusal> {
        if !is_token(&joining.token) {
            return Err(Refusal::Malformed);
        }
        let token = digest(&joining.token);
        let (joined, count) = {
            let mut inner = self.lock();
            if !inner.joins.has_room(JOIN_RATE, JOIN_BURST) {
                return Err(Refusal::TooMuch);
            }
            let name = inner.room.admits(&joining.name, &token)?;
            let count = if inner.room.learner(&token).is_none() {
                let entry = Entry::Joined { at: now(), name: name.clone(), token };
                let count = self.record(&mut inner, &[entry]).map_err(|error| self.fails(&error))?;
                let _ = self.happened.try_send(Happened::Joined(name));
                let _ = self.changes.send(inner.room.learners.len() - 1);
                count
            } else {
                inner.count
            };
            (Joined { lesson: inner.room.lesson.clone() }, count)
        };
        self.is_kept(count).await;
        Ok(joined)
    }

    async fn take(&self, token: &str, batch: Batch) -> Result<Received, Refusal> {
        let (received, count) = {
            let mut inner = self.lock();
            let learner = inner.room.learner(&digest(token)).ok_or(Refusal::Unknown)?;
            if !inner.quota(learner).has_room(RATE, BURST) {
                return Err(Refusal::TooMuch);
            }
            let now = now();
            let was_here = inner.room.learners[learner].is_here(now);
            inner.room.heard(learner, now);
            let upto = inner.room.upto(learner, &batch.stream).ok_or(Refusal::Full)?;
            let entries = entries(&inner.room.learners[learner].name, batch, upto, now);
            let told: Vec<_> = entries.iter().filter_map(|entry| happened(entry, &inner.room)).collect();
            let upto = upto + entries.len() as u64;
            let count = match entries.is_empty() {
                true => inner.count,
                false => self.record(&mut inner, &entries).map_err(|error| self.fails(&error))?,
            };
            told.into_iter().for_each(|told| _ = self.happened.try_send(told));
            if !entries.is_empty() || !was_here {
                let _ = self.changes.send(learner);
            }
            (Received { upto, hand: inner.room.learners[learner].hand.is_some() }, count)
        };
        self.is_kept(count).await;
        Ok(received)
    }

    /// The teacher takes a learner's hand down.
    ///
    /// # Errors
    /// It can't be written down, and stays up.
    pub(super) async fn attend(&self, learner: usize) -> io::Result<()> {
        let count = {
            let mut inner = self.lock();
            let up = inner.room.learners.get(learner).filter(|learner| learner.hand.is_some());
            let Some(name) = up.map(|learner| learner.name.clone()) else { return Ok(()) };
            let entry = Entry::Attended { at: now(), name };
            let count = self.record(&mut inner, &[entry]).inspect_err(|error| self.is_broken(error))?;
            let _ = self.changes.send(learner);
            count
        };
        self.is_kept(count).await;
        Ok(())
    }

    fn fails(&self, error: &io::Error) -> Refusal {
        self.is_broken(error);
        Refusal::TooMuch
    }
}

/// Those of the batch that are new, with times by the clock that is here.
fn entries(name: &str, batch: Batch, upto: u64, now: u64) -> Vec<Entry> {
    let Batch { stream, now: their_now, deeds } = batch;
    let mut next = upto + 1;
    let mut entries = Vec::new();
    for one in deeds {
        if one.n != next {
            // Known already, or one is missing: what follows is sent again.
            continue;
        }
        next += 1;
        let at = now.saturating_sub(their_now.saturating_sub(one.at));
        entries.push(Entry::Told {
            at,
            name: name.to_owned(),
            stream: stream.clone(),
            n: one.n,
            deed: one.deed,
        });
    }
    entries
}

fn happened(entry: &Entry, room: &Room) -> Option<Happened> {
    let Entry::Told { name, deed, .. } = entry else { return None };
    let before = room.learners.iter().find(|learner| learner.name == *name)?;
    match deed {
        Deed::Hand { is_up: true } if before.hand.is_none() => Some(Happened::RaisedHand(name.clone())),
        Deed::HandedIn { .. } => {
            Some(Happened::HandedIn { name: name.clone(), times: before.handed_in.len() + 1 })
        }
        _ => None,
    }
}

impl Inner {
    fn quota(&mut self, learner: usize) -> &mut Quota {
        if self.quotas.len() <= learner {
            self.quotas.resize_with(learner + 1, || Quota::new(BURST));
        }
        &mut self.quotas[learner]
    }
}

/// A bucket that fills up with time, and that each request takes one from.
#[derive(Debug)]
struct Quota {
    left: f64,
    since: Instant,
}

impl Quota {
    fn new(left: f64) -> Self {
        Self { left, since: Instant::now() }
    }

    fn has_room(&mut self, rate: f64, burst: f64) -> bool {
        self.has_room_at(Instant::now(), rate, burst)
    }

    fn has_room_at(&mut self, now: Instant, rate: f64, burst: f64) -> bool {
        self.left = (self.left + rate * (now - self.since).as_secs_f64()).min(burst);
        self.since = now;
        let has_room = self.left >= 1.0;
        if has_room {
            self.left -= 1.0;
        }
        has_room
    }
}

/// Connections one by one, each with a task of its own; all end when this is dropped.
pub(super) async fn listen(listener: TcpListener, acceptor: Option<TlsAcceptor>, routes: Router) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut tasks = JoinSet::new();
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of open files: some may be closed soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Small answers go out at once. A connection that is gone already fails later.
        let _ = stream.set_nodelay(true);
        let (acceptor, routes) = (acceptor.clone(), routes.clone());
        tasks.spawn(async move {
            match acceptor {
                None => talk(stream, routes).await,
                Some(acceptor) => {
                    if let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await {
                        talk(stream, routes).await;
                    }
                }
            }
            drop(slot);
        });
        while tasks.try_join_next().is_some() {}
    }
}

async fn talk(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, routes: Router) {
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(32 * 1024).max_headers(64);
    // However it ends: there is nobody to tell.
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes)).await;
}

async fn join(State(class): State<Arc<Class>>, request: Request) -> Response {
    answer(async { class.join(body(request.into_body()).await?).await }.await)
}

async fn take(State(class): State<Arc<Class>>, headers: HeaderMap, request: Request) -> Response {
    let told = async {
        let token = bearer(&headers).ok_or(Refusal::Unknown)?;
        let batch: Batch = body(request.into_body()).await?;
        if !batch.is_fair() {
            return Err(Refusal::Malformed);
        }
        class.take(token, batch).await
    };
    answer(told.await)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

async fn body<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = timeout(BODY, to_bytes(body, MAX_BODY)).await.map_err(|_| Refusal::TooMuch)?;
    serde_json::from_slice(&bytes.map_err(|_| Refusal::Malformed)?).map_err(|_| Refusal::Malformed)
}

fn answer<T: Serialize>(told: Result<T, Refusal>) -> Response {
    let json = [(header::CONTENT_TYPE, "application/json")];
    match told {
        Ok(told) => (json, serde_json::to_vec(&told).unwrap_or_default()).into_response(),
        Err(refusal) => {
            let status = match refusal {
                Refusal::BadName | Refusal::Malformed => StatusCode::BAD_REQUEST,
                Refusal::NameTaken => StatusCode::CONFLICT,
                Refusal::Unknown => StatusCode::UNAUTHORIZED,
                Refusal::Full => StatusCode::FORBIDDEN,
                Refusal::TooMuch => StatusCode::TOO_MANY_REQUESTS,
            };
            (status, json, serde_json::to_vec(&refusal).unwrap_or_default()).into_response()
        }
    }
}

/// What the journal has of a token: nobody can be a learner who reads it.
fn digest(token: &str) -> String {
    Sha256::digest(token).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// In milliseconds since 1970.
pub fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_millis() as u64)
}

/// Where a learner who is in the same network reaches this machine; None where there is no network.
pub fn own_address() -> Option<std::net::IpAddr> {
    // Nothing is sent: the system only looks which of its addresses it would send from.
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    socket.connect(SocketAddr::from(([192, 0, 2, 1], 9))).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_too_often_waits_and_then_may_again() {
        let mut quota = Quota::new(BURST);
        let began = quota.since;
        let served = (0..200).filter(|_| quota.has_room_at(began, RATE, BURST)).count();
        assert_eq!(served, 60);
        let later = began + Duration::from_secs(2);
        assert_eq!((0..200).filter(|_| quota.has_room_at(later, RATE, BURST)).count(), 20);
        let much_later = later + Duration::from_secs(3600);
        assert_eq!((0..200).filter(|_| quota.has_room_at(much_later, RATE, BURST)).count(), 60);
    }
}
