//! What a mail says, before anybody puts it into words.
//!
//! A mail is a type that implements [`Mail`], a folder of sentences in `shared/mail`, and nothing else: the message keeps the name of
//! its template and the facts that the sentences may mention, and the words are added in the reader's language when it is sent.
//!
//! A mail to an address that nobody has proven carries nothing that a stranger typed. Otherwise registering would be a way to write to
//! anybody.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use values::{AccountId, ChallengeId};

use crate::{LinkTarget, Page};

/// A kind of mail.
pub trait Mail {
    /// The name of its template.
    const TEMPLATE: &'static str;

    /// Whether it goes to an address that may be somebody else's. Then customers do not see what became of it.
    const TO_OTHERS: bool = false;

    /// What its sentences may mention, besides the business.
    fn facts(&self) -> Facts {
        Facts::default()
    }

    /// What only its reader may learn.
    fn secret(&self) -> Option<Secret> {
        None
    }

    /// The page where its reader does what it asks for, if that takes no link of one's own.
    fn page(&self) -> Option<Page> {
        None
    }

    /// When it has become useless: it is not sent any more, however late it is.
    fn expires_at(&self) -> Option<Timestamp> {
        None
    }
}

/// What only the reader of a mail may learn. It is derived when the mail is sent and stored nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Secret {
    /// The token of a link.
    Link {
        /// What the link leads to.
        target: LinkTarget,
    },
    /// The code of a challenge.
    Code {
        /// Who logs in.
        account_id: AccountId,
        /// What the code is derived from.
        challenge_id: ChallengeId,
    },
}

/// A fact that sentences can mention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fact {
    /// Words as somebody typed them, or a term that sentences choose by.
    Text(String),
    /// The name of one of the sentences that all mails share, such as that of a role. What has none is mentioned as it is.
    Term(String),
    /// Words that stand apart, as somebody's own.
    Quote(String),
    /// A moment.
    Moment(Timestamp),
    /// A number, which sentences can choose by.
    Number(i64),
    /// That there is none.
    Missing,
}

/// The facts of a mail by name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<String, Fact>);

impl Facts {
    /// With a fact.
    #[must_use]
    pub fn with(mut self, name: &str, fact: Fact) -> Self {
        self.0.insert(name.to_owned(), fact);
        self
    }

    /// With words.
    #[must_use]
    pub fn text(self, name: &str, text: impl Into<String>) -> Self {
        self.with(name, Fact::Text(text.into()))
    }

    /// With words, if there are any. Sentences can choose by `$has-…`, which is `yes` or `no`.
    #[must_use]
    pub fn optional(self, name: &str, text: Option<impl Into<String>>) -> Self {
        self.with(name, text.map_or(Fact::Missing, |text| Fact::Text(text.into())))
    }

    /// With a moment.
    #[must_use]
    pub fn moment(self, name: &str, moment: Timestamp) -> Self {
        self.with(name, Fact::Moment(moment))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.0.iter().map(|(name, fact)| (name.as_str(), fact))
    }
}
