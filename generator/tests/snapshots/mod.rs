//! The parts of generated files that are in snapshots.

/// A generated file without the parts that are the same in every file.
pub(crate) fn abridged(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let doc = line.trim_start();
        if doc.starts_with("// @generated ") || line.starts_with("use ") {
            continue;
        }
        if !doc.starts_with("/// Returns an [`Error`]") {
            kept.push(line);
            continue;
        }
        while lines
            .next_if(|line| line.trim_start().starts_with("/// "))
            .is_some()
        {}
        // The blank line before the paragraph, and the heading if nothing else follows it.
        kept.pop();
        let more = lines
            .clone()
            .nth(1)
            .is_some_and(|line| line.trim_start().starts_with("/// - "));
        if !more {
            kept.truncate(kept.len().saturating_sub(2));
        }
    }
    kept.join("\n").trim_start().to_owned()
}

/// The name of a file's snapshot; `None` for files that are not part of this case.
pub(crate) fn snapshot_name(path: &str, also: &[String]) -> Option<String> {
    let name = match path.strip_prefix("src/spec/") {
        Some(inside) => inside.strip_suffix(".rs")?.replace('/', "."),
        None if path.starts_with("tests/spec_") => "tests".to_owned(),
        None => return None,
    };
    let index = name.rsplit('.').next() == Some("mod");
    let always = ["types.", "resources.", "webhooks"]
        .iter()
        .any(|start| name.starts_with(start));
    let wanted = (always && !index) || also.contains(&name);
    wanted.then_some(name)
}

/// The files in addition to types and resources that a case requests.
pub(crate) fn also_wanted(spec: &str) -> Vec<String> {
    spec.lines()
        .take_while(|line| line.starts_with('#'))
        .filter_map(|line| line.strip_prefix("# snapshots: "))
        .flat_map(|names| names.split(' ').map(str::to_owned))
        .collect()
}
