//! `PUT /v1/settings/registration`: puts another registration policy in force, for whoever registers from now on.

use domain_settings::{RegistrationPolicy, RegistrationSettings, policies};
use runtime::{Problem, Route};
use service::permission::ManageSettings;
use service::{Body, Call, Endpoint, IfMatch, Service, Staff, Versioned};

use crate::get_registration_settings::{RegistrationPolicyView, settings};

pub(crate) struct PutRegistrationSettings;

impl Endpoint for PutRegistrationSettings {
    const NAME: &'static str = "put_registration_settings";
    const ROUTE: Route = Route::put("/v1/settings/registration");
    const SUMMARY: &'static str = "Change the registration policy";
    const DESCRIPTION: &'static str = "For staff who may. In force at once; who was active stays active, and who waits still waits for \
                                       the same thing.";

    type Access = Staff<ManageSettings>;
    type Input = (Body<RegistrationPolicyView, RegistrationPolicy>, IfMatch);
    type Found = RegistrationSettings;
    type Output = Versioned<RegistrationPolicyView>;

    async fn find(service: &Service, (): &(), _: &Self::Input) -> Result<RegistrationSettings, Problem> {
        settings(service).await
    }

    async fn answer(
        call: Call<Self::Access>,
        (policy, if_match): &Self::Input,
        found: RegistrationSettings,
    ) -> Result<Self::Output, Problem> {
        if_match.check(found.version)?;
        let decision = policies::change(&found, **policy, &call.context());
        let version = found.version + u64::from(!decision.is_empty());
        call.commit(decision, Versioned { version, body: RegistrationPolicyView::from(**policy) }).await
    }
}
