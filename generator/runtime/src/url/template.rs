//! Fills path templates: `/v1/profiles/{id}`.

use super::base::is_dots;
use super::encode::push_literal;

/// Appends the path of `template`, which can include a query, with each `{name}` replaced by its encoded value.
///
/// The template is scanned once from left to right, so a value is never read as a placeholder. A segment that becomes
/// empty, `.` or `..` is an error, because it would name another resource.
pub(crate) fn fill<'v>(
    target: &mut String,
    template: &str,
    value: impl Fn(&str) -> Option<&'v str>,
) -> Result<(), String> {
    target.push('/');
    let template = template.strip_prefix('/').unwrap_or(template);
    let mut path = Path {
        target,
        filled: None,
        in_query: false,
    };
    // The start of the literal text before `at`.
    let mut start = 0;
    let mut at = 0;
    while let Some(&byte) = template.as_bytes().get(at) {
        match byte {
            b'{' => {
                if let Some(name) = placeholder(&template[at..]) {
                    push_literal(path.target, &template[start..at]);
                    path.value(name, value(name))?;
                    at += name.len() + 2;
                    start = at;
                    continue;
                }
            }
            b'/' | b'?' if path.filled.is_some() => {
                push_literal(path.target, &template[start..at]);
                start = at;
                path.end_segment(byte == b'?')?;
            }
            _ => {}
        }
        path.in_query |= byte == b'?';
        at += 1;
    }
    push_literal(path.target, &template[start..]);
    path.end_segment(true)
}

/// Returns the text before the next `{name}`, the name, and the text after it.
pub(super) fn next_placeholder(template: &str) -> Option<(&str, &str, &str)> {
    template.match_indices('{').find_map(|(start, _)| {
        let name = placeholder(&template[start..])?;
        Some((
            &template[..start],
            name,
            &template[start + name.len() + 2..],
        ))
    })
}

/// Returns the name, if the text starts with `{name}`.
fn placeholder(text: &str) -> Option<&str> {
    let behind = text.strip_prefix('{')?;
    // A template is short, so a simple loop over its bytes is faster than a search.
    let length = behind
        .bytes()
        .position(|byte| matches!(byte, b'{' | b'}'))?;
    let (name, end) = behind.split_at(length);
    (length > 0 && end.starts_with('}')).then_some(name)
}

/// A path that is being written.
struct Path<'p, 't> {
    target: &'p mut String,
    /// The last placeholder in the current segment.
    filled: Option<&'t str>,
    /// Whether the query of the template has started, which has no segments.
    in_query: bool,
}

impl<'t> Path<'_, 't> {
    fn value(&mut self, name: &'t str, value: Option<&str>) -> Result<(), String> {
        let Some(value) = value else {
            return Err(format!("the path has no value for `{{{name}}}`"));
        };
        self.target.push_str(value);
        if self.in_query {
            return Ok(());
        }
        if value.is_empty() {
            return Err(format!("the path value `{name}` is empty"));
        }
        self.filled = Some(name);
        Ok(())
    }

    /// Checks the segment that ends here. Segments without a placeholder are not checked: they come from the
    /// description. Only the last segment can be empty: a value of several segments can end with a slash.
    fn end_segment(&mut self, is_last: bool) -> Result<(), String> {
        let Some(name) = self.filled.take() else {
            return Ok(());
        };
        // The segments before the last slash of a value were checked with the value.
        let before = self.target.bytes().rposition(|byte| byte == b'/');
        let written = &self.target[before.map_or(0, |slash| slash + 1)..];
        if (written.is_empty() && !is_last) || is_dots(written) {
            return Err(format!(
                "the path value `{name}` makes a segment empty, `.` or `..`, which would name another resource"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::push_encoded;
    use super::*;
    use proptest::prelude::*;

    fn path(template: &str, values: &[(&str, &str)]) -> Result<String, String> {
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
            ("/{a/b}/{c?}", &[("a/b", "1"), ("c?", "2")], "/1/2"),
            ("/{}/{{a}}", &[("a", "1")], "/%7B%7D/%7B1%7D"),
            ("/{z}{z}", &[("z", "1")], "/11"),
            ("/x?y=z&w", &[], "/x?y=z&w"),
            ("/x/?at=a/../b", &[], "/x/?at=a/../b"),
            (
                "/{a}?b={b}&c={c}",
                &[("a", "?"), ("b", "1&2"), ("c", "")],
                "/%3F?b=1%262&c=",
            ),
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
            ("/a/{b}?c", &[("b", "..")]),
        ] {
            assert!(path(template, values).is_err(), "{template}");
        }
    }

    proptest! {
        /// For any value, the path has the segments of the template, and the value can be decoded from it.
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
