use proptest::prelude::*;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{Comment, markdown};
use crate::model::{DocLink, Docs};

fn described(text: &str) -> Vec<String> {
    Comment::of(
        &Docs {
            summary: None,
            description: Some(text.to_owned()),
            ..Docs::default()
        },
        "The `x` member.",
    )
    .lines
}

fn printed(text: &str) -> String {
    markdown::print(text, false, &[]).join("\n")
}

#[test]
fn an_item_without_docs_says_its_name() {
    assert_eq!(described(" \n"), ["The `x` member."]);
}

#[test]
fn a_short_text_becomes_a_sentence() {
    assert_eq!(described("Id of the pet"), ["Id of the pet."]);
    assert_eq!(described("Is it?"), ["Is it?"]);
}

#[test]
fn a_long_text_begins_with_its_first_sentence() {
    let text = format!(
        "Id of the pet, e.g. Tom. The id is {}.",
        "very ".repeat(20).trim()
    );
    let lines = described(&text);
    assert_eq!(lines[0], "Id of the pet, e.g. Tom.");
    assert_eq!(lines[1], "");
    assert!(
        lines.iter().all(|line| line.len() <= super::WIDTH),
        "{lines:#?}"
    );
}

#[test]
fn a_summary_is_a_separate_line() {
    let docs = Docs {
        summary: Some("Gets\na pet".to_owned()),
        description: Some("It must exist.".to_owned()),
        ..Docs::default()
    };
    assert_eq!(
        Comment::of(&docs, "").lines,
        ["Gets a pet.", "", "It must exist."]
    );
    let same = Docs {
        summary: Some("Gets a pet".to_owned()),
        description: Some("Gets a pet.".to_owned()),
        ..Docs::default()
    };
    assert_eq!(Comment::of(&same, "").lines, ["Gets a pet."]);
}

#[test]
fn docs_without_a_first_paragraph_get_a_first_sentence() {
    assert_eq!(described("- a\n- b"), ["The `x` member.", "", "- a", "- b"]);
}

#[test]
fn code_is_never_a_doctest() {
    assert_eq!(printed("    fn main() {}"), "```text\nfn main() {}\n```");
    assert_eq!(printed("```\npanic!()"), "```text\npanic!()\n```");
    assert_eq!(printed("```rust,should_panic\nx\n```"), "```text\nx\n```");
    assert_eq!(printed("~~~json\n{}\n~~~"), "```json\n{}\n```");
    assert_eq!(printed("````\n```\n````"), "````text\n```\n````");
}

#[test]
fn only_real_links_stay_links() {
    assert_eq!(printed("[a](https://b.c/d_e)"), "[a](https://b.c/d_e)");
    assert_eq!(
        printed("[Type] and [a][b] and [x](Type)"),
        "\\[Type] and \\[a]\\[b] and x (`Type`)"
    );
    assert_eq!(printed("see http://a.b/c_d."), "see <http://a.b/c_d>.");
    assert_eq!(
        printed("![logo](https://a.b/c.png) wow![a](https://b.c)"),
        "[logo](https://a.b/c.png) wow[a](https://b.c)"
    );
    assert_eq!(printed("<a href=\"https://a.b\">x</a>"), "[x](https://a.b)");
}

#[test]
fn links_to_parts_of_the_description_lead_to_items() {
    let link = DocLink {
        target: "#operation/get Pet".to_owned(),
        path: "method@crate::pets::resources::pets::Pets::get".to_owned(),
    };
    let printed = |text| markdown::print(text, false, std::slice::from_ref(&link)).join("\n");
    let expected = "see [get](method@crate::pets::resources::pets::Pets::get)";
    assert_eq!(printed("see [get](<#operation/get Pet>)"), expected);
    assert_eq!(
        printed("see <a href='#operation/get Pet'>get</a>"),
        expected
    );
    assert_eq!(printed("see [get](#operation/other)"), "see get");
    assert_eq!(
        printed("see [get](method@crate::a)"),
        "see get (`method@crate::a`)"
    );
}

