//! `GET /v1/devices`: the devices that one is known by.

use domain_accounts::{Account, Device};
use jiff::Timestamp;
use runtime::{Problem, Route};
use serde::Serialize;
use service::{Call, Endpoint, Json, LoggedIn, LookupOf, Service};
use utoipa::ToSchema;
use values::{DeviceId, DeviceLabel};

/// Known devices.
pub struct ListDevices;

impl Endpoint for ListDevices {
    const NAME: &'static str = "list_devices";
    const ROUTE: Route = Route::get("/v1/devices");
    const SUMMARY: &'static str = "Known devices";
    const DESCRIPTION: &'static str =
        "A known device logs in without a code from a mail. It stays known after logging out.";

    type Access = LoggedIn;
    type Input = ();
    type Found = Vec<Device>;
    type Output = Json<Devices>;

    async fn find(service: &Service, (account, ()): &LookupOf<Self>, (): &()) -> Result<Vec<Device>, Problem> {
        Ok(service.store.all_in(Account::partition(*account)).await?)
    }

    async fn answer(call: Call<LoggedIn>, (): &(), mut devices: Vec<Device>) -> Result<Self::Output, Problem> {
        devices.retain(|device| device.is_known_to(&call.caller.account));
        devices.sort_by_key(|device| std::cmp::Reverse(device.last_seen_at));
        let current = call.caller.session.device_id;
        Ok(Json(Devices { items: devices.into_iter().map(|device| DeviceView::new(device, current)).collect() }))
    }
}

/// All known devices of the account.
#[derive(Serialize, ToSchema)]
pub struct Devices {
    /// The one used last comes first.
    pub items: Vec<DeviceView>,
}

/// A known device.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeviceView {
    /// Its id.
    #[schema(value_type = String, example = "dev_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    pub id: DeviceId,
    /// Whether it is the one that asks.
    pub current: bool,
    /// The name that its owner gave it.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<DeviceLabel>,
    /// What it calls itself.
    #[schema(value_type = Option<String>, example = "Firefox on Linux")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<DeviceLabel>,
    #[schema(value_type = String, format = DateTime)]
    first_seen_at: Timestamp,
    /// When it last logged in.
    #[schema(value_type = String, format = DateTime)]
    pub last_seen_at: Timestamp,
}

impl DeviceView {
    pub(crate) fn new(device: Device, current: DeviceId) -> Self {
        Self {
            id: device.id,
            current: device.id == current,
            name: device.name,
            label: device.label,
            first_seen_at: device.first_seen_at,
            last_seen_at: device.last_seen_at,
        }
    }
}
