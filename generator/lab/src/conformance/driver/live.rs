//! The functions for the calls of live servers.

use std::fmt::Debug;

use api::Error;
use serde_json::{Value, json};

use crate::report;

/// An area of the server. If a call fails whose value later calls need, the area ends early.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area(pub(crate) &'static str);

impl Area {
    /// Reports whether the value of a call satisfies `holds`, and returns the value.
    pub(crate) fn gives<T: Debug>(
        self,
        call: &str,
        made: Result<T, Error>,
        holds: impl FnOnce(&T) -> bool,
    ) -> Option<T> {
        match made {
            Ok(value) => {
                if holds(&value) {
                    self.report(call, &json!({ "kind": "decoded", "expected": true }));
                } else {
                    self.report(call, &unexpected(&value));
                }
                Some(value)
            }
            Err(error) => {
                self.report(call, &report::failed(&error));
                None
            }
        }
    }

    /// Reports whether a call failed with this status code and an error that satisfies `holds`.
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
                let mut seen = report::failed(&error);
                if error.status().is_some_and(|got| got == status) && holds(&error) {
                    seen["kind"] = json!("decoded");
                    seen["expected"] = json!(true);
                }
                seen
            }
        };
        self.report(call, &seen);
    }

    fn report(self, call: &str, seen: &Value) {
        report::print(json!([self.0, call]), seen);
    }
}

/// Returns the report of a call that unexpectedly succeeds, or returns an unexpected value.
fn unexpected(value: &impl Debug) -> Value {
    json!({ "kind": "unexpected", "status": 200, "text": format!("unexpected: {value:?}") })
}
