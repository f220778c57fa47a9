//! `GET /v1/health`: whether the API can serve. Until the first keys are there, nobody can register or log in, and the answer is 503;
//! from then on it costs a read every few minutes, so that it can be asked every second. Whether the parts behind it work is what
//! the alarms watch.

use std::sync::Arc;

use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::Serialize;
use service::{Need, Service};
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "health",
    routes: &[Route::get("/v1/health")],
    build: |environment| service::open_endpoint(environment, &[Need::PublicKeys], health),
};

/// That the API can serve.
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
    responses(
        (status = 200, description = "The API can serve", body = Health),
        (status = 503, description = "The keys that sign and verify tokens are not there yet, or cannot be read", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn health(service: Arc<Service>, _request: Request) -> Result<Answer, Problem> {
    match service.public_keys().await {
        Ok(_) => Ok(Answer::json(StatusCode::OK, &Health { status: "ok" })),
        Err(problem) => {
            problem.log();
            Err(Problem::not_ready())
        }
    }
}
