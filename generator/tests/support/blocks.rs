//! The blocks of code in a page, which tests run or compare with the real output.

/// The blocks of a page in this language, without the line break at the end.
pub(crate) fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opening = format!("```{language}\n");
    let rest = page.split(opening.as_str()).skip(1);
    let blocks = rest.filter_map(|rest| rest.split_once("\n```"));
    blocks.map(|(block, _)| block).collect()
}
