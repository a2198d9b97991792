//! `GET /v1/profiles/{id}`

use serde_json::{Value, json};
use social_apis::Error;
use social_apis::insightiq::types::{ContactType, Gender, Profile};

use crate::support::{
    PROFILE_ID, REQUEST_ID, Server, body, found, full_profile, get_profile, insightiq, profile,
    status, with,
};

/// Gets a profile from a server with this response.
async fn get(response: &Value) -> Result<Profile, Error> {
    let server = Server::play([(get_profile(), found(response))]);
    insightiq(&server)?.profiles().get(PROFILE_ID).await
}

#[tokio::test]
async fn the_sample_is_read() -> Result<(), Error> {
    let profile = get(&profile()).await?;
    assert_eq!(profile.id.to_string(), PROFILE_ID);
    assert_eq!(profile.user.name, "Robert Downey");
    assert_eq!(profile.account.platform_username, "robert.downey@gmail.com");
    assert_eq!(profile.platform_username.as_deref(), Some("robertdowney"));
    assert_eq!(profile.first_name, None);
    assert_eq!(profile.date_of_birth, None);
    assert_eq!(
        profile.image_url.as_deref(),
        Some("https://www.instagram.com/p/CII66H6h2HX/")
    );
    let reputation = profile.reputation.expect("it is in the sample");
    assert_eq!(reputation.follower_count, Some(78_976));
    assert_eq!(reputation.subscriber_count, None);
    assert_eq!(reputation.paid_subscriber_count, None);
    assert_eq!(profile.emails, Some(Vec::new()));
    assert_eq!(profile.gender, Some(Gender::Male));
    assert_eq!(profile.is_verified, Some(true));
    assert_eq!(profile.work_experiences, None);
    Ok(())
}

#[tokio::test]
async fn all_94_fields_are_read_and_written() -> Result<(), Error> {
    let response = full_profile();
    assert_eq!(response.as_object().map(serde_json::Map::len), Some(37));
    assert_eq!(leaves(&response), 94);
    let profile = get(&response).await?;
    assert_eq!(serde_json::to_value(&profile).expect("encodes"), response);
    let email = &profile.emails.as_ref().expect("emails")[0];
    assert_eq!(
        serde_json::to_value(email).expect("encodes"),
        json!({"type": "WORK", "email_id": "john.doe@upwork.com"})
    );
    let job = &profile.work_experiences.as_ref().expect("jobs")[0];
    assert_eq!(
        job.company.as_ref().expect("a company")["employees"],
        json!({"from": 10, "to": 50})
    );
    assert_eq!(
        job.time_period.as_ref().expect("a period")["end_date"],
        Value::Null
    );
    let phone = &profile.phone_numbers.as_ref().expect("phone numbers")[0];
    assert_eq!(phone.phone_number, "+19876543210");
    Ok(())
}

/// How many documented fields `value` has: what lies in an open object does not count.
fn leaves(value: &Value) -> usize {
    const OPEN: [&str; 5] = ["company", "location", "school", "date", "time_period"];
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                1 + if OPEN.contains(&name.as_str()) {
                    0
                } else {
                    leaves(value)
                }
            })
            .sum(),
        Value::Array(items) => items.iter().map(leaves).sum(),
        _ => 0,
    }
}

#[tokio::test]
async fn null_in_place_of_a_list_is_none() -> Result<(), Error> {
    let lists = [
        "emails",
        "phone_numbers",
        "addresses",
        "work_experiences",
        "education",
        "publications",
        "certifications",
        "volunteer_experiences",
        "honors",
        "projects",
    ];
    let response = lists.iter().fold(profile(), |response, list| {
        with(response, &format!("/{list}"), Value::Null)
    });
    let profile = get(&response).await?;
    assert_eq!(profile.emails, None);
    assert_eq!(profile.phone_numbers, None);
    assert_eq!(profile.addresses, None);
    assert_eq!(profile.work_experiences, None);
    assert_eq!(profile.education, None);
    assert_eq!(profile.publications, None);
    assert_eq!(profile.certifications, None);
    assert_eq!(profile.volunteer_experiences, None);
    assert_eq!(profile.honors, None);
    assert_eq!(profile.projects, None);
    Ok(())
}

#[tokio::test]
async fn required_members_that_may_be_null_may_be_missing_as_well() -> Result<(), Error> {
    let nulls = with(
        with(profile(), "/gender", Value::Null),
        "/platform_username",
        Value::Null,
    );
    let mut missing = nulls.clone();
    let members = missing.as_object_mut().expect("an object");
    members.remove("gender");
    members.remove("platform_username");
    for response in [nulls, missing] {
        let profile = get(&response).await?;
        assert_eq!(profile.gender, None);
        assert_eq!(profile.platform_username, None);
    }
    Ok(())
}

