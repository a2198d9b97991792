// @generated from ../spec/insightiq.yaml by `cargo xtask regenerate` (emit/index.rs). Do not edit.
//! The types of requests and responses.

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
mod request_id_headers;
mod time_period;
mod user_attribute;
mod volunteer_experience;
mod work_experience;
mod work_platform_attribute;

pub use account::*;
pub use account_attribute::*;
pub use account_status::*;
pub use address::*;
pub use certification::*;
pub use contact_type::*;
pub use education::*;
pub use email::*;
pub use gender::*;
pub use honor::*;
pub use phone_number::*;
pub use profile::*;
pub use project::*;
pub use publication::*;
pub use reputation::*;
pub use request_id_headers::*;
pub use time_period::*;
pub use user_attribute::*;
pub use volunteer_experience::*;
pub use work_experience::*;
pub use work_platform_attribute::*;
