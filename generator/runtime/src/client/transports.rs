//! What the calls of a client go over.

use std::sync::Arc;

use crate::error::Error;
use crate::transport::{Settings, Transport};

/// The transport of calls that are awaited, and that of blocking calls.
#[derive(Clone)]
pub(crate) struct Transports {
    pub(super) asynchronous: Arc<dyn Transport>,
    #[cfg(feature = "blocking")]
    pub(super) blocking: Arc<dyn Transport>,
}

impl Transports {
    /// One transport that the caller gives, for all calls.
    pub(super) fn given(transport: Arc<dyn Transport>) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            blocking: Arc::clone(&transport),
            asynchronous: transport,
        }
    }

    /// Those that the features have. Without `hyper` the blocking one serves all calls.
    #[cfg(any(feature = "hyper", feature = "blocking"))]
    pub(super) fn made(settings: &Settings) -> Result<Self, Error> {
        settings.proxy.check()?;
        let tls = settings.tls()?;
        #[cfg(feature = "blocking")]
        let blocking: Arc<dyn Transport> = Arc::new(crate::transport::UreqTransport::build(
            settings,
            tls.clone(),
        )?);
        #[cfg(feature = "hyper")]
        let asynchronous = Arc::new(crate::transport::HyperTransport::build(settings, tls)?);
        #[cfg(not(feature = "hyper"))]
        let asynchronous = Arc::clone(&blocking);
        Ok(Self {
            asynchronous,
            #[cfg(feature = "blocking")]
            blocking,
        })
    }

    #[cfg(not(any(feature = "hyper", feature = "blocking")))]
    pub(super) fn made(_settings: &Settings) -> Result<Self, Error> {
        Err(Error::config(
            "there is no transport: switch on the feature `hyper` or `blocking`, or give one with `transport(…)`, \
             a `ReqwestTransport` say",
        ))
    }
}
