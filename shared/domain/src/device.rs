//! Browsers and API clients that people log in from.
//!
//! A device is known by a random token that it keeps and a record here, never by where it is. Clearing the token makes it a new
//! device; forgetting the record does too.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Account, AccountId, Context, Decision, DeviceId, Happening, Session, Text};

/// How long a device is known without logging in: as long as
/// [browsers keep a cookie](https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.5) at most.
const KEPT_UNUSED: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What people call a device: "Firefox on Linux", or the name they gave it.
pub type DeviceLabel = Text<100>;

/// A device that has logged in to an account, or registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device, as its token names it. The same device may be known to several accounts.
    pub id: DeviceId,
    /// The account it is known to.
    pub account_id: AccountId,
    /// Whom it is known to; see [`Account::owner_revision`].
    #[serde(default)]
    pub owner_revision: u32,
    /// What it called itself when it was last used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<DeviceLabel>,
    /// The name that its owner gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<DeviceLabel>,
    /// When it was first used for this account.
    pub first_seen_at: Timestamp,
    /// When it last logged in.
    pub last_seen_at: Timestamp,
}

/// A device was used now, for the first time or again. Written without reading, so that logging in needs no further round
/// trip: the store keeps name and `first_seen_at` if the device is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSighting {
    /// The account it was used for.
    pub account_id: AccountId,
    /// The device.
    pub device_id: DeviceId,
    /// By whom; see [`Account::owner_revision`].
    pub owner_revision: u32,
    /// What it calls itself.
    pub label: Option<DeviceLabel>,
    /// When.
    pub at: Timestamp,
}

/// A name for a device, or none, in place of the one it had. Nothing if the device was forgotten in the meantime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceNaming {
    /// The account it is known to.
    pub account_id: AccountId,
    /// The device.
    pub device_id: DeviceId,
    /// The name.
    pub name: Option<DeviceLabel>,
}

impl DeviceSighting {
    /// When the device may be forgotten if it does not log in before.
    pub fn expires_at(&self) -> Timestamp {
        self.at + KEPT_UNUSED
    }
}

impl Device {
    /// Whether the account's owner used it before.
    pub fn is_known_to(&self, account: &Account) -> bool {
        self.account_id == account.id && self.owner_revision == account.owner_revision
    }
}

/// Gives a device a name, or takes it away.
pub fn name(device: &Device, account: &Account, name: Option<DeviceLabel>, context: &Context) -> Decision {
    let mut decision = Decision::default();
    if device.name != name {
        decision.namings.push(DeviceNaming { account_id: account.id, device_id: device.id, name });
        let happening = Happening::DeviceNamed { device_id: device.id };
        decision.events.push(context.event(account.subject(), happening));
    }
    decision
}

/// So many sessions of a device are ended one by one; for more, all sessions of the account are.
const ENDED_ONE_BY_ONE: usize = 20;

/// Forgets a device and ends the account's `sessions` on it.
pub fn forget(device: &Device, account: &Account, sessions: &[Session], context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.forgotten_devices.push((account.id, device.id));
    decision.events.push(context.event(account.subject(), Happening::DeviceForgotten { device_id: device.id }));
    let on_it: Vec<&Session> = sessions.iter().filter(|session| session.device_id == device.id).collect();
    if on_it.len() > ENDED_ONE_BY_ONE {
        let session_revision = account.session_revision + 1;
        decision.update(Account { session_revision, ..account.clone() }, account.version);
        return decision;
    }
    for session in on_it {
        decision.remove(session.clone(), session.version);
        let happening = Happening::SessionEnded { session_id: session.id };
        decision.events.push(context.event(account.subject(), happening));
    }
    decision
}
