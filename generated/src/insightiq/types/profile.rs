// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/record.rs). Do not edit.
use super::*;
use crate::runtime::prelude::*;

/// Who a user is on a work platform.
///
/// It belongs to one account that the user has connected with the Connect SDK.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// Unique id of the profile.
    ///
    /// Example: `12ccaf87-66c2-4b8e-9bf0-d0e8705334d1`.
    pub id: Uuid,
    /// When the profile was created (UTC).
    ///
    /// Example: `2020-03-27T12:56:34.534978`.
    pub created_at: Timestamp,
    /// When the profile changed last (UTC).
    ///
    /// Example: `2020-03-27T12:56:34.534978`.
    pub updated_at: Timestamp,
    /// The user that something belongs to.
    pub user: UserAttribute,
    /// The account that something belongs to.
    pub account: AccountAttribute,
    /// The work platform that something belongs to.
    pub work_platform: WorkPlatformAttribute,
    /// User name of the connected account.
    ///
    /// It is unique on the platform, mostly the one in links to the user and in mentions.
    ///
    /// Example: `johndoe`.
    pub platform_username: Option<String>,
    /// The user's whole name.
    ///
    /// Example: `John Doe`.
    pub full_name: Option<String>,
    /// The user's first name.
    ///
    /// Example: `John`.
    pub first_name: Option<String>,
    /// The user's last name.
    ///
    /// Example: `Doe`.
    pub last_name: Option<String>,
    /// The user's nickname.
    ///
    /// Example: `John`.
    pub nick_name: Option<String>,
    /// Where the platform shows the profile.
    ///
    /// Example: `https://instagram.com/12ccaf87`.
    pub url: Option<String>,
    /// What the profile says about itself.
    ///
    /// Example: `Cloud architect with enterprise expertise.`.
    pub introduction: Option<String>,
    /// Where the platform shows the profile's picture.
    ///
    /// Example: `https://instagram.com/profiles/12ccaf87.png`.
    pub image_url: Option<String>,
    /// The user's date of birth, in the platform's notation.
    ///
    /// Example: `11/26/1989`.
    pub date_of_birth: Option<String>,
    /// Unique id of the profile on the platform.
    ///
    /// Example: `12ccaf87`.
    pub external_id: Option<String>,
    /// What type of account the user has on the platform.
    ///
    /// Example: `CREATOR`.
    pub platform_account_type: Option<String>,
    /// The category that the platform files the account under.
    ///
    /// Example: `Blog`.
    pub category: Option<String>,
    /// The user's website, as listed on the platform.
    ///
    /// Example: `https://www.johndoe.com`.
    pub website: Option<String>,
    /// How large the profile's audience and its work are.
    pub reputation: Option<Reputation>,
    /// The user's e-mail addresses.
    pub emails: Option<Vec<Email>>,
    /// The user's phone numbers.
    pub phone_numbers: Option<Vec<PhoneNumber>>,
    /// The user's postal addresses.
    pub addresses: Option<Vec<Address>>,
    /// The user's gender.
    pub gender: Option<Gender>,
    /// The user's country on the platform.
    ///
    /// Example: `US`.
    pub country: Option<String>,
    /// The name that the profile shows in large letters.
    ///
    /// Several users can have the same one, and mostly they can change it; it is what people know them
    /// by.
    ///
    /// Example: `CBSE WINNERS`.
    pub platform_profile_name: Option<String>,
    /// Unique id of the user's profile on the work platform.
    ///
    /// Example: `UCEyLTzBtHJhlUwkeWhxfMXw`.
    pub platform_profile_id: Option<String>,
    /// When the profile was created on the platform (UTC).
    ///
    /// Example: `2020-03-27T12:56:34.534978`.
    pub platform_profile_published_at: Option<Timestamp>,
    /// Whether the platform has verified the profile.
    ///
    /// Example: `true`.
    pub is_verified: Option<bool>,
    /// Whether it is a business account on the platform.
    ///
    /// Example: `true`.
    pub is_business: Option<bool>,
    /// The jobs that the profile lists.
    pub work_experiences: Option<Vec<WorkExperience>>,
    /// The schooling that the profile lists.
    pub education: Option<Vec<Education>>,
    /// The publications that the profile lists.
    pub publications: Option<Vec<Publication>>,
    /// The certifications that the profile lists.
    pub certifications: Option<Vec<Certification>>,
    /// The volunteer work that the profile lists.
    pub volunteer_experiences: Option<Vec<VolunteerExperience>>,
    /// The honors that the profile lists.
    pub honors: Option<Vec<Honor>>,
    /// The projects that the profile lists.
    pub projects: Option<Vec<Project>>,
}

record!(Profile {
    id: "id" required,
    created_at: "created_at" required,
    updated_at: "updated_at" required,
    user: "user" required,
    account: "account" required,
    work_platform: "work_platform" required,
    platform_username: "platform_username" required,
    full_name: "full_name",
    first_name: "first_name",
    last_name: "last_name",
    nick_name: "nick_name",
    url: "url",
    introduction: "introduction",
    image_url: "image_url",
    date_of_birth: "date_of_birth",
    external_id: "external_id",
    platform_account_type: "platform_account_type",
    category: "category",
    website: "website",
    reputation: "reputation",
    emails: "emails",
    phone_numbers: "phone_numbers",
    addresses: "addresses",
    gender: "gender" required,
    country: "country",
    platform_profile_name: "platform_profile_name",
    platform_profile_id: "platform_profile_id",
    platform_profile_published_at: "platform_profile_published_at",
    is_verified: "is_verified",
    is_business: "is_business",
    work_experiences: "work_experiences",
    education: "education",
    publications: "publications",
    certifications: "certifications",
    volunteer_experiences: "volunteer_experiences",
    honors: "honors",
    projects: "projects",
});
