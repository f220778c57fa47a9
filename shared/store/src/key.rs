//! Where each kind of record lies. The table in docs/ARCHITECTURE.md says the same in prose.

use std::marker::PhantomData;

use domain::{
    Account, AccountId, AddressChange, AddressChangeId, Administrators, BusinessSettings, Challenge, ChallengeId,
    Credential, Customer, CustomerId, Device, DeviceId, EmailAddress, Employee, EmployeeId, Event, EventId, Invitation,
    InvitationId, Message, MessageId, PasswordReset, PasswordResetId, Record, Registration, RegistrationId,
    RegistrationSettings, Roles, Run, Session, SessionId, SettingsName, Subject,
};

use crate::{Counter, OnceRecord};

/// Where a record of type `T` lies.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Key<T> {
    pub(crate) pk: String,
    pub(crate) sk: String,
    record: PhantomData<fn() -> T>,
}

impl<T> Clone for Key<T> {
    fn clone(&self) -> Self {
        Self::new(self.pk.clone(), self.sk.clone())
    }
}

impl<T> Key<T> {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into(), record: PhantomData }
    }
}

/// The partition in which the history of a subject is kept, with its messages and runs.
pub(crate) fn partition(subject: Subject) -> String {
    match subject {
        Subject::Customer { customer_id } => customer_partition(customer_id),
        Subject::Staff { account_id } => account_partition(account_id),
        Subject::Settings { name } => settings_partition(name),
    }
}

fn settings_partition(name: SettingsName) -> String {
    format!("SETTINGS#{}", name.name())
}

pub(crate) fn customer_partition(id: CustomerId) -> String {
    format!("CUSTOMER#{id}")
}

pub(crate) fn account_partition(id: AccountId) -> String {
    format!("ACCOUNT#{id}")
}

impl Key<Customer> {
    /// A customer.
    pub fn customer(id: CustomerId) -> Self {
        Self::new(customer_partition(id), "CUSTOMER")
    }
}

impl Key<Employee> {
    pub(crate) const PREFIX: &str = "EMPLOYEE#";

    /// Somebody who works at a company.
    pub fn employee(company: CustomerId, id: EmployeeId) -> Self {
        Self::new(customer_partition(company), format!("{}{id}", Self::PREFIX))
    }
}

impl Key<Account> {
    /// An account.
    pub fn account(id: AccountId) -> Self {
        Self::new(account_partition(id), "ACCOUNT")
    }
}

impl Key<Credential> {
    /// What an address logs in with.
    pub fn credential(email: &EmailAddress) -> Self {
        Self::new(format!("CREDENTIAL#{email}"), "CREDENTIAL")
    }
}

impl Key<Registration> {
    /// A registration. In a partition of its own, so that whoever decides about it needs no more than its id.
    pub fn registration(id: RegistrationId) -> Self {
        Self::new(format!("REGISTRATION#{id}"), "REGISTRATION")
    }
}

impl Key<RegistrationSettings> {
    /// The registration policy.
    pub fn registration_settings() -> Self {
        Self::new(settings_partition(SettingsName::Registration), "SETTINGS")
    }
}

impl Key<BusinessSettings> {
    /// How the business shows itself.
    pub fn business_settings() -> Self {
        Self::new(settings_partition(SettingsName::Business), "SETTINGS")
    }
}

impl Key<Roles> {
    /// The roles of staff.
    pub fn roles() -> Self {
        Self::new("STAFF", "ROLES")
    }
}

impl Key<Administrators> {
    /// Who can manage staff.
    pub fn administrators() -> Self {
        Self::new("STAFF", "ADMINISTRATORS")
    }
}

impl Key<Challenge> {
    /// A login of an account that waits for its code.
    pub fn challenge(account: AccountId, id: ChallengeId) -> Self {
        Self::new(account_partition(account), format!("CHALLENGE#{id}"))
    }
}

