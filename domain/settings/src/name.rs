//! Settings by name, and how any of them changes.

use decision::{Context, Decision, Key, Record, Subject, changes_between};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::events::SettingsChanged;

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

    /// Puts other settings in force, with what differs in their history; nothing if nothing does. Each state is the record and what it
    /// says.
    pub(crate) fn change<R: Record, Said: Serialize>(
        self,
        before: (&R, &Said),
        after: (&R, &Said),
        context: &Context,
    ) -> Decision {
        let mut decision = Decision::default();
        let changes = changes_between(before.1, after.1);
        if !changes.is_empty() {
            decision.save(before.0, after.0);
            let changed = SettingsChanged { name: self, version: before.0.version() + 1, changes };
            decision.events.push(context.event(self.subject(), changed));
        }
        decision
    }
}
