//! Pairs of small descriptions and what changed between them: `diffs/<behaviour>/{old,new}.yaml`, with the report in
//! both directions beside them.

use std::fs;
use std::path::{Path, PathBuf};

use specwright::diff::{self, Diff, Format};

#[test]
fn reports_are_as_their_snapshots_show() {
    for case in cases() {
        let (old, new) = (case.join("old.yaml"), case.join("new.yaml"));
        let report = format!(
            "# from old to new\n\n{}\n# from new to old\n\n{}",
            compare(&old, &new).render(Format::Human, false),
            compare(&new, &old).render(Format::Human, false),
        );
        assert_snapshot(&case, "report", &report);
    }
}

#[test]
fn other_formats_are_as_their_snapshots_show() {
    for (name, format, snapshot) in [
        ("hostile_names", Format::Markdown, "markdown"),
        ("enums", Format::Markdown, "markdown"),
        ("hostile_names", Format::Github, "github"),
        ("operations", Format::Github, "github"),
        ("hostile_names", Format::Html, "html"),
        ("operations", Format::Html, "html"),
    ] {
        let case = Path::new("tests/diffs").join(name);
        let report = of_case(&case).render(format, false);
        // The head of the page is the same for all.
        let body = report.find("<body>").unwrap_or_default();
        assert_snapshot(&case, snapshot, &report[body..]);
    }
}

/// A line break in a name would begin another command of the workflow.
#[test]
fn each_annotation_is_one_command() {
    for case in cases() {
        let diff = of_case(&case);
        let report = diff.render(Format::Github, false);
        assert_eq!(report.lines().count(), diff.changes.len());
        for line in report.lines() {
            let levels = ["::error file=", "::warning file=", "::notice file="];
            assert!(levels.iter().any(|level| line.starts_with(level)), "{line}");
            assert!(!line.contains('\r'), "{line}");
        }
    }
}

#[test]
fn the_readme_shows_a_real_report() {
    let report = of_case(Path::new("tests/diffs/null")).render(Format::Human, false);
    let readme = fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&report), "{report}");
}

/// Text of a description is code in a report and never markup: no tag but those that fold, no link, no rule.
#[test]
fn no_name_becomes_markup() {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    for case in cases() {
        let report = of_case(&case).render(Format::Markdown, false);
        for event in Parser::new_ext(&report, Options::all()) {
            match event {
                Event::Html(html) => {
                    let tags = ["<details>", "</details>", "<summary>"];
                    assert!(tags.iter().any(|tag| html.starts_with(tag)), "{html}");
                }
                Event::Text(text) => assert!(!text.contains('`'), "{text}"),
                Event::InlineHtml(_) | Event::Rule | Event::FootnoteReference(_) => {
                    panic!("{event:?} in {}", case.display());
                }
                Event::Start(tag) => assert!(
                    !matches!(
                        tag,
                        Tag::Link { .. } | Tag::Image { .. } | Tag::BlockQuote(_)
                    ),
                    "{tag:?} in {}",
                    case.display(),
                ),
                _ => {}
            }
        }
    }
}

/// No name opens an element, and the page loads and runs nothing.
#[test]
fn a_page_has_only_its_own_elements() {
    const ELEMENTS: &str = "html head meta title style body header h1 ul li form fieldset legend label input small \
        button main article h2 p span code div figure figcaption mark details summary del ins !doctype";

    for case in cases() {
        let report = of_case(&case).render(Format::Html, false);
        for tag in report.split('<').skip(1) {
            let name = tag.trim_start_matches('/').split([' ', '>', '\n']).next();
            let name = name.unwrap_or_default();
            assert!(ELEMENTS.split(' ').any(|own| own == name), "<{tag}");
        }
        assert!(!report.contains("url(") && !report.contains("href="));
    }
}

fn assert_snapshot(case: &Path, name: &str, report: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("..").join(case));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, report));
}

#[test]
fn a_description_does_not_differ_from_itself() {
    for case in cases() {
        for file in ["old.yaml", "new.yaml"] {
            let path = case.join(file);
            let diff = compare(&path, &path);
            assert!(diff.changes.is_empty(), "{}", path.display());
        }
    }
}

#[test]
fn descriptions_are_small_and_say_what_they_show() {
    for case in cases() {
        for file in ["old.yaml", "new.yaml"] {
            let path = case.join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(
                text.starts_with("# ") && text.lines().count() <= 40,
                "{}",
                path.display()
            );
        }
    }
}

fn of_case(case: &Path) -> Diff {
    compare(&case.join("old.yaml"), &case.join("new.yaml"))
}

fn compare(old: &Path, new: &Path) -> Diff {
    let diff = diff::diff(&old.to_string_lossy(), &new.to_string_lossy()).unwrap();
    assert!(diff.is_complete, "{}", new.display());
    diff
}

fn cases() -> Vec<PathBuf> {
    let entries = fs::read_dir("tests/diffs").unwrap();
    let mut cases: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}
