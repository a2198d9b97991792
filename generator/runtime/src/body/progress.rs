//! Reports the progress of a body.

use std::sync::Arc;

/// A callback for progress: the number of bytes so far, and the total if it is known.
#[derive(Clone)]
pub(crate) struct Progress(Arc<dyn Fn(u64, Option<u64>) + Send + Sync>);

impl Progress {
    pub(crate) fn new(callback: impl Fn(u64, Option<u64>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(callback))
    }

    pub(crate) fn counted(self, total: Option<u64>) -> Counted {
        Counted {
            progress: self,
            passed: 0,
            total,
        }
    }
}

/// The progress of one body.
pub(crate) struct Counted {
    progress: Progress,
    passed: u64,
    total: Option<u64>,
}

impl Counted {
    pub(crate) fn add(&mut self, bytes: usize) {
        self.passed = self.passed.saturating_add(bytes as u64);
        (self.progress.0)(self.passed, self.total);
    }
}
