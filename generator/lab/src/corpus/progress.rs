//! The line that tells a person at a terminal what goes on.

use std::io::{IsTerminal, Write, stderr};
use std::sync::{Mutex, PoisonError};

/// A line on standard error that is written over and over, where that is a terminal.
#[derive(Debug)]
pub(super) struct Progress {
    shows: bool,
    total: usize,
    done: Mutex<usize>,
}

/// How much of the line is used, so that it never wraps.
const WIDTH: usize = 76;
/// How many characters the bar has.
const BAR: usize = 20;

impl Progress {
    /// Nothing of `total` is done.
    pub(super) fn new(total: usize) -> Self {
        Self {
            shows: stderr().is_terminal(),
            total,
            done: Mutex::new(0),
        }
    }

    /// One more is done or begun; `what` says which.
    pub(super) fn step(&self, what: &str) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done = (*done + 1).min(self.total);
        if self.shows {
            // Nobody is left to tell if this fails.
            let _ = write!(stderr().lock(), "\r\x1b[2K{}", self.line(*done, what));
        }
    }

    fn line(&self, done: usize, what: &str) -> String {
        let full = (done * BAR).checked_div(self.total).unwrap_or(BAR);
        let bar = "█".repeat(full) + &"░".repeat(BAR - full);
        let line = format!("{bar} {done}/{} {what}", self.total);
        line.chars().take(WIDTH).collect()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shows {
            let _ = write!(stderr().lock(), "\r\x1b[2K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_never_wraps() {
        let progress = Progress::new(4);
        let line = progress.line(1, &"x".repeat(200));
        assert!(line.starts_with("█████░░░░░░░░░░░░░░░ 1/4 xxx"), "{line}");
        assert_eq!(line.chars().count(), WIDTH);
        assert!(Progress::new(0).line(0, "").starts_with(&"█".repeat(BAR)));
    }
}
