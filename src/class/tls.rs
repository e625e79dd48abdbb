//! The line between a learner and the class: encrypted, and proven to be the class's by its code.
//!
//! The certificate is made on the spot and signed by nobody. Whose it is the code tells, which stands on the board.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::Arc,
};

use sha2::{Digest, Sha256};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        CertificateError, ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme,
        client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
        crypto::{CryptoProvider, ring, verify_tls13_signature},
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer, ServerName, UnixTime},
        version::TLS13,
    },
};

use super::code::Code;

/// A name of no host: nobody looks at it.
pub(super) const SERVER_NAME: &str = "moebi.invalid";

/// A certificate and its key.
pub struct Identity {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Identity {
    /// The one that is kept in `folder`; made and kept where there is none, readable by nobody else.
    ///
    /// # Errors
    /// It can't be read or written.
    pub fn kept_in(folder: &Path) -> io::Result<Self> {
        let (certificate, key) = (folder.join("certificate.der"), folder.join("key.der"));
        match (fs::read(&certificate), fs::read(&key)) {
            (Ok(certificate), Ok(key)) => Ok(Self { certificate, key }),
            _ => {
                let identity = Self::made().map_err(io::Error::other)?;
                write_private(&certificate, &identity.certificate)?;
                write_private(&key, &identity.key)?;
                Ok(identity)
            }
        }
    }

    fn made() -> Result<Self, rcgen::Error> {
        let made = rcgen::generate_simple_self_signed([SERVER_NAME.to_owned()])?;
        Ok(Self { certificate: made.cert.der().to_vec(), key: made.signing_key.serialize_der() })
    }

    /// Takes a moment.
    pub fn code(&self) -> Code {
        Code::of(&self.certificate)
    }

    /// For whoever listens.
    ///
    /// # Errors
    /// The key is not the certificate's.
    pub fn acceptor(&self) -> io::Result<TlsAcceptor> {
        let config = self.server().map_err(io::Error::other)?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    fn server(&self) -> Result<ServerConfig, Error> {
        let certificate = CertificateDer::from(self.certificate.clone());
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(self.key.clone()));
        ServerConfig::builder_with_provider(provider())
            .with_protocol_versions(&[&TLS13])?
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
    }
}

/// Whole, or not there; for its owner alone.
pub fn write_private(path: &Path, content: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let _ = fs::remove_file(&beside);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(beside, path)
}

/// What a learner's shell knows a class by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pin {
    /// Typed from the board.
    Code(Code),
    /// Of the certificate that had the code; no longer slow to compare.
    Digest([u8; 32]),
}

impl Pin {
    fn fits(&self, certificate: &[u8]) -> bool {
        match self {
            Self::Code(code) => Code::of(certificate) == *code,
            Self::Digest(digest) => digest_of(certificate) == *digest,
        }
    }
}

pub(super) fn digest_of(certificate: &[u8]) -> [u8; 32] {
    Sha256::digest(certificate).into()
}

/// For a learner: no server is spoken to but the pinned one.
///
/// # Errors
/// The cryptography that is built in lacks TLS 1.3.
pub(super) fn client(pin: Pin) -> Result<ClientConfig, Error> {
    let verifier = Pinned { pin, provider: provider() };
    Ok(ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

#[derive(Debug)]
struct Pinned {
    pin: Pin,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        match self.pin.fits(certificate) {
            true => Ok(ServerCertVerified::assertion()),
            false => Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
        }
    }

    /// Never offered.
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Err(Error::General("TLS 1.2 is not spoken here".to_owned()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
