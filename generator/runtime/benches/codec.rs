//! Compares the codec with serde's derive, both over `serde_json`, with the same text and in the same run.
//!
//! `cargo bench --package specwright-runtime --bench codec`. Both take turns, and the fastest of many rounds counts, so
//! that other load of the machine affects both equally.

use std::hint::black_box;
use std::time::{Duration, Instant};

use specwright_runtime::codec::{from_json, to_json};

const ROUNDS: usize = 400;
const PROFILES: usize = 150;

mod ours {
    use specwright_runtime::prelude::*;

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Page {
        pub data: Vec<Profile>,
        pub total: i64,
        pub cursor: Option<String>,
    }
    record!(Page { data: "data" required, total: "total" required, cursor: "cursor" });

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Profile {
        pub id: Uuid,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub user: User,
        pub platform: Platform,
        pub username: Option<String>,
        pub full_name: Option<String>,
        pub introduction: Option<String>,
        pub is_verified: Option<bool>,
        pub gender: Option<Gender>,
        pub emails: Option<Vec<Contact>>,
        pub phones: Option<Vec<Contact>>,
        pub reputation: Option<Reputation>,
        pub website: Option<String>,
    }
    record!(Profile {
        id: "id" required,
        created_at: "created_at" required,
        updated_at: "updated_at" required,
        user: "user" required,
        platform: "platform" required,
        username: "username" required,
        full_name: "full_name",
        introduction: "introduction",
        is_verified: "is_verified",
        gender: "gender",
        emails: "emails",
        phones: "phone_numbers",
        reputation: "reputation",
        website: "website",
    });

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct User {
        pub id: Uuid,
        pub name: String,
    }
    record!(User { id: "id" required, name: "name" required });

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Platform {
        pub id: Uuid,
        pub name: String,
        pub logo_url: String,
    }
    record!(Platform { id: "id" required, name: "name" required, logo_url: "logo_url" required });

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Contact {
        pub value: String,
        pub kind: Kind,
    }
    record!(Contact { value: "value" required, kind: "type" required });

    #[derive(Debug, Clone, PartialEq)]
    pub(super) struct Reputation {
        pub followers: Option<i64>,
        pub following: Option<i64>,
        pub subscribers: Option<i64>,
        pub hours: Option<f64>,
        pub rate: Option<f64>,
    }
    record!(Reputation {
        followers: "follower_count",
        following: "following_count",
        subscribers: "subscriber_count",
        hours: "watch_time_in_hours",
        rate: "average_open_rate",
    });

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub(super) enum Gender {
        Male,
        Female,
        Organization,
        Other,
    }
    text_enum!(Gender { Male = "MALE", Female = "FEMALE", Organization = "ORGANIZATION", Other = "OTHER" });

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub(super) enum Kind {
        Home,
        Work,
        Other,
    }
    text_enum!(Kind { Home = "HOME", Work = "WORK", Other = "OTHER" });
}

