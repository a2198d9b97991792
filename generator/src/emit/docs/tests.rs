mod hostile;

use super::markdown::{self, Layout};
use super::{Comment, list_item};
use crate::model::{DocLink, Docs};

fn described(text: &str) -> Vec<String> {
    Comment::of(&docs(text), "The `x` member.").lines
}

fn docs(description: &str) -> Docs {
    Docs {
        description: Some(description.to_owned()),
        ..Docs::default()
    }
}

fn printed(text: &str) -> String {
    markdown::print(text, Layout::default()).join("\n")
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
        "\\[Type] and \\[a]\\[b] and x"
    );
    assert_eq!(printed("see http://a.b/c_d."), "see <http://a.b/c_d>.");
    assert_eq!(
        printed("![logo](https://a.b/c.png) wow![a](https://b.c)"),
        "[logo](https://a.b/c.png) wow[a](https://b.c)"
    );
    assert_eq!(printed("<a href=\"https://a.b\">x</a>"), "[x](https://a.b)");
    assert_eq!(
        printed("<a data-href=\"https://c.d\" HREF = 'https://a.b'>x</a>"),
        "[x](https://a.b)"
    );
    assert_eq!(
        printed("<a title=\"href=x\" href=\"https://a.b\">x</a>"),
        "[x](https://a.b)"
    );
}

