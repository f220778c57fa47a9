//! `GET /v1/health`: the API is there. It touches nothing else, so that a check every second costs next to nothing; whether the
//! parts behind it work is what the alarms watch.

use runtime::{Answer, Function, Problem, Request, Route, StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "health",
    routes: &[Route::get("/v1/health")],
    build: |_environment| Box::pin(async { Ok(runtime::endpoint(health)) }),
};

/// That the API is there.
#[derive(Serialize, ToSchema)]
pub(crate) struct Health {
    /// Always `ok`.
    status: &'static str,
}

/// Health
#[utoipa::path(
    get,
    path = "/v1/health",
    tag = "api",
    responses((status = 200, description = "The API is there", body = Health)),
)]
pub(crate) async fn health(_request: Request) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, &Health { status: "ok" }))
}
