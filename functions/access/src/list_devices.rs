//! `GET /v1/devices`: the devices that one is known by.

use std::sync::Arc;

use domain_accounts::{Account, Device};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;
use values::{DeviceId, DeviceLabel};

pub(crate) const FUNCTION: Function = Function {
    handler: "list_devices",
    routes: &[Route::get("/v1/devices")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], list_devices),
};

/// All known devices of the account.
#[derive(Serialize, ToSchema)]
pub(crate) struct Devices {
    /// The one used last comes first.
    items: Vec<DeviceView>,
}

/// A known device.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DeviceView {
    #[schema(value_type = String, example = "dev_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: DeviceId,
    /// Whether it is the one that asks.
    current: bool,
    /// The name that its owner gave it.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<DeviceLabel>,
    /// What it calls itself.
    #[schema(value_type = Option<String>, example = "Firefox on Linux")]
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<DeviceLabel>,
    #[schema(value_type = String, format = DateTime)]
    first_seen_at: Timestamp,
    /// When it last logged in.
    #[schema(value_type = String, format = DateTime)]
    last_seen_at: Timestamp,
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

/// Known devices
///
/// A known device logs in without a code from a mail. It stays known after logging out.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "access",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "All known devices", body = Devices),
        (status = "4XX", description = "Not logged in", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn list_devices(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    let mut devices = service.store.all_in::<Device>(Account::partition(caller.account.id)).await?;
    devices.retain(|device| device.is_known_to(&caller.account));
    devices.sort_by_key(|device| std::cmp::Reverse(device.last_seen_at));
    let items = devices.into_iter().map(|device| DeviceView::new(device, caller.session.device_id)).collect();
    Ok(Answer::json(StatusCode::OK, &Devices { items }))
}
