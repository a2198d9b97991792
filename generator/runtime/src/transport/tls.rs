//! The settings of TLS.

#[cfg_attr(target_os = "android", path = "tls/verifier_android.rs")]
mod verifier;

use std::sync::Arc;

use rustls::client::Resumption;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};

use self::verifier::verifier;
use super::settings::{Identity, Protocol, Settings};
use crate::error::Error;

/// The start of a certificate in PEM.
const PEM: &[u8] = b"-----BEGIN";

/// The TLS configurations of connections.
pub(crate) struct Tls {
    /// For servers, which can ask for the client certificate.
    pub(super) server: Arc<ClientConfig>,
    /// For servers that a redirect names at another origin, if there is a client certificate: they do not get it.
    pub(super) foreign: Option<Arc<ClientConfig>>,
    /// For proxies: HTTP/1.1 without the client certificate.
    pub(super) proxy: Arc<ClientConfig>,
}

impl Tls {
    /// Builds the configuration from the settings of a client.
    ///
    /// The crypto provider is set here and not installed for the process, because that choice belongs to the program.
    pub(crate) fn new(settings: &Settings) -> Result<Self, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut roots = Vec::new();
        for bytes in &settings.roots.0 {
            roots.extend(certificates(bytes)?);
        }
        let verifier = if settings.accept_invalid_certificates {
            Arc::new(AcceptAll(Arc::clone(&provider)))
        } else {
            verifier(roots, Arc::clone(&provider)).map_err(not_set_up)?
        };
        let proxy = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(not_set_up)?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        let mut server = proxy.clone();
        let protocols: &[&[u8]] = match settings.protocol {
            Protocol::Negotiated => &[b"h2", b"http/1.1"],
            Protocol::Http1 => &[b"http/1.1"],
            Protocol::Http2 => &[b"h2"],
        };
        server.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        let mut foreign = None;
        if let Some(identity) = &settings.identity {
            let certified = SingleCertAndKey::from(certified(identity, &provider)?);
            foreign = Some(Arc::new(server.clone()));
            server.client_auth_cert_resolver = Arc::new(certified);
            // The two configurations must not share sessions: one that is resumed without the certificate would still
            // be authenticated as its owner.
            server.resumption = Resumption::default();
        }
        Ok(Self {
            server: Arc::new(server),
            foreign,
            proxy: Arc::new(proxy),
        })
    }
}

/// Parses the client certificate and checks that its private key matches.
fn certified(identity: &Identity, provider: &CryptoProvider) -> Result<CertifiedKey, Error> {
    let invalid = |why: &str| Error::config(format!("the client certificate is invalid: {why}"));
    let chain = CertificateDer::pem_slice_iter(&identity.chain);
    let chain: Vec<_> = chain
        .collect::<Result<_, _>>()
        .map_err(|error| invalid("its PEM cannot be read").caused_by(error.to_string()))?;
    if chain.is_empty() {
        return Err(invalid("its PEM has no certificate"));
    }
    // The error is dropped because it could show a part of the key.
    let key = PrivateKeyDer::from_pem_slice(&identity.key)
        .map_err(|_| invalid("its private key is not PEM, or is encrypted with a password"))?;
    CertifiedKey::from_der(chain, key, provider).map_err(|error| match error {
        rustls::Error::InconsistentKeys(_) => {
            invalid("its private key belongs to another certificate")
        }
        error => invalid("the certificate or its private key cannot be used").caused_by(error),
    })
}

/// Accepts every certificate, for tests.
#[derive(Debug)]
struct AcceptAll(Arc<CryptoProvider>);

impl ServerCertVerifier for AcceptAll {
    fn verify_server_cert(
        &self,
        _certificate: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _certificate: &CertificateDer<'_>,
        _signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

fn not_set_up(error: rustls::Error) -> Error {
    Error::config("TLS cannot be set up").caused_by(error)
}

/// Parses certificates: any number as PEM, or one as DER.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found = if bytes.windows(PEM.len()).any(|window| window == PEM) {
        CertificateDer::pem_slice_iter(bytes)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| {
                Error::config("the PEM of a root certificate is invalid")
                    .caused_by(error.to_string())
            })?
    } else {
        vec![CertificateDer::from(bytes.to_vec())]
    };
    if found.is_empty() {
        return Err(Error::config(
            "the PEM of a root certificate has no certificate",
        ));
    }
    let mut store = RootCertStore::empty();
    for certificate in &found {
        store
            .add(certificate.clone())
            .map_err(|error| Error::config("a root certificate is invalid").caused_by(error))?;
    }
    Ok(found)
}
