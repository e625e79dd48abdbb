//! Sends what an outbox holds to the class, over and over, until somebody stops it.

use std::time::Duration;

use http_body_util::{BodyExt, Full, Limited};
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use serde::{Serialize, de::DeserializeOwned};
use tokio::{
    net::TcpStream,
    task::JoinHandle,
    time::{sleep, timeout},
};
use tokio_rustls::{
    TlsConnector,
    rustls::pki_types::{CertificateDer, ServerName},
};

use crate::{
    error::{Error, Result},
    i18n::Verbatim,
    session::deed::Presence,
};

use super::{
    code::Code,
    member::{Membership, Outbox},
    messages,
    protocol::{self, Batch, Joined, Joining, Received, Refusal},
    server::now,
    tls::{self, Pin, SERVER_NAME, digest_of},
};

/// How long a connection and an answer may take; a Wi-Fi that is gone is noticed by then.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long nothing may be said: the class knows by it who is here, and the shell whether the class is.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Between two tries, at first and at most.
const SOON: Duration = Duration::from_millis(250);
const LATER: Duration = Duration::from_secs(4);
/// The largest answer, in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Why a request came to nothing.
#[derive(Debug)]
enum Failure {
    /// No connection, or it broke.
    Unreached(String),
    /// It is another server than the code's.
    Impostor,
    Refused(Refusal),
}

/// A connection to the class.
struct Line {
    requests: http1::SendRequest<Full<Bytes>>,
    token: String,
    certificate: [u8; 32],
    /// Ended with the line.
    connection: JoinHandle<()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.connection.abort();
    }
}

impl Line {
    async fn open(member: &Membership) -> Result<Self, Failure> {
        timeout(PATIENCE, Self::connect(member)).await.unwrap_or_else(|late| Err(unreached(late)))
    }

