//! How a customer comes in.
//!
//! ```text
//!                      ┌─────────── confirm ──────────┐
//! receive ──► awaiting confirmation ──confirm──► awaiting approval ──approve──► completed
//!    │            │  ▲ └─┘ resend                ▲    │        ▲                   ▲
//!    │            └──┼──expire──► expired        │    └─reject─┼──► rejected ──────┤ approve
//!    └───────────────┴───────────────────────────┴─────────────┴───────────────────┘
//!      where the policy asks for neither proof nor approval, each step on the way is left out
//! ```
//!
//! Before an address is proven, anybody can register it. Each attempt is a registration of its own, with the password chosen in
//! it; they share one account and one customer record, so strangers can neither multiply records nor block an address. The
//! account *stands on* one of them: the one whose password and profile count. That is
//!
//! - the one that was proven by its mailed link; the links of the others then stop working. Or, before any is proven,
//! - the first that needed no proof when it was received.
//!
//! Whoever proves the address takes the account over from one who did not: their password and profile count, they need what their
//! own registration's terms ask for, and all sessions and devices from before are out. A link proves who reads the mailbox, and not
//! that they registered; so it counts from the device that registered, with the password of the registration, or with a new one. Once
//! proven, the address cannot be registered again: its owner is told of attempts, and the attempt is kept as *taken*, so that logging in
//! tells the one who made it no more than registering did. docs/account-states.md has the whole table.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{
    Actor, Cause, Context, Due, Event, Index, Key, LinkTarget, List, Listing, Message, Record, Subject, versioned,
};
use domain_accounts::{Account, AccountState, DeviceSighting, PasswordHash};
use domain_customers::{Kind, Profile};
use domain_settings::{NextStep, Terms};
use values::{AccountId, CustomerId, DeviceId, DeviceLabel, EmailAddress, Lines, RegistrationId};

use crate::events::{AccountOpened, ApprovalRequested, OpenedBy};
use crate::mails::{ConfirmAddress, ConfirmRegistration, ConfirmationEffect};

/// How long a registration waits to be confirmed.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long a mailed link works; a new one can be asked for while the registration waits.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(3 * 24);

const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Where a registration stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum RegistrationState {
    /// Waits for its address to be proven, and counts for nothing before.
    AwaitingConfirmation,
    /// Waits for an administrator to decide.
    AwaitingApproval {
        /// Since when.
        since: Timestamp,
    },
    /// Let the account in.
    Completed {
        /// When.
        ended_at: Timestamp,
        /// What the administrator who approved said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Lines<500>>,
    },
    /// An administrator decided against it.
    Rejected {
        /// When.
        ended_at: Timestamp,
        /// What was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Lines<500>>,
    },
    /// Was not confirmed in time.
    Expired {
        /// When.
        ended_at: Timestamp,
    },
    /// Somebody else proved the address.
    Superseded {
        /// When.
        ended_at: Timestamp,
    },
    /// Its address has an account already. It can neither be proven nor decided about; the device that sent it is told the same as if
    /// the address were new.
    Taken,
    /// A state that newer code wrote down. Nothing is done to the registration.
    #[serde(other)]
    Unknown,
}

impl RegistrationState {
    /// The list of registrations that wait for a decision, by kind of customer.
    pub fn awaiting_approval(kind: Kind) -> List {
        match kind {
            Kind::Person => List("awaiting-approval#person"),
            Kind::Company => List("awaiting-approval#company"),
        }
    }
}

/// One attempt to register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
    /// Its id.
    pub id: RegistrationId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// The account that it opens.
    pub account_id: AccountId,
    /// The record it belongs to.
    pub customer_id: CustomerId,
    /// The address to prove.
    pub email: EmailAddress,
    /// What was said.
    pub profile: Profile,
    /// What it was received under.
    pub terms: Terms,
    /// The hash of the chosen password, while it does not count yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<PasswordHash>,
    /// The device it was sent from, known once it has proven the address.
    pub device_id: DeviceId,
    /// What that device calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_label: Option<DeviceLabel>,
    /// Where it stands.
    #[serde(flatten)]
    pub state: RegistrationState,
    /// Who decided about it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<Actor>,
    /// Until when the latest mailed link works; none if no link was mailed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link_expires_at: Option<Timestamp>,
    /// When its link was followed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_at: Option<Timestamp>,
    /// When it was received.
    pub received_at: Timestamp,
    /// Until when it waits to be confirmed.
    pub waits_until: Timestamp,
    /// Why it was received.
    #[serde(default)]
    pub cause: Cause,
}

impl Record for Registration {
    const KIND: &'static str = "REGISTRATION";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        let listing = match self.state {
            RegistrationState::AwaitingApproval { since } => {
                Some(Listing { list: RegistrationState::awaiting_approval(self.profile.kind), since })
            }
            _ => None,
        };
        Index { due: self.due_at().map(Due::at), listing, expires_at: self.expires_at() }
    }
}

