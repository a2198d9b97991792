//! `specwright explain`.

use std::process::ExitCode;

use specwright::{codes, diff};

use super::output::print;

pub(crate) fn run(code: Option<&str>, all: bool) -> Result<ExitCode, String> {
    if all {
        print(&codes::page());
    } else if let Some(code) = code.map(str::to_ascii_uppercase) {
        print(&explained(&code)?);
    } else {
        let lines: String = codes::all().map(codes::Code::line).collect();
        let rules: String = diff::ALL.iter().map(|rule| rule.explained()).collect();
        print(&(lines + &rules));
    }
    Ok(ExitCode::SUCCESS)
}

/// The meaning of a code, with the explanation if there is one.
fn explained(code: &str) -> Result<String, String> {
    if let Some(rule) = diff::find(code) {
        return Ok(rule.explained());
    }
    let known = codes::find(code).ok_or_else(|| codes::unknown(code))?;
    let separator = if known.explanation.is_empty() {
        ""
    } else {
        "\n"
    };
    Ok(known.line() + separator + known.explanation)
}
