//! `PUT /v1/settings/registration`: puts another registration policy in force, for whoever registers from now on.

use std::sync::Arc;

use domain::{Permission, policies};
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use service::{Need, Service};
use store::{CommitError, Key};

use crate::get_registration_settings::RegistrationPolicyView;

pub(crate) const FUNCTION: Function = Function {
    handler: "put_registration_settings",
    routes: &[Route::put("/v1/settings/registration")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], put_registration_settings),
};

/// Change the registration policy
///
/// For staff who may. In force at once; who was active stays active, and who waits still waits for the same thing.
#[utoipa::path(
    put,
    path = "/v1/settings/registration",
    tag = "settings",
    security(("accessToken" = [])),
    params(("If-Match" = String, Header, description = "The `ETag` of the policy that is changed")),
    request_body = RegistrationPolicyView,
    responses(
        (status = 200, description = "The policy", body = RegistrationPolicyView, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in, not allowed, not acceptable, or changed by someone else", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn put_registration_settings(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let (caller, settings) = tokio::join!(service.caller(&request), service.store.get(Key::registration_settings()));
    let caller = caller?;
    caller.must_be_permitted(Permission::ManageSettings)?;
    let policy = request.json::<RegistrationPolicyView>()?.into();
    let settings = settings?.unwrap_or_default();
    if request.version()? != settings.version {
        return Err(Problem::new(ProblemKind::StaleVersion));
    }
    let context = service.context(caller.actor(), request.cause());
    let decision = policies::change(&settings, policy, &context);
    let version = settings.version + u64::from(!decision.saves.is_empty());
    service.store.commit(decision).await.map_err(|error| match error {
        CommitError::Refused(_) => Problem::new(ProblemKind::StaleVersion),
        CommitError::Store(error) => error.into(),
    })?;
    Ok(Answer::json(StatusCode::OK, &RegistrationPolicyView::from(policy)).with_version(version))
}
