//! What happens to settings.

use decision::{Change, EventKind, EventType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::SettingsName;

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[EventType::of::<SettingsChanged>()];

/// Settings of the business were changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettingsChanged {
    /// Which.
    pub name: SettingsName,
    /// The version they have now.
    pub version: u64,
    /// What differs from the version before.
    pub changes: Vec<Change>,
}

impl EventKind for SettingsChanged {
    const TYPE: &'static str = "settings.changed";
}