#[test]
fn links_to_parts_of_the_description_lead_to_items() {
    let link = DocLink {
        target: "#operation/get Pet".to_owned(),
        path: "method@crate::pets::resources::pets::Pets::get".to_owned(),
    };
    let printed = |text| {
        markdown::print(
            text,
            Layout {
                links: std::slice::from_ref(&link),
                ..Layout::default()
            },
        )
        .join("\n")
    };
    let expected = "see [get](method@crate::pets::resources::pets::Pets::get)";
    assert_eq!(printed("see [get](<#operation/get Pet>)"), expected);
    assert_eq!(
        printed("see <a href='#operation/get Pet'>get</a>"),
        expected
    );
    assert_eq!(printed("see [get](#operation/other)"), "see get");
    assert_eq!(printed("see [get](method@crate::a)"), "see get");
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
fn notes_of_html_have_a_title() {
    assert_eq!(
        printed("<p>One.</p> <note> <p>Two.</p> <ul><li>a</li></ul> </note> <p>Three.</p>"),
        "One.\n\n**Note:** Two.\n\n- a\n\nThree."
    );
    assert_eq!(printed("a <note> or `</note>`"), "a \\<note> or `</note>`");
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
fn a_list_does_not_continue_the_one_before_it() {
    assert_eq!(printed("1) a\n\n10. b\n11. c"), "1. a\n\n10) b\n11) c");
    assert_eq!(printed("- a\n\n* b\n\n+ c"), "- a\n\n* b\n\n- c");
    assert_eq!(
        printed("- a\n\n1. b\n\ntext\n\n3. c"),
        "- a\n\n1. b\n\ntext\n\n3. c"
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
    hostile::check(&format!("{words}1986. {words}- x"));
}

#[test]
fn notes_of_github_have_a_title() {
    assert_eq!(
        printed("> [!NOTE]\n> This is slow.\n\nMore."),
        "> **Note:** This is slow.\n\nMore."
    );
    assert_eq!(
        printed("> [!WARNING]\n> - a\n> - b"),
        "> **Warning:**\n>\n> - a\n> - b"
    );
}

#[test]
fn a_docstring_is_no_code() {
    let text = "\n    The URL of the *server*.\n\n    - a\n    - b\n    ";
    assert_eq!(printed(text), "The URL of the *server*.\n\n- a\n- b");
    assert_eq!(
        printed("Call:\n\n    curl\n    less"),
        "Call:\n\n```text\ncurl\nless\n```"
    );
}

#[test]
fn a_target_that_leads_nowhere_is_shown_if_the_text_does_not_say_it() {
    for (text, shown) in [
        ("see [the guide](/docs/guide)", "see the guide"),
        ("a [Pet](entity:Pet)", "a Pet"),
        ("call [us](tel:123)", "call us (`tel:123`)"),
        (
            "write to [us](mailto:us@a.example)",
            "write to [us](mailto:us@a.example)",
        ),
        (
            "see [pets]({{< relref \"methods/pets\" >}}), [x]({{<",
            "see pets, \\[x]({{\\<",
        ),
    ] {
        assert_eq!(printed(text), shown);
    }
}

#[test]
fn a_sign_between_spaces_is_no_mark() {
    assert_eq!(printed("0 < x = a * b"), "0 < x = a * b");
    assert_eq!(printed("*a * b*"), "*a \\* b*");
}

#[test]
fn a_summary_is_not_repeated() {
    let of = |summary: &str, description: &str| {
        let docs = Docs {
            summary: Some(summary.to_owned()),
            ..docs(description)
        };
        Comment::of(&docs, "").lines.join("\n")
    };
    assert_eq!(
        of("Get a pet", "Get a Pet: by its id.\n\nMore."),
        "Get a Pet: by its id.\n\nMore."
    );
    assert_eq!(
        of("Get a pet", "Get a petition."),
        "Get a pet.\n\nGet a petition."
    );
    assert_eq!(
        of(
            "Lists all pets of a zoo that have",
            "names that somebody knows."
        ),
        "Lists all pets of a zoo that have names that somebody knows."
    );
    assert_eq!(
        of("List pets", "pets are animals"),
        "List pets.\n\npets are animals"
    );
}

#[test]
fn a_list_item_is_as_wide_as_other_docs() {
    let docs = Docs {
        facts: vec!["1 to 100.".to_owned(), "Default: `10`.".to_owned()],
        ..docs(&"word ".repeat(20))
    };
    let item = list_item("`limit`", &docs);
    let words = ["word"; 20].join(" ");
    assert_eq!(item[0].len() + 5, 100, "{item:#?}");
    assert_eq!(
        item.join(" ").replace("   ", " "),
        format!("- `limit`: {words}. 1 to 100. Default: `10`.")
    );
}

#[test]
fn blocks_begin_on_lines_of_their_own() {
    assert_eq!(
        printed("The form:\n\n``` <a> ::= <b>\n\n<b> ::= 1 ```\n\nMore."),
        "The form:\n\n```text\n <a> ::= <b>\n\n<b> ::= 1\n```\n\nMore."
    );
    assert_eq!(
        printed("Two:\nA | B\n--|--\n1 | 2"),
        "Two:\n\n| A | B |\n| --- | --- |\n| 1 | 2 |"
    );
    assert_eq!(printed("``` json\n{}\n```"), "```json\n{}\n```");
    assert_eq!(
        printed("```\na\nb|c\n--|--\n```"),
        "```text\na\nb|c\n--|--\n```"
    );
}

#[test]
fn long_texts_take_no_stack_and_wide_rows_make_no_others_wide() {
    let urls = printed(&"http://aaaa|".repeat(40_000));
    assert_eq!(urls.matches("<http://aaaa>").count(), 40_000);
    let cells = "<td>b</td>".repeat(3);
    assert_eq!(
        printed(&format!(
            "<table><tr><th>a</th></tr><tr>{cells}</tr></table>"
        )),
        "| a |\n| --- |\n| b b b |"
    );
}

#[test]
fn entities_of_html_are_decoded() {
    assert_eq!(
        printed("<p>It&rsquo;s &#8212; caf&eacute; &amp;lt; &lt;b&gt; &nope; &</p>"),
        "It’s — café \\&lt; \\<b> \\&nope; &"
    );
}

#[test]
fn a_list_of_words_in_paragraphs_stays_one() {
    assert_eq!(
        printed("The following values are supported\n\nred\n\ngreen"),
        "The following values are supported\n\nred\n\ngreen"
    );
    let code = "~~~\nsome text\na | b\n--|--\n~~~";
    assert_eq!(printed(code), "```text\nsome text\na | b\n--|--\n```");
}
