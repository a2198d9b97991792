//! Splits texts into words, and joins the words in a case.

/// The words of an ASCII text. A word ends at a sign, before a capital letter after a small one, and before a capital
/// letter with a small one after it that follows another capital letter: `HTTPServer` is `HTTP` and `Server`.
fn words(text: &str, mut each: impl FnMut(&str)) {
    #[derive(PartialEq, Eq, Clone, Copy)]
    enum Before {
        Nothing,
        Small,
        Capital,
    }
    for part in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = part.as_bytes();
        let (mut start, mut before) = (0, Before::Nothing);
        for (at, pair) in bytes.windows(2).enumerate() {
            let (byte, next) = (pair[0], pair[1]);
            let kind = match byte {
                b'a'..=b'z' => Before::Small,
                b'A'..=b'Z' => Before::Capital,
                _ => before,
            };
            let end = if kind == Before::Small && next.is_ascii_uppercase() {
                at + 1
            } else if before == Before::Capital
                && byte.is_ascii_uppercase()
                && next.is_ascii_lowercase()
            {
                at
            } else {
                before = kind;
                continue;
            };
            each(&part[start..end]);
            (start, before) = (end, Before::Nothing);
        }
        if start < part.len() {
            each(&part[start..]);
        }
    }
}

/// The words of an ASCII text in `snake_case`.
pub(super) fn snake_case(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 4);
    words(text, |word| {
        if !name.is_empty() {
            name.push('_');
        }
        name.extend(word.chars().map(|c| c.to_ascii_lowercase()));
    });
    name
}

/// The words of an ASCII text in `PascalCase`.
pub(super) fn pascal_case(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    words(text, |word| {
        let mut letters = word.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.extend(letters.map(|c| c.to_ascii_lowercase()));
    });
    name
}
