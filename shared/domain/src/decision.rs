//! What a decision asks of the store: everything in it is committed, or nothing.

use jiff::Timestamp;

use crate::{
    Account, AccountId, AddressChange, Administrators, BusinessSettings, Challenge, Credential, Customer, DeviceId,
    DeviceNaming, DeviceSighting, EmailAddress, Employee, Event, Holder, Invitation, Kind, Language, Message,
    PasswordReset, Registration, RegistrationSettings, RegistrationState, Run, Session,
};

/// A record to save.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// See [`Account`].
    Account(Account),
    /// See [`AddressChange`].
    AddressChange(AddressChange),
    /// See [`Administrators`].
    Administrators(Administrators),
    /// See [`BusinessSettings`].
    BusinessSettings(BusinessSettings),
    /// See [`Challenge`].
    Challenge(Challenge),
    /// See [`Credential`].
    Credential(Credential),
    /// See [`Customer`].
    Customer(Customer),
    /// See [`Employee`].
    Employee(Employee),
    /// See [`Invitation`].
    Invitation(Invitation),
    /// See [`Message`].
    Message(Message),
    /// See [`PasswordReset`].
    PasswordReset(PasswordReset),
    /// See [`Registration`].
    Registration(Registration),
    /// See [`RegistrationSettings`].
    RegistrationSettings(RegistrationSettings),
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
records!(
    Account,
    AddressChange,
    Administrators,
    BusinessSettings,
    Challenge,
    Credential,
    Customer,
    Employee,
    Invitation,
    Message,
    PasswordReset,
    Registration,
    RegistrationSettings,
    Run,
    Session
);

/// What must hold for a record to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// There is none yet.
    New,
    /// It is still the version that was read.
    Unchanged(u64),
    /// It is the credential of this account, with this password, and nobody has proven the address.
    Unproven {
        /// The account.
        account_id: AccountId,
        /// Which password it was.
        revision: u32,
    },
    /// It is the credential of this account, with this password.
    Held {
        /// The account.
        account_id: AccountId,
        /// Which password it was.
        revision: u32,
    },
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
    /// Its version then.
    pub version: u64,
}

/// An address that its account logs in with no more: its credential is removed, if it is still this account's, with this password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The address.
    pub email: EmailAddress,
    /// The account.
    pub account_id: AccountId,
    /// Which password.
    pub revision: u32,
}

/// What must hold of a record that is not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requirement {
    /// The account can log in, with this password, and its sessions were not ended since.
    OpenAccount {
        /// The account.
        account_id: AccountId,
        /// Which password.
        credential_revision: u32,
        /// Which sessions.
        session_revision: u32,
    },
    /// The address has never been registered.
    UnknownAddress(EmailAddress),
    /// The address has been registered.
    KnownAddress(EmailAddress),
}

/// The address of an account is proven, whoever registered it; the password stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The address.
    pub email: EmailAddress,
    /// The account.
    pub account_id: AccountId,
}

/// The language in which an address is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressLanguage {
    /// The address.
    pub email: EmailAddress,
    /// The account.
    pub account_id: AccountId,
    /// The language.
    pub language: Language,
}

/// All that follows from one request, event or due time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decision {
    /// Records to save.
    pub saves: Vec<Save>,
    /// Records to remove.
    pub removals: Vec<Removal>,
    /// Addresses that log in no more.
    pub releases: Vec<Release>,
    /// Devices that were used.
    pub sightings: Vec<DeviceSighting>,
    /// Devices that were given another name.
    pub namings: Vec<DeviceNaming>,
    /// Devices to forget.
    pub forgotten_devices: Vec<(AccountId, DeviceId)>,
    /// Addresses that were proven.
    pub proofs: Vec<Proof>,
    /// Addresses that are written to in another language.
    pub languages: Vec<AddressLanguage>,
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

    /// Saves the credential of an address that nobody has proven, with the password as it was read or another that does not
    /// count yet.
    pub fn claim(&mut self, credential: Credential) {
        let condition = Condition::Unproven { account_id: credential.account_id, revision: credential.revision };
        self.saves.push(Save { record: Record::Credential(credential), condition });
    }

    /// Saves the next credential of an address that nobody has proven.
    pub fn take_over(&mut self, credential: Credential) {
        let revision = credential.revision.saturating_sub(1);
        let condition = Condition::Unproven { account_id: credential.account_id, revision };
        self.saves.push(Save { record: Record::Credential(credential), condition });
    }

    /// Saves the next credential of an address.
    pub fn replace(&mut self, credential: Credential) {
        let revision = credential.revision.saturating_sub(1);
        let condition = Condition::Held { account_id: credential.account_id, revision };
        self.saves.push(Save { record: Record::Credential(credential), condition });
    }

    /// Saves the first credential of a proven address, in place of one that nobody has proven.
    pub fn displace(&mut self, credential: Credential, unproven: &Credential) {
        let condition = Condition::Unproven { account_id: unproven.account_id, revision: unproven.revision };
        self.saves.push(Save { record: Record::Credential(credential), condition });
    }

    /// Removes the credential of the address that an account logs in with, and no more from now on.
    pub fn release(&mut self, account: &Account) {
        let Account { email, id: account_id, credential_revision: revision, .. } = account.clone();
        self.releases.push(Release { email, account_id, revision });
    }

    /// Notes that the address of an account is proven.
    pub fn prove(&mut self, email: EmailAddress, account_id: AccountId) {
        self.proofs.push(Proof { email, account_id });
    }

    /// Removes a record that was read before, in `version`.
    pub fn remove(&mut self, record: impl Into<Record>, version: u64) {
        self.removals.push(Removal { record: record.into(), version });
    }
}

/// A list that a record stands in, and where: lists are read in the order of their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The list.
    pub list: List,
    /// What the list is ordered by; the record's id comes after it.
    pub since: Timestamp,
}

/// Lists of records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum List {
    /// Registrations that an administrator is to decide about, by kind of customer.
    AwaitingApproval(Kind),
    /// Accounts of staff.
    Staff,
}

impl List {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::AwaitingApproval(Kind::Person) => "awaiting-approval#person",
            Self::AwaitingApproval(Kind::Company) => "awaiting-approval#company",
            Self::Staff => "staff",
        }
    }
}

impl Record {
    /// The list that it stands in, if it does.
    pub fn listing(&self) -> Option<Listing> {
        match self {
            Self::Registration(Registration {
                state: RegistrationState::AwaitingApproval { since }, profile, ..
            }) => Some(Listing { list: List::AwaitingApproval(profile.kind), since: *since }),
            Self::Account(Account { holder: Holder::Staff { .. }, created_at, .. }) => {
                Some(Listing { list: List::Staff, since: *created_at })
            }
            _ => None,
        }
    }

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
            Self::AddressChange(change) => Some(change.expires_at()),
            Self::Challenge(challenge) => Some(challenge.expires_at()),
            Self::Invitation(invitation) => invitation.expires_at(),
            Self::PasswordReset(reset) => Some(reset.expires_at()),
            Self::Registration(registration) => registration.expires_at(),
            Self::Session(session) => Some(session.refreshable_until()),
            _ => None,
        }
    }
}
