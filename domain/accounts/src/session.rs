//! How an account stays logged in.
//!
//! A session is refreshed by exchanging its refresh token, which names the session's *generation*; each exchange makes a new
//! generation. A token of an older generation was exchanged before: someone copied it, and all sessions of the account end
//! ([RFC 9700, section 4.14.2](https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2)). The generation just before counts as the current
//! one for [`GRACE`], because browser tabs race and answers get lost; it is answered with the token that already replaced it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Expectation, Guard, Index, Key, Message, Record, versioned};
use values::{AccountId, DeviceId, DeviceLabel, SessionId};

use crate::events::{SessionEnded, SessionReuseDetected, SessionStarted};
use crate::mails::SessionsEnded;
use crate::{Account, DeviceSighting};

/// How long a session lives at most.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);

/// How long a session lives without being refreshed.
pub const IDLE_LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How long a refresh token still works after it was exchanged.
pub const GRACE: SignedDuration = SignedDuration::from_secs(10);

/// A stretch of being logged in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// Grows by one with each change.
    #[serde(skip)]
    pub version: u64,
    /// Who is logged in.
    pub account_id: AccountId,
    /// From where.
    pub device_id: DeviceId,
    /// What that device calls itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_label: Option<DeviceLabel>,
    /// How often it was refreshed.
    pub generation: u32,
    /// Which sessions of the account it is one of; see [`Account::session_revision`].
    #[serde(default)]
    pub revision: u32,
    /// Since when.
    pub started_at: Timestamp,
    /// When it was last refreshed, or started.
    pub refreshed_at: Timestamp,
}

/// What came of presenting a refresh token.
#[derive(Debug, Clone, PartialEq)]
pub enum Refreshed {
    /// A new generation of the session.
    Anew(Session, Box<Decision>),
    /// The token had just been exchanged; the session is as it is.
    Again(Session),
}

/// Why a refresh token is not accepted.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RefreshRefused {
    /// The session is over.
    #[error("the session is over")]
    Over,
    /// The token was exchanged before. All sessions of the account are to be ended.
    #[error("the refresh token was used before")]
    Reused(Box<Decision>),
}

impl Record for Session {
    const KIND: &'static str = "SESSION";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }

    versioned!();

    fn index(&self) -> Index {
        Index { expires_at: Some(self.refreshable_until()), ..Index::default() }
    }
}

impl Session {
    /// Where a session of an account lies.
    pub fn key_of(account: AccountId, id: SessionId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// Until when it can be refreshed.
    pub fn refreshable_until(&self) -> Timestamp {
        (self.refreshed_at + IDLE_LIFETIME).min(self.started_at + LIFETIME)
    }

    /// Whether it is going on.
    pub fn is_live(&self, account: &Account, now: Timestamp) -> bool {
        account.is_open() && self.revision == account.session_revision && now < self.refreshable_until()
    }
}

/// Starts a session. The account is required to be as it was read when the session is stored.
pub fn start(
    account: &Account,
    device_id: DeviceId,
    label: Option<DeviceLabel>,
    context: &Context,
) -> (Session, Decision) {
    let session = Session {
        id: context.mint(),
        version: 0,
        account_id: account.id,
        device_id,
        device_label: label.clone(),
        generation: 0,
        revision: account.session_revision,
        started_at: context.now,
        refreshed_at: context.now,
    };
    let mut decision = Decision::default();
    decision.create(&session);
    let (account_id, owner_revision, at) = (account.id, account.owner_revision, context.now);
    DeviceSighting { account_id, device_id, owner_revision, label, at }.note(&mut decision);
    decision.check(account.key(), is_still_open(account));
    let event = SessionStarted { session_id: session.id, device_id };
    decision.events.push(context.event(account.subject(), event));
    (session, decision)
}

/// That the account can log in with the password as it was read, and its sessions were not ended since.
fn is_still_open(account: &Account) -> Guard {
    Guard::Like(vec![
        Expectation::Is("state", "active".into()),
        Expectation::Missing("blockedAt"),
        Expectation::Is("credentialRevision", account.credential_revision.into()),
        Expectation::Is("sessionRevision", account.session_revision.into()),
    ])
}

/// Exchanges a refresh token of the given generation.
///
/// # Errors
/// [`RefreshRefused`]
pub fn refresh(
    session: &Session,
    account: &Account,
    generation: u32,
    context: &Context,
) -> Result<Refreshed, RefreshRefused> {
    if !session.is_live(account, context.now) || generation > session.generation {
        return Err(RefreshRefused::Over);
    }
    if generation == session.generation {
        let refreshed = Session { generation: generation + 1, refreshed_at: context.now, ..session.clone() };
        let mut decision = Decision::default();
        decision.update(session, &refreshed);
        return Ok(Refreshed::Anew(refreshed, Box::new(decision)));
    }
    let just_exchanged = generation + 1 == session.generation && context.now <= session.refreshed_at + GRACE;
    if just_exchanged {
        return Ok(Refreshed::Again(session.clone()));
    }
    Err(RefreshRefused::Reused(Box::new(end_all_for_reuse(session, account, context))))
}

/// Somebody copied a refresh token. Whoever holds which copy cannot be told, so all sessions of the account end, and its owner is
/// told.
fn end_all_for_reuse(session: &Session, account: &Account, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let event = SessionReuseDetected { session_id: session.id };
    decision.events.push(context.event(account.subject(), event));
    let mail = SessionsEnded { noticed_at: context.now };
    decision.create(&Message::new(context, account.subject(), account.email.clone(), account.language, &mail));
    decision.remove(session);
    decision.update(account, &Account { session_revision: account.session_revision + 1, ..account.clone() });
    decision
}

/// Logs out, or ends another session of the same account.
pub fn end(session: &Session, account: &Account, context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.remove(session);
    let event = SessionEnded { session_id: session.id };
    decision.events.push(context.event(account.subject(), event));
    decision
}