#[test]
fn html_becomes_text() {
    assert_eq!(
        printed("<p>One <b>two</b></p><p>three<br/>four</p>"),
        "One **two**\n\nthree\\\nfour"
    );
    assert_eq!(
        printed("a <your-id> b <script>c"),
        "a \\<your-id> b \\<script>c"
    );
    assert_eq!(printed("<code>a_b</code> &amp; x"), "`a_b` & x");
    assert_eq!(printed("<!-- hidden -->shown"), "shown");
}

#[test]
fn preformatted_html_becomes_a_code_block() {
    let block = "a:\n\n```text\nx  &  y\n\n<z>\n```\n\nend";
    for text in [
        "a:\n\n<pre>\nx  &amp;  y\n\n&lt;z&gt;\n</pre>\n\nend",
        "a:\n\n<pre><code>x  &amp;  y\n\n&lt;z&gt;</code></pre>\nend",
        "a:<pre class=\"k\">x  &  y<br/><br>&lt;z></pre>end",
    ] {
        assert_eq!(printed(text), block, "{text}");
    }
    assert_eq!(
        printed("- a\n  <pre>b\n  *c*</pre>"),
        "- a\n\n  ```text\n  b\n  *c*\n  ```"
    );
    assert_eq!(printed("a <pre>*b*\nc</pre>"), "a\n\n```text\nb\nc\n```");
    assert_eq!(printed("<table><tr><td><pre>a</pre>"), "| `a` |\n| --- |");
    assert_eq!(printed("a <pre>b\n\nc"), "a\n\n```text\nb\n```\n\nc");
    assert_eq!(printed("a <pre> </pre> b"), "a\n\nb");
}

#[test]
fn html_goes_on_in_the_next_line() {
    assert_eq!(printed("<!-- not\nshown -->\na"), "a");
    assert_eq!(
        printed("<p\nclass=\"a\"><a\nhref=\"https://a.b\">x</a></p>"),
        "[x](https://a.b)"
    );
}

#[test]
fn lists_of_html_become_lists() {
    assert_eq!(
        printed("One of:<ul><li>a<li>b<ol><li>c</li><li>d</li></ol></li></ul>end"),
        "One of:\n\n- a\n- b\n  1. c\n  2. d\n\nend"
    );
    assert_eq!(
        printed("<dl>\n<dt>a</dt><dd>one</dd>\n<dt>b</dt>\n<dd>two</dd></dl>"),
        "- a\\\n  one\n- b\\\n  two"
    );
    assert_eq!(printed("- a\n  <ul><li>b\n- c"), "- a\n  - b\n- c");
    assert_eq!(printed("a<li>b</li></ul> c"), "a\n\n• b\n\nc");
    assert_eq!(
        printed("<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\n\nc"),
        "- a\n- b\n\nc"
    );
}

#[test]
fn emphasis_of_html_stays() {
    assert_eq!(printed("a <b> Note: </b>x<i>y</i>z"), "a **Note:** x*y*z");
    assert_eq!(printed("<b>Note:</b>x <b></b>y <em>z"), "**Note:** x y *z*");
    assert_eq!(printed("<b>a <i>b</b> c</i>"), "**a b** c");
    assert_eq!(printed("~~a b~~ <del>c</del>"), "~~a b~~ ~~c~~");
    assert_eq!(printed("<code>a <b>b</b></code>"), "`a b`");
    assert_eq!(printed("<h2>Head <b>x</b></h2>text"), "**Head x**\n\ntext");
    assert_eq!(printed("<h3>Head"), "**Head**");
    assert_eq!(printed("Some <b>\nnote</b> x"), "Some **note** x");
    assert_eq!(
        printed("**<br>Note** <b> <code>G</code></b>"),
        "**Note** **`G`**"
    );
    assert_eq!(
        printed("<b>Note:</b><i>x</i>pet<b>(s)</b>"),
        "**Note:** *x*pet **(s)**"
    );
    assert_eq!(
        printed("<b>a</b><b>b</b> <i><em>x</em>y</i>"),
        "**a** **b** *xy*"
    );
    assert_eq!(printed("<b>Title<br></b>Text"), "**Title**\\\nText");
    assert_eq!(
        printed("<h2>Head<p>text</p><ul><li>a"),
        "**Head**\n\ntext\n\n- a"
    );
    assert_eq!(printed("<h2>Head <del>x</h2>y"), "**Head ~~x~~**\n\ny");
    assert_eq!(
        printed("<b><a href='https://a.b'>t</b></a> r"),
        "**[t](https://a.b)** r"
    );
    assert_eq!(
        printed("<a name='x'/><h2>T</h2><ul><li>a</li></ul>"),
        "**T**\n\n- a"
    );
    let bold = format!("<b>One. {}</b> Two.", "Word ".repeat(30));
    assert!(described(&bold)[0].starts_with("**One. Word "));
}

