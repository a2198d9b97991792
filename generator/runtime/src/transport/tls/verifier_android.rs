//! The verifier of server certificates on Android.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls_platform_verifier::Verifier;

/// Returns the verifier of the platform, which cannot trust additional certificates. If there are `roots`, only these
/// are trusted.
pub(super) fn verifier(
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
    WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider)
        .build()
        .map(|verifier| verifier as Arc<dyn ServerCertVerifier>)
        .map_err(|error| rustls::Error::General(error.to_string()))
}
