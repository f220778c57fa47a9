//! `POST /v1/staff/{id}/reactivate`: lets a member of staff in again, with the role they had.

use std::sync::Arc;

use domain_staff::members;
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route};
use service::{Need, Service};
use values::AccountId;

use crate::member::change;

pub(crate) const FUNCTION: Function = Function {
    handler: "reactivate_staff",
    routes: &[Route::post("/v1/staff/{id}/reactivate")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], reactivate_staff),
};

/// Reactivate a member of staff
///
/// For staff who manage staff.
#[utoipa::path(
    post,
    path = "/v1/staff/{id}/reactivate",
    tag = "staff",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The member of staff", pattern = "^acc_[0-9a-f]{32}$")),
    responses(
        (status = 204, description = "They can log in"),
        (status = "4XX", description = "Not logged in, not allowed, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn reactivate_staff(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: AccountId = request.path("id")?;
    change(&service, &request, id, |member, staff, context| Ok(members::reactivate(member, staff, context))).await
}
