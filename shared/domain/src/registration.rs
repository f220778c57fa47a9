//! How a customer comes in.
//!
//! ```text
//! receive ──► pending ──confirm──► confirmed
//!              │  ▲ │
//!              │  └─┘ resend (a new link)
//!              └──expire──► expired
//! ```
//!
//! Before an address is proven, anybody can register it. Each attempt is a registration of its own, with the password chosen in
//! it; they share one account and one customer record, so strangers can neither multiply records nor block an address. The
//! mailed link belongs to one attempt: following it makes that attempt's password and profile the account's, and the links of
//! the others stop working. Once proven, the address cannot be registered again; its owner is told of attempts.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountId, AccountState, Context, Credential, Customer, CustomerId, Decision, DeviceId, DeviceSighting,
    EmailAddress, Happening, Holder, LinkTarget, Mail, Message, PasswordHash, Profile, RegistrationId, Requirement,
    Stage, Subject, changes_between,
};

/// How long a registration waits to be confirmed.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long a mailed link works; a new one can be asked for while the registration waits.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(3 * 24);

const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Where a registration stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase", rename_all_fields = "camelCase")]
pub enum RegistrationState {
    /// Waits to be confirmed.
    Pending {
        /// Until when the latest link works.
        link_expires_at: Timestamp,
    },
    /// Was confirmed.
    Confirmed {
        /// When.
        ended_at: Timestamp,
    },
    /// Was not confirmed in time.
    Expired {
        /// When.
        ended_at: Timestamp,
    },
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
    /// The hash of the chosen password, while the registration waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_hash: Option<PasswordHash>,
    /// The device it was sent from, trusted once the address is proven.
    pub device_id: DeviceId,
    /// Where it stands.
    #[serde(flatten)]
    pub state: RegistrationState,
    /// When it was received.
    pub received_at: Timestamp,
    /// Until when it waits.
    pub waits_until: Timestamp,
}

/// What someone sends to register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The address.
    pub email: EmailAddress,
    /// What they say of themselves.
    pub profile: Profile,
    /// The hash of the password they chose.
    pub password_hash: PasswordHash,
    /// The device they use.
    pub device_id: DeviceId,
}

/// Why a link does not confirm a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmRefused {
    /// It confirmed the registration already, or another registration of the address was confirmed.
    #[error("the link was used or replaced")]
    Used,
    /// It is too old.
    #[error("the link expired")]
    Expired,
}

impl Registration {
    /// When it expires, while it waits.
    pub fn due_at(&self) -> Option<Timestamp> {
        matches!(self.state, RegistrationState::Pending { .. }).then_some(self.waits_until)
    }

    /// When it may be forgotten.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self.state {
            RegistrationState::Pending { .. } => None,
            RegistrationState::Confirmed { ended_at } | RegistrationState::Expired { ended_at } => {
                Some(ended_at + KEPT_AFTER_END)
            }
        }
    }

    fn link(&self) -> LinkTarget {
        LinkTarget::ConfirmAddress {
            customer_id: self.customer_id,
            account_id: self.account_id,
            registration_id: self.id,
        }
    }

    fn mail(&self, link_expires_at: Timestamp, context: &Context) -> Message {
        let mail =
            Mail::ConfirmAddress { link: self.link(), registered_at: self.received_at, expires_at: link_expires_at };
        let subject = Subject::Customer { customer_id: self.customer_id };
        Message::new(context, subject, self.email.clone(), self.profile.language, mail)
    }
}

/// Takes a registration. `known` is what the address logs in with, if it has been registered or invited before.
pub fn receive(receipt: Receipt, known: Option<Credential>, context: &Context) -> Decision {
    match known {
        Some(credential) if credential.proven || matches!(credential.holder, Holder::Staff { .. }) => {
            tell_owner(receipt, &credential, context)
        }
        Some(Credential { account_id, holder: Holder::Customer { customer_id }, .. }) => {
            let mut decision = Decision::default();
            admit(
                receipt,
                account_id,
                customer_id,
                &mut decision,
                |credential, decision| decision.claim(credential),
                context,
            );
            decision
        }
        _ => begin_record(receipt, context),
    }
}

fn begin_record(receipt: Receipt, context: &Context) -> Decision {
    let (account_id, customer_id) = (context.mint(), context.mint());
    let mut decision = Decision::default();
    decision.create(Account {
        id: account_id,
        version: 0,
        holder: Holder::Customer { customer_id },
        state: AccountState::Unconfirmed,
        email: receipt.email.clone(),
        name: Some(receipt.profile.name.clone()),
        language: receipt.profile.language,
        created_at: context.now,
        confirmed_at: None,
    });
    decision.create(Customer {
        id: customer_id,
        version: 0,
        email: receipt.email.clone(),
        email_confirmed_at: None,
        stage: Stage::Lead,
        profile: receipt.profile.clone(),
        created_at: context.now,
        updated_at: context.now,
    });
    admit(receipt, account_id, customer_id, &mut decision, |credential, decision| decision.create(credential), context);
    decision
}

