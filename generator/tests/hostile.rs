//! Files that are not descriptions and are passed by mistake: the command reports the reason and exits with 1.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A separate folder, which is removed at the end of the test.
struct Dir(PathBuf);

impl Dir {
    fn new(name: &str) -> Self {
        let name = format!("specwright-hostile-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Checks that the command rejects a file with this message.
fn refused(path: &Path, message: &str) {
    let name = path.display();
    let output = Command::new(env!("CARGO_BIN_EXE_specwright"))
        .arg("check")
        .arg(path)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{name}: {stderr}");
    assert!(stderr.contains(message), "{name}: {stderr}");
    assert!(!stderr.contains("panicked"), "{name}: {stderr}");
    assert!(stderr.len() < 10_000, "{name}: {} bytes", stderr.len());
}

#[test]
fn unreadable_files_are_refused() {
    let dir = Dir::new("unreadable");
    refused(&dir.0.join("missing.yaml"), "no such file");
    refused(&dir.0, "is a directory");
    refused(&dir.put("empty.yaml", ""), "is empty");
    refused(&dir.put("blank.yaml", " \n\n# nothing\n"), "no value");
}

#[cfg(unix)]
#[test]
fn a_file_that_nobody_may_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let dir = Dir::new("forbidden");
    let path = dir.put("secret.yaml", "openapi: 3.1.0\n");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // A user who may read the file all the same, such as root, does not get the message.
    if fs::read(&path).is_err() {
        refused(&path, "no permission to read");
    }
}

#[test]
fn binary_files_are_refused() {
    let dir = Dir::new("bytes");
    let binary = [0x7f, b'E', b'L', b'F', 0, 0, 1];
    refused(&dir.put("binary.yaml", binary), "is not a text file");
    let latin = b"openapi: 3.1.0\ninfo: {title: Gr\xfc\xdfe}\n";
    refused(
        &dir.put("latin.yaml", latin),
        "is not valid UTF-8: invalid bytes at line 2, column 17",
    );
    let utf16: Vec<u8> = "\u{feff}openapi: 3.1.0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    refused(&dir.put("utf16.yaml", utf16), "is written in UTF-16");
}

#[test]
fn garbage_is_refused() {
    let dir = Dir::new("garbage");
    let signs = "}?0*!#:&@,\t %b".repeat(3_600);
    refused(&dir.put("signs.yaml", &signs), "not valid YAML");
    refused(&dir.put("signs.json", &signs), "error[SW0005]");
    refused(&dir.put("line.yaml", "a".repeat(50_000)), "SW0201");
    let mut state = 7_u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b' ' + u8::try_from(state >> 24).unwrap() % 95
    })
    .take(50_000)
    .collect();
    refused(&dir.put("noise.yaml", &noise), "not valid YAML");
    refused(&dir.put("noise.json", &noise), "error[SW0005]");
}

#[test]
fn inputs_that_grow_without_end_are_refused() {
    let dir = Dir::new("growing");
    for (name, text) in [
        ("lists.json", "[".repeat(100_000)),
        ("lists.yaml", "[".repeat(100_000)),
        ("maps.json", "{\"a\":".repeat(100_000)),
        ("dashes.yaml", "- ".repeat(50_000)),
    ] {
        refused(&dir.put(name, text), "more than 200 levels");
    }
    let doubling =
        (0..30).map(|index| format!("a{}: &a{} [*a{index}, *a{index}]\n", index + 1, index + 1));
    let bomb = "a0: &a0 1\n".to_owned() + &doubling.collect::<String>();
    refused(
        &dir.put("bomb.yaml", bomb),
        "anchors and aliases add more than",
    );
}

/// Each level multiplies the number of values in an example or a sample.
#[test]
fn nested_arrays_make_no_example_without_end() {
    let dir = Dir::new("nested");
    for limits in ["example: abc", "minLength: 10"] {
        let array = "{type: array, minItems: 64, items: ";
        let list = format!(
            "{}{{type: string, {limits}}}{}",
            array.repeat(6),
            "}".repeat(6)
        );
        let schema = format!("{{type: object, required: [a], properties: {{a: {list}}}}}");
        let body = format!("{{content: {{application/json: {{schema: {schema}}}}}}}");
        let text = format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{requestBody: {body}, responses: {{'200': \
             {{description: D, content: {{application/json: {{schema: {schema}}}}}}}}}}}}}}}\n"
        );
        let path = dir.put("nested.yaml", text);
        let run = specwright::generate(&[path], &specwright::Options::new("nested", "test"));
        assert!(
            run.tree.is_some(),
            "{}",
            run.render(specwright::diagnostic::Format::Short, false)
        );
    }
}