impl Key<PasswordReset> {
    /// A password reset of an account.
    pub fn password_reset(account: AccountId, id: PasswordResetId) -> Self {
        Self::new(account_partition(account), format!("PASSWORD_RESET#{id}"))
    }
}

impl Key<AddressChange> {
    /// A change of an account's address.
    pub fn address_change(account: AccountId, id: AddressChangeId) -> Self {
        Self::new(account_partition(account), format!("ADDRESS_CHANGE#{id}"))
    }
}

impl Key<Invitation> {
    /// An invitation of an account.
    pub fn invitation(account: AccountId, id: InvitationId) -> Self {
        Self::new(account_partition(account), format!("INVITATION#{id}"))
    }
}

impl Key<Session> {
    pub(crate) const PREFIX: &str = "SESSION#";

    /// A session of an account.
    pub fn session(account: AccountId, id: SessionId) -> Self {
        Self::new(account_partition(account), format!("{}{id}", Self::PREFIX))
    }
}

impl Key<Device> {
    pub(crate) const PREFIX: &str = "DEVICE#";

    /// A device known to an account.
    pub fn device(account: AccountId, id: DeviceId) -> Self {
        Self::new(account_partition(account), format!("{}{id}", Self::PREFIX))
    }
}

impl Key<Message> {
    /// A message to a subject.
    pub fn message(subject: Subject, id: MessageId) -> Self {
        Self::new(partition(subject), format!("MESSAGE#{id}"))
    }
}

impl Key<Run> {
    /// The run of an automation over an event, for one recipient where there are several.
    pub fn run(run: &Run) -> Self {
        let recipient = run.recipient.map(|account| format!("#{account}")).unwrap_or_default();
        Self::new(partition(run.subject), format!("RUN#{}#{}{recipient}", run.automation.name(), run.event_id))
    }
}

impl Key<Event> {
    pub(crate) const PREFIX: &str = "EVENT#";

    /// An event in the history of a subject.
    pub fn event(subject: Subject, id: EventId) -> Self {
        Self::new(partition(subject), format!("{}{id}", Self::PREFIX))
    }
}

impl Key<OnceRecord> {
    /// The answer to a request that carried an `Idempotency-Key`, by a hash over who asked what with which key.
    pub fn once(hash: &str) -> Self {
        Self::new(format!("IDEMPOTENCY#{hash}"), "IDEMPOTENCY")
    }
}

impl Key<Counter> {
    /// A counter of attempts on one day, by a hash over what is tried.
    pub fn counter(hash: &str, day: i64) -> Self {
        Self::new(format!("LIMIT#{hash}"), format!("DAY#{day}"))
    }
}

/// Where a record lies, whatever its kind.
pub(crate) fn of(record: &Record) -> (String, String) {
    fn parts<T>(key: Key<T>) -> (String, String) {
        (key.pk, key.sk)
    }
    match record {
        Record::Account(account) => parts(Key::account(account.id)),
        Record::AddressChange(change) => parts(Key::address_change(change.account_id, change.id)),
        Record::Administrators(_) => parts(Key::administrators()),
        Record::BusinessSettings(_) => parts(Key::business_settings()),
        Record::Challenge(challenge) => parts(Key::challenge(challenge.account_id, challenge.id)),
        Record::Credential(credential) => parts(Key::credential(&credential.email)),
        Record::Customer(customer) => parts(Key::customer(customer.id)),
        Record::Employee(employee) => parts(Key::employee(employee.customer_id, employee.id)),
        Record::Invitation(invitation) => parts(Key::invitation(invitation.account_id, invitation.id)),
        Record::Message(message) => parts(Key::message(message.subject, message.id)),
        Record::PasswordReset(reset) => parts(Key::password_reset(reset.account_id, reset.id)),
        Record::Registration(registration) => parts(Key::registration(registration.id)),
        Record::RegistrationSettings(_) => parts(Key::registration_settings()),
        Record::Run(run) => parts(Key::run(run)),
        Record::Session(session) => parts(Key::session(session.account_id, session.id)),
    }
}
