//! What happened: the history of a customer, and what automations and other systems are told.
//!
//! The envelope carries a type and data, so an event of a kind that this code does not know passes through the relay, the bus and
//! the history untouched: newer code may have written it. An area declares its kinds by [`EventKind`], each beside its data.

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use values::{AccountId, CustomerId, EventId};

use crate::record::attributes;
use crate::{Actor, Cause, Guard, Key, Put, Record};

/// The thing in whose history an event is kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum Subject {
    /// A customer.
    Customer {
        /// Which.
        customer_id: CustomerId,
    },
    /// A member of staff.
    Staff {
        /// Which.
        account_id: AccountId,
    },
    /// Settings of the business.
    Settings {
        /// Which.
        name: String,
    },
}

impl Subject {
    /// The history of a customer.
    pub fn customer(customer_id: CustomerId) -> Self {
        Self::Customer { customer_id }
    }

    /// The history of settings.
    pub fn settings(name: impl Into<String>) -> Self {
        Self::Settings { name: name.into() }
    }

    /// The partition of its history: events, messages, and runs of automations. Apart from the record itself, so that the right to
    /// write an event never includes the right to write a customer.
    pub fn partition(&self) -> String {
        match self {
            Self::Customer { customer_id } => format!("HISTORY#{customer_id}"),
            Self::Staff { account_id } => format!("HISTORY#{account_id}"),
            Self::Settings { name } => format!("HISTORY#{name}"),
        }
    }
}

/// One event. Its serialised form is the `detail` on the event bus and an item of the history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Consumers that have seen it before do nothing.
    pub id: EventId,
    /// When it happened.
    pub at: Timestamp,
    /// Whom it concerns.
    pub subject: Subject,
    /// Who did it.
    pub actor: Actor,
    /// Why.
    pub cause: Cause,
    /// Its kind, as rules on the event bus match it.
    #[serde(rename = "type")]
    pub kind: String,
    /// What its kind says, as its schema in docs/events.md has it.
    pub data: Value,
}

impl Event {
    /// Whether it is of a kind.
    pub fn is<K: EventKind>(&self) -> bool {
        self.kind == K::TYPE
    }

    /// What it says, if it is of that kind and says it in a form that this code knows.
    pub fn read<K: EventKind>(&self) -> Option<K> {
        if self.is::<K>() { serde_json::from_value(self.data.clone()).ok() } else { None }
    }

    /// The cause of what the answer to it brings about.
    pub fn as_cause(&self, request_id: impl Into<String>) -> Cause {
        let depth = self.cause.depth.saturating_add(1);
        Cause { request_id: Some(request_id.into()), event_id: Some(self.id), depth }
    }

    /// The write that adds it to its history.
    pub fn put(&self) -> Put {
        Put { place: self.key().into_place(), attributes: attributes(self), guard: Guard::Absent }
    }

    /// Where an event of a subject lies.
    pub fn key_of(subject: &Subject, id: EventId) -> Key<Self> {
        Key::new(subject.partition(), format!("{}#{id}", Self::KIND))
    }
}

impl Record for Event {
    const KIND: &'static str = "EVENT";

    fn key(&self) -> Key<Self> {
        Self::key_of(&self.subject, self.id)
    }
}

/// Who may read events of a kind in a history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Staff only.
    Staff,
    /// The customer whom it concerns as well, and a company's own people.
    Customer,
}

/// A kind of event: its data. No event carries a secret, nor more about a person than is needed to understand it.
pub trait EventKind: Serialize + DeserializeOwned + JsonSchema {
    /// Its name, as rules on the event bus match it.
    const TYPE: &'static str;

    /// Who may read it. Closed unless the kind says otherwise.
    const AUDIENCE: Audience = Audience::Staff;

    /// What of it customers read, where they may; none if this one is not for them.
    #[must_use]
    fn for_customer(self) -> Option<Self> {
        Some(self)
    }
}

/// A kind of event in a list of kinds.
#[derive(Clone, Copy)]
pub struct EventType {
    /// Its name.
    pub name: &'static str,
    /// Who may read it.
    pub audience: Audience,
    /// The [JSON Schema](https://json-schema.org/draft/2020-12) of its data.
    pub schema: fn(&mut SchemaGenerator) -> Schema,
    for_customer: fn(&Event) -> Option<Value>,
}

impl EventType {
    /// The entry of a kind.
    pub const fn of<K: EventKind>() -> Self {
        Self {
            name: K::TYPE,
            audience: K::AUDIENCE,
            schema: SchemaGenerator::root_schema_for::<K>,
            for_customer: |event| serde_json::to_value(event.read::<K>()?.for_customer()?).ok(),
        }
    }

    /// What customers read of an event of this kind; nothing where they may not.
    pub fn data_for_customer(&self, event: &Event) -> Option<Value> {
        match self.audience {
            Audience::Staff => None,
            Audience::Customer => (self.for_customer)(event),
        }
    }
}
