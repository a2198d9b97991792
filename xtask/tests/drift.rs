//! The behaviour of `cargo xtask regenerate` in a workspace that is not current.

use std::fs;
use std::path::Path;

use xtask::regenerate::run;

const DESCRIPTION: &str = "openapi: 3.1.0\ninfo: {title: Zoo, version: '1'}\npaths:\n  /pets:\n    get:\n      \
                           tags: [pets]\n      operationId: pets.list\n      responses: {'204': {description: Done.}}\n\
                           components:\n  schemas:\n    Pet: {type: object, properties: {name: {type: string}}}\n";
const MANIFEST: &str = "[package]\nname = \"zoo\"\n\n[features]\ndefault = [\"hyper\"]\n\
                        hyper = [\"specwright-runtime/hyper\"]\n";
const ITEMS: &str = "generated/api.txt";
const PET: &str = "generated/src/zoo/types/pet.rs";

/// One test, because all of it uses the current directory of the process.
#[test]
fn every_kind_of_drift_is_told_and_mended() {
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join("drift");
    let _ = fs::remove_dir_all(&workspace);
    fs::create_dir_all(workspace.join("spec")).unwrap();
    fs::create_dir_all(workspace.join("generated")).unwrap();
    std::env::set_current_dir(&workspace).unwrap();
    fs::write("spec/zoo.yaml", DESCRIPTION).unwrap();
    fs::write("generated/Cargo.toml", MANIFEST).unwrap();

    let (text, well) = run(false, false).unwrap();
    assert!(well && text.contains("+ generated/Cargo.toml\n"), "{text}");
    assert!(
        text.contains("+ generated/src/zoo/types/pet.rs\n"),
        "{text}"
    );
    let (text, well) = run(true, false).unwrap();
    assert_eq!((&*text, well), ("generated is current\n", true));

    let pet = fs::read_to_string(PET).unwrap();
    fs::write(PET, pet.replace("Option<String>", "String")).unwrap();
    fs::remove_file("generated/src/zoo/client.rs").unwrap();
    fs::write("generated/src/zoo/types/cat.rs", &pet).unwrap();
    let items = fs::read_to_string(ITEMS).unwrap();
    fs::write(
        ITEMS,
        items.replace("Pet.name: Option<String>", "Pet.title: Option<String>"),
    )
    .unwrap();
    fs::write("generated/Cargo.toml", MANIFEST).unwrap();
    let (text, well) = run(true, false).unwrap();
    assert!(!well);
    for said in [
        "generated/Cargo.toml: differs (+7 −1)\n",
        "-default = [\"hyper\"]\n+default = [\"zoo\", \"hyper\"]\n",
        "generated/api.txt: differs (+1 −1)\n",
        "-zoo::types::Pet.title: Option<String>\n+zoo::types::Pet.name: Option<String>\n",
        "generated/src/zoo/client.rs: missing\n",
        "generated/src/zoo/types/cat.rs: extra, no longer generated\n",
        "generated/src/zoo/types/pet.rs: differs (+1 −1)\n",
        "-    pub name: String,\n+    pub name: Option<String>,\n",
        "run `cargo xtask regenerate` and commit the result\n",
    ] {
        assert!(text.contains(said), "{said} is missing in:\n{text}");
    }

    let (text, well) = run(false, false).unwrap();
    assert!(
        well && text.contains("- generated/src/zoo/types/cat.rs\n"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(PET).unwrap(), pet);
    assert_eq!(fs::read_to_string(ITEMS).unwrap(), items);
    assert!(run(true, false).unwrap().1);

    fs::write(
        "spec/zoo.yaml",
        DESCRIPTION.replace("type: string", "type: strng"),
    )
    .unwrap();
    let (text, well) = run(false, false).unwrap();
    assert!(
        !well && text.ends_with("1 error in 1 file; nothing was written\n"),
        "{text}"
    );
    assert_eq!(fs::read_to_string(PET).unwrap(), pet);
}
