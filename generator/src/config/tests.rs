use super::deserialize::read;
use super::file::File;
use crate::diagnostic::Diagnostics;
use crate::source::{Sources, parse};

#[test]
fn the_tree_gives_what_serde_yaml_reads() {
    let text = "crates:\n  - out: a\n    description: b.yaml\n  - {out: c, description: [d, e], lenient: true}\n\
                rules: {SW0405: allow, SW0417: deny}\n";
    let mut sources = Sources::default();
    let file = sources.add("specwright.yaml", text);
    let mut diagnostics = Diagnostics::new();
    let mut tree = parse(file, &sources, &mut diagnostics).unwrap();
    let read: File = read(&mut tree, &mut diagnostics).unwrap();
    assert!(diagnostics.is_empty());
    assert_eq!(read, serde_yaml::from_str::<File>(text).unwrap());
}
