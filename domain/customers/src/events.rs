//! What happens to the customer record.

use crate::AddressTrouble;
use decision::{Audience, Change, EventKind, EventType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::MessageId;

/// All kinds of events of this area.
pub const EVENTS: &[EventType] = &[EventType::of::<AddressTroubled>()];

/// The mail service reported that a mail came back for good, or that its reader did not want it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AddressTroubled {
    /// The message.
    pub message_id: MessageId,
    /// What was reported.
    pub trouble: AddressTrouble,
    /// What that changed in the record.
    pub changes: Vec<Change>,
}

impl EventKind for AddressTroubled {
    const TYPE: &'static str = "address.troubled";
    const AUDIENCE: Audience = Audience::Customer;
}
