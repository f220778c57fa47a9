//! Answers to requests that may be sent again, as the
//! [Idempotency-Key draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/) has it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An answer, sealed. It is stored in the same transaction as what was answered, so it exists exactly if that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnceRecord {
    /// The sealed answer, base64.
    pub sealed_answer: String,
    /// Until when it is kept.
    pub kept_until: Timestamp,
}
