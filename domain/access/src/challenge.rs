//! A code from a mail, asked of someone who logs in with the right password from an unknown device.
//!
//! The code is derived from the challenge's ids and a key when the mail is sent, and again when it is typed; it is stored nowhere.
//! Each attempt is counted before it is compared, so that trying in parallel does not buy more attempts.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Index, Key, Message, Record, versioned};
use domain_accounts::{Account, Credential, Session, sessions};
use values::{AccountId, ChallengeId, DeviceId, DeviceLabel};

use crate::events::DeviceChallenged;
use crate::mails;

/// How long a code works.
pub const LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// How often a code can be tried.
pub const ATTEMPTS: u32 = 5;

/// A login that waits for its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    /// Its id.
    pub id: ChallengeId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// Who logs in.
    pub account_id: AccountId,
    /// The password that was right; see [`Account::credential_revision`].
    pub credential_revision: u32,
    /// From where.
    pub device_id: DeviceId,
    /// What that device calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_label: Option<DeviceLabel>,
    /// How often a code was tried.
    pub attempts: u32,
    /// Since when.
    pub created_at: Timestamp,
    /// Until when.
    pub open_until: Timestamp,
}

/// The login is over; whoever wants in begins anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the challenge is over")]
pub struct ChallengeOver;

impl Record for Challenge {
    const KIND: &'static str = "CHALLENGE";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { expires_at: Some(self.expires_at()), ..Index::default() }
    }
}

impl Challenge {
    /// Where a challenge of an account lies.
    pub fn key_of(account: AccountId, id: ChallengeId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// When it may be forgotten.
    pub fn expires_at(&self) -> Timestamp {
        self.open_until
    }
}

/// Asks for a code, by mail.
pub fn pose(
    credential: &Credential,
    account: &Account,
    device_id: DeviceId,
    device_label: Option<DeviceLabel>,
    context: &Context,
) -> (Challenge, Decision) {
    let challenge = Challenge {
        id: context.mint(),
        version: 0,
        account_id: account.id,
        credential_revision: credential.revision,
        device_id,
        device_label: device_label.clone(),
        attempts: 0,
        created_at: context.now,
        open_until: context.now + LIFETIME,
    };
    let mut decision = Decision::default();
    let mail = mails::DeviceCode {
        account_id: account.id,
        challenge_id: challenge.id,
        device: device_label.filter(|_| account.confirmed_at.is_some()),
        attempted_at: context.now,
        expires_at: challenge.open_until,
    };
    decision.create(&Message::new(context, account.subject(), account.email.clone(), account.language, &mail));
    decision.create(&challenge);
    let event = DeviceChallenged { challenge_id: challenge.id, device_id };
    decision.events.push(context.event(account.subject(), event));
    (challenge, decision)
}

/// Counts an attempt. The challenge is returned as it will be once the decision is stored.
///
/// # Errors
/// [`ChallengeOver`] when it expired or was tried too often.
pub fn attempt(challenge: &Challenge, context: &Context) -> Result<(Challenge, Decision), ChallengeOver> {
    if context.now >= challenge.open_until || challenge.attempts >= ATTEMPTS {
        return Err(ChallengeOver);
    }
    let tried = Challenge { attempts: challenge.attempts + 1, ..challenge.clone() };
    let mut decision = Decision::default();
    decision.update(challenge, &tried);
    Ok((Challenge { version: challenge.version + 1, ..tried }, decision))
}

/// Logs in with a code that was found right. The challenge is used up, and the device known from now on.
///
/// # Errors
/// [`ChallengeOver`] when the account was closed, or its password changed, in the meantime.
pub fn pass(challenge: &Challenge, account: &Account, context: &Context) -> Result<(Session, Decision), ChallengeOver> {
    if !account.is_open() || account.credential_revision != challenge.credential_revision {
        return Err(ChallengeOver);
    }
    let (device_id, label) = (challenge.device_id, challenge.device_label.clone());
    let (session, mut decision) = sessions::start(account, device_id, label, context);
    decision.remove(challenge);
    Ok((session, decision))
}
