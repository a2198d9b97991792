// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/examples.rs). Do not edit.
//! The examples of the description.
#![cfg(all(feature = "insightiq", feature = "testing"))]
#![allow(
    deprecated,
    unused_imports,
    reason = "the description decides what is deprecated and what has examples"
)]

use social_apis::testing::{TestTransport, round_trip, sends, value};

fn client(server: &TestTransport) -> social_apis::insightiq::Client {
    social_apis::insightiq::Client::builder("https://api.example.test")
        .basic_auth("user", "secret")
        .allow_http()
        .transport(server.clone())
        .build()
        .expect("a client")
}

#[test]
fn account_status() {
    round_trip::<social_apis::insightiq::types::AccountStatus>(r#""CONNECTED""#);
}

#[test]
fn gender() {
    round_trip::<social_apis::insightiq::types::Gender>(r#""MALE""#);
}

#[test]
fn contact_type() {
    round_trip::<social_apis::insightiq::types::ContactType>(r#""WORK""#);
}

#[test]
fn contact_type_2() {
    round_trip::<social_apis::insightiq::types::ContactType>(r#""HOME""#);
}

#[test]
fn accounts_disconnect_200_sample() {
    round_trip::<
        social_apis::insightiq::types::Account,
    >(
        r#"{"id":"f5e89cea-18b6-4479-a4dd-64a48217e759","created_at":"2021-12-13T07:54:41.078254","updated_at":"2022-03-29T17:47:45.428046","user":{"id":"ac0d5da5-f8c1-4139-8945-825986da9c1e","name":"Chris Evans"},"work_platform":{"id":"9bb8913b-ddd9-430b-a66a-d74d846e6c66","name":"Instagram","logo_url":"https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"},"status":"NOT_CONNECTED"}"#,
    );
}

#[test]
fn profiles_get_200_sample() {
    round_trip::<
        social_apis::insightiq::types::Profile,
    >(
        r#"{"id":"9bd39495-ad21-40f7-a8a6-9c8cf9d6a822","created_at":"2021-11-08T18:53:18.337805","updated_at":"2021-11-08T18:53:18.337805","user":{"id":"28722faa-5356-483d-a57b-384fa01859dd","name":"Robert Downey"},"account":{"id":"44554e73-5879-4764-a37c-fa3a47e25c2a","platform_username":"robert.downey@gmail.com"},"work_platform":{"id":"9bb8913b-ddd9-430b-a66a-d74d846e6c66","name":"Instagram","logo_url":"https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"},"platform_username":"robertdowney","full_name":"Robert Downey","first_name":null,"last_name":null,"nick_name":null,"url":"https://www.instagram.com/robertdowney/","introduction":null,"image_url":"https://www.instagram.com/p/CII66H6h2HX/","date_of_birth":null,"external_id":"robertdowney","platform_account_type":null,"category":null,"website":null,"reputation":{"follower_count":78976,"following_count":567,"subscriber_count":null,"content_count":null,"content_group_count":null,"watch_time_in_hours":null},"emails":[],"phone_numbers":[],"addresses":[],"gender":"MALE","country":"US","platform_profile_name":null,"platform_profile_id":null,"platform_profile_published_at":null,"is_verified":true,"is_business":true}"#,
    );
}

#[test]
fn accounts_disconnect_sends() {
    let server = TestTransport::new();
    let client = client(&server);
    let call = client
        .accounts()
        .disconnect(value::<String>(r#""f5e89cea-18b6-4479-a4dd-64a48217e759""#));
    sends(&server, call, "POST", Some("{}"));
}

#[test]
fn profiles_get_sends() {
    let server = TestTransport::new();
    let client = client(&server);
    let call = client
        .profiles()
        .get(value::<String>(r#""9bd39495-ad21-40f7-a8a6-9c8cf9d6a822""#));
    sends(&server, call, "GET", None);
}
