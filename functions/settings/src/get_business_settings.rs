//! `GET /v1/settings/business`: how the business shows itself in mails and on pages.

use domain_settings::{Business, BusinessSettings};
use runtime::{FieldProblems, Problem, Route};
use serde::{Deserialize, Serialize};
use service::permission::ManageSettings;
use service::{Call, Endpoint, ReadAs, Service, Staff, Versioned};
use utoipa::ToSchema;
use values::{Invalid, Text, WebAddress};

/// As many as stand well under a mail.
const MOST_LINES: usize = 6;

pub(crate) struct GetBusinessSettings;

impl Endpoint for GetBusinessSettings {
    const NAME: &'static str = "get_business_settings";
    const ROUTE: Route = Route::get("/v1/settings/business");
    const SUMMARY: &'static str = "How the business shows itself";
    const DESCRIPTION: &'static str = "For staff who may change it.";

    type Access = Staff<ManageSettings>;
    type Input = ();
    type Found = BusinessSettings;
    type Output = Versioned<BusinessView>;

    async fn find(service: &Service, (): &(), (): &()) -> Result<BusinessSettings, Problem> {
        service.business().await
    }

    async fn answer(_: Call<Self::Access>, (): &(), found: BusinessSettings) -> Result<Self::Output, Problem> {
        Ok(Versioned { version: found.version, body: BusinessView::from(&found.business) })
    }
}

/// How the business shows itself.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct BusinessView {
    /// The name under which customers know it.
    #[schema(min_length = 1, max_length = 100)]
    pub(crate) name: String,
    /// Its postal address, line by line.
    #[serde(default)]
    #[schema(max_items = 6, value_type = Vec<AddressLine>)]
    pub(crate) address: Vec<String>,
    /// A picture with its logo, by its `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^($|https://)", example = "https://example.com/logo.png")]
    pub(crate) logo_url: Option<String>,
}

/// A line of a postal address.
#[derive(ToSchema)]
#[schema(value_type = String, min_length = 1, max_length = 100)]
#[expect(dead_code, reason = "describes the items of a list")]
struct AddressLine(String);

impl From<&Business> for BusinessView {
    fn from(business: &Business) -> Self {
        Self {
            name: business.name.as_str().to_owned(),
            address: business.address.iter().map(|line| line.as_str().to_owned()).collect(),
            logo_url: business.logo_url.as_ref().map(|address| address.as_str().to_owned()),
        }
    }
}

impl ReadAs<Business> for BusinessView {
    fn read(self) -> Result<Business, Problem> {
        let mut problems = FieldProblems::default();
        let name = problems.check("name", Text::parse(&self.name));
        let enough = if self.address.len() <= MOST_LINES { Ok(()) } else { Err(Invalid::TooMany(MOST_LINES)) };
        problems.check("address", enough);
        let lines = self.address.iter().take(MOST_LINES).enumerate();
        let address =
            lines.filter_map(|(at, line)| problems.check(&format!("address[{at}]"), Text::parse(line))).collect();
        let logo_url = problems.check_optional("logoUrl", self.logo_url.as_deref().map(WebAddress::parse));
        match name {
            Some(name) if problems.is_empty() => Ok(Business { name, address, logo_url }),
            _ => Err(problems.into_problem()),
        }
    }
}
