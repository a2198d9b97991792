//! The transports of a client.

use std::sync::Arc;

use crate::error::Error;
use crate::transport::{Settings, Transport};

/// The transport of calls that are awaited, and that of blocking calls. Without the feature `blocking` it is the same.
#[derive(Clone)]
pub(crate) struct Transports {
    pub(super) asynchronous: Arc<dyn Transport>,
    pub(super) blocking: Arc<dyn Transport>,
}

impl Transports {
    /// One transport that the caller gives, for all calls.
    pub(crate) fn given(transport: Arc<dyn Transport>) -> Self {
        Self {
            blocking: Arc::clone(&transport),
            asynchronous: transport,
        }
    }

    /// Those of the features. Connections belong to a runtime, so blocking calls, which have their own, share none with
    /// the others.
    #[cfg(feature = "hyper")]
    pub(crate) fn made(settings: &Settings) -> Result<Self, Error> {
        use crate::transport::{HyperTransport, Tls};

        let tls = Tls::new(settings)?;
        let made = Self::given(Arc::new(HyperTransport::build(settings, &tls)?));
        #[cfg(feature = "blocking")]
        let made = Self {
            blocking: Arc::new(crate::transport::BackgroundTransport::new(
                HyperTransport::build(settings, &tls)?,
            )),
            ..made
        };
        Ok(made)
    }

    #[cfg(not(feature = "hyper"))]
    pub(crate) fn made(_settings: &Settings) -> Result<Self, Error> {
        Err(Error::config(
            "there is no transport: enable the feature `hyper`, or set one with `transport(…)`",
        ))
    }
}
