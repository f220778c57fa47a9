//! What happens to automations.

use decision::{Audience, EventKind, EventType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::EventId;

use crate::Automation;

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[EventType::of::<AutomationRan>()];

/// An automation ran.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AutomationRan {
    /// Which.
    pub automation: Automation,
    /// The event it answered.
    pub event_id: EventId,
}

impl EventKind for AutomationRan {
    const TYPE: &'static str = "automation.ran";
    const AUDIENCE: Audience = Audience::Customer;
}
