//! The output of the formats.

use super::{Diagnostic, Diagnostics, Format, code};
use crate::text::{FileId, Sources, Span};

/// The location of the first `part` in a file.
fn place(sources: &Sources, file: FileId, part: &str) -> Span {
    let start = u32::try_from(sources.file(file).text.find(part).unwrap()).unwrap();
    Span {
        file,
        start,
        end: start + u32::try_from(part.len()).unwrap(),
    }
}

fn sample() -> (Sources, Diagnostics) {
    let mut sources = Sources::default();
    let one = sources.add(
        "spec/a.yaml",
        "# ü\npaths:\n  /pets/{petId}:\n    get: {}\n    parameters:\n      - name: petid\n",
    );
    let two = sources.add("spec/b,c.yaml", "ä: b\n");
    let mut diagnostics = Diagnostics::new();
    let petid = place(&sources, one, "petid");
    diagnostics
        .push(Diagnostic::warning(code::TAG, "100% odd").at(place(&sources, two, "b"), "here"));
    diagnostics.push(
        Diagnostic::error("SW0402", "the path has no parameter `petid`")
            .at(petid, "not in the path")
            .also(place(&sources, one, "{petId}"), "the path has this one")
            .also(place(&sources, two, "ä"), "and a third place")
            .note("names are case-sensitive")
            .fix("write `petId`", petid, "petId"),
    );
    diagnostics.push(
        Diagnostic::error(code::UNREADABLE, "no such file: `x`").help("name one that exists"),
    );
    (sources, diagnostics)
}

#[test]
fn people_see_the_text_and_the_fix() {
    let (sources, diagnostics) = sample();
    let wanted = "\
error[SW0001]: no such file: `x`
 |
 = help: name one that exists

error[SW0402]: the path has no parameter `petid`
 --> spec/a.yaml:6:15
  |
3 |   /pets/{petId}:
  |         ------- the path has this one
...
6 |       - name: petid
  |               ^^^^^ not in the path
  |
 ::: spec/b,c.yaml:1:1
  |
1 | ä: b
  | - and a third place
  |
  = note: names are case-sensitive
help: write `petId`
  |
6 -       - name: petid
6 +       - name: petId
  |

warning[SW0012]: 100% odd
 --> spec/b,c.yaml:1:4
  |
1 | ä: b
  |    ^ here

";
    assert_eq!(diagnostics.render(&sources, Format::Human, false), wanted);
    assert_eq!(
        diagnostics.summary().unwrap(),
        "error: 2 errors, 1 warning in 2 files"
    );
}

#[test]
fn colours_come_only_when_asked_for() {
    let (sources, diagnostics) = sample();
    assert!(
        diagnostics
            .render(&sources, Format::Human, true)
            .contains("\u{1b}[")
    );
    for (_, format) in Format::NAMES {
        assert!(
            !diagnostics
                .render(&sources, format, false)
                .contains('\u{1b}')
        );
    }
}

#[test]
fn short_lines_have_place_code_and_message() {
    let (sources, diagnostics) = sample();
    let wanted = "error[SW0001]: no such file: `x`\n\
                  spec/a.yaml:6:15: error[SW0402]: the path has no parameter `petid`\n\
                  spec/b,c.yaml:1:4: warning[SW0012]: 100% odd\n";
    assert_eq!(diagnostics.render(&sources, Format::Short, false), wanted);
}

#[test]
fn json_lines_have_bytes_and_lines() {
    let (sources, diagnostics) = sample();
    let text = diagnostics.render(&sources, Format::Json, false);
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    let span = &lines[1]["spans"][0];
    assert_eq!(span["byte_start"], 71);
    assert_eq!(
        (
            &span["line_start"],
            &span["column_start"],
            &span["column_end"]
        ),
        (&6.into(), &15.into(), &20.into())
    );
    assert_eq!(lines[1]["spans"][1]["is_primary"], false);
    assert_eq!(lines[1]["fixes"][0]["suggested_replacement"], "petId");
    assert_eq!(lines[2]["spans"][0]["column_start"], 4);
}

#[test]
fn github_lines_are_escaped() {
    let (sources, diagnostics) = sample();
    let text = diagnostics.render(&sources, Format::Github, false);
    let wanted = "::warning file=spec/b%2Cc.yaml,line=1,endLine=1,col=4,endColumn=5,title=SW0012::100%25 odd%0Ahere";
    assert_eq!(text.lines().last().unwrap(), wanted);
}

