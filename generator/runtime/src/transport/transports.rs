//! The transports of a client.

use std::sync::Arc;

use super::Transport;

/// The transport of async calls and that of blocking calls.
#[derive(Clone)]
pub(crate) struct Transports {
    pub(crate) asynchronous: Arc<dyn Transport>,
    pub(crate) blocking: Arc<dyn Transport>,
}

impl Transports {
    /// Uses one transport for all calls.
    pub(crate) fn both(transport: Arc<dyn Transport>) -> Self {
        Self {
            blocking: Arc::clone(&transport),
            asynchronous: transport,
        }
    }
}
