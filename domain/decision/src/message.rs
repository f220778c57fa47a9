//! Mails, as records first.
//!
//! A mail is stored with the change that asks for it and sent afterwards, so the mail service being down loses none. The
//! states are
//!
//! ```text
//! pending ──claim──► sending ──accepted──► sent
//!    ▲                  │ ├──refused, attempts left──► waiting ──revive──► pending
//!    └──── revive ──────┘ └──refused for good──► failed
//!     (nobody said what became of it)
//!
//! no attempts left, or of no use any more ──► failed, from whichever state
//! ```
//!
//! What it trades: the mail service has no idempotency key. When the answer to "send" is lost, the message stays in *sending*
//! for [`LEASE`]; the service's own notice that it accepted the mail settles it in that time, and only without either is the mail
//! tried again. A mail may so arrive twice when both answer and notice are lost; it never fails to arrive for lack of trying.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use values::{EmailAddress, Language, MessageId};

use crate::{Cause, Context, Decision, Due, Facts, Index, Key, Mail, Page, Record, Secret, Subject, versioned};
use events::{MessageFailed, MessageSent};

/// How long one attempt may take before it counts as lost.
pub const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// How long a pending message may lie before it is offered to delivery once more.
const OVERLOOKED_AFTER: SignedDuration = SignedDuration::from_mins(15);

/// Attempts are made for about three days: the first waits add up to 2 h, the rest are 6 h each.
const ATTEMPTS: u32 = 20;

/// Where a message stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum MessageState {
    /// To be sent now.
    Pending {
        /// When it is offered to delivery once more if nothing happens before.
        due_at: Timestamp,
    },
    /// Refused for now, and tried again later.
    Waiting {
        /// When it is tried again.
        due_at: Timestamp,
    },
    /// Being handed to the mail service.
    Sending {
        /// When the attempt counts as lost.
        due_at: Timestamp,
    },
    /// Accepted by the mail service.
    Sent {
        /// When it was accepted.
        sent_at: Timestamp,
    },
    /// Given up.
    Failed {
        /// When it was given up.
        failed_at: Timestamp,
        /// What the mail service said last, or what else was in the way.
        reason: String,
    },
    /// A state that newer code wrote down. This code leaves the message alone.
    #[serde(other)]
    Unknown,
}

/// A mail to one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id, which the mail carries as a tag however often it is tried.
    pub id: MessageId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// In whose history it belongs.
    pub subject: Subject,
    /// The address that it is sent to.
    pub to: EmailAddress,
    /// The reader's language.
    pub language: Language,
    /// The name of its template.
    pub template: String,
    /// Whether its address may be somebody else's.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub to_others: bool,
    /// What its sentences may mention.
    pub facts: Facts,
    /// What only its reader may learn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret>,
    /// The page that it leads to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Page>,
    /// When it has become useless.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub useless_from: Option<Timestamp>,
    /// Why it was decided to send it.
    #[serde(default)]
    pub cause: Cause,
    /// Where it stands.
    #[serde(flatten)]
    pub state: MessageState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was decided to send it.
    pub created_at: Timestamp,
}

/// What came of an attempt to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The mail service took it.
    Accepted,
    /// It was not sent, and may be later.
    Refused(String),
    /// The mail service will never take it.
    Rejected(String),
}

impl Message {
    /// A message to be sent at once.
    pub fn new<M: Mail>(context: &Context, subject: Subject, to: EmailAddress, language: Language, mail: &M) -> Self {
        Self {
            id: context.mint(),
            version: 0,
            subject,
            to,
            language,
            template: M::TEMPLATE.to_owned(),
            to_others: M::TO_OTHERS,
            facts: mail.facts(),
            secret: mail.secret(),
            page: mail.page(),
            useless_from: mail.expires_at(),
            cause: context.cause.clone(),
            state: MessageState::Pending { due_at: context.now + OVERLOOKED_AFTER },
            attempts: 0,
            created_at: context.now,
        }
    }

    /// Where a message to a subject lies.
    pub fn key_of(subject: &Subject, id: MessageId) -> Key<Self> {
        Key::new(subject.partition(), format!("{}#{id}", Self::KIND))
    }

    /// When something is to be done about it.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self.state {
            MessageState::Pending { due_at } | MessageState::Waiting { due_at } | MessageState::Sending { due_at } => {
                Some(due_at)
            }
            MessageState::Sent { .. } | MessageState::Failed { .. } | MessageState::Unknown => None,
        }
    }

    fn in_state(&self, state: MessageState) -> Self {
        Self { state, ..self.clone() }
    }

    /// Why it is not tried any more, if it is not.
    fn is_over(&self, now: Timestamp) -> Option<&'static str> {
        if self.useless_from.is_some_and(|useless_from| useless_from <= now) {
            Some("what the mail brings has expired")
        } else if self.attempts >= ATTEMPTS {
            Some("no attempt got an answer")
        } else {
            None
        }
    }
}

