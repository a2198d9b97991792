use super::{build, hostile, sample};

#[test]
fn write_out() {
    let Ok(dir) = std::env::var("EMIT_DIR") else { return };
    for (path, text) in build::print(&[&sample::api(), &hostile::api()]) {
        let path = std::path::Path::new(&dir).join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
}