#[tokio::test]
async fn words_that_are_not_listed_are_kept() -> Result<(), Error> {
    let response = with(profile(), "/gender", json!("NONBINARY"));
    let response = with(
        response,
        "/emails",
        json!([{"type": "SCHOOL", "email_id": "a@example.test"}]),
    );
    let profile = get(&response).await?;
    assert_eq!(
        profile.gender,
        Some(Gender::Unknown("NONBINARY".to_owned()))
    );
    let emails = serde_json::to_value(&profile.emails).expect("encodes");
    assert_eq!(emails, response["emails"]);
    assert_eq!(
        ContactType::from("SCHOOL"),
        ContactType::Unknown("SCHOOL".to_owned())
    );
    Ok(())
}

#[tokio::test]
async fn the_word_null_is_not_null() -> Result<(), Error> {
    let profile = get(&with(profile(), "/gender", json!("null"))).await?;
    assert_eq!(profile.gender, Some(Gender::Unknown("null".to_owned())));
    Ok(())
}

#[tokio::test]
async fn sloppy_values_are_read() -> Result<(), Error> {
    let response = with(profile(), "/reputation/follower_count", json!(55.0));
    let response = with(response, "/reputation/watch_time_in_hours", json!(12.5));
    let response = with(
        response,
        "/education",
        json!([{"field_study": "Physics"}, {"field_study": null}]),
    );
    let profile = get(&response).await?;
    let reputation = profile.reputation.expect("it is in the sample");
    assert_eq!(reputation.follower_count, Some(55));
    assert_eq!(reputation.watch_time_in_hours, Some(12.5));
    let education = profile.education.expect("it is there");
    assert_eq!(education[0].field_study, Some(vec!["Physics".to_owned()]));
    assert_eq!(education[1].field_study, None);
    Ok(())
}

#[tokio::test]
async fn a_time_without_an_offset_is_utc_and_one_with_an_offset_is_honoured() -> Result<(), Error> {
    let bare = get(&with(
        profile(),
        "/created_at",
        json!("2021-11-08T18:53:18.337805"),
    ))
    .await?;
    let utc = get(&with(
        profile(),
        "/created_at",
        json!("2021-11-08T18:53:18.337805Z"),
    ))
    .await?;
    let offset = get(&with(
        profile(),
        "/created_at",
        json!("2021-11-08T20:53:18.337805+02:00"),
    ))
    .await?;
    let other = get(&with(
        profile(),
        "/created_at",
        json!("2021-11-08T18:53:18.337805+02:00"),
    ))
    .await?;
    assert_eq!(bare.created_at, utc.created_at);
    assert_eq!(bare.created_at, offset.created_at);
    assert_ne!(bare.created_at, other.created_at);
    Ok(())
}

#[tokio::test]
async fn a_wrong_type_is_named_and_nothing_else_is_lost() -> Result<(), Error> {
    let wrong = [
        (
            "/reputation/follower_count",
            json!("many"),
            "$.reputation.follower_count",
        ),
        ("/is_verified", json!([]), "$.is_verified"),
        ("/user", json!("Robert"), "$.user"),
        ("/user/name", json!({}), "$.user.name"),
        ("/id", json!("12ccaf87"), "$.id"),
        ("/created_at", json!("yesterday"), "$.created_at"),
        (
            "/honors",
            json!([{}, {"title": "b"}, {"title": {}}]),
            "$.honors[2].title",
        ),
        (
            "/emails",
            json!([{"type": 5, "email_id": "a@example.test"}]),
            "$.emails[0].type",
        ),
    ];
    for (pointer, value, path) in wrong {
        let response = with(profile(), pointer, value);
        let error = get(&response).await.expect_err(path);
        let line = error.to_string();
        assert!(line.contains(path), "{line} does not name {path}");
        assert!(
            line.contains("profiles.get") && line.contains(REQUEST_ID),
            "{line}"
        );
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(status(&error), Some(200));
        assert_eq!(error.request_id(), Some(REQUEST_ID));
        assert_eq!(body(&error), response.to_string());
        assert_eq!(
            error.attempts(),
            1,
            "a body that cannot be read is not asked for again"
        );
    }
    Ok(())
}

#[tokio::test]
async fn a_required_member_that_is_missing_is_named() -> Result<(), Error> {
    let mut response = profile();
    response["user"]
        .as_object_mut()
        .expect("an object")
        .remove("name");
    let error = get(&response).await.expect_err("the name is missing");
    let line = error.to_string();
    assert!(line.contains("$.user") && line.contains("name"), "{line}");
    assert_eq!(body(&error), response.to_string());
    Ok(())
}

#[tokio::test]
async fn a_success_that_is_no_json_is_an_error_with_its_body() -> Result<(), Error> {
    for text in ["<html>busy</html>", "{\"id\":", "", "null", "[]"] {
        let server = Server::play([(get_profile(), found(text))]);
        let error = insightiq(&server)?
            .profiles()
            .get(PROFILE_ID)
            .await
            .expect_err("no profile");
        assert_eq!(status(&error), Some(200), "{text:?}");
        assert_eq!(body(&error), text);
        assert_eq!(error.request_id(), Some(REQUEST_ID));
    }
    Ok(())
}