impl Registration {
    /// Where a registration lies: in a partition of its own, so that whoever decides about it needs no more than its id.
    pub fn key_of(id: RegistrationId) -> Key<Self> {
        Key::new(format!("REGISTRATION#{id}"), Self::KIND)
    }

    /// When it expires, while it waits to be confirmed.
    pub fn due_at(&self) -> Option<Timestamp> {
        (self.state == RegistrationState::AwaitingConfirmation).then_some(self.waits_until)
    }

    /// When it may be forgotten. A rejected one is kept: the decision may be taken back.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self.state {
            RegistrationState::Completed { ended_at, .. }
            | RegistrationState::Expired { ended_at }
            | RegistrationState::Superseded { ended_at } => Some(ended_at + KEPT_AFTER_END),
            RegistrationState::Taken => Some(self.waits_until + KEPT_AFTER_END),
            RegistrationState::AwaitingConfirmation
            | RegistrationState::AwaitingApproval { .. }
            | RegistrationState::Rejected { .. }
            | RegistrationState::Unknown => None,
        }
    }

    /// What the device that sent it is told to wait for when it logs in with the password of this registration, where that is not the
    /// account's. It follows from the terms alone, whether the address is new or taken.
    pub fn waits_for(&self, now: Timestamp) -> Option<NextStep> {
        let waits = matches!(self.state, RegistrationState::AwaitingConfirmation | RegistrationState::Taken);
        (waits && now < self.waits_until).then(|| self.terms.first_step())
    }

    /// In whose history it belongs.
    pub fn subject(&self) -> Subject {
        Subject::Customer { customer_id: self.customer_id }
    }

    /// The link that proves its address.
    fn link(&self) -> LinkTarget {
        LinkTarget::ConfirmAddress {
            customer_id: self.customer_id,
            account_id: self.account_id,
            registration_id: self.id,
        }
    }

    /// The mail with the link, as far as one works.
    pub(crate) fn link_mail(&self, context: &Context) -> Option<Message> {
        let mail = ConfirmAddress {
            link: self.link(),
            registered_at: self.received_at,
            expires_at: self.link_expires_at?,
            effect: self.effect_of_confirming(),
        };
        Some(Message::new(context, self.subject(), self.email.clone(), self.profile.language, &mail))
    }

    /// The mail with the link to whoever reads the mailbox, who may or may not have registered.
    pub(crate) fn link_mail_to_anybody(&self, context: &Context) -> Option<Message> {
        let mail = ConfirmRegistration {
            link: self.link(),
            registered_at: self.received_at,
            expires_at: self.link_expires_at?,
        };
        Some(Message::new(context, self.subject(), self.email.clone(), self.profile.language, &mail))
    }

    /// That the account was let in, or has to wait for an administrator; nothing while the registration waits to be confirmed.
    pub(crate) fn let_in_event(&self, account: &Account, by: OpenedBy, context: &Context) -> Option<Event> {
        let (registration_id, customer_kind) = (self.id, self.profile.kind);
        let notify = self.terms.notify && account.blocked_at.is_none();
        match self.state {
            RegistrationState::AwaitingApproval { .. } => {
                Some(context.event(self.subject(), ApprovalRequested { registration_id, customer_kind, notify }))
            }
            RegistrationState::Completed { .. } => {
                let account_id = self.account_id;
                let opened = AccountOpened { account_id, registration_id, by, customer_kind, notify };
                Some(context.event(self.subject(), opened))
            }
            _ => None,
        }
    }

    /// That its device was used, by whoever the account is.
    pub(crate) fn sighting(&self, account: &Account, context: &Context) -> DeviceSighting {
        DeviceSighting {
            account_id: account.id,
            device_id: self.device_id,
            owner_revision: account.owner_revision,
            label: self.device_label.clone(),
            at: context.now,
        }
    }

    fn effect_of_confirming(&self) -> ConfirmationEffect {
        match (&self.state, self.terms.approval) {
            (RegistrationState::AwaitingConfirmation, false) => ConfirmationEffect::OpensAccount,
            (RegistrationState::AwaitingConfirmation, true) => ConfirmationEffect::AsksForApproval,
            _ => ConfirmationEffect::ProvesAddress,
        }
    }
}

/// Where an account and the registration that it stands on come to, once nothing more is asked of the one who registered.
pub(crate) fn let_in(terms: Terms, now: Timestamp) -> (AccountState, RegistrationState) {
    if terms.approval {
        (AccountState::AwaitingApproval, RegistrationState::AwaitingApproval { since: now })
    } else {
        (AccountState::Active, RegistrationState::Completed { ended_at: now, reason: None })
    }
}
