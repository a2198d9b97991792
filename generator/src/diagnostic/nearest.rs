//! Finds similar names, for "did you mean …".

/// The maximum length of a word to compare. Longer words are rarely typed.
const LONGEST: usize = 128;

/// The maximum number of candidates. With more of them, nearly every word is similar to several.
const MOST: usize = 10_000;

/// The candidate that `word` was probably meant to be: one that differs only in case, otherwise one that differs only in
/// case and separators (`DateTime` and `date-time`), otherwise the one with the smallest edit distance. The distance is at
/// most a third of the length, and at most two.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    all_nearest(word, candidates).into_iter().next()
}

/// The candidates that `word` was probably meant to be: the [`nearest`] one, and those that are as near.
pub(crate) fn all_nearest<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Vec<&'a str> {
    let letters: Vec<char> = word.chars().collect();
    let mut best = Vec::new();
    if letters.is_empty() || letters.len() > LONGEST {
        return best;
    }
    let mut least = (letters.len() / 3).min(2);
    for candidate in candidates.into_iter().take(MOST) {
        if let Some(found) = distance(&letters, candidate, least) {
            if found < least {
                best.clear();
                least = found;
            }
            best.push(candidate);
        }
    }
    best
}

/// The edit distance of `word` and `other`, if it is at most `limit`. A difference in case is not an edit.
fn distance(word: &[char], other: &str, limit: usize) -> Option<usize> {
    let length = if other.is_ascii() {
        other.len()
    } else {
        other.chars().take(LONGEST * 2).count()
    };
    if word.len().abs_diff(length) > limit || !shares_letters(word, other, limit) {
        return None;
    }
    let other: Vec<char> = other.chars().collect();
    let same = |one: &char, two: &char| one == two || one.to_lowercase().eq(two.to_lowercase());
    if word.len() == other.len() && word.iter().zip(&other).all(|(one, two)| same(one, two)) {
        return Some(0);
    }
    if limit > 0 && plain(word).eq(plain(&other)) {
        return Some(1);
    }
    let edits = edits(word, &other);
    (edits <= limit).then_some(edits)
}

/// The letters in lower case, without separators.
fn plain(word: &[char]) -> impl Iterator<Item = char> {
    let letters = word.iter().filter(|letter| !"-_. ".contains(**letter));
    letters.flat_map(|letter| letter.to_lowercase())
}

/// A fast check whether `limit` edits can be enough, by the letters in both words: one edit changes at most two of
/// them.
fn shares_letters(word: &[char], other: &str, limit: usize) -> bool {
    let bit = |letter: char| 1_u64 << (u32::from(letter.to_ascii_lowercase()) % 64);
    let of_word = word.iter().fold(0, |set, letter| set | bit(*letter));
    let of_other = other.chars().fold(0, |set, letter| set | bit(letter));
    let differing = (of_word ^ of_other).count_ones() as usize;
    !word.iter().all(char::is_ascii) || !other.is_ascii() || differing <= 2 * limit
}

/// The optimal string alignment distance, computed row by row.
fn edits(word: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in word.iter().enumerate() {
        let mut next = Vec::with_capacity(last.len());
        next.push(row + 1);
        for (column, against) in other.iter().enumerate() {
            let changed = last[column] + usize::from(letter != against);
            let mut fewest = changed.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == other[column - 1] && word[row - 1] == *against {
                fewest = fewest.min(before[column - 1] + 1);
            }
            next.push(fewest);
        }
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found() {
        let keys = [
            "maxLength",
            "minLength",
            "pattern",
            "items",
            "in",
            "required",
        ];
        assert_eq!(nearest("maxLenght", keys), Some("maxLength"));
        assert_eq!(nearest("Items", keys), Some("items"));
        assert_eq!(nearest("item", keys), Some("items"));
        assert_eq!(nearest("patern", keys), Some("pattern"));
        assert_eq!(nearest("REQUIRED", keys), Some("required"));
        assert_eq!(nearest("MAX_LENGTH", keys), Some("maxLength"));
        assert_eq!(
            nearest("DateTime", ["date", "date-time"]),
            Some("date-time")
        );
    }

    #[test]
    fn distant_names_are_not_suggested() {
        assert_eq!(nearest("x-foo", ["items", "in"]), None);
        assert_eq!(nearest("", ["a"]), None);
        assert_eq!(nearest("in", ["if", "id"]), None);
        assert_eq!(nearest("ModifierOverrideType", ["ModifierOverride"]), None);
        assert_eq!(nearest(&"a".repeat(100_000), ["a"]), None);
    }

    #[test]
    fn the_first_of_equals_wins_and_case_beats_edits() {
        assert_eq!(nearest("pat", ["cat", "bat"]), Some("cat"));
        assert_eq!(nearest("Pat", ["bat", "pat"]), Some("pat"));
    }

    #[test]
    fn a_swap_is_one_edit() {
        assert_eq!(edits(&['a', 'b'], &['b', 'a']), 1);
        assert_eq!(edits(&['a'], &[]), 1);
        assert_eq!(
            edits(
                &['k', 'i', 't', 't', 'e', 'n'],
                &['s', 'i', 't', 't', 'i', 'n', 'g']
            ),
            3
        );
    }
}
