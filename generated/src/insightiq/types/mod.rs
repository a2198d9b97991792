// @generated from spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! What is sent and what comes back.

mod account;
mod account_attribute;
mod account_status;
mod address;
mod certification;
mod contact_type;
mod education;
mod email;
mod gender;
mod honor;
mod phone_number;
mod profile;
mod project;
mod publication;
mod reputation;
mod time_period;
mod user_attribute;
mod volunteer_experience;
mod work_experience;
mod work_platform_attribute;

pub use account::Account;
pub use account_attribute::AccountAttribute;
pub use account_status::AccountStatus;
pub use address::Address;
pub use certification::Certification;
pub use contact_type::ContactType;
pub use education::Education;
pub use email::Email;
pub use gender::Gender;
pub use honor::Honor;
pub use phone_number::PhoneNumber;
pub use profile::Profile;
pub use project::Project;
pub use publication::Publication;
pub use reputation::Reputation;
pub use time_period::TimePeriod;
pub use user_attribute::UserAttribute;
pub use volunteer_experience::VolunteerExperience;
pub use work_experience::WorkExperience;
pub use work_platform_attribute::WorkPlatformAttribute;
