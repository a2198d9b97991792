//! Records the attempts that timed out. Only the client knows them: the server can read a request long after its caller
//! has stopped waiting.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use specwright_runtime::ErrorKind;
use specwright_runtime::hooks::{About, AfterAttempt, AttemptHook, BeforeAttempt};

use super::ATTEMPT_HEADER;

/// One attempt: the number of its call at the client, and its own number within the call.
pub(super) type AttemptId = (u64, u32);

/// A hook that sends the number of each attempt to the server and records those that timed out.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    timed_out: Mutex<HashSet<AttemptId>>,
}

impl Attempts {
    /// Whether an attempt timed out.
    pub(super) fn timed_out(&self, attempt: AttemptId) -> bool {
        self.all().contains(&attempt)
    }

    /// Returns the number of attempts that timed out.
    pub(super) fn count(&self) -> u64 {
        self.all().len() as u64
    }

    fn all(&self) -> MutexGuard<'_, HashSet<AttemptId>> {
        self.timed_out
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl AttemptHook for Attempts {
    fn before(&self, attempt: &mut BeforeAttempt<'_>) {
        let (call, number) = id(attempt.about(), attempt.number());
        if let Ok(value) = format!("{call}.{number}").parse() {
            attempt.header(ATTEMPT_HEADER, value);
        }
    }

    fn after(&self, attempt: &AfterAttempt<'_>) {
        if attempt.error_kind() == Some(ErrorKind::Timeout) {
            self.all().insert(id(attempt.about(), attempt.number()));
        }
    }
}

fn id(about: &About, number: u32) -> AttemptId {
    (about.number(), number)
}

/// Reads the value of [`ATTEMPT_HEADER`].
pub(super) fn parse(value: &str) -> Option<AttemptId> {
    let (call, number) = value.split_once('.')?;
    Some((call.parse().ok()?, number.parse().ok()?))
}
