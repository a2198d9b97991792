//! The `Link` header (RFC 8288).

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link whose relation is `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .find_map(|value| next_of(&String::from_utf8_lossy(value.as_bytes())))
}

fn next_of(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, link)) = rest.split_once('<') {
        let (target, after) = link.split_once('>')?;
        let (parameters, following) = after.split_at(end_of_link(after));
        if is_next(parameters) {
            return Some(target.trim().to_owned());
        }
        rest = following;
    }
    None
}

/// Returns the position of the comma that ends the parameters of a link: the first one outside of quotes.
fn end_of_link(text: &str) -> usize {
    unquoted(text, ',').next().unwrap_or(text.len())
}

/// Returns the position of a character outside of quotes.
fn unquoted(text: &str, sign: char) -> impl Iterator<Item = usize> {
    let (mut quoted, mut escaped) = (false, false);
    text.char_indices()
        .filter(move |&(_, letter)| {
            if escaped {
                escaped = false;
                return false;
            }
            match letter {
                '"' => quoted = !quoted,
                '\\' if quoted => escaped = true,
                _ => {}
            }
            !quoted && letter == sign
        })
        .map(|(at, _)| at)
}

/// Whether the parameters have the relation `next`. Only the first `rel` counts, and a link of another document
/// (`anchor`) is ignored.
fn is_next(parameters: &str) -> bool {
    let mut relation = None;
    let mut from = 0;
    let ends = unquoted(parameters, ';').chain([parameters.len()]);
    for end in ends {
        let (name, value) = parameters[from..end]
            .split_once('=')
            .unwrap_or((&parameters[from..end], ""));
        match name
            .trim_matches([' ', '\t', ';'])
            .to_ascii_lowercase()
            .as_str()
        {
            "anchor" => return false,
            "rel" => {
                relation.get_or_insert(value.trim().trim_matches('"'));
            }
            _ => {}
        }
        from = end;
    }
    relation.is_some_and(|relation| {
        let mut words = relation.split_ascii_whitespace();
        words.any(|word| word.eq_ignore_ascii_case("next"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_to_the_next_page_is_found() {
        for (header, wanted) in [
            (r#"</a?page=2>; rel="next""#, Some("/a?page=2")),
            (r#"</a>; rel="prev", </b>; rel="next""#, Some("/b")),
            (r"</a>;rel=prev,</b>;rel=next", Some("/b")),
            (r#"</a>; title="next, rel=\"next\""; rel=last"#, None),
            (
                r#"</a,b;c>; title="x; rel=prev"; REL="Last NEXT""#,
                Some("/a,b;c"),
            ),
            (r"<>; rel=next", Some("")),
            (r#"</a>; rel="nextpage""#, None),
            (r#"</a>; rel="prev"; rel="next""#, None),
            (r##"</a>; rel="next"; anchor="#foo""##, None),
            (r"</a>; rel", None),
            (r"</a", None),
            (r#"</a>; title="never closed; rel=next"#, None),
            ("", None),
        ] {
            assert_eq!(next_of(header).as_deref(), wanted, "{header}");
        }
    }

    #[test]
    fn headers_that_repeat_are_all_read() {
        let mut headers = HeaderMap::new();
        assert_eq!(next(&headers), None);
        headers.append(LINK, "</a>; rel=first".parse().unwrap());
        headers.append(LINK, "</b>; rel=next".parse().unwrap());
        assert_eq!(next(&headers).as_deref(), Some("/b"));
    }
}