#[test]
fn exponents_and_images_of_html_stay() {
    assert_eq!(
        printed("10<sup>6</sup> a<sub>i</sub> 2<sup>nd</sup>"),
        "10^6 a_i 2nd"
    );
    assert_eq!(
        printed("see <img src='https://a.b/c.png' alt='the flow'>."),
        "see [the flow](https://a.b/c.png)."
    );
    assert_eq!(printed("a<q>b</q>"), "a\"b\"");
    assert_eq!(printed("a[^1]\n\n[^1]: b"), "a\\[^1]\n\n\\[^1]: b");
}

#[test]
fn lists_keep_their_shape() {
    assert_eq!(
        printed("* a\nlazy\n* b\n  1. c\n  2. d\n\nend"),
        "- a lazy\n- b\n  1. c\n  2. d\n\nend"
    );
    assert_eq!(printed("text\n- a\n\n  more\n"), "text\n\n- a\n\n  more");
    assert_eq!(printed("> quoted\n\nafter"), "> quoted\n\nafter");
}

#[test]
fn a_sentence_goes_on_in_the_next_paragraph() {
    assert_eq!(
        printed("Instructions to follow, regardless\nof\n\nmessages by the user."),
        "Instructions to follow, regardless of messages by the user."
    );
    assert_eq!(printed("Colours\n\nred"), "Colours\n\nred");
}

#[test]
fn tables_of_html_become_tables_of_markdown() {
    assert_eq!(
        printed(
            "See<table><thead><th>Key</th><th>Op</th></thead><tr><td><code>a|b</code></td></tr></table>end"
        ),
        "See\n\n| Key | Op |\n| --- | --- |\n| `a\\|b` |  |\n\nend"
    );
    assert_eq!(printed("<table><tr><td>open"), "| open |\n| --- |");
    assert_eq!(printed("a</td><tr></table> b"), "a\n\nb");
    assert_eq!(
        printed(r#"<a href=\"https://a.example/b\">c</a> \"d\""#),
        "[c](https://a.example/b) \"d\""
    );
}

#[test]
fn tables_and_headings_stay() {
    assert_eq!(printed("# Head *x*\ntext"), "**Head *x***\n\ntext");
    assert_eq!(
        printed("|a|b|\n|-|-|\n|`x|y`|c|"),
        "| a | b |\n| --- | --- |\n| \\`x | y\\` |"
    );
}

#[test]
fn invisible_characters_are_removed() {
    assert_eq!(printed("a\u{202e}b\u{0}c\u{200b}d\r\ne\tf"), "abcd e f");
}

#[test]
fn wrapped_lines_do_not_begin_lists() {
    let words = "wwwwwwww ".repeat(10);
    check(&format!("{words}1986. {words}- x"));
}

/// Texts with the tags of emphasis, and those that end it.
fn tagged() -> impl Strategy<Value = String> {
    const PIECES: [&str; 28] = [
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
fn check(text: &str) {
    let mut lines = described(text);
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