    async fn connect(member: &Membership) -> Result<Self, Failure> {
        let pin = match member.certificate.as_deref().and_then(parse_digest) {
            Some(digest) => Pin::Digest(digest),
            None => Pin::Code(Code::parse(&member.code).map_err(|_| Failure::Impostor)?),
        };
        let tcp = TcpStream::connect(&member.address).await.map_err(unreached)?;
        // Small requests go out at once.
        let _ = tcp.set_nodelay(true);
        let connector = TlsConnector::from(std::sync::Arc::new(tls::client(pin).map_err(unreached)?));
        let name = ServerName::try_from(SERVER_NAME).map_err(unreached)?;
        let stream = connector.connect(name, tcp).await.map_err(|error| match is_impostor(&error) {
            true => Failure::Impostor,
            false => unreached(error),
        })?;
        let shown = stream.get_ref().1.peer_certificates().and_then(<[CertificateDer<'_>]>::first);
        let certificate = digest_of(shown.map(AsRef::as_ref).unwrap_or_default());
        let (requests, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(unreached)?;
        let connection = tokio::spawn(async move { _ = connection.await });
        Ok(Self { requests, token: member.token.clone(), certificate, connection })
    }

    async fn ask<T: DeserializeOwned>(&mut self, path: &str, told: &impl Serialize) -> Result<T, Failure> {
        timeout(PATIENCE, self.request(path, told)).await.unwrap_or_else(|late| Err(unreached(late)))
    }

    async fn request<T: DeserializeOwned>(
        &mut self,
        path: &str,
        told: &impl Serialize,
    ) -> Result<T, Failure> {
        let request = Request::post(path)
            .header(header::HOST, SERVER_NAME)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .body(Full::from(serde_json::to_vec(told).map_err(unreached)?))
            .map_err(unreached)?;
        self.requests.ready().await.map_err(unreached)?;
        let answer = self.requests.send_request(request).await.map_err(unreached)?;
        let status = answer.status();
        let body =
            Limited::new(answer.into_body(), MAX_ANSWER).collect().await.map_err(unreached)?.to_bytes();
        match status {
            StatusCode::OK => serde_json::from_slice(&body).map_err(unreached),
            _ => Err(serde_json::from_slice(&body).map_or_else(unreached, Failure::Refused)),
        }
    }

    async fn join(&mut self, member: &Membership) -> Result<Joined, Failure> {
        let joining = Joining { name: member.name.clone(), token: member.token.clone() };
        self.ask(protocol::JOIN, &joining).await
    }

    /// Sends one batch, or that somebody is here.
    async fn send(&mut self, outbox: &Outbox) -> Result<(), Failure> {
        let (stream, deeds) = outbox.next();
        let first = deeds.first().map(|one| one.n);
        let batch = Batch { stream: stream.clone(), now: now(), deeds };
        let Received { upto, hand } = self.ask(protocol::DEEDS, &batch).await?;
        outbox.received(&stream, upto, hand);
        match first.is_some_and(|first| upto < first) {
            // Of a class that has forgotten what it had: nothing is to be gained by asking again at once.
            true => Err(Failure::Refused(Refusal::Malformed)),
            false => Ok(()),
        }
    }
}

fn unreached(error: impl std::fmt::Display) -> Failure {
    Failure::Unreached(error.to_string())
}

fn is_impostor(error: &std::io::Error) -> bool {
    use tokio_rustls::rustls::{CertificateError, Error};
    let tls = error.get_ref().and_then(|error| error.downcast_ref::<Error>());
    matches!(tls, Some(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)))
}

fn parse_digest(digits: &str) -> Option<[u8; 32]> {
    let mut digest = [0; 32];
    let pairs = digits.as_bytes().chunks(2);
    if pairs.len() != digest.len() {
        return None;
    }
    for (byte, pair) in digest.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

/// Makes sure of the class and of the learner's name there, and learns which lesson it does.
///
/// # Errors
/// It is not reached, is another than the code's, or takes nobody in under that name.
pub async fn join(mut member: Membership) -> Result<Membership> {
    let failed = |failure| told(failure, &member);
    let mut line = Line::open(&member).await.map_err(failed)?;
    let Joined { lesson } = line.join(&member).await.map_err(failed)?;
    member.certificate = Some(line.certificate.iter().map(|byte| format!("{byte:02x}")).collect());
    member.lesson = Some(lesson);
    Ok(member)
}

/// Sends all there is, once.
///
/// # Errors
/// The class could not be told; all is kept.
pub async fn flush(member: &Membership, outbox: &Outbox) -> Result<()> {
    let failed = |failure| told(failure, member);
    let mut line = Line::open(member).await.map_err(failed)?;
    line.join(member).await.map_err(failed)?;
    while !outbox.is_empty() {
        line.send(outbox).await.map_err(failed)?;
    }
    Ok(())
}

fn told(failure: Failure, member: &Membership) -> Error {
    let Membership { address, code, name, .. } = member;
    match failure {
        Failure::Unreached(why) => Error::could_not_run(messages::not_reached(address))
            .because(Verbatim::said(&why))
            .hint(messages::see_address()),
        Failure::Impostor => Error::usage(messages::other_code(address, code)).hint(messages::see_code()),
        Failure::Refused(Refusal::NameTaken) => {
            Error::usage(messages::name_taken(name)).hint(messages::join_as_another())
        }
        Failure::Refused(Refusal::BadName) => {
            Error::usage(messages::bad_name(name)).hint(messages::join_as_another())
        }
        Failure::Refused(Refusal::Full) => Error::could_not_run(messages::class_full()),
        Failure::Refused(Refusal::TooMuch) => {
            Error::could_not_run(messages::too_many_at_once(address)).hint(messages::try_in_a_moment())
        }
        Failure::Refused(Refusal::Unknown | Refusal::Malformed) => {
            Error::could_not_run(messages::not_understood(address)).hint(messages::same_moebi())
        }
    }
}

/// Sends what is told for as long as it is awaited, whatever becomes of the network.
pub async fn run(member: Membership, outbox: Outbox) {
    let mut pause = SOON;
    loop {
        if let Ok(mut line) = Line::open(&member).await
            // The class may have been opened anew since.
            && line.join(&member).await.is_ok()
        {
            pause = SOON;
            outbox.is(Presence::Here);
            talk(&mut line, &outbox).await;
        } else {
            outbox.is(Presence::Away);
        }
        sleep(pause).await;
        pause = (pause * 2).min(LATER);
    }
}

async fn talk(line: &mut Line, outbox: &Outbox) {
    loop {
        match line.send(outbox).await {
            Ok(()) => {}
            Err(Failure::Refused(Refusal::TooMuch)) => sleep(LATER).await,
            Err(_) => return,
        }
        if outbox.is_empty() {
            tokio::select! {
                () = outbox.is_told() => {}
                () = sleep(HEARTBEAT) => {}
                // Noticed at once where the class ends in order, or its machine says that it is gone.
                () = is_closed(&mut line.connection) => return,
            }
        }
    }
}

async fn is_closed(connection: &mut JoinHandle<()>) {
    let _ = connection.await;
}
