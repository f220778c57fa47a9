//! `PATCH /v1/devices/{id}`: gives a known device a name.

use std::sync::Arc;

use domain_access::devices;
use domain_accounts::Device;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::Deserialize;
use service::{Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;
use values::{DeviceId, Text};

use crate::list_devices::DeviceView;

pub(crate) const FUNCTION: Function = Function {
    handler: "name_device",
    routes: &[Route::patch("/v1/devices/{id}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], name_device),
};

/// The name; null takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NameRequest {
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required, min_length = 1, max_length = 100, example = "My laptop")]
    name: Option<String>,
}

/// Name a device
#[utoipa::path(
    patch,
    path = "/v1/devices/{id}",
    tag = "access",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The device", pattern = "^dev_[0-9a-f]{32}$")),
    request_body = NameRequest,
    responses(
        (status = 200, description = "The device", body = DeviceView),
        (status = "4XX", description = "Not logged in, or there is no such device", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn name_device(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: DeviceId = request.path("id")?;
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        let NameRequest { name } = request.json()?;
        let name = name.map(|name| Text::parse(&name)).transpose();
        let name = name.map_err(|invalid| Problem::field("name", invalid))?;
        let device = service.store.get(Device::key_of(caller.account.id, id)).await?;
        let device = device.filter(|device| device.is_known_to(&caller.account));
        let device = device.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(devices::name(&device, &caller.account, name.clone(), &context)).await?;
        let view = DeviceView::new(Device { name, ..device }, caller.session.device_id);
        Ok(Answer::json(StatusCode::OK, &view))
    })
    .await
}
