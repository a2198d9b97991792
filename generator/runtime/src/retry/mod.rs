//! Retries: when a call is repeated.
//!
//! The rules are a pure state machine, [`Machine`]: it receives events and returns the next action. It reads no clock
//! and does no I/O, so every rule has a unit test, and any driver can run it.

mod after;
mod budget;
mod machine;
mod policy;

pub(crate) use self::after::retry_after;
pub(crate) use self::budget::Budget;
pub(crate) use self::machine::{Event, Limits, Machine, Outcome, Step, sooner};
pub use self::policy::RetryPolicy;
