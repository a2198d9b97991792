//! Counts the descriptions that each generator reads.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use super::package;
use super::tool::Tool;
use crate::corpus::Document;

/// A table of how many of the descriptions each generator reads: it succeeds, whatever it writes.
pub(super) fn table(
    documents: &[Document],
    tools: &[Tool],
    scratch: &Path,
    folder: &Path,
) -> io::Result<String> {
    let mut text = format!("\n| | reads, of {} |\n|---|---|\n", documents.len());
    for tool in tools {
        let mut count = 0;
        for document in documents {
            eprintln!("{}: {}", tool.name(), document.name);
            let out = folder.join(package(&document.name));
            let generated = tool.generate(scratch, &document.path, &out)?;
            count += usize::from(generated.is_ok());
            fs::remove_dir_all(out)?;
        }
        let _ = writeln!(text, "| {} {} | {count} |", tool.name(), tool.version());
    }
    Ok(text)
}
