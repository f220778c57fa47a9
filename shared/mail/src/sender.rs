//! Who sends mails.

use domain_settings::Business;

/// What all mails of a business share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// How the business shows itself.
    pub business: Business,
    /// Where links to pages start, with or without a slash at its end.
    pub public_url: String,
}
