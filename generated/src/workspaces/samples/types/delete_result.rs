// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::workspaces::types::*;

impl DeleteResult {
    /// Returns a `DeleteResult` for tests, as the description's example shows it.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "success": true,
  "instagram_account_id": 1
}"#,
        )
    }
}

crate::runtime::setters!(DeleteResult {
    success: bool = Some(success),
    instagram_account_id: i64 = Some(instagram_account_id),
});

#[test]
fn samples() {
    let _ = DeleteResult::sample();
}
