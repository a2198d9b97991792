// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/samples.rs). Do not edit.
use crate::insightiq::types::*;
use crate::runtime::calls::*;

impl Profile {
    /// Returns a `Profile` for tests, as the description's example shows it.
    pub fn sample() -> Self {
        crate::runtime::testing::value(
            r#"{
  "id": "9bd39495-ad21-40f7-a8a6-9c8cf9d6a822",
  "created_at": "2021-11-08T18:53:18.337805",
  "updated_at": "2021-11-08T18:53:18.337805",
  "user": {
    "id": "28722faa-5356-483d-a57b-384fa01859dd",
    "name": "Robert Downey"
  },
  "account": {
    "id": "44554e73-5879-4764-a37c-fa3a47e25c2a",
    "platform_username": "robert.downey@gmail.com"
  },
  "work_platform": {
    "id": "9bb8913b-ddd9-430b-a66a-d74d846e6c66",
    "name": "Instagram",
    "logo_url": "https://cdn.insightiq.ai/platforms_logo/logos/logo_instagram.png"
  },
  "platform_username": "robertdowney",
  "full_name": "Robert Downey",
  "first_name": null,
  "last_name": null,
  "nick_name": null,
  "url": "https://www.instagram.com/robertdowney/",
  "introduction": null,
  "image_url": "https://www.instagram.com/p/CII66H6h2HX/",
  "date_of_birth": null,
  "external_id": "robertdowney",
  "platform_account_type": null,
  "category": null,
  "website": null,
  "reputation": {
    "follower_count": 78976,
    "following_count": 567,
    "subscriber_count": null,
    "content_count": null,
    "content_group_count": null,
    "watch_time_in_hours": null
  },
  "emails": [],
  "phone_numbers": [],
  "addresses": [],
  "gender": "MALE",
  "country": "US",
  "platform_profile_name": null,
  "platform_profile_id": null,
  "platform_profile_published_at": null,
  "is_verified": true,
  "is_business": true
}"#,
        )
    }
}

crate::runtime::setters!(Profile {
    id: Uuid,
    created_at: Timestamp,
    updated_at: Timestamp,
    user: UserAttribute,
    account: AccountAttribute,
    work_platform: WorkPlatformAttribute,
    platform_username: Option<String>,
    full_name: impl Into<String> = Some(full_name.into()),
    first_name: impl Into<String> = Some(first_name.into()),
    last_name: impl Into<String> = Some(last_name.into()),
    nick_name: impl Into<String> = Some(nick_name.into()),
    url: impl Into<String> = Some(url.into()),
    introduction: impl Into<String> = Some(introduction.into()),
    image_url: impl Into<String> = Some(image_url.into()),
    date_of_birth: impl Into<String> = Some(date_of_birth.into()),
    external_id: impl Into<String> = Some(external_id.into()),
    platform_account_type: impl Into<String> = Some(platform_account_type.into()),
    category: impl Into<String> = Some(category.into()),
    website: impl Into<String> = Some(website.into()),
    reputation: Reputation = Some(reputation),
    emails: Vec<Email> = Some(emails),
    phone_numbers: Vec<PhoneNumber> = Some(phone_numbers),
    addresses: Vec<Address> = Some(addresses),
    gender: Option<Gender>,
    country: impl Into<String> = Some(country.into()),
    platform_profile_name: impl Into<String> = Some(platform_profile_name.into()),
    platform_profile_id: impl Into<String> = Some(platform_profile_id.into()),
    platform_profile_published_at: Timestamp = Some(platform_profile_published_at),
    is_verified: bool = Some(is_verified),
    is_business: bool = Some(is_business),
    work_experiences: Vec<WorkExperience> = Some(work_experiences),
    education: Vec<Education> = Some(education),
    publications: Vec<Publication> = Some(publications),
    certifications: Vec<Certification> = Some(certifications),
    volunteer_experiences: Vec<VolunteerExperience> = Some(volunteer_experiences),
    honors: Vec<Honor> = Some(honors),
    projects: Vec<Project> = Some(projects),
});

#[test]
fn samples() {
    let _ = Profile::sample();
}
