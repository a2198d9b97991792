//! `url`.

use std::sync::LazyLock;

use ::url::Url;

use crate::codec::{Encode, View};
use crate::value::text::decode_text;

/// The placeholder. A URL can only be created by parsing a text, which cannot fail for this constant.
static BLANK: LazyLock<Url> = LazyLock::new(|| match Url::parse("about:blank") {
    Ok(blank) => blank,
    Err(_) => unreachable!("`about:blank` is a URL"),
});

decode_text!(Url, BLANK.clone(), "an absolute URL");

impl Encode for Url {
    fn view(&self) -> View<'_> {
        View::Text(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use ::url::Url;

    use crate::codec::{from_json, to_json};

    #[test]
    fn urls_are_strings() {
        let text = br#"["https://example.com/a?b=%20"]"#;
        let urls: Vec<Url> = from_json(text).unwrap();
        assert_eq!(urls[0].path(), "/a");
        assert_eq!(to_json(&urls), text);
        assert_eq!(
            from_json::<Url>(br#""/a""#).unwrap_err().to_string(),
            r#"$: expected an absolute URL, found the string "/a""#
        );
        assert_eq!(crate::empty::<Url>().as_str(), "about:blank");
    }
}
