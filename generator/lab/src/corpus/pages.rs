//! rustdoc's wrapper: writes the pages of each crate to a folder of their own.
//!
//! In the folder that cargo gives to all, rustdoc would write the index of all crates again for each of them, which
//! takes a minute for the smallest. What matters here is what rustdoc says, so the pages do not stay.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

use super::measure::value_of;

/// The variable for the rustdoc that the wrapper runs, where it is not the usual one.
pub(super) const VARIABLE: &str = "SPECWRIGHT_CORPUS_RUSTDOC";

/// Whether the arguments are those of rustdoc: in front of the compiler's stands the compiler.
pub(super) fn is_rustdoc(arguments: &[OsString]) -> bool {
    let first = arguments.first();
    first.is_some_and(|first| first.as_encoded_bytes().starts_with(b"-"))
}

/// Runs rustdoc.
///
/// # Errors
/// It cannot be started, or a folder cannot be written.
pub(super) fn document(mut arguments: Vec<OsString>) -> io::Result<ExitStatus> {
    let places = places(&mut arguments);
    let rustdoc = env::var_os(VARIABLE).unwrap_or_else(|| "rustdoc".into());
    let status = Command::new(rustdoc).args(arguments).status()?;
    if let Some(Places { own, index }) = places {
        // What is left is in nobody's way.
        let _ = fs::remove_dir_all(own);
        if let (true, Some(dir)) = (status.success(), index.parent()) {
            // By this page cargo knows that the crate is documented.
            fs::create_dir_all(dir)?;
            fs::write(index, "")?;
        }
    }
    Ok(status)
}

/// Where pages go.
struct Places {
    /// All those of the crate.
    own: PathBuf,
    /// The one that cargo looks for.
    index: PathBuf,
}

/// Puts a folder for this crate alone in the place of the one for all.
fn places(arguments: &mut [OsString]) -> Option<Places> {
    let folder = value_of(arguments, "-o").or_else(|| value_of(arguments, "--out-dir"))?;
    let name = &arguments[value_of(arguments, "--crate-name")?];
    let shared = Path::new(&arguments[folder]);
    let places = Places {
        own: shared.with_file_name("pages").join(name),
        index: shared.join(name).join("index.html"),
    };
    arguments[folder] = places.own.clone().into_os_string();
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<OsString> {
        text.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn each_crate_has_a_folder() {
        let mut arguments =
            words("--crate-name corpus_museum src/lib.rs -o build/doc --cap-lints=warn");
        assert!(is_rustdoc(&arguments));
        let places = places(&mut arguments).unwrap();
        let expected =
            "--crate-name corpus_museum src/lib.rs -o build/pages/corpus_museum --cap-lints=warn";
        assert_eq!(arguments, words(expected));
        assert_eq!(
            places.index,
            Path::new("build/doc/corpus_museum/index.html")
        );
    }

    #[test]
    fn the_compiler_is_none_of_it() {
        assert!(!is_rustdoc(&words(
            "/usr/bin/rustc --crate-name corpus_museum"
        )));
        assert!(places(&mut words("--crate-name corpus_museum -o")).is_none());
        assert!(places(&mut words("-vV")).is_none());
    }
}
