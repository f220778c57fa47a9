//! The mailbox: every mail that SES took, for people to read and for tests to find.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kept::Kept;

/// How many mails are kept in memory.
const IN_MEMORY: usize = 20_000;

/// How many mails are kept in a file, which is written as a whole.
const IN_A_FILE: usize = 1_000;

/// A mail.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// The id that SES gave it.
    pub id: String,
    /// Who sent it.
    pub from: String,
    /// Whom it was sent to; several addresses are separated by commas.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text part.
    pub text: String,
    /// Its HTML part.
    pub html: String,
    /// When it was sent, by the clock of the cloud.
    pub sent_at: Timestamp,
}

/// The mails of a cloud.
pub(crate) struct Mailbox {
    mails: Arc<Kept<VecDeque<Mail>>>,
    most: usize,
}

impl Mailbox {
    pub(crate) fn new(mails: Arc<Kept<VecDeque<Mail>>>) -> Self {
        let most = if mails.has_file() { IN_A_FILE } else { IN_MEMORY };
        Self { mails, most }
    }

    pub(crate) fn put(&self, mail: Mail) {
        self.mails.change(|mails| {
            mails.push_back(mail);
            while mails.len() > self.most {
                mails.pop_front();
            }
        });
    }

    /// All mails, the newest first.
    pub(crate) fn all(&self) -> Vec<Mail> {
        self.mails.read(|mails| mails.iter().rev().cloned().collect())
    }

    pub(crate) fn find(&self, id: &str) -> Option<Mail> {
        self.mails.read(|mails| mails.iter().find(|mail| mail.id == id).cloned())
    }

    pub(crate) fn clear(&self) {
        self.mails.change(VecDeque::clear);
    }
}
