//! `PATCH /v1/devices/{id}`: gives a known device a name.

use domain_access::devices;
use domain_accounts::Device;
use runtime::{Problem, ProblemKind, Route};
use serde::Deserialize;
use service::{Body, Call, Endpoint, Json, LoggedIn, LookupOf, ReadAs, Service};
use utoipa::ToSchema;
use values::{DeviceId, DeviceLabel, Text};

use crate::list_devices::DeviceView;

/// Names a device.
pub struct NameDevice;

impl Endpoint for NameDevice {
    const NAME: &'static str = "name_device";
    const ROUTE: Route = Route::patch("/v1/devices/{id}");
    const SUMMARY: &'static str = "Name a device";
    const DESCRIPTION: &'static str = "";

    type Access = LoggedIn<DeviceId>;
    type Input = Body<NameRequest, Option<DeviceLabel>>;
    type Found = Option<Device>;
    type Output = Json<DeviceView>;

    async fn find(
        service: &Service,
        (account, id): &LookupOf<Self>,
        _: &Self::Input,
    ) -> Result<Option<Device>, Problem> {
        Ok(service.store.get(Device::key_of(*account, *id)).await?)
    }

    async fn answer(
        call: Call<Self::Access>,
        name: &Self::Input,
        found: Option<Device>,
    ) -> Result<Self::Output, Problem> {
        let (account, name) = (&call.caller.account, Option::clone(name));
        let device = found.filter(|device| device.is_known_to(account));
        let device = device.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        let decision = devices::name(&device, account, name.clone(), &call.context());
        let view = DeviceView::new(Device { name, ..device }, call.caller.session.device_id);
        call.commit(decision, Json(view)).await
    }
}

/// The name; null takes it away.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NameRequest {
    /// The name.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(required, min_length = 1, max_length = 100, example = "My laptop")]
    pub name: Option<String>,
}

impl ReadAs<Option<DeviceLabel>> for NameRequest {
    fn read(self) -> Result<Option<DeviceLabel>, Problem> {
        let name = self.name.map(|name| Text::parse(&name)).transpose();
        name.map_err(|invalid| Problem::field("name", invalid))
    }
}
