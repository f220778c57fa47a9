//! `POST /v1/staff/{id}/deactivate`: shuts a member of staff out, at once and until they are let in again.

use std::sync::Arc;

use domain_staff::members;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route};
use service::{Need, Service};
use values::AccountId;

use crate::member::change;

pub(crate) const FUNCTION: Function = Function {
    handler: "deactivate_staff",
    routes: &[Route::post("/v1/staff/{id}/deactivate")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], deactivate_staff),
};

/// Deactivate a member of staff
///
/// For staff who manage staff. Somebody has to be left who can.
#[utoipa::path(
    post,
    path = "/v1/staff/{id}/deactivate",
    tag = "staff",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The member of staff", pattern = "^acc_[0-9a-f]{32}$")),
    responses(
        (status = 204, description = "They are shut out"),
        (status = "4XX", description = "Not logged in, not allowed, not found, or nobody else could manage staff", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn deactivate_staff(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: AccountId = request.path("id")?;
    change(&service, &request, id, |member, staff, context| Ok(members::deactivate(member, staff, context))).await
}
