//! `PUT /v1/settings/business`: shows the business in another way, from the next mail and page on.

use domain_settings::{Business, BusinessSettings, businesses};
use runtime::{Problem, Route};
use service::permission::ManageSettings;
use service::{Body, Call, Endpoint, IfMatch, Service, Staff, Versioned};

use crate::get_business_settings::BusinessView;

pub(crate) struct PutBusinessSettings;

impl Endpoint for PutBusinessSettings {
    const NAME: &'static str = "put_business_settings";
    const ROUTE: Route = Route::put("/v1/settings/business");
    const SUMMARY: &'static str = "Change how the business shows itself";
    const DESCRIPTION: &'static str = "For staff who may.";

    type Access = Staff<ManageSettings>;
    type Input = (Body<BusinessView, Business>, IfMatch);
    type Found = BusinessSettings;
    type Output = Versioned<BusinessView>;

    async fn find(service: &Service, (): &(), _: &Self::Input) -> Result<BusinessSettings, Problem> {
        service.business().await
    }

    async fn answer(
        call: Call<Self::Access>,
        (business, if_match): &Self::Input,
        found: BusinessSettings,
    ) -> Result<Self::Output, Problem> {
        if_match.check(found.version)?;
        let decision = businesses::change(&found, Business::clone(business), &call.context());
        let version = found.version + u64::from(!decision.is_empty());
        call.commit(decision, Versioned { version, body: BusinessView::from(&**business) }).await
    }
}
