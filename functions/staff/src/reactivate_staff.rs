//! `POST /v1/staff/{id}/reactivate`: lets a member of staff in again, with the role they had.

use domain_staff::members;
use runtime::{Problem, Route};
use service::{Call, Endpoint, NoContent, Service};
use values::AccountId;

use crate::member::{self, Access, Found};

pub(crate) struct ReactivateStaff;

impl Endpoint for ReactivateStaff {
    const NAME: &'static str = "reactivate_staff";
    const ROUTE: Route = Route::post("/v1/staff/{id}/reactivate");
    const SUMMARY: &'static str = "Reactivate a member of staff";
    const DESCRIPTION: &'static str = "For staff who manage staff.";

    type Access = Access;
    type Input = ();
    type Found = Found;
    type Output = NoContent;

    async fn find(service: &Service, id: &AccountId, (): &()) -> Result<Found, Problem> {
        member::find(service, *id).await
    }

    async fn answer(call: Call<Access>, (): &(), found: Found) -> Result<NoContent, Problem> {
        member::change(&call, &found, members::reactivate).await
    }
}
