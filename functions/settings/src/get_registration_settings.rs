//! `GET /v1/settings/registration`: the registration policy.

use domain_settings::{AccountValidation, AdminApproval, RegistrationPolicy, RegistrationSettings};
use runtime::{Problem, Route, documented};
use serde::{Deserialize, Serialize};
use service::permission::ManageSettings;
use service::{Call, Endpoint, ReadAs, Service, Staff, Versioned};
use utoipa::ToSchema;

pub(crate) struct GetRegistrationSettings;

impl Endpoint for GetRegistrationSettings {
    const NAME: &'static str = "get_registration_settings";
    const ROUTE: Route = Route::get("/v1/settings/registration");
    const SUMMARY: &'static str = "The registration policy";
    const DESCRIPTION: &'static str = "For staff who may change it.";

    type Access = Staff<ManageSettings>;
    type Input = ();
    type Found = RegistrationSettings;
    type Output = Versioned<RegistrationPolicyView>;

    async fn find(service: &Service, (): &(), (): &()) -> Result<RegistrationSettings, Problem> {
        settings(service).await
    }

    async fn answer(_: Call<Self::Access>, (): &(), found: RegistrationSettings) -> Result<Self::Output, Problem> {
        Ok(Versioned { version: found.version, body: found.policy.into() })
    }
}

/// The policy in force: the one from the start until somebody sets another.
pub(crate) async fn settings(service: &Service) -> Result<RegistrationSettings, Problem> {
    Ok(service.store.get(RegistrationSettings::key_of_current()).await?.unwrap_or_default())
}

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

impl ReadAs<RegistrationPolicy> for RegistrationPolicyView {
    fn read(self) -> Result<RegistrationPolicy, Problem> {
        let Self { notify_after_registration, admin_approval, confirm_device_change, account_validation } = self;
        Ok(RegistrationPolicy { notify_after_registration, admin_approval, confirm_device_change, account_validation })
    }
}
