//! What follows from a right password.

use decision::{Context, Decision};
use domain_accounts::{Account, AccountState, Credential, Device, Session, sessions};
use domain_settings::RegistrationPolicy;
use values::{DeviceId, DeviceLabel};

use crate::{Challenge, challenges};

/// What a right password leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// A session.
    Session(Session),
    /// A code from a mail is asked for first.
    Challenge(Challenge),
}

/// What keeps an account out whose password was right. Told only to those who know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeptOut {
    /// The address is to be proven first.
    #[error("the address is not confirmed")]
    Unconfirmed,
    /// An administrator has yet to decide.
    #[error("an administrator has yet to decide")]
    AwaitingApproval,
    /// An administrator decided against it.
    #[error("an administrator decided against it")]
    Rejected,
    /// An administrator shut it out.
    #[error("an administrator shut it out")]
    Blocked,
    /// The password was changed since it was read.
    #[error("the password was changed")]
    Outdated,
}

/// The device that someone logs in from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presented {
    /// The id that its token names, or a new one.
    pub id: DeviceId,
    /// What it calls itself.
    pub label: Option<DeviceLabel>,
    /// What is on record about it for this account.
    pub record: Option<Device>,
}

/// Logs in with a password that was found right.
///
/// # Errors
/// [`KeptOut`]
pub fn log_in(
    credential: &Credential,
    account: &Account,
    device: Presented,
    policy: RegistrationPolicy,
    context: &Context,
) -> Result<(Admission, Decision), KeptOut> {
    match account.state {
        _ if account.blocked_at.is_some() => return Err(KeptOut::Blocked),
        AccountState::Unconfirmed => return Err(KeptOut::Unconfirmed),
        AccountState::AwaitingApproval => return Err(KeptOut::AwaitingApproval),
        AccountState::Rejected => return Err(KeptOut::Rejected),
        AccountState::Displaced => return Err(KeptOut::Outdated),
        AccountState::Unknown => return Err(KeptOut::Blocked),
        AccountState::Active if account.credential_revision != credential.revision => return Err(KeptOut::Outdated),
        AccountState::Active => {}
    }
    let known = device.record.is_some_and(|record| record.is_known_to(account));
    if policy.confirm_device_change && !known {
        let (challenge, decision) = challenges::pose(credential, account, device.id, device.label, context);
        return Ok((Admission::Challenge(challenge), decision));
    }
    let (session, decision) = sessions::start(account, device.id, device.label, context);
    Ok((Admission::Session(session), decision))
}
