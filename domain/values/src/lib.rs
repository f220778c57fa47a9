//! Values that stand for themselves: identifiers, texts, addresses, telephone numbers, numbers of companies, languages.
//!
//! Each is checked when it is made and cannot be wrong afterwards. Nothing here knows a record, an event or a decision; everything
//! else in the domain stands on this crate.

mod advertising;
mod color;
mod email_address;
mod id;
mod invalid;
mod language;
mod phone;
mod registration_number;
mod text;
mod vat_number;
mod web_address;

pub use advertising::looks_like_advertising;
pub use color::Color;
pub use email_address::EmailAddress;
pub use id::{
    AccountId, AddressChangeId, ChallengeId, CustomerId, DeviceId, EmployeeId, EventId, InvitationId, MessageId,
    ParseIdError, PasswordResetId, RegistrationId, SessionId, UniqueId,
};
pub use invalid::Invalid;
pub use language::Language;
pub use phone::PhoneNumber;
pub use registration_number::RegistrationNumber;
pub use text::{Lines, Text, is_layout_control, is_visible};
pub use vat_number::VatNumber;
pub use web_address::WebAddress;

/// What people call a device: "Firefox on Linux", or the name they gave it.
pub type DeviceLabel = Text<100>;
