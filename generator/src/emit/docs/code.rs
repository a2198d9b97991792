//! Code in documentation: code spans, and the languages of code blocks.

/// A code span with enough backticks around the code.
pub(super) fn code_span(code: &str) -> String {
    let code = code.replace('\n', " ");
    if code.trim().is_empty() {
        return String::new();
    }
    let ticks = "`".repeat(longest_run(&code) + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    [&ticks, pad, &code, pad, &ticks].concat()
}

/// The length of the longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0)
}

/// The languages that rustdoc neither compiles nor warns about; all others become `text`.
pub(super) fn language(info: &str) -> &'static str {
    const LANGUAGES: [&str; 18] = [
        "json",
        "yaml",
        "xml",
        "html",
        "http",
        "sh",
        "bash",
        "shell",
        "javascript",
        "typescript",
        "python",
        "java",
        "go",
        "ruby",
        "php",
        "graphql",
        "sql",
        "csv",
    ];
    let word = info
        .split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or_default();
    LANGUAGES
        .into_iter()
        .find(|language| word.eq_ignore_ascii_case(language))
        .unwrap_or("text")
}
