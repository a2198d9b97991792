//! The modules at the top of `src` use each other in one direction.

mod modules;

use std::path::Path;

use modules::{Walls, circles, sources};

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
