//! Who acts, and why: what leads from one event to the next.

use serde::{Deserialize, Serialize};
use values::{AccountId, EventId};

/// An automation that answers to events which it caused itself, directly or through others, is stopped at this depth.
const DEEPEST_CAUSE: u8 = 8;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Actor {
    /// Someone who has not logged in.
    Visitor,
    /// A customer, or an employee of one, by account.
    Account {
        /// The account that was logged in.
        account_id: AccountId,
    },
    /// A member of staff.
    Staff {
        /// The account that was logged in; customers are not told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account_id: Option<AccountId>,
    },
    /// A rule of the business.
    Automation {
        /// Which one.
        automation: String,
    },
    /// Clientele itself: time that passed, a mail that was delivered.
    System,
    /// The ops team, by invoking a function.
    Operator,
    /// A kind of actor that newer code wrote down.
    #[serde(other)]
    Unknown,
}

/// Why it happened: the request or the event that led to it, and how many events lie between it and the first cause.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Cause {
    /// The request, as in the logs and in the `X-Request-Id` header of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The event that was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// 0 for what a person or a schedule did, one more for each event in between.
    #[serde(default)]
    pub depth: u8,
}

impl Cause {
    /// The cause of what a request brings about.
    pub fn request(request_id: impl Into<String>) -> Self {
        Self { request_id: Some(request_id.into()), ..Self::default() }
    }

    /// The cause of what follows from a record that is handled later, such as a mail that is sent or a time that comes: one link
    /// further from the first cause than the decision that stored the record.
    #[must_use]
    pub fn later(&self, request_id: impl Into<String>) -> Self {
        Self { request_id: Some(request_id.into()), event_id: self.event_id, depth: self.depth.saturating_add(1) }
    }

    /// Whether the chain of causes is so long that it can only be a loop.
    pub fn is_loop(&self) -> bool {
        self.depth > DEEPEST_CAUSE
    }
}
