//! Pairs of small descriptions: `diffs/<behaviour>/{old,new}.yaml`, with the reports in both directions beside them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use specwright::diff::{self, Diff, Format, Threshold, Wire};

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

/// An operation that was added or removed is one of the operations that the change affects.
#[test]
fn a_whole_operation_is_listed_among_the_operations_of_its_change() {
    let diff = of_case(Path::new("tests/diffs/operations"));
    let whole = diff.changes.iter();
    let whole = whole.filter(|change| ["SWD101", "SWD103"].contains(&change.rule.code));
    let whole: Vec<_> = whole.collect();
    assert!(!whole.is_empty());
    for change in whole {
        assert_eq!(change.users.len(), 1, "{}", change.subject);
        assert_eq!(change.subject.part.operation(), Some(&*change.users[0]));
    }
}

#[test]
fn the_readme_shows_a_real_report() {
    let report = of_case(Path::new("tests/diffs/null")).render(Format::Human, false);
    let readme = fs::read_to_string("README.md").unwrap();
    assert!(readme.contains(&report), "{report}");
}

/// Text of a description is code in a report and never markup: there are no tags except those for folding, no links, no
/// rules.
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

/// Added and removed descriptions are compared by folders, not by a case.
const OF_FOLDERS: [&str; 2] = ["SWD112", "SWD113"];

