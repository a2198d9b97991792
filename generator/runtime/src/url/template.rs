//! Paths made from templates: `/v1/profiles/{id}`.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::base::is_dots;
use crate::error::Error;

/// What a description may write into a path that a URL cannot hold. A question mark is left: some descriptions put a
/// fixed query there.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Adds the path of `template` with its `{name}`s filled from `values`, which are encoded already.
///
/// The template is read once from left to right, so that a value can never be taken for a placeholder. A segment
/// that values made empty, `.` or `..` is refused: it would name another resource.
pub(crate) fn fill<'v>(
    target: &mut String,
    template: &str,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<(), Error> {
    for segment in template.strip_prefix('/').unwrap_or(template).split('/') {
        target.push('/');
        let start = target.len();
        let filled = fill_segment(target, segment, &value)?;
        let written = &target[start..];
        if filled && (written.is_empty() || is_dots(written)) {
            return Err(Error::request(format!(
                "the path value in `{segment}` is empty, `.` or `..`, which would name another resource"
            )));
        }
    }
    Ok(())
}

/// Says whether the segment has placeholders.
fn fill_segment<'v>(
    target: &mut String,
    segment: &str,
    value: &impl Fn(&str) -> Option<&'v str>,
) -> Result<bool, Error> {
    let mut rest = segment;
    let mut filled = false;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        push_literal(target, before);
        let Some(value) = value(name) else {
            return Err(Error::request(format!(
                "the path has no value for `{{{name}}}`"
            )));
        };
        if value.is_empty() {
            return Err(Error::request(format!("the path value `{name}` is empty")));
        }
        target.push_str(value);
        filled = true;
        rest = after;
    }
    push_literal(target, rest);
    Ok(filled)
}

fn push_literal(target: &mut String, literal: &str) {
    target.extend(utf8_percent_encode(literal, LITERAL));
}

#[cfg(test)]
mod tests {
    use super::super::push_encoded;
    use super::*;
    use proptest::prelude::*;

    fn path(template: &str, values: &[(&str, &str)]) -> Result<String, Error> {
        let encoded: Vec<(&str, String)> = values
            .iter()
            .map(|(name, value)| {
                let mut text = String::new();
                push_encoded(&mut text, value);
                (*name, text)
            })
            .collect();
        let mut target = String::new();
        fill(&mut target, template, |name| {
            let (_, value) = encoded.iter().find(|(known, _)| *known == name)?;
            Some(value)
        })?;
        Ok(target)
    }

    #[test]
    fn placeholders_are_filled_wherever_they_stand() {
        for (template, values, wanted) in [
            (
                "/v1/profiles/{id}",
                &[("id", "a b/c")][..],
                "/v1/profiles/a%20b%2Fc",
            ),
            ("/a/{b}.json", &[("b", "..")], "/a/...json"),
            ("/{x}-{y}", &[("x", "{y}"), ("y", "2")], "/%7By%7D-2"),
            ("/a/", &[], "/a/"),
            ("/", &[], "/"),
            ("a", &[], "/a"),
            ("/a//b", &[], "/a//b"),
            ("/é/a b", &[], "/%C3%A9/a%20b"),
            ("/{ä ö}", &[("ä ö", "1")], "/1"),
            ("/open{", &[], "/open%7B"),
        ] {
            assert_eq!(path(template, values).unwrap(), wanted, "{template}");
        }
    }

    #[test]
    fn values_that_change_the_path_are_refused() {
        for (template, values) in [
            ("/a/{b}", &[("b", "")][..]),
            ("/a/{b}", &[("b", ".")]),
            ("/a/{b}", &[("b", "..")]),
            ("/a/{b}/c", &[("b", "..")]),
            ("/a/{b}{c}", &[("b", "."), ("c", ".")]),
            ("/a/.{b}", &[("b", ".")]),
            ("/a/{b}.json", &[("b", "")]),
            ("/a/{b}", &[("c", "1")]),
        ] {
            let error = path(template, values).unwrap_err();
            assert_eq!(error.kind(), crate::ErrorKind::Request, "{template}");
        }
    }

    proptest! {
        /// Whatever the value, the path has the template's segments and gives the value back.
        #[test]
        fn a_value_stays_in_its_segment(value in "\\PC{1,20}|[./%\\\\{}]{1,5}|.{1,8}") {
            match path("/a/{v}/b", &[("v", &value)]) {
                Err(_) => prop_assert!(value == "." || value == ".."),
                Ok(path) => {
                    let segments: Vec<&str> = path.split('/').collect();
                    prop_assert_eq!(segments.len(), 4);
                    prop_assert_eq!((segments[1], segments[3]), ("a", "b"));
                    prop_assert!(path.parse::<http::Uri>().is_ok());
                    let back = percent_encoding::percent_decode_str(segments[2]).decode_utf8().unwrap();
                    prop_assert_eq!(back.as_ref(), value.as_str());
                }
            }
        }
    }
}
