//! Forgotten and changed passwords.
//!
//! Whoever asks for a reset link proves the mailbox by following it. Where the address was not proven before, that takes the
//! account over from whoever registered it: what they started is out, devices included.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Guard, Index, Key, LinkTarget, Message, Record, changes_between, versioned};
use domain_accounts::{Account, AccountState, Credential, PasswordHash, Session, Standing};
use domain_customers::{Customer, Kind};
use values::{AccountId, EmailAddress, PasswordResetId};

use crate::events::{AddressConfirmed, PasswordChanged, PasswordResetRequested};
use crate::mails;

/// How long a reset link works.
pub const LINK_LIFETIME: SignedDuration = SignedDuration::from_hours(1);

const KEPT_AFTER_END: SignedDuration = SignedDuration::from_hours(24);

/// A reset that someone asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasswordReset {
    /// Its id.
    pub id: PasswordResetId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// Whose password.
    pub account_id: AccountId,
    /// The address that the link was mailed to.
    pub email: EmailAddress,
    /// The password that it replaces; another one in between makes the link worthless.
    pub credential_revision: u32,
    /// Until when it works.
    pub open_until: Timestamp,
}

/// Why a reset link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ResetRefused {
    /// It was used, or the password was changed in another way.
    #[error("the link was used or replaced")]
    Used,
    /// It is too old.
    #[error("the link expired")]
    Expired,
}

impl Record for PasswordReset {
    const KIND: &'static str = "PASSWORD_RESET";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { expires_at: Some(self.expires_at()), ..Index::default() }
    }
}

impl PasswordReset {
    /// Where a password reset of an account lies.
    pub fn key_of(account: AccountId, id: PasswordResetId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// When it may be forgotten.
    pub fn expires_at(&self) -> Timestamp {
        self.open_until + KEPT_AFTER_END
    }
}

/// Mails a reset link, if the address has an account. Whether it has or not, something is asked of the store, so that the work
/// does not tell a stranger whether the address is known.
pub fn forgot(email: EmailAddress, credential: Option<&Credential>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let Some(credential) = credential else {
        decision.check(Credential::key_of(&email), Guard::Absent);
        return decision;
    };
    if credential.password_hash.is_none() || credential.standing == Standing::Open {
        decision.check(Credential::key_of(&email), Guard::Present);
        return decision;
    }
    let reset = PasswordReset {
        id: context.mint(),
        version: 0,
        account_id: credential.account_id,
        email: email.clone(),
        credential_revision: credential.revision,
        open_until: context.now + LINK_LIFETIME,
    };
    let mail = mails::PasswordReset {
        link: LinkTarget::ResetPassword { account_id: reset.account_id, reset_id: reset.id },
        asked_at: context.now,
        expires_at: reset.open_until,
    };
    let subject = credential.subject();
    decision.create(&Message::new(context, subject.clone(), email, credential.language, &mail));
    decision.events.push(context.event(subject, PasswordResetRequested { account_id: reset.account_id }));
    decision.create(&reset);
    decision
}

/// Checks whether a reset link works, before anything is hashed for it.
///
/// # Errors
/// [`ResetRefused`]
pub fn check_reset(reset: &PasswordReset, account: &Account, context: &Context) -> Result<(), ResetRefused> {
    let outdated = account.credential_revision != reset.credential_revision || account.email != reset.email;
    let gets_in_some_day = match account.state {
        AccountState::Active | AccountState::AwaitingApproval | AccountState::Rejected => true,
        AccountState::Unconfirmed | AccountState::Displaced | AccountState::Unknown => false,
    };
    if outdated || !gets_in_some_day {
        Err(ResetRefused::Used)
    } else if context.now >= reset.open_until {
        Err(ResetRefused::Expired)
    } else {
        Ok(())
    }
}

/// Sets another password by a reset link. All sessions end. `customer` is whose account it is, if it is a customer's: the owner of a
/// company is reminded to look at who else has access.
///
/// # Errors
/// [`ResetRefused`]
pub fn reset(
    reset: &PasswordReset,
    account: &Account,
    customer: Option<&Customer>,
    password_hash: PasswordHash,
    context: &Context,
) -> Result<Decision, ResetRefused> {
    check_reset(reset, account, context)?;
    let mut decision = Decision::default();
    let first_proof = account.confirmed_at.is_none();
    let renewed = Account {
        confirmed_at: account.confirmed_at.or(Some(context.now)),
        owner_revision: account.owner_revision + u32::from(first_proof),
        ..account.clone()
    }
    .with_new_password();
    if let (true, Some(customer)) = (first_proof, customer) {
        let proven = Customer { email_confirmed_at: Some(context.now), updated_at: context.now, ..customer.clone() };
        let changes = changes_between(customer, &proven);
        decision.events.push(context.event(account.subject(), AddressConfirmed { changes }));
        decision.update(customer, &proven);
    }
    credential(&renewed, password_hash, Standing::Proven).replace(&mut decision);
    let is_company = customer.is_some_and(|customer| customer.profile.kind == Kind::Company);
    tell(&renewed, is_company, &mut decision, context);
    decision.update(account, &renewed);
    decision.remove(reset);
    Ok(decision)
}

/// Sets another password for someone who is logged in and knows the one from before. All sessions end; a new one, returned as it
/// will be, goes on where theirs was, so that nothing works any more that somebody copied from it.
pub fn change(
    account: &Account,
    session: &Session,
    standing: Standing,
    password_hash: PasswordHash,
    context: &Context,
) -> (Session, Decision) {
    let mut decision = Decision::default();
    let renewed = account.clone().with_new_password();
    let continued = Session {
        id: context.mint(),
        version: 0,
        revision: renewed.session_revision,
        generation: 0,
        refreshed_at: context.now,
        ..session.clone()
    };
    credential(&renewed, password_hash, standing).replace(&mut decision);
    tell(&renewed, false, &mut decision, context);
    decision.update(account, &renewed);
    decision.remove(session);
    decision.create(&continued);
    (continued, decision)
}

fn credential(account: &Account, password_hash: PasswordHash, standing: Standing) -> Credential {
    Credential {
        email: account.email.clone(),
        account_id: account.id,
        holder: account.holder.clone(),
        password_hash: Some(password_hash),
        standing,
        revision: account.credential_revision,
        language: account.language,
        latest_registration: account.registration_id,
    }
}

fn tell(account: &Account, is_company: bool, decision: &mut Decision, context: &Context) {
    let mail = mails::PasswordChanged { changed_at: context.now, is_company };
    decision.create(&Message::new(context, account.subject(), account.email.clone(), account.language, &mail));
    decision.events.push(context.event(account.subject(), PasswordChanged { account_id: account.id }));
}