fn admit(
    receipt: Receipt,
    account_id: AccountId,
    customer_id: CustomerId,
    decision: &mut Decision,
    save_credential: impl FnOnce(Credential, &mut Decision),
    context: &Context,
) {
    let link_expires_at = context.now + LINK_LIFETIME;
    let registration = Registration {
        id: context.mint(),
        version: 0,
        account_id,
        customer_id,
        email: receipt.email,
        profile: receipt.profile,
        password_hash: Some(receipt.password_hash),
        device_id: receipt.device_id,
        state: RegistrationState::Pending { link_expires_at },
        received_at: context.now,
        waits_until: context.now + LIFETIME,
    };
    let credential = Credential {
        email: registration.email.clone(),
        account_id,
        holder: Holder::Customer { customer_id },
        password_hash: registration.password_hash.clone(),
        proven: false,
        language: registration.profile.language,
        latest_registration: Some(registration.id),
    };
    let happening =
        Happening::RegistrationReceived { registration_id: registration.id, customer_kind: registration.profile.kind };
    decision.events.push(context.event(Subject::Customer { customer_id }, happening));
    decision.create(registration.mail(link_expires_at, context));
    decision.create(registration);
    save_credential(credential, decision);
}

fn tell_owner(receipt: Receipt, credential: &Credential, context: &Context) -> Decision {
    let subject = credential.subject();
    let mail = Mail::AlreadyRegistered { attempted_at: context.now };
    let mut decision = Decision::default();
    decision.create(Message::new(context, subject, receipt.email, credential.language, mail));
    decision.events.push(context.event(subject, Happening::RegistrationRepeated {}));
    decision
}

/// Mails a new link for the latest registration of an address, if it waits. Whether it does or not, something is asked of the
/// store, so that the work does not tell a stranger whether the address is known.
pub fn resend(
    email: EmailAddress,
    credential: Option<&Credential>,
    registration: Option<&Registration>,
    account: Option<&Account>,
    context: &Context,
) -> Decision {
    let mut decision = Decision::default();
    match (credential, registration, account) {
        (None, ..) => decision.requirements.push(Requirement::UnknownAddress(email)),
        (Some(_), Some(registration), Some(account)) if may_be_resent(registration, account, context) => {
            let link_expires_at = (context.now + LINK_LIFETIME).min(registration.waits_until);
            let state = RegistrationState::Pending { link_expires_at };
            decision.create(registration.mail(link_expires_at, context));
            decision.update(Registration { state, ..registration.clone() }, registration.version);
            let happening = Happening::RegistrationLinkResent { registration_id: registration.id };
            decision.events.push(context.event(Subject::Customer { customer_id: registration.customer_id }, happening));
        }
        (Some(credential), ..) => decision.requirements.push(Requirement::KnownAddress(credential.email.clone())),
    }
    decision
}

fn may_be_resent(registration: &Registration, account: &Account, context: &Context) -> bool {
    matches!(registration.state, RegistrationState::Pending { .. })
        && account.state == AccountState::Unconfirmed
        && context.now < registration.waits_until
}

/// Opens the account of a registration whose mailed link was followed.
///
/// # Errors
/// [`ConfirmRefused`]
pub fn confirm(
    registration: &Registration,
    account: &Account,
    customer: &Customer,
    context: &Context,
) -> Result<Decision, ConfirmRefused> {
    let link_expires_at = match registration.state {
        RegistrationState::Pending { link_expires_at } => link_expires_at,
        RegistrationState::Confirmed { .. } => return Err(ConfirmRefused::Used),
        RegistrationState::Expired { .. } => return Err(ConfirmRefused::Expired),
    };
    if account.state != AccountState::Unconfirmed {
        return Err(ConfirmRefused::Used);
    }
    if context.now >= link_expires_at {
        return Err(ConfirmRefused::Expired);
    }
    Ok(open(registration, account, customer, context))
}

fn open(registration: &Registration, account: &Account, customer: &Customer, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let confirmed = Customer {
        email_confirmed_at: Some(context.now),
        profile: registration.profile.clone(),
        updated_at: context.now,
        ..customer.clone()
    };
    decision.events.push(context.event(
        Subject::Customer { customer_id: customer.id },
        Happening::RegistrationConfirmed {
            registration_id: registration.id,
            account_id: account.id,
            changes: changes_between(customer, &confirmed),
        },
    ));
    decision.update(confirmed, customer.version);
    decision.update(
        Account {
            state: AccountState::Active,
            name: Some(registration.profile.name.clone()),
            language: registration.profile.language,
            confirmed_at: Some(context.now),
            ..account.clone()
        },
        account.version,
    );
    decision.claim(Credential {
        email: registration.email.clone(),
        account_id: account.id,
        holder: account.holder,
        password_hash: registration.password_hash.clone(),
        proven: true,
        language: registration.profile.language,
        latest_registration: Some(registration.id),
    });
    let state = RegistrationState::Confirmed { ended_at: context.now };
    decision.update(Registration { state, password_hash: None, ..registration.clone() }, registration.version);
    decision.sightings.push(DeviceSighting {
        account_id: account.id,
        device_id: registration.device_id,
        at: context.now,
    });
    decision
}

/// Ends a registration that nobody confirmed in time, and forgets its password; nothing if it does not wait or its time has not
/// come.
pub fn expire(registration: &Registration, credential: Option<&Credential>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if registration.due_at().is_none_or(|due_at| context.now < due_at) {
        return decision;
    }
    let state = RegistrationState::Expired { ended_at: context.now };
    decision.update(Registration { state, password_hash: None, ..registration.clone() }, registration.version);
    let proven = credential.is_some_and(|credential| credential.proven);
    if !proven {
        let happening = Happening::RegistrationExpired { registration_id: registration.id };
        decision.events.push(context.event(Subject::Customer { customer_id: registration.customer_id }, happening));
    }
    if let Some(credential) = credential
        && !proven
        && credential.latest_registration == Some(registration.id)
    {
        decision.claim(Credential { password_hash: None, ..credential.clone() });
    }
    decision
}
