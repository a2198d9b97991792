// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use crate::runtime::prelude::*;

/// How large the profile's audience and its work are.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reputation {
    /// How many follow this profile.
    ///
    /// Example: `3456778`.
    pub follower_count: Option<i64>,
    /// How many profiles this one follows.
    ///
    /// Example: `5678`.
    pub following_count: Option<i64>,
    /// How many have subscribed.
    ///
    /// Example: `987654`.
    pub subscriber_count: Option<i64>,
    /// How many pay for their subscription.
    pub paid_subscriber_count: Option<i64>,
    /// How many items there are (videos, images, posts and the like).
    ///
    /// Example: `987654`.
    pub content_count: Option<i64>,
    /// How many groups of items there are (playlists, albums, collections and the like).
    ///
    /// Example: `987654`.
    pub content_group_count: Option<i64>,
    /// For how many hours the items were watched (YouTube).
    ///
    /// Example: `55`.
    pub watch_time_in_hours: Option<f64>,
    /// Share of a publication that was opened on average so far, as a percentage.
    ///
    /// Its scale (0 to 1 or 0 to 100) is not documented.
    pub average_open_rate: Option<f64>,
    /// Share of a publication that was clicked through on average so far, as a percentage.
    ///
    /// Its scale (0 to 1 or 0 to 100) is not documented.
    pub average_click_rate: Option<f64>,
}

record!(Reputation {
    follower_count: "follower_count",
    following_count: "following_count",
    subscriber_count: "subscriber_count",
    paid_subscriber_count: "paid_subscriber_count",
    content_count: "content_count",
    content_group_count: "content_group_count",
    watch_time_in_hours: "watch_time_in_hours",
    average_open_rate: "average_open_rate",
    average_click_rate: "average_click_rate",
});