#[test]
fn each_rule_has_a_case() {
    let mut shown = BTreeSet::from(OF_FOLDERS);
    for case in cases() {
        let (old, new) = (case.join("old.yaml"), case.join("new.yaml"));
        for diff in [compare(&old, &new), compare(&new, &old)] {
            shown.extend(diff.changes.iter().map(|change| change.rule.code));
        }
    }
    let codes = diff::ALL.iter().map(|rule| rule.code);
    let missing: Vec<&str> = codes.filter(|code| !shown.contains(code)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_description_that_only_one_folder_has_is_one_change() {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folders");
    let folders = ["one", "two"].map(|name| home.join(name));
    for folder in &folders {
        fs::create_dir_all(folder).unwrap();
        fs::copy("tests/diffs/texts/new.yaml", folder.join("pets.yaml")).unwrap();
    }
    fs::copy("tests/diffs/texts/new.yaml", folders[1].join("cats.yaml")).unwrap();
    for ((old, new), code) in [((0, 1), "SWD112"), ((1, 0), "SWD113")] {
        let diff = compare(&folders[old], &folders[new]);
        let changes = diff.changes.iter();
        let changes: Vec<_> = changes.map(|one| (one.rule.code, &*one.api)).collect();
        assert_eq!(changes, [(code, "cats")]);
    }
}

/// The code of the reverse of each change. A code without an entry is its own reverse.
const MIRRORS: [(&str, &str); 45] = [
    ("SWD101", "SWD103"),
    ("SWD102", "SWD103"),
    ("SWD108", "SWD109"),
    ("SWD110", "SWD111"),
    ("SWD112", "SWD113"),
    ("SWD201", "SWD203"),
    ("SWD202", "SWD203"),
    ("SWD204", "SWD205"),
    ("SWD212", "SWD213"),
    ("SWD214", "SWD217"),
    ("SWD301", "SWD303"),
    ("SWD302", "SWD303"),
    ("SWD304", "SWD305"),
    ("SWD306", "SWD307"),
    ("SWD309", "SWD310"),
    ("SWD311", "SWD312"),
    ("SWD313", "SWD314"),
    ("SWD315", "SWD316"),
    ("SWD318", "SWD319"),
    ("SWD320", "SWD321"),
    ("SWD402", "SWD403"),
    ("SWD405", "SWD406"),
    ("SWD407", "SWD408"),
    ("SWD409", "SWD410"),
    ("SWD411", "SWD412"),
    ("SWD415", "SWD417"),
    ("SWD416", "SWD418"),
    ("SWD419", "SWD420"),
    ("SWD421", "SWD422"),
    ("SWD421", "SWD423"),
    ("SWD424", "SWD425"),
    ("SWD426", "SWD427"),
    ("SWD429", "SWD430"),
    ("SWD431", "SWD437"),
    ("SWD440", "SWD441"),
    ("SWD501", "SWD502"),
    ("SWD505", "SWD506"),
    ("SWD507", "SWD508"),
    ("SWD601", "SWD602"),
    ("SWD701", "SWD702"),
    ("SWD703", "SWD704"),
    ("SWD705", "SWD706"),
    ("SWD716", "SWD717"),
    ("SWD713", "SWD714"),
    ("SWD718", "SWD719"),
];

#[test]
fn a_change_is_the_mirror_of_its_undoing() {
    for case in cases().iter().filter(|case| !case.ends_with("accepted")) {
        let (old, new) = (case.join("old.yaml"), case.join("new.yaml"));
        // Changes that only Rust shows are not symmetrical: an added type may be open, a removed one is missing. What is
        // sent instead of a value that was removed is part of the removal.
        let codes = |diff: &Diff, is_mirrored: bool| {
            let on_wire = diff
                .changes
                .iter()
                .filter(|one| !one.rule.code.starts_with("SWD9"))
                .filter(|one| !["SWD323", "SWD509"].contains(&one.rule.code));
            let mut codes: Vec<Vec<&str>> = on_wire
                .map(|one| {
                    if is_mirrored {
                        mirrors(one.rule.code)
                    } else {
                        vec![one.rule.code]
                    }
                })
                .collect();
            codes.sort();
            codes
        };
        let there = codes(&compare(&old, &new), true);
        let mut back: Vec<&str> = codes(&compare(&new, &old), false).concat();
        for mirrors in there {
            let at = back.iter().position(|code| mirrors.contains(code));
            let at = at.unwrap_or_else(|| panic!("{}: nothing undoes {mirrors:?}", case.display()));
            back.remove(at);
        }
        assert!(
            back.is_empty(),
            "{}: {back:?} only in one direction",
            case.display()
        );
    }
}

/// The codes of the reverse of a change.
fn mirrors(code: &'static str) -> Vec<&'static str> {
    let found = MIRRORS.iter().filter_map(|&(one, other)| match code {
        _ if code == one => Some(other),
        _ if code == other => Some(one),
        _ => None,
    });
    let found: Vec<&str> = found.collect();
    if found.is_empty() { vec![code] } else { found }
}

#[test]
fn the_order_of_keys_changes_nothing() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("order");
    fs::create_dir_all(&folder).unwrap();
    for case in cases() {
        let text = fs::read_to_string(case.join("new.yaml")).unwrap();
        let mut tree: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let paths = ["a.yaml", "b.yaml"].map(|file| folder.join(file));
        fs::write(&paths[0], serde_yaml::to_string(&tree).unwrap()).unwrap();
        reverse(&mut tree, "");
        fs::write(&paths[1], serde_yaml::to_string(&tree).unwrap()).unwrap();
        let diff = compare(&paths[0], &paths[1]);
        let codes: Vec<&str> = diff.changes.iter().map(|one| one.rule.code).collect();
        assert!(codes.is_empty(), "{}: {codes:?}", case.display());
    }
}

/// Reverses the keys of all maps except `properties`, whose order is that of a constructor's arguments.
fn reverse(value: &mut serde_yaml::Value, within: &str) {
    match value {
        serde_yaml::Value::Mapping(map) => {
            let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
            if within != "properties" {
                entries.reverse();
            }
            for (key, mut value) in entries {
                reverse(&mut value, key.as_str().unwrap_or_default());
                map.insert(key, value);
            }
        }
        serde_yaml::Value::Sequence(list) => list.iter_mut().for_each(|one| reverse(one, "")),
        _ => {}
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn an_optional_property_more_is_never_breaking(
        // An object without properties is a map in Rust, and its first property turns it into a struct.
        names in proptest::collection::btree_set("[a-z]{1,6}", 2..6),
        kinds in proptest::collection::vec(0..5_usize, 6),
        required in proptest::collection::vec(proptest::bool::ANY, 6),
        added in 0..6_usize,
    ) {
        let names: Vec<String> = names.into_iter().collect();
        let added = added % names.len();
        let text = |with_added: bool| {
            let all = names.iter().enumerate().filter(|(at, _)| with_added || *at != added);
            let properties = all.map(|(at, name)| format!("x{name}: {}", KINDS[kinds[at]]));
            let must = names.iter().enumerate().filter(|(at, _)| *at != added && required[*at]);
            let must: Vec<String> = must.map(|(_, name)| format!("x{name}")).collect();
            format!(
                "{HEAD}components: {{schemas: {{Pet: {{type: object, required: [{}], properties: {{{}}}}}}}}}\n",
                must.join(", "),
                properties.collect::<Vec<_>>().join(", "),
            )
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("optional");
        fs::create_dir_all(&folder).unwrap();
        let paths = ["old.yaml", "new.yaml"].map(|file| folder.join(file));
        fs::write(&paths[0], text(false)).unwrap();
        fs::write(&paths[1], text(true)).unwrap();
        let diff = compare(&paths[0], &paths[1]);
        proptest::prop_assert!(!diff.changes.is_empty());
        proptest::prop_assert!(!diff.reaches(Threshold::Wire(Wire::Review)));
    }
}

const KINDS: [&str; 5] = [
    "{type: string}",
    "{type: [integer, 'null']}",
    "{type: string, enum: [a, b]}",
    "{type: array, items: {type: object, properties: {a: {type: string}}}}",
    "{oneOf: [{type: string}, {type: boolean}]}",
];

const HEAD: &str = "openapi: 3.1.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: createPet
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: A pet., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
";

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
