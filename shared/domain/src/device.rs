//! Browsers and API clients that people log in from.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountId, DeviceId};

/// A device that has logged in to an account, or registered it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Device {
    /// The device, as its token names it. The same device may be known to several accounts.
    pub id: DeviceId,
    /// The account it is known to.
    pub account_id: AccountId,
    /// When it was first used for this account.
    pub first_seen_at: Timestamp,
    /// When it last logged in.
    pub last_seen_at: Timestamp,
}

/// A device was used now, for the first time or again. Written without reading, so that logging in needs no further round
/// trip: the store keeps the earlier `first_seen_at` if there is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceSighting {
    /// The account it was used for.
    pub account_id: AccountId,
    /// The device.
    pub device_id: DeviceId,
    /// When.
    pub at: Timestamp,
}
