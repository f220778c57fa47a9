//! `DELETE /v1/devices/{id}`: forgets a known device. It is logged out, and has to be confirmed again.

use domain_access::devices;
use domain_accounts::{Account, Device, Session};
use runtime::{Problem, ProblemKind, Route};
use service::{Call, Endpoint, LoggedIn, LookupOf, NoContent, Service};
use values::DeviceId;

/// Forgets a device.
pub struct ForgetDevice;

impl Endpoint for ForgetDevice {
    const NAME: &'static str = "forget_device";
    const ROUTE: Route = Route::delete("/v1/devices/{id}");
    const SUMMARY: &'static str = "Forget a device";
    const DESCRIPTION: &'static str = "Its sessions end.";

    type Access = LoggedIn<DeviceId>;
    type Input = ();
    type Found = (Device, Vec<Session>);
    type Output = NoContent;

    async fn find(service: &Service, (account, id): &LookupOf<Self>, (): &()) -> Result<Self::Found, Problem> {
        let (device, sessions) = tokio::join!(
            service.store.get(Device::key_of(*account, *id)),
            service.store.all_in(Account::partition(*account))
        );
        let device = device?.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        Ok((device, sessions?))
    }

    async fn answer(call: Call<Self::Access>, (): &(), (device, sessions): Self::Found) -> Result<NoContent, Problem> {
        let decision = devices::forget(&device, &call.caller.account, &sessions, &call.context());
        call.commit(decision, NoContent).await
    }
}
