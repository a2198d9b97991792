//! Sentences for docs about what a description only names, as Markdown: pages elsewhere, and whom the API belongs to.

use crate::document::{Document, Page};

/// "See [the manual](https://…)."
pub(crate) fn see(page: Page<'_>) -> Option<String> {
    Some(format!("See {}.", link(page)?))
}

/// What the description says about the API beside its description.
pub(crate) fn facts(document: &Document<'_>) -> Vec<String> {
    let info = &document.info;
    let email = info.email.and_then(plain);
    let contact: Vec<String> = info
        .contact
        .and_then(link)
        .into_iter()
        .chain(email)
        .collect();
    let contact = (!contact.is_empty()).then(|| format!("Contact: {}.", contact.join(", ")));
    let license = info.license.and_then(link);
    let identifier = info.license_identifier.map(as_code);
    let named = license.as_deref();
    let identifier = identifier.filter(|own| named != Some(own.trim_matches('`')));
    let license: Vec<String> = license.into_iter().chain(identifier).collect();
    let license = (!license.is_empty()).then(|| format!("License: {}.", license.join(", ")));
    let terms = info.terms.and_then(url);
    let terms = terms.map(|url| format!("Terms of service: {url}."));
    let more = document.external_docs.and_then(see);
    [more, terms, contact, license]
        .into_iter()
        .flatten()
        .collect()
}

/// The address of a page, as a link if it can be one.
pub(crate) fn url(text: &str) -> Option<String> {
    let text = plain(text)?;
    let is_link =
        text.contains("://") && !text.contains(|c: char| c.is_whitespace() || "<>\\".contains(c));
    Some(if is_link {
        format!("<{text}>")
    } else {
        as_code(&text)
    })
}

/// A link to a page, with the text that is given for it.
fn link(page: Page<'_>) -> Option<String> {
    let target = page.url.and_then(url);
    let text = page
        .text
        .and_then(plain)
        .map(|text| text.trim_end_matches('.').to_owned());
    match (text, target) {
        (Some(text), Some(target)) if target.starts_with('<') => {
            Some(format!("[{}]({target})", text.replace(['[', ']'], "")))
        }
        (Some(text), Some(target)) => Some(format!("{text} ({target})")),
        (text, target) => text.or(target),
    }
}

/// A text in one line; `None` if it has no words.
fn plain(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A text as a code span.
pub(crate) fn as_code(text: &str) -> String {
    let ticks = if text.contains('`') { "``` " } else { "`" };
    let end: String = ticks.chars().rev().collect();
    format!("{ticks}{text}{end}")
}