impl Record for Message {
    const KIND: &'static str = "MESSAGE";

    fn key(&self) -> Key<Self> {
        Self::key_of(&self.subject, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { due: self.due_at().map(Due::at), ..Index::default() }
    }
}

/// Takes a pending message for sending, so that nobody else sends it; nothing if it is not pending. One that is not to be sent any
/// more is given up instead, and no message is returned. The message is returned as it will be once the decision is stored.
pub fn claim(message: &Message, context: &Context) -> (Option<Message>, Decision) {
    let mut decision = Decision::default();
    let MessageState::Pending { .. } = message.state else { return (None, decision) };
    if let Some(reason) = message.is_over(context.now) {
        return (None, give_up(message, reason.to_owned(), context));
    }
    let sending = MessageState::Sending { due_at: context.now + LEASE };
    let claimed = Message { attempts: message.attempts + 1, ..message.in_state(sending) };
    decision.update(message, &claimed);
    (Some(Message { version: message.version + 1, ..claimed }), decision)
}

/// Writes down what came of an attempt; nothing if the message is not being sent.
pub fn settle(message: &Message, outcome: Outcome, context: &Context) -> Decision {
    let MessageState::Sending { .. } = message.state else { return Decision::default() };
    match outcome {
        Outcome::Accepted => note_sent(message, context),
        Outcome::Refused(_) if message.attempts < ATTEMPTS => {
            let mut decision = Decision::default();
            let due_at = context.now + wait_after(message.attempts);
            decision.update(message, &message.in_state(MessageState::Waiting { due_at }));
            decision
        }
        Outcome::Refused(reason) | Outcome::Rejected(reason) => give_up(message, reason, context),
    }
}

/// Writes down that the mail service accepted the message; nothing if that is known.
pub fn note_sent(message: &Message, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if let MessageState::Sent { .. } | MessageState::Unknown = message.state {
        return decision;
    }
    let told = MessageSent { message_id: message.id, template: message.template.clone(), to_others: message.to_others };
    decision.events.push(context.event(message.subject.clone(), told));
    decision.update(message, &message.in_state(MessageState::Sent { sent_at: context.now }));
    decision
}

/// Offers a message that has come due to delivery again, or gives it up; nothing if it is not due.
pub fn revive(message: &Message, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if message.due_at().is_none_or(|due_at| context.now < due_at) {
        return decision;
    }
    if let Some(reason) = message.is_over(context.now) {
        return give_up(message, reason.to_owned(), context);
    }
    let pending = MessageState::Pending { due_at: context.now + OVERLOOKED_AFTER };
    decision.update(message, &message.in_state(pending));
    decision
}

fn give_up(message: &Message, reason: String, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let Message { id: message_id, ref template, to_others, .. } = *message;
    let told = MessageFailed { message_id, template: template.clone(), to_others, reason: reason.clone() };
    decision.events.push(context.event(message.subject.clone(), told));
    decision.update(message, &message.in_state(MessageState::Failed { failed_at: context.now, reason }));
    decision
}

fn wait_after(attempts: u32) -> SignedDuration {
    match attempts {
        0..=8 => SignedDuration::from_secs(30 * (1 << attempts.saturating_sub(1))),
        _ => SignedDuration::from_hours(6),
    }
}

pub mod events {
    //! See [`crate::events`].

    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};
    use values::MessageId;

    use crate::{Audience, EventKind, EventType};

    /// All kinds of events of messages.
    pub const EVENTS: &[EventType] = &[EventType::of::<MessageSent>(), EventType::of::<MessageFailed>()];

    /// A mail was handed to the mail service.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    pub struct MessageSent {
        /// The message.
        pub message_id: MessageId,
        /// Which mail, by the name of its template.
        pub template: String,
        /// Whether it went to an address that may be somebody else's. Customers are not told of such mails, because that would tell
        /// whether the address has an account.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub to_others: bool,
    }

    impl EventKind for MessageSent {
        const TYPE: &'static str = "message.sent";
        const AUDIENCE: Audience = Audience::Customer;

        fn for_customer(self) -> Option<Self> {
            (!self.to_others).then_some(self)
        }
    }

    /// A mail was given up: it could not be sent however often it was tried, or had become useless.
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
    #[serde(rename_all = "camelCase")]
    pub struct MessageFailed {
        /// The message.
        pub message_id: MessageId,
        /// Which mail, by the name of its template.
        pub template: String,
        /// Whether it went to an address that may be somebody else's. Customers are not told of such mails, because that would tell
        /// whether the address has an account.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub to_others: bool,
        /// What the mail service said last, or what else was in the way. Customers are not told.
        pub reason: String,
    }

    impl EventKind for MessageFailed {
        const TYPE: &'static str = "message.failed";
        const AUDIENCE: Audience = Audience::Customer;

        fn for_customer(self) -> Option<Self> {
            (!self.to_others).then(|| Self { reason: String::new(), ..self })
        }
    }
}
