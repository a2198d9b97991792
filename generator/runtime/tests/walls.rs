//! The modules at the top of `src` use each other in one direction.

mod modules;

use std::path::Path;

use modules::{Source, Walls, circles, sources};

/// The modules that choose whole modules by features.
const FRONT: [&str; 2] = ["lib", "transport"];

/// The maximum number of conditions (`cfg`) elsewhere. Each one is another program that has to be tested.
const MOST_CONDITIONS: usize = 20;

/// Macros and the crate's manual belong to no layer, and neither does the front of the crate.
const WALLS: Walls<'_> = Walls {
    layers: &[
        &["body"],
        &["codec"],
        &["value"],
        &["header", "url"],
        &["style"],
        &["error"],
        &["retry"],
        &["transport"],
        &["auth"],
        &["stream"],
        &["call"],
        &["client"],
        &["pages"],
        &["webhook", "testing"],
    ],
    aside: &["lib", "guide", "macros"],
    upward: &[],
};

#[test]
fn modules_use_only_the_layers_below_them() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut faults = WALLS.faults(&sources);
    faults.extend(circles(&sources, WALLS.aside));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn few_parts_depend_on_features() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let parts = sources
        .iter()
        .filter(|source| !FRONT.contains(&&*source.module));
    let conditional: Vec<&str> = parts.flat_map(conditions).collect();
    assert!(conditional.len() <= MOST_CONDITIONS, "{conditional:#?}");
}

/// The name of a module, once for each condition in it that is not `test`.
fn conditions(source: &Source) -> impl Iterator<Item = &str> {
    let attributes = source.tokens.windows(5).filter(|tokens| {
        let name = tokens[2].as_str();
        tokens[..2] == ["#", "["] && ["cfg", "cfg_attr"].contains(&name) && tokens[4] != "test"
    });
    attributes.map(|_| &*source.module)
}
