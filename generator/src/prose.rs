//! Where sentences end in the texts of descriptions.

/// Whether a sentence ends with a word that `next` follows. After an abbreviation such as `e.g.`, it goes on.
pub(crate) fn ends_sentence(word: &str, next: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else {
        return false;
    };
    let is_whole = stem.chars().count() > 2
        && !stem.contains(['.', '[', '*'])
        // The sentence goes on within the parentheses.
        && (!stem.contains('(') || stem.contains(')'))
        && !matches!(stem, "etc" | "incl" | "approx");
    is_whole && next.starts_with(char::is_uppercase)
}

/// The first sentence of a text, if another one follows it.
pub(crate) fn first_sentence(text: &str) -> Option<&str> {
    text.match_indices('.').find_map(|(at, _)| {
        let (sentence, rest) = text.split_at(at + 1);
        let word = sentence.rsplit(char::is_whitespace).next()?;
        let ends = rest.starts_with(char::is_whitespace) && ends_sentence(word, rest.trim_start());
        ends.then_some(sentence)
    })
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn abbreviations_and_numbers_end_no_sentence() {
        for (text, first) in [
            ("One pet. Two pets.", Some("One pet.")),
            (
                "A pet, e.g. Tom, at 1.5 kilos.\nMore.",
                Some("A pet, e.g. Tom, at 1.5 kilos."),
            ),
            ("Cats, dogs etc. All of them", None),
            ("See a.b. Then", None),
            ("One pet.", None),
            ("One pet. two", None),
        ] {
            assert_eq!(first_sentence(text), first, "{text}");
        }
    }
}
