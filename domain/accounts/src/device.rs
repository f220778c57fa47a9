//! Browsers and API clients that people log in from.
//!
//! A device is known by a random token that it keeps and a record here, never by where it is. Clearing the token makes it a new
//! device; forgetting the record does too.

use decision::{Decision, Guard, Key, Patch, Record};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use values::{AccountId, DeviceId, DeviceLabel};

use crate::Account;

/// How long a device is known without logging in: as long as
/// [browsers keep a cookie](https://www.ietf.org/archive/id/draft-ietf-httpbis-rfc6265bis-20.html#section-5.5) at most.
const KEPT_UNUSED: SignedDuration = SignedDuration::from_hours(400 * 24);

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

impl Record for Device {
    const KIND: &'static str = "DEVICE";

    fn key(&self) -> Key<Self> {
        Self::key_of(self.account_id, self.id)
    }
}

impl DeviceSighting {
    /// Notes it.
    pub fn note(&self, decision: &mut Decision) {
        let mut patch = Patch::new(Device::key_of(self.account_id, self.device_id).into_place(), None);
        let set = &mut patch.set;
        set.insert("id".into(), self.device_id.to_string().into());
        set.insert("accountId".into(), self.account_id.to_string().into());
        set.insert("ownerRevision".into(), self.owner_revision.into());
        set.insert("lastSeenAt".into(), self.at.to_string().into());
        set.insert("expiresAt".into(), (self.at + KEPT_UNUSED).as_second().into());
        patch.set_if_missing.insert("firstSeenAt".into(), self.at.to_string().into());
        patch.set_or_remove("label", self.label.as_ref().map(|label| label.as_str().into()));
        decision.patch(patch);
    }
}

impl DeviceNaming {
    /// Notes it.
    pub fn note(&self, decision: &mut Decision) {
        let place = Device::key_of(self.account_id, self.device_id).into_place();
        let mut patch = Patch::new(place, Some(Guard::Present));
        patch.set_or_remove("name", self.name.as_ref().map(|name| name.as_str().into()));
        decision.patch(patch);
    }
}

impl Device {
    /// Where a device of an account lies.
    pub fn key_of(account: AccountId, id: DeviceId) -> Key<Self> {
        Key::new(Account::partition(account), format!("{}#{id}", Self::KIND))
    }

    /// Whether the account's owner used it before.
    pub fn is_known_to(&self, account: &Account) -> bool {
        self.account_id == account.id && self.owner_revision == account.owner_revision
    }
}
