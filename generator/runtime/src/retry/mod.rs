//! When a call is made again.
//!
//! The rules are a pure state machine, [`Machine`]: it takes events and returns the next step. It reads no clock
//! and sends nothing, so every rule is a unit test, and a driver of any kind can run it.

mod after;
mod budget;
mod machine;
mod policy;

pub(crate) use self::after::retry_after;
pub(crate) use self::budget::Budget;
pub(crate) use self::machine::{Event, Limits, Machine, Outcome, Step, sooner};
pub use self::policy::RetryPolicy;
