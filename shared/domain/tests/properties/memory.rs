//! A store in memory that keeps to the same conditions as the real one.

use std::collections::BTreeMap;

use domain::{
    Account, AccountState, Condition, Context, Credential, Customer, Decision, Event, Message, Record, Registration,
    Requirement, Session,
};
use domain::{Actor, Cause};
use jiff::{SignedDuration, Timestamp};

#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) now: Timestamp,
    pub(crate) accounts: BTreeMap<String, Account>,
    pub(crate) credentials: BTreeMap<String, Credential>,
    pub(crate) customers: BTreeMap<String, Customer>,
    pub(crate) messages: BTreeMap<String, Message>,
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
                let Record::Session(session) = removal.record else { panic!("only sessions are removed") };
                self.sessions.remove(&session.id.to_string());
            }
            self.events.extend(decision.events);
        }
        allowed
    }

    fn holds(&self, record: &Record, condition: Condition) -> bool {
        match condition {
            Condition::New => self.version(record).is_none(),
            Condition::Unchanged(version) => self.version(record) == Some(version),
            Condition::UnprovenFor(account) => {
                let Record::Credential(credential) = record else { panic!("only credentials are claimed") };
                let held = self.credentials.get(credential.email.as_str());
                held.is_some_and(|held| held.account_id == account && !held.proven)
            }
        }
    }

    fn fulfils(&self, requirement: &Requirement) -> bool {
        match requirement {
            Requirement::ActiveAccount(id) => self.accounts[&id.to_string()].state == AccountState::Active,
            Requirement::UnknownAddress(email) => !self.credentials.contains_key(email.as_str()),
            Requirement::KnownAddress(email) => self.credentials.contains_key(email.as_str()),
        }
    }

    fn version(&self, record: &Record) -> Option<u64> {
        match record {
            Record::Account(record) => self.accounts.get(&record.id.to_string()).map(|held| held.version),
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
