//! The settings of TLS.

use std::sync::Arc;

use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use crate::error::Error;

/// What every file of PEM begins a certificate with.
const PEM: &[u8] = b"-----BEGIN";

/// What trusts the servers that the system trusts, and those with a certificate of `roots`.
///
/// The provider is given here and not installed for the whole process: that choice is the program's.
pub(super) fn config(roots: Vec<CertificateDer<'static>>) -> Result<ClientConfig, Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = verifier(roots, Arc::clone(&provider)).map_err(not_set_up)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(not_set_up)?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok(config)
}

fn not_set_up(error: rustls::Error) -> Error {
    Error::config("TLS cannot be set up").caused_by(error)
}

#[cfg(not(target_os = "android"))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::Error> {
    Ok(Arc::new(Verifier::new_with_extra_roots(roots, provider)?))
}

/// Android decides by itself alone, unless it is told of more roots; then these are all there are.
#[cfg(target_os = "android")]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::Error> {
    if roots.is_empty() {
        return Ok(Arc::new(Verifier::new(provider)?));
    }
    let mut store = RootCertStore::empty();
    for root in roots {
        store.add(root)?;
    }
    rustls::client::WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider)
        .build()
        .map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
        .map_err(|error| rustls::Error::General(error.to_string()))
}

/// The same for connections that can speak HTTP/2, which the server decides.
pub(super) fn with_http2(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

/// The certificates in `bytes`: any number as PEM, or one as DER.
pub(super) fn certificates(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, Error> {
    let found = if bytes.windows(PEM.len()).any(|window| window == PEM) {
        CertificateDer::pem_slice_iter(bytes)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| {
                Error::config("a root certificate is no PEM").caused_by(error.to_string())
            })?
    } else {
        vec![CertificateDer::from(bytes.to_vec())]
    };
    if found.is_empty() {
        return Err(Error::config(
            "there is no certificate among the root certificates",
        ));
    }
    let mut store = RootCertStore::empty();
    for certificate in &found {
        store
            .add(certificate.clone())
            .map_err(|error| Error::config("a root certificate cannot be read").caused_by(error))?;
    }
    Ok(found)
}
