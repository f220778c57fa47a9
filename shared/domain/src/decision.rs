//! What a decision asks of the store: everything in it is committed, or nothing.

use jiff::Timestamp;

use crate::{
    Account, AccountId, Credential, Customer, Device, DeviceSighting, EmailAddress, Event, Invitation, Message,
    Registration, Run, Session,
};

/// A record to save.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// See [`Account`].
    Account(Account),
    /// See [`Credential`].
    Credential(Credential),
    /// See [`Customer`].
    Customer(Customer),
    /// See [`Device`].
    Device(Device),
    /// See [`Invitation`].
    Invitation(Invitation),
    /// See [`Message`].
    Message(Message),
    /// See [`Registration`].
    Registration(Registration),
    /// See [`Run`].
    Run(Run),
    /// See [`Session`].
    Session(Session),
}

macro_rules! records {
    ($($name:ident),*) => {$(
        impl From<$name> for Record {
            fn from(record: $name) -> Self {
                Self::$name(record)
            }
        }
    )*};
}
records!(Account, Credential, Customer, Device, Invitation, Message, Registration, Run, Session);

/// What must hold for a record to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    New,
    /// It is still the version that was read.
    Unchanged(u64),
    /// The credential belongs to this account and nobody has proven the address.
    UnprovenFor(AccountId),
}

/// A record and the condition under which it is saved.
#[derive(Debug, Clone, PartialEq)]
pub struct Save {
    /// The record; the store gives it its next version.
    pub record: Record,
    /// The condition.
    pub condition: Condition,
}

/// A record to remove, if it is still the version that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Removal {
    /// The record as it was read.
    pub record: Record,
    /// Its version.
    pub version: u64,
}

/// What must hold of a record that is not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// The account can log in.
    ActiveAccount(AccountId),
    /// The address has never been registered.
    UnknownAddress(EmailAddress),
    /// The address has been registered.
    KnownAddress(EmailAddress),
}

/// All that follows from one request, event or due time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// Records to save.
    pub saves: Vec<Save>,
    /// Records to remove.
    pub removals: Vec<Removal>,
    /// Devices that were used.
    pub sightings: Vec<DeviceSighting>,
    /// What must hold besides.
    pub requirements: Vec<Requirement>,
    /// What happened.
    pub events: Vec<Event>,
}

impl Decision {
    /// Saves a record that does not exist yet.
    pub fn create(&mut self, record: impl Into<Record>) {
        self.saves.push(Save { record: record.into(), condition: Condition::New });
    }

    /// Saves a record that was read before, in `version`.
    pub fn update(&mut self, record: impl Into<Record>, version: u64) {
        self.saves.push(Save { record: record.into(), condition: Condition::Unchanged(version) });
    }

    /// Saves the credential of an address that nobody has proven.
    pub fn claim(&mut self, credential: Credential) {
        let condition = Condition::UnprovenFor(credential.account_id);
        self.saves.push(Save { record: Record::Credential(credential), condition });
    }

    /// Removes a record that was read before, in `version`.
    pub fn remove(&mut self, record: impl Into<Record>, version: u64) {
        self.removals.push(Removal { record: record.into(), version });
    }
}

impl Record {
    /// When something is to be done about the record, if ever.
    pub fn due_at(&self) -> Option<Timestamp> {
        match self {
            Self::Message(message) => message.due_at(),
            Self::Registration(registration) => registration.due_at(),
            _ => None,
        }
    }

    /// When the record has no more use and may disappear, at some time after.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self {
            Self::Invitation(invitation) => invitation.expires_at(),
            Self::Registration(registration) => registration.expires_at(),
            Self::Session(session) => Some(session.refreshable_until()),
            _ => None,
        }
    }
}
