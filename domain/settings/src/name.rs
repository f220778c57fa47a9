//! Settings by name.

use decision::{Key, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings that are changed, versioned and told of as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SettingsName {
    /// What stands between registering and getting in.
    Registration,
    /// How the business shows itself.
    Business,
}

impl SettingsName {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Registration, Self::Business];

    /// The name, as in the API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::Business => "business",
        }
    }

    /// A name as in the API.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// In whose history changes are kept.
    pub fn subject(self) -> Subject {
        Subject::settings(self.name())
    }

    /// Where the settings lie.
    pub(crate) fn key<R>(self) -> Key<R> {
        Key::new(format!("SETTINGS#{}", self.name()), "SETTINGS")
    }
}