#[test]
fn the_same_mistake_is_told_once_and_many_are_cut_short() {
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", "x\n".repeat(100));
    let mut diagnostics = Diagnostics::new();
    for line in (0..80).rev() {
        let span = Span {
            file,
            start: line * 2,
            end: line * 2 + 1,
        };
        for _ in 0..2 {
            let message = format!("odd {line}");
            diagnostics.push(Diagnostic::error(code::YAML, message).at(span, ""));
        }
    }
    let text = diagnostics.render(&sources, Format::Human, false);
    assert_eq!(text.matches("error[SW0004]").count(), 50);
    assert!(text.ends_with("… and 30 × SW0004\n\n"), "{text}");
    assert!(
        text.starts_with("error[SW0004]: odd 0\n --> a.yaml:1:1\n"),
        "{text}"
    );
    assert_eq!(diagnostics.summary().unwrap(), "error: 80 errors in 1 file");
}

#[test]
fn far_places_and_endless_lines_are_cheap() {
    let mut sources = Sources::default();
    let long = sources.add(
        "long.json",
        format!("[{}1, 2]", "\"ü\", ".repeat(1_000_000)),
    );
    let tall = sources.add("tall.yaml", "line: 1\n".repeat(500_000));
    let end = |file| u32::try_from(sources.file(file).text.len()).unwrap();
    let mut diagnostics = Diagnostics::new();
    for back in 2..12 {
        let late = |file| Span {
            file,
            start: end(file) - back,
            end: end(file) - back + 1,
        };
        let early = Span {
            file: tall,
            start: 0,
            end: 4,
        };
        diagnostics.push(
            Diagnostic::error(code::JSON, format!("late {back}"))
                .at(late(long), "here")
                .fix("do", late(long), "x"),
        );
        diagnostics.push(
            Diagnostic::error(code::YAML, format!("far {back}"))
                .at(late(tall), "here")
                .also(early, "there"),
        );
        let whole = Span {
            file: tall,
            start: 0,
            end: end(tall),
        };
        let all = Diagnostic::error(code::YAML, format!("all {back}"));
        diagnostics.push(all.at(whole, "this"));
    }
    let text = diagnostics.render(&sources, Format::Human, false);
    assert!(
        text.contains("--> long.json:1:5000004"),
        "{}",
        &text[..2_000]
    );
    assert!(text.len() < 40_000, "{}", text.len());
}

#[test]
fn a_file_in_one_line_is_shown_by_windows() {
    let text = format!(
        "{{\"a\":{},\"b\":{}}}",
        "1,".repeat(20_000),
        "ü".repeat(9_000)
    );
    let mut sources = Sources::default();
    let file = sources.add("a.json", text.as_str());
    let whole = Span {
        file,
        start: 5,
        end: u32::try_from(text.len() - 2).unwrap(),
    };
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(
        Diagnostic::error(code::TAG, "odd")
            .at(whole, "all of it")
            .also(place(&sources, file, "\"a\""), "near")
            .also(place(&sources, file, "\"b\""), "far")
            .fix("write `c`", place(&sources, file, "\"b\""), "\"c\""),
    );
    let shown = diagnostics.render(&sources, Format::Human, false);
    let longest = shown.lines().map(|line| line.chars().count()).max();
    assert!(longest.is_some_and(|longest| longest < 1_000), "{shown}");
    assert!(shown.contains("near") && shown.contains("far"), "{shown}");
    let (line, column) = sources.file(file).location(whole.end);
    assert_eq!((line, column), (1, text.chars().count() - 1));
}

#[test]
fn columns_count_characters_wherever_a_line_begins() {
    let text = "aü😀\n".repeat(300) + &"ü😀x".repeat(500);
    let mut sources = Sources::default();
    let file = sources.add("a.yaml", text.as_str());
    for (at, _) in text.char_indices() {
        let before = text[..at].rsplit('\n').next().unwrap_or_default();
        let (_, column) = sources.file(file).location(u32::try_from(at).unwrap());
        assert_eq!(column, before.chars().count() + 1, "{at}");
    }
    let end = u32::try_from(text.len()).unwrap();
    assert_eq!(sources.file(file).location(end), (301, 1_501));
}
