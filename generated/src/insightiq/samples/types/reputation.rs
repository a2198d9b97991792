// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;

impl Reputation {
    /// Returns a `Reputation` for tests, with its required fields.
    pub fn sample() -> Self {
        crate::runtime::testing::value(r#"{
  "follower_count": 3456778
}"#)
    }
}

crate::runtime::setters!(Reputation {
    follower_count: i64 = Some(follower_count),
    following_count: i64 = Some(following_count),
    subscriber_count: i64 = Some(subscriber_count),
    paid_subscriber_count: i64 = Some(paid_subscriber_count),
    content_count: i64 = Some(content_count),
    content_group_count: i64 = Some(content_group_count),
    watch_time_in_hours: f64 = Some(watch_time_in_hours),
    average_open_rate: f64 = Some(average_open_rate),
    average_click_rate: f64 = Some(average_click_rate),
});

#[test]
fn samples() {
    let _ = Reputation::sample();
}
