// @generated from ../spec/workspaces.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::workspaces::types::*;
use crate::runtime::calls::*;

impl CreateResult {
    /// Returns a `CreateResult` for tests, as the description's example shows it.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "success": false,
  "ig_accounts": [],
  "message": [
    "Instagram account IG_NAME not connected. To connect this social media account to your Workspace, you must first remove it from your Personal accounts"
  ]
}"#,
        )
    }
}

crate::runtime::setters!(CreateResult {
    success: bool = Some(success),
    ig_accounts: Vec<JsonObject> = Some(ig_accounts),
    message: Vec<String> = Some(message),
});

#[test]
fn samples() {
    let _ = CreateResult::sample();
}