mod derived {
    use serde::{Deserialize, Serialize};
    use specwright_runtime::{Timestamp, Uuid};

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Page {
        pub data: Vec<Profile>,
        pub total: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cursor: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Profile {
        pub id: Uuid,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub user: User,
        pub platform: Platform,
        pub username: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub full_name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub introduction: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub is_verified: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub gender: Option<Gender>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub emails: Option<Vec<Contact>>,
        #[serde(rename = "phone_numbers", skip_serializing_if = "Option::is_none")]
        pub phones: Option<Vec<Contact>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub reputation: Option<Reputation>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub website: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct User {
        pub id: Uuid,
        pub name: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Platform {
        pub id: Uuid,
        pub name: String,
        pub logo_url: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Contact {
        pub value: String,
        #[serde(rename = "type")]
        pub kind: Kind,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(super) struct Reputation {
        #[serde(rename = "follower_count", skip_serializing_if = "Option::is_none")]
        pub followers: Option<i64>,
        #[serde(rename = "following_count", skip_serializing_if = "Option::is_none")]
        pub following: Option<i64>,
        #[serde(rename = "subscriber_count", skip_serializing_if = "Option::is_none")]
        pub subscribers: Option<i64>,
        #[serde(
            rename = "watch_time_in_hours",
            skip_serializing_if = "Option::is_none"
        )]
        pub hours: Option<f64>,
        #[serde(rename = "average_open_rate", skip_serializing_if = "Option::is_none")]
        pub rate: Option<f64>,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub(super) enum Gender {
        Male,
        Female,
        Organization,
        Other,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    pub(super) enum Kind {
        Home,
        Work,
        Other,
    }
}

/// Returns a page like that of a server: properties in the order of the description, some null, some absent, some
/// unknown.
fn page() -> Vec<u8> {
    let mut profiles = Vec::new();
    for index in 0..PROFILES {
        let gender = ["\"MALE\"", "\"FEMALE\"", "null", "\"OTHER\""][index % 4];
        let introduction = match index % 3 {
            0 => "null".to_owned(),
            1 => "\"Writes about bread, ovens and the \\\"right\\\" flour.\\nCologne.\"".to_owned(),
            _ => format!(
                "\"{}\"",
                "Photographs of harbours at night, and what ships carry. ".repeat(3)
            ),
        };
        let phones = if index % 2 == 0 {
            ""
        } else {
            r#""phone_numbers":[{"value":"+49 221 000000","type":"WORK"}],"#
        };
        profiles.push(format!(
            r#"{{"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6{index:04}","created_at":"2024-05-17T08:30:{:02}.123456","updated_at":"2024-06-01T00:00:00Z","user":{{"id":"fd64cf0a-4e16-4b2f-90a5-c91a0d4d{index:04}","name":"User {index}"}},"platform":{{"id":"14d9ddf5-51c6-415e-bde6-f8ed36ad7054","name":"YouTube","logo_url":"https://cdn.example.test/platforms/youtube/logo.png"}},"username":"user{index}","full_name":"Jo Müller {index}","nick_name":"jo","introduction":{introduction},"is_verified":{},"gender":{gender},"country":"DE","emails":[{{"value":"user{index}@example.test","type":"HOME"}},{{"value":"office{index}@example.test","type":"WORK"}}],{phones}"reputation":{{"follower_count":{},"following_count":{index},"subscriber_count":null,"watch_time_in_hours":{}.25,"average_open_rate":0.{index}}},"website":"https://example.test/{index}","external_id":{{"raw":[1,2,3]}}}}"#,
            index % 60,
            index % 2 == 0,
            index * 7919,
            index * 31,
        ));
    }
    format!(
        r#"{{"data":[{}],"total":{PROFILES},"cursor":null}}"#,
        profiles.join(",")
    )
    .into_bytes()
}

fn derived_from_json(text: &[u8]) -> serde_json::Result<derived::Page> {
    serde_json::from_slice(text)
}

fn fastest(mut left: impl FnMut(), mut right: impl FnMut()) -> (Duration, Duration) {
    let time = |work: &mut dyn FnMut()| {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    let mut best = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        best.0 = best.0.min(time(&mut left));
        best.1 = best.1.min(time(&mut right));
    }
    best
}

fn report(what: &str, (ours, derived): (Duration, Duration)) {
    let ratio = ours.as_secs_f64() / derived.as_secs_f64();
    println!(
        "{what}: {} ns, derive {} ns, ratio {ratio:.2}",
        ours.as_nanos(),
        derived.as_nanos()
    );
}

fn main() {
    let text = page();
    let ours: ours::Page = from_json(&text).expect("the page fits");
    let derived: derived::Page = serde_json::from_slice(&text).expect("the page fits");
    let written = serde_json::to_vec(&derived).expect("writing to memory cannot fail");
    assert_eq!(to_json(&ours), written, "both sides write the same");
    println!(
        "{} kB read, {} kB written, fastest of {ROUNDS} rounds",
        text.len() / 1000,
        written.len() / 1000
    );
    let read = fastest(
        || drop(black_box(from_json::<ours::Page>(black_box(&text)))),
        || drop(black_box(derived_from_json(black_box(&text)))),
    );
    report("decode", read);
    let write = fastest(
        || drop(black_box(to_json(black_box(&ours)))),
        || drop(black_box(serde_json::to_vec(black_box(&derived)))),
    );
    report("encode", write);
}
