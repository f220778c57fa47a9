//! `GET /v1/settings/registration`: the registration policy.

use std::sync::Arc;

use domain::{AccountValidation, AdminApproval, Permission, RegistrationPolicy};
use runtime::{Answer, Function, Problem, ProblemBody, Request, Route, StatusCode, documented};
use serde::{Deserialize, Serialize};
use service::{Need, Service};
use store::Key;
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "get_registration_settings",
    routes: &[Route::get("/v1/settings/registration")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], get_registration_settings),
};

/// The registration policy.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RegistrationPolicyView {
    /// Whether a completed registration is told by mail: to the customer, and to administrators who wish it.
    notify_after_registration: bool,
    /// Whose registrations an administrator approves.
    #[schema(value_type = documented::AdminApproval)]
    admin_approval: AdminApproval,
    /// Whether logging in from an unknown device takes a code from a mail.
    confirm_device_change: bool,
    /// What becomes of the mailed link that proves an address.
    #[schema(value_type = documented::AccountValidation)]
    account_validation: AccountValidation,
}

impl From<RegistrationPolicy> for RegistrationPolicyView {
    fn from(policy: RegistrationPolicy) -> Self {
        let RegistrationPolicy { notify_after_registration, admin_approval, confirm_device_change, account_validation } =
            policy;
        Self { notify_after_registration, admin_approval, confirm_device_change, account_validation }
    }
}

impl From<RegistrationPolicyView> for RegistrationPolicy {
    fn from(view: RegistrationPolicyView) -> Self {
        let RegistrationPolicyView {
            notify_after_registration,
            admin_approval,
            confirm_device_change,
            account_validation,
        } = view;
        Self { notify_after_registration, admin_approval, confirm_device_change, account_validation }
    }
}

/// The registration policy
///
/// For staff who may change it.
#[utoipa::path(
    get,
    path = "/v1/settings/registration",
    tag = "settings",
    security(("accessToken" = [])),
    responses(
        (status = 200, description = "The policy", body = RegistrationPolicyView, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in, or not allowed", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_registration_settings(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let (caller, settings) = tokio::join!(service.caller(&request), service.store.get(Key::registration_settings()));
    caller?.must_be_permitted(Permission::ManageSettings)?;
    let settings = settings?.unwrap_or_default();
    Ok(Answer::json(StatusCode::OK, &RegistrationPolicyView::from(settings.policy)).with_version(settings.version))
}
