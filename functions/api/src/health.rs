//! `GET /v1/health`: whether the API can serve. Until the first keys are there, nobody can register or log in, and the answer is 503;
//! from then on it costs a read every few minutes, so that it can be asked every second. Whether the parts behind it work is what
//! the alarms watch.

use runtime::{Answer, Problem, Request, Route, StatusCode};
use serde::Serialize;
use service::openapi::{Named, Operation};
use service::{Anyone, Call, Endpoint, Need, Output, Service};
use utoipa::ToSchema;

pub(crate) struct Health;

impl Endpoint for Health {
    const NAME: &'static str = "health";
    const ROUTE: Route = Route::get("/v1/health");
    const SUMMARY: &'static str = "Health";
    const DESCRIPTION: &'static str = "";
    const NEEDS: &'static [Need] = &[Need::PublicKeys];

    type Access = Anyone;
    type Input = ();
    type Found = ();
    type Output = HealthView;

    async fn find(service: &Service, (): &(), (): &()) -> Result<(), Problem> {
        service.public_keys().await.map(|_| ()).map_err(|problem| {
            problem.log();
            Problem::not_ready()
        })
    }

    async fn answer(_: Call<Anyone>, (): &(), (): ()) -> Result<HealthView, Problem> {
        Ok(HealthView { status: "ok" })
    }
}

/// The API can serve.
#[derive(Serialize, ToSchema)]
#[schema(as = Health)]
pub(crate) struct HealthView {
    /// Always `ok`.
    status: &'static str,
}

impl Output for HealthView {
    fn answer(&self, _: &Request) -> Result<Answer, Problem> {
        Ok(Answer::json(StatusCode::OK, self))
    }

    fn describe(operation: &mut Operation) {
        operation.answers(StatusCode::OK, Named::of::<Self>(), &[]);
        let reason = "The keys that sign and verify tokens are not there yet, or cannot be read";
        operation.fails(StatusCode::SERVICE_UNAVAILABLE, reason);
    }
}
