//! The commands of the program, one file each.

pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod init;
pub(crate) mod lsp;
pub(crate) mod output;
mod reading;
pub(crate) mod shell;
pub(crate) mod values;
