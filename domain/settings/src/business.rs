//! How the business shows itself in mails and on pages.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Key, Record, versioned};
use values::{Color, EmailAddress, PhoneNumber, Text, WebAddress};

use crate::SettingsName;

/// What is shown of the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Business {
    /// The name under which customers know it.
    pub name: Text<100>,
    /// Its postal address, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub address: Vec<Text<100>>,
    /// A picture with its logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo_url: Option<WebAddress>,
    /// The address that customers write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<EmailAddress>,
    /// The number that they call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Its website.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub website: Option<WebAddress>,
    /// Where its terms are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms_url: Option<WebAddress>,
    /// Where it says what becomes of personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<WebAddress>,
    /// Its colour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
}

impl Business {
    /// A business of which only the name is known.
    pub fn named(name: Text<100>) -> Self {
        Self {
            name,
            address: Vec::new(),
            logo_url: None,
            email: None,
            phone: None,
            website: None,
            terms_url: None,
            privacy_url: None,
            color: None,
        }
    }
}

/// That, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BusinessSettings {
    /// Grows by one with each change; 0 for what was given when deploying.
    #[serde(skip)]
    pub version: u64,
    /// What is shown.
    #[serde(flatten)]
    pub business: Business,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<Timestamp>,
}

impl Record for BusinessSettings {
    const KIND: &'static str = "SETTINGS";

    fn key(&self) -> Key<Self> {
        Self::key_of_current()
    }

    versioned!();
}

impl BusinessSettings {
    /// Where they lie.
    pub fn key_of_current() -> Key<Self> {
        SettingsName::Business.key()
    }
}

/// Shows the business in another way; nothing if it is the same.
pub fn change(settings: &BusinessSettings, business: Business, context: &Context) -> Decision {
    let changed =
        BusinessSettings { version: settings.version, business: business.clone(), changed_at: Some(context.now) };
    SettingsName::Business.change((settings, &settings.business), (&changed, &business), context)
}
