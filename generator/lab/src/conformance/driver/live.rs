//! Makes the calls of a server's user and tells of each, a line of JSON, how it went. `cargo lab conformance` writes
//! this program, and the calls in `user.rs`.

mod told;
mod user;

use std::fmt::Debug;
use std::process::ExitCode;

use api::Error;
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let base = std::env::args().nth(1).unwrap_or_default();
    match user::run(&base).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A part of the server. The calls on it end early where one fails whose value the later ones need.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area(pub(crate) &'static str);

impl Area {
    /// Tells whether a call gave a value that `holds`, and gives the value.
    pub(crate) fn gives<T: Debug>(
        self,
        call: &str,
        made: Result<T, Error>,
        holds: impl FnOnce(&T) -> bool,
    ) -> Option<T> {
        match made {
            Ok(value) => {
                if holds(&value) {
                    self.tell(call, &json!({ "kind": "decoded", "expected": true }));
                } else {
                    self.tell(call, &unexpected(&value));
                }
                Some(value)
            }
            Err(error) => {
                self.tell(call, &told::failed(&error));
                None
            }
        }
    }

    /// Tells whether a call failed with this status and an error that `holds`.
    pub(crate) fn refuses<T: Debug>(
        self,
        call: &str,
        made: Result<T, Error>,
        status: u16,
        holds: impl FnOnce(&Error) -> bool,
    ) {
        let seen = match made {
            Ok(value) => unexpected(&value),
            Err(error) => {
                let mut seen = told::failed(&error);
                if error.status().is_some_and(|got| got == status) && holds(&error) {
                    seen["kind"] = json!("decoded");
                    seen["expected"] = json!(true);
                }
                seen
            }
        };
        self.tell(call, &seen);
    }

    fn tell(self, call: &str, seen: &Value) {
        println!(
            "{}",
            json!({ "area": self.0, "call": call, "seen": { "first": seen } })
        );
    }
}


/// What is told of a call that went well and should not have, or gave another value than it should have.
fn unexpected(value: &impl Debug) -> Value {
    json!({ "kind": "unexpected", "status": 200, "text": format!("unexpected: {value:?}") })
}
