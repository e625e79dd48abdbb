//! Clients that are no shells: the class bounds what they send, answers or hangs up, and goes on.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Arc,
};

use moebi::session::deed::Deed;
use serde_json::json;
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, Error, SignatureScheme, StreamOwned,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::ring,
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use crate::support::{home::Home, processes};

use super::harness::{Class, Teller};

/// Speaks to any server, as an attacker would.
#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}

struct Attacker(StreamOwned<ClientConnection, TcpStream>);

impl Attacker {
    fn on(class: &Class) -> Self {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("it has some")
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anybody))
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").expect("a name");
        let connection = ClientConnection::new(Arc::new(config), name).expect("a connection");
        Self(StreamOwned::new(connection, TcpStream::connect(&class.address).expect("it listens")))
    }

    /// The status of the answer; 0 where the class hung up.
    fn posts(&mut self, path: &str, token: &str, body: &[u8]) -> u16 {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        // A class that has read enough hangs up while this is still being written.
        let _ = self.0.write_all(head.as_bytes()).and_then(|()| self.0.write_all(body));
        let mut answer = Vec::new();
        let mut piece = [0; 1024];
        while let Ok(count @ 1..) = self.0.read(&mut piece) {
            answer.extend_from_slice(&piece[..count]);
            let text = String::from_utf8_lossy(&answer);
            let length = text
                .split("content-length: ")
                .nth(1)
                .and_then(|rest| rest.split("\r\n").next()?.parse::<usize>().ok());
            if let (Some(length), Some((_, body))) = (length, text.split_once("\r\n\r\n"))
                && body.len() >= length
            {
                break;
            }
        }
        let text = String::from_utf8_lossy(&answer);
        text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
    }

    fn joins(&mut self, name: &str, token: &str) -> u16 {
        self.posts("/join", "", json!({ "name": name, "token": token }).to_string().as_bytes())
    }
}

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

fn batch(stream: &str, deeds: &[(u64, serde_json::Value)]) -> Vec<u8> {
    let deeds: Vec<_> = deeds.iter().map(|(n, deed)| json!({ "n": n, "at": 0, "deed": deed })).collect();
    json!({ "stream": stream, "now": 0, "deeds": deeds }).to_string().into_bytes()
}

#[test]
fn what_no_shell_sends_is_refused_and_the_class_goes_on() {
    let class = Class::open();
    let mut attacker = Attacker::on(&class);
    for name in ["", "<script>", "../../etc/passwd", "a\u{202e}b", &"x".repeat(10_000)] {
        assert_eq!(attacker.joins(name, TOKEN), 400, "{name:.20}");
    }
    assert_eq!(attacker.joins("Eve", "guessed"), 400);
    assert_eq!(attacker.joins("Eve", TOKEN), 200);
    let left = json!({ "did": "left" });
    let long = json!({ "did": "typed", "terminal": "alex", "text": "x".repeat(3000) });
    for (body, why) in [
        (b"{".to_vec(), "torn"),
        (vec![b'['; 100_000], "deep"),
        (batch("..", &[]), "no stream"),
        (batch(TOKEN, &[(0, left.clone())]), "no number"),
        (batch(TOKEN, &[(1, left.clone()), (3, left.clone())]), "a gap"),
        (batch(TOKEN, &[(1, long)]), "too long a line"),
        (batch(TOKEN, &vec![(1, left.clone()); 501]), "too many"),
        (batch(TOKEN, &[(1, json!({ "did": "rule" }))]), "unheard of"),
    ] {
        assert_eq!(attacker.posts("/deeds", TOKEN, &body), 400, "{why}");
    }
    assert_eq!(
        attacker.posts("/deeds", &TOKEN.replace('0', "1"), &batch(TOKEN, &[])),
        401,
        "somebody else's"
    );
    assert_eq!(attacker.posts("/page", TOKEN, b""), 404);
    let refused = Attacker::on(&class).posts("/deeds", TOKEN, &vec![b' '; 8 * 1024 * 1024]);
    assert!([0, 400].contains(&refused), "{refused}");
    // What belongs to no step of the lesson is counted nowhere.
    let unknown = batch(TOKEN, &[(1, json!({ "did": "began", "step": "<b>nowhere</b>" }))]);
    assert_eq!(attacker.posts("/deeds", TOKEN, &unknown), 200);
    assert_eq!(class.status()[0]["step"], serde_json::Value::Null);
    Teller::joins(&class, "Maria").tells([Deed::Hand { is_up: true }]);
    class.tells("Maria raises a hand.");
    class.closes();
}

#[test]
fn a_flood_is_held_back_and_others_are_served() {
    let class = Class::open();
    let maria = Teller::joins(&class, "Maria");
    let mut attacker = Attacker::on(&class);
    assert_eq!(attacker.joins("Eve", TOKEN), 200);
    let statuses: Vec<_> = (0..400).map(|_| attacker.posts("/deeds", TOKEN, &batch(TOKEN, &[]))).collect();
    assert!(statuses.iter().all(|status| [200, 429].contains(status)), "{statuses:?}");
    assert!(statuses.contains(&429), "it was served as fast as it asked");
    maria.tells([Deed::Hand { is_up: true }]);
    class.tells("Maria raises a hand.");
    assert!(processes::peak_memory(class.pid()).expect("it runs") < 150 * 1024 * 1024);
    class.closes();
}

#[test]
fn connections_that_say_nothing_or_nonsense_keep_nobody_out() {
    let class = Class::open();
    let mut silent: Vec<_> =
        (0..200).map(|_| TcpStream::connect(&class.address).expect("it listens")).collect();
    for stream in silent.iter_mut().skip(100) {
        stream.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("a little fits");
    }
    let mut slow = Attacker::on(&class);
    slow.0.write_all(b"POST /join HTTP/1.1\r\nhost: x\r\ncontent-le").expect("a little fits");
    Teller::joins(&class, "Maria").tells([Deed::Hand { is_up: true }]);
    class.tells("Maria raises a hand.");
    class.closes();
}

#[test]
fn another_server_at_the_same_address_learns_nothing() {
    let (class, other) = (Class::open(), Class::open());
    let home = Home::new();
    let mut command = home.command(&["join", &other.address, "--code", &class.code, "--as", "Maria"]);
    home.finishes(&mut command).exits(2).complains(&format!("is not the class {}", class.code));
    assert!(other.status().is_empty() && class.status().is_empty());
    class.closes();
    other.closes();
}
