//! The tags that a mail carries, by which SES's reports find their message again.

pub(crate) const MESSAGE: &str = "message";
pub(crate) const CUSTOMER: &str = "customer";
pub(crate) const STAFF: &str = "staff";
pub(crate) const SETTINGS: &str = "settings";
