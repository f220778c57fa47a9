//! The mailbox: the last mails that SES took, for people to read and for tests to find.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::journal::Journal;

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
    /// Where answers go, if not to the sender; several addresses are separated by commas.
    #[serde(default)]
    pub reply_to: String,
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
pub(crate) struct Mailbox(Arc<Journal<Mail>>);

impl Mailbox {
    pub(crate) fn new(mails: Arc<Journal<Mail>>) -> Self {
        Self(mails)
    }

    pub(crate) fn put(&self, mail: Mail) {
        self.0.push(mail);
    }

    /// All mails, the newest first.
    pub(crate) fn all(&self) -> Vec<Mail> {
        self.0.newest_first()
    }

    pub(crate) fn find(&self, id: &str) -> Option<Mail> {
        self.0.read(|mails| mails.iter().find(|mail| mail.id == id).cloned())
    }

    pub(crate) fn clear(&self) {
        self.0.clear();
    }
}
