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

/// What keeps an account out whose password was right. It is told where the address is proven. As long as it is not, anybody may have
/// registered it, and the answer would tell whether it was registered before: then it is told only to a device that the account was
/// registered from, or that has logged in to it.
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
    /// Something that may not be told: the address is not proven, and the device may be a stranger's.
    #[error("what keeps it out may not be told")]
    Untold,
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
    /// Whether a registration of this account was sent from it.
    pub has_registered: bool,
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
    let known = device.record.is_some_and(|record| record.is_known_to(account));
    let may_be_told = account.confirmed_at.is_some() || device.has_registered || known;
    match what_keeps_out(credential, account) {
        None => {}
        Some(KeptOut::Outdated) => return Err(KeptOut::Outdated),
        Some(reason) => return Err(if may_be_told { reason } else { KeptOut::Untold }),
    }
    if policy.confirm_device_change && !known {
        let (challenge, decision) = challenges::pose(credential, account, device.id, device.label, context);
        return Ok((Admission::Challenge(challenge), decision));
    }
    let (session, decision) = sessions::start(account, device.id, device.label, context);
    Ok((Admission::Session(session), decision))
}

fn what_keeps_out(credential: &Credential, account: &Account) -> Option<KeptOut> {
    match account.state {
        _ if account.blocked_at.is_some() => Some(KeptOut::Blocked),
        AccountState::Unconfirmed => Some(KeptOut::Unconfirmed),
        AccountState::AwaitingApproval => Some(KeptOut::AwaitingApproval),
        AccountState::Rejected => Some(KeptOut::Rejected),
        AccountState::Displaced => Some(KeptOut::Outdated),
        AccountState::Unknown => Some(KeptOut::Blocked),
        AccountState::Active => (account.credential_revision != credential.revision).then_some(KeptOut::Outdated),
    }
}
