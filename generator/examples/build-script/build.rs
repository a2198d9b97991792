//! Generates the client from `museum.yaml`, and again when that file changes.

fn main() -> Result<(), specwright::BuildError> {
    specwright::Builder::new("museum.yaml").generate()
}
