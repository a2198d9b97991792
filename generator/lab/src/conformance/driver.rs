//! The program that calls every operation of a generated crate.

use std::fmt::Write as _;
use std::io;

use specwright::emit::{Calls, Options, Plan, SampleCall, calls};
use specwright::model::Api;

use super::program::{CRATE, Program};
use super::seen::Seen;
use crate::corpus::Workspace;

/// A program, and what it calls.
#[derive(Debug)]
pub(super) struct Driver {
    /// The program.
    pub(super) program: Program,
    /// Every operation.
    pub(super) calls: Vec<SampleCall>,
}

impl Driver {
    /// Writes the program of the crate `package`, which stands in `crates/<name>`.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub(super) fn write(
        workspace: &Workspace,
        name: &str,
        package: &str,
        api: &Api,
    ) -> io::Result<Self> {
        let options = Options {
            crate_name: CRATE.to_owned(),
        };
        let made = calls(&Plan::new(api, &options));
        let sources = [
            ("main.rs", include_str!("driver/main.rs")),
            ("calls.rs", &source(api, &made)),
        ];
        Ok(Self {
            program: Program::write(&workspace.crates(), name, package, &sources)?,
            calls: made.calls,
        })
    }

    /// Makes the calls at `base` from the one at place `from` on, until the server is gone, and notes in `seen` what
    /// came of them; gives the place of the next one.
    ///
    /// # Errors
    /// A program that cannot be started, or that does not get to the end.
    pub(super) fn run(
        &self,
        workspace: &Workspace,
        base: &str,
        from: usize,
        seen: &mut [Seen],
    ) -> io::Result<usize> {
        let mut next = from;
        for line in self.program.run(workspace, &[base, &from.to_string()])? {
            let at = line["at"].as_u64().and_then(|at| usize::try_from(at).ok());
            if let Some((at, place)) = at.and_then(|at| Some((at, seen.get_mut(at)?))) {
                *place = Seen::read(&line["seen"]);
                next = at + 1;
            }
        }
        Ok(next)
    }
}

/// `src/calls.rs`: the client and the calls.
fn source(api: &Api, calls: &Calls) -> String {
    let mut text = String::from(
        "//! Made of the description.\n#![allow(deprecated)]\nuse api::testing::value;\n\n",
    );
    let module = &api.module;
    // A string takes everything that is written to it.
    let _ = writeln!(text, "{}\n", calls.client);
    let _ = writeln!(
        text,
        "pub(crate) async fn run(client: &api::{module}::Client, from: usize) {{"
    );
    for (at, call) in calls.calls.iter().enumerate() {
        if let Ok(expression) = &call.expression {
            let read = if call.stream { "items" } else { "whole" };
            let _ = writeln!(
                text,
                "    crate::attempt!({at}, from, {read}, client, {expression});"
            );
        }
    }
    text.push_str("}\n");
    text
}
