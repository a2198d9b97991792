//! Properties of docs: whatever a description contains, rustdoc shows the text and nothing else.

use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::super::list_item;
use super::{described, docs, printed};

/// Texts with the tags of emphasis, and those that end it.
fn tagged() -> impl Strategy<Value = String> {
    const PIECES: [&str; 30] = [
        "a",
        "b",
        "c d",
        " ",
        "\n",
        ".",
        "(",
        ")",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<em>",
        "</em>",
        "<del>",
        "</del>",
        "<h2>",
        "</h2>",
        "<p>",
        "<note>",
        "</note>",
        "</p>",
        "<br>",
        "<code>e</code>",
        "<a href='http://x.y'>",
        "</a>",
        "<ul>",
        "<li>",
        "</ul>",
        "<td>",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..16)
        .prop_map(|pieces| format!("<p>{}", pieces.concat()))
}

/// Texts of characters that Markdown and HTML interpret as markup.
fn hostile() -> impl Strategy<Value = String> {
    const PIECES: [&str; 75] = [
        "a",
        "b c",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\t",
        "\r\n",
        "`",
        "``",
        "```",
        "~~~",
        "```rust\n",
        "*",
        "**",
        "_",
        "[",
        "]",
        "(",
        ")",
        "[a]",
        "[a](b)",
        "[a](http://b.c)",
        "![",
        "<",
        ">",
        "<b>",
        "</b>",
        "<p>",
        "<code>",
        "</code>",
        "<pre>",
        "</b>",
        "<i>",
        "</i>",
        "<del>",
        "</del>",
        "~~",
        "<sup>",
        "<ul>",
        "<ol>",
        "</ul>",
        "<dd>",
        "<h2>",
        "</pre>",
        "<pre\n>",
        "<a href='http://x.y'>",
        "</a>",
        "<br>",
        "<li>",
        "<!--",
        "-->",
        "http://e.f/g",
        "https://www.example.com/a_b(c)",
        "|",
        "|a|b|\n|-|-|\n",
        "- ",
        "1. ",
        "> ",
        "# ",
        "---\n",
        "===\n",
        "\\",
        "&lt;",
        "&",
        "[x]: y\n",
        "[^1]",
        "[^1]: n\n",
        "\u{202e}",
        "*/",
        "\"#",
        "{}",
        "!",
        "example.com",
    ];
    proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..24)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_rustdoc(text in hostile()) {
        check(&text);
    }

    #[test]
    fn no_mark_of_html_is_shown(text in tagged()) {
        let printed = printed(&text);
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(&printed, options) {
            if let Event::Text(shown) = event {
                prop_assert!(!shown.contains(['*', '~']), "{printed:?}");
            }
        }
    }

    #[test]
    fn any_text_is_safe(text in "\\PC*") {
        check(&text);
    }
}

/// Parses the printed lines like rustdoc.
pub(super) fn check(text: &str) {
    check_lines(described(text));
    check_lines(list_item("`x`", &docs(text)));
}

fn check_lines(mut lines: Vec<String>) {
    for line in &lines {
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert_eq!(line.trim_end(), line);
    }
    assert!(!lines[0].is_empty());
    lines.extend([String::new(), "SENTINEL".to_owned()]);
    let printed = lines.join("\n");
    let mut broken = |link: pulldown_cmark::BrokenLink<'_>| -> Option<(pulldown_cmark::CowStr<'_>, pulldown_cmark::CowStr<'_>)> {
        panic!("broken link {:?} in {printed:?}", link.reference)
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let (mut within_links, mut code, mut open) = (0, 0, Vec::new());
    for event in Parser::new_with_broken_link_callback(&printed, options, Some(&mut broken)) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML {html:?} in {printed:?}"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {
                panic!("{event:?} in {printed:?}")
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                code += 1;
                let CodeBlockKind::Fenced(language) = &kind else {
                    panic!("indented code in {printed:?}")
                };
                assert!(
                    !language.is_empty() && !language.contains("rust"),
                    "{printed:?}"
                );
            }
            Event::End(TagEnd::CodeBlock) => code -= 1,
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                within_links += 1;
                assert!(
                    matches!(link_type, LinkType::Inline | LinkType::Autolink),
                    "{printed:?}"
                );
                assert!(dest_url.starts_with("http"), "{printed:?}");
            }
            Event::End(TagEnd::Link) => within_links -= 1,
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::Heading { .. }) => {
                panic!("{printed:?}")
            }
            Event::Start(_) => open.push(event.clone()),
            Event::End(_) => drop(open.pop()),
            Event::Text(text) if text.contains("SENTINEL") => {
                assert!(
                    matches!(open.as_slice(), [Event::Start(Tag::Paragraph)])
                        && *text == *"SENTINEL",
                    "{printed:?}"
                );
            }
            Event::Text(text) if within_links == 0 && code == 0 => {
                assert!(!text.contains("http://"), "{printed:?}");
            }
            _ => {}
        }
    }
}
