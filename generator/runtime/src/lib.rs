//! What every generated client stands on.
