//! `generated/` is current.

#[test]
fn generated_is_current() {
    xtask::enter_workspace().unwrap();
    let (text, current) = xtask::regenerate::run(true, false).unwrap();
    assert!(current, "{text}");
}
