//! What happens to sessions.

use decision::{Audience, EventKind, EventType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::{DeviceId, SessionId};

/// All kinds of events of this area.
pub const EVENTS: &[EventType] =
    &[EventType::of::<SessionStarted>(), EventType::of::<SessionEnded>(), EventType::of::<SessionReuseDetected>()];

/// Someone logged in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionStarted {
    /// The session.
    pub session_id: SessionId,
    /// From where.
    pub device_id: DeviceId,
}

impl EventKind for SessionStarted {
    const TYPE: &'static str = "session.started";
    const AUDIENCE: Audience = Audience::Customer;
}

/// Someone logged out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionEnded {
    /// The session.
    pub session_id: SessionId,
}

impl EventKind for SessionEnded {
    const TYPE: &'static str = "session.ended";
    const AUDIENCE: Audience = Audience::Customer;
}

/// A refresh token that had already been exchanged was presented: it was copied. All sessions of the account were ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SessionReuseDetected {
    /// The session.
    pub session_id: SessionId,
}

impl EventKind for SessionReuseDetected {
    const TYPE: &'static str = "session.reuse-detected";
    const AUDIENCE: Audience = Audience::Customer;
}
