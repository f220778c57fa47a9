//! A store in memory that keeps to the same conditions as the real one.

use std::collections::BTreeMap;

use domain::{
    Account, Actor, Cause, Challenge, Condition, Context, Credential, Customer, Decision, Device, DeviceSighting,
    Event, Message, PasswordReset, Record, Registration, Requirement, Session, Standing,
};
use jiff::{SignedDuration, Timestamp};

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) now: Timestamp,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) credentials: BTreeMap<String, Credential>,
    pub(crate) customers: BTreeMap<String, Customer>,
    pub(crate) challenges: BTreeMap<String, Challenge>,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) messages: BTreeMap<String, Message>,
    pub(crate) resets: BTreeMap<String, PasswordReset>,
    pub(crate) registrations: BTreeMap<String, Registration>,
    pub(crate) sessions: BTreeMap<String, Session>,
    pub(crate) events: Vec<Event>,
    decisions: u8,
}

impl Memory {
    pub(crate) fn context(&mut self) -> Context {
        self.decisions = self.decisions.wrapping_add(1);
        Context::new(self.now, Actor::System, Cause::default(), [self.decisions; 10])
    }

    pub(crate) fn pass(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Stores a decision; false, and nothing is stored, if a condition does not hold.
    pub(crate) fn commit(&mut self, decision: Decision) -> bool {
        let allowed = decision.saves.iter().all(|save| self.holds(&save.record, save.condition))
            && decision.removals.iter().all(|removal| self.version(&removal.record) == Some(removal.version))
            && decision.requirements.iter().all(|requirement| self.fulfils(requirement));
        if allowed {
            for save in decision.saves {
                self.save(save.record);
            }
            for removal in decision.removals {
                self.remove(&removal.record);
            }
            for sighting in decision.sightings {
                self.sight(sighting);
            }
            for proof in decision.proofs {
                let credential = self.credentials.get_mut(proof.email.as_str()).unwrap();
                assert_eq!(credential.account_id, proof.account_id);
                credential.standing = Standing::Proven;
            }
            self.events.extend(decision.events);
        }
        allowed
    }

    fn holds(&self, record: &Record, condition: Condition) -> bool {
        let held = match record {
            Record::Credential(credential) => self.credentials.get(credential.email.as_str()),
            _ => None,
        };
        match condition {
            Condition::New => self.version(record).is_none(),
            Condition::Unchanged(version) => self.version(record) == Some(version),
            Condition::Held { account_id, revision } => {
                held.is_some_and(|held| held.account_id == account_id && held.revision == revision)
            }
            Condition::Unproven { account_id, revision } => held.is_some_and(|held| {
                held.account_id == account_id && held.revision == revision && held.standing != Standing::Proven
            }),
        }
    }

    fn fulfils(&self, requirement: &Requirement) -> bool {
        match requirement {
            Requirement::OpenAccount { account_id, credential_revision, session_revision } => {
                let account = &self.accounts[&account_id.to_string()];
                account.is_open()
                    && account.credential_revision == *credential_revision
                    && account.session_revision == *session_revision
            }
            Requirement::UnknownAddress(email) => !self.credentials.contains_key(email.as_str()),
            Requirement::KnownAddress(email) => self.credentials.contains_key(email.as_str()),
        }
    }

    fn sight(&mut self, sighting: DeviceSighting) {
        let DeviceSighting { account_id, device_id: id, owner_revision, label, at } = sighting;
        let first_seen_at = self.devices.get(&id.to_string()).map_or(at, |device| device.first_seen_at);
        let device = Device { id, account_id, owner_revision, label, name: None, first_seen_at, last_seen_at: at };
        self.devices.insert(id.to_string(), device);
    }

    fn remove(&mut self, record: &Record) {
        match record {
            Record::Session(record) => drop(self.sessions.remove(&record.id.to_string())),
            Record::Challenge(record) => drop(self.challenges.remove(&record.id.to_string())),
            Record::PasswordReset(record) => drop(self.resets.remove(&record.id.to_string())),
            other => panic!("{other:?} is not removed here"),
        }
    }

    fn version(&self, record: &Record) -> Option<u64> {
        match record {
            Record::Account(record) => self.accounts.get(&record.id.to_string()).map(|held| held.version),
            Record::Challenge(record) => self.challenges.get(&record.id.to_string()).map(|held| held.version),
            Record::PasswordReset(record) => self.resets.get(&record.id.to_string()).map(|held| held.version),
            Record::Credential(record) => self.credentials.get(record.email.as_str()).map(|_| 1),
            Record::Customer(record) => self.customers.get(&record.id.to_string()).map(|held| held.version),
            Record::Message(record) => self.messages.get(&record.id.to_string()).map(|held| held.version),
            Record::Registration(record) => self.registrations.get(&record.id.to_string()).map(|held| held.version),
            Record::Session(record) => self.sessions.get(&record.id.to_string()).map(|held| held.version),
            other => panic!("{other:?} is not kept here"),
        }
    }

    fn save(&mut self, record: Record) {
        let version = self.version(&record).unwrap_or_default() + 1;
        match record {
            Record::Account(record) => drop(self.accounts.insert(record.id.to_string(), Account { version, ..record })),
            Record::Challenge(record) => {
                drop(self.challenges.insert(record.id.to_string(), Challenge { version, ..record }));
            }
            Record::PasswordReset(record) => {
                drop(self.resets.insert(record.id.to_string(), PasswordReset { version, ..record }));
            }
            Record::Credential(record) => drop(self.credentials.insert(record.email.to_string(), record)),
            Record::Customer(record) => {
                drop(self.customers.insert(record.id.to_string(), Customer { version, ..record }));
            }
            Record::Message(record) => drop(self.messages.insert(record.id.to_string(), Message { version, ..record })),
            Record::Registration(record) => {
                drop(self.registrations.insert(record.id.to_string(), Registration { version, ..record }));
            }
            Record::Session(record) => drop(self.sessions.insert(record.id.to_string(), Session { version, ..record })),
            other => panic!("{other:?} is not kept here"),
        }
    }
}
