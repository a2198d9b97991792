//! Converts between paths and the file URIs of the protocol.

use std::str::FromStr;

use lsp_types::Uri;

use crate::document::percent_decode;

/// The path of a file, with `/` between its parts. A URI of another kind is returned as it is, so that it can still be
/// used as a key.
pub(super) fn path_of(uri: &Uri) -> String {
    let text = uri.as_str();
    let Some(rest) = text.strip_prefix("file://") else {
        return text.to_owned();
    };
    // A host, as for a Windows share, is kept at the beginning.
    let path = percent_decode(rest);
    match path.strip_prefix('/') {
        Some(drive) if drive.as_bytes().get(1) == Some(&b':') => drive.to_owned(),
        _ => path,
    }
}

/// The URI of a file; `None` for a path that no URI can express.
pub(super) fn uri_of(path: &str) -> Option<Uri> {
    let drive = path.as_bytes().get(1) == Some(&b':');
    if !path.starts_with('/') && !drive {
        return Uri::from_str(path).ok();
    }
    let mut text = String::from(if drive { "file:///" } else { "file://" });
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(byte));
            }
            _ => text.extend(['%', digit(byte >> 4), digit(byte & 15)]),
        }
    }
    Uri::from_str(&text).ok()
}

fn digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_uri() {
        for path in ["/home/a b/ü#1%.yaml", "c:/api/x.yaml", "untitled:One"] {
            assert_eq!(path_of(&uri_of(path).unwrap()), path);
        }
    }

    #[test]
    fn drives_are_read_as_editors_write_them() {
        let uri = Uri::from_str("file:///c%3A/api/x.yaml").unwrap();
        assert_eq!(path_of(&uri), "c:/api/x.yaml");
    }
}
