//! `DELETE /v1/devices/{id}`: forgets a known device. It is logged out, and has to be confirmed again.

use std::sync::Arc;

use domain_access::devices;
use domain_accounts::{Account, Device, Session};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route};
use service::{Need, Service};
use store::retry_on_conflict;
use values::DeviceId;

pub(crate) const FUNCTION: Function = Function {
    handler: "forget_device",
    routes: &[Route::delete("/v1/devices/{id}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], forget_device),
};

/// Forget a device
///
/// Its sessions end.
#[utoipa::path(
    delete,
    path = "/v1/devices/{id}",
    tag = "access",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The device", pattern = "^dev_[0-9a-f]{32}$")),
    responses(
        (status = 204, description = "The device is not known any more"),
        (status = "4XX", description = "Not logged in, or there is no such device", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn forget_device(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: DeviceId = request.path("id")?;
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        let account = &caller.account;
        let (device, sessions) = tokio::join!(
            service.store.get(Device::key_of(account.id, id)),
            service.store.all_in::<Session>(Account::partition(account.id))
        );
        let device = device?.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let context = service.context(caller.actor(), request.cause());
        service.store.commit(devices::forget(&device, account, &sessions?, &context)).await?;
        Ok(Answer::empty())
    })
    .await
}
