//! `POST /v1/staff/{id}/deactivate`: shuts a member of staff out, at once and until they are let in again.

use domain_staff::members;
use runtime::{Problem, Route};
use service::{Call, Endpoint, NoContent, Service};
use values::AccountId;

use crate::member::{self, Access, Found};

pub(crate) struct DeactivateStaff;

impl Endpoint for DeactivateStaff {
    const NAME: &'static str = "deactivate_staff";
    const ROUTE: Route = Route::post("/v1/staff/{id}/deactivate");
    const SUMMARY: &'static str = "Deactivate a member of staff";
    const DESCRIPTION: &'static str = "For staff who manage staff. Somebody has to be left who can.";

    type Access = Access;
    type Input = ();
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, id: &AccountId, (): &()) -> Result<Found, Problem> {
        member::find(service, *id).await
    }

    async fn answer(call: Call<Access>, (): &(), found: Found) -> Result<NoContent, Problem> {
        member::change(&call, &found, members::deactivate).await
    }
}
