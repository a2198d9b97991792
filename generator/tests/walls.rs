//! The folders of `src` use each other in one direction, and no files of different folders form a circle.

#[path = "../runtime/tests/modules/mod.rs"]
mod modules;

use std::path::Path;

use modules::{Walls, circles, sources};

/// The command, and the items of the library for the laboratory, are above all layers. `lower/mod.rs` has the state
/// that every room of its folder adds to, and calls the rooms in their order, so it is both below and above them.
const WALLS: Walls<'_> = Walls {
    layers: &[
        &["text", "prose", "parallel"],
        &["diagnostic"],
        &["source"],
        &["document"],
        &["lint"],
        &["overlay"],
        &["name"],
        &["model"],
        &["sample"],
        &[
            "lower::code",
            "lower::reserved",
            "lower::spot",
            "lower::circle",
            "lower::draft",
        ],
        &["lower"],
        &["lower::numbered"],
        &["lower::schema"],
        &["lower::operation"],
        &["lower::check"],
        &["lower::settle"],
        &["emit"],
        &[
            "format",
            "tree",
            "read",
            "paths",
            "listing",
            "suggest",
            "config::code",
        ],
        &["codes"],
        &["config"],
        &["diff"],
        &["lib"],
        &["lsp"],
        &["package"],
        &["init", "builder"],
    ],
    aside: &["main", "command", "internals", "lower"],
    upward: &[
        // The builder runs all stages, and the root of the crate exports it.
        ("lib", "builder"),
    ],
};

#[test]
fn modules_use_only_the_layers_below_them() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let mut faults = WALLS.faults(&sources);
    faults.extend(circles(&sources, &["lower"]));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
