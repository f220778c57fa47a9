//! Answers to requests that may be sent again, as the
//! [Idempotency-Key draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/) has it.

use decision::{Index, Key, Record};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An answer, sealed. It is stored in the same transaction as what was answered, so it exists exactly if that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IdempotencyRecord {
    /// A hash over who asked what with which `Idempotency-Key`: its key, which the item has no need to repeat.
    #[serde(skip)]
    pub hash: String,
    /// The sealed answer, base64.
    pub sealed_answer: String,
    /// Until when it is kept.
    pub kept_until: Timestamp,
}

impl Record for IdempotencyRecord {
    const KIND: &'static str = "IDEMPOTENCY";

    fn key(&self) -> Key<Self> {
        Self::key_of(&self.hash)
    }

    fn index(&self) -> Index {
        Index { expires_at: Some(self.kept_until), ..Index::default() }
    }
}

impl IdempotencyRecord {
    /// Where the answer to a request lies.
    pub fn key_of(hash: &str) -> Key<Self> {
        Key::new(format!("IDEMPOTENCY#{hash}"), Self::KIND)
    }
}
