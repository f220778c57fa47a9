//! `GET /v1/settings/business`: how the business shows itself in mails and on pages.

use domain_settings::{Business, BusinessSettings};
use runtime::{FieldProblems, Problem, Route};
use serde::{Deserialize, Serialize};
use service::permission::ManageSettings;
use service::{Call, Endpoint, ReadAs, Service, Staff, Versioned};
use utoipa::ToSchema;
use utoipa::openapi::schema::{AnyOfBuilder, KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use values::{Color, EmailAddress, Invalid, PhoneNumber, Text, WebAddress};

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
    /// The address that customers write to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = optional_address)]
    pub(crate) email: Option<String>,
    /// The number that they call, in international format.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = r"^$|^(\+|00)[ ./()-]*[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$", example = "+49 40 1234567")]
    pub(crate) phone: Option<String>,
    /// Its website, by its `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^($|https://)", example = "https://example.com/")]
    pub(crate) website: Option<String>,
    /// Where its terms are, by their `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^($|https://)", example = "https://example.com/terms")]
    pub(crate) terms_url: Option<String>,
    /// Where it says what becomes of personal data, by an `https` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^($|https://)", example = "https://example.com/privacy")]
    pub(crate) privacy_url: Option<String>,
    /// Its colour. Text on it is white or black, whichever can be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^($|#[0-9A-Fa-f]{6}$)", example = "#1f58c7")]
    pub(crate) color: Option<String>,
}

/// An e-mail address, or nothing.
fn optional_address() -> Schema {
    let address = ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))
        .max_length(Some(254));
    let nothing = ObjectBuilder::new().schema_type(SchemaType::new(Type::String)).max_length(Some(0));
    AnyOfBuilder::new()
        .item(address)
        .item(nothing)
        .description(Some("The address that customers write to."))
        .examples(["service@example.com"])
        .build()
        .into()
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
            logo_url: business.logo_url.as_ref().map(web_address),
            email: business.email.as_ref().map(EmailAddress::to_string),
            phone: business.phone.as_ref().map(|number| number.as_str().to_owned()),
            website: business.website.as_ref().map(web_address),
            terms_url: business.terms_url.as_ref().map(web_address),
            privacy_url: business.privacy_url.as_ref().map(web_address),
            color: business.color.as_ref().map(Color::to_string),
        }
    }
}

fn web_address(address: &WebAddress) -> String {
    address.as_str().to_owned()
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
        let mut link =
            |field: &str, address: Option<&str>| problems.check_optional(field, address.map(WebAddress::parse));
        let logo_url = link("logoUrl", self.logo_url.as_deref());
        let website = link("website", self.website.as_deref());
        let terms_url = link("termsUrl", self.terms_url.as_deref());
        let privacy_url = link("privacyUrl", self.privacy_url.as_deref());
        let email = problems.check_optional("email", self.email.as_deref().map(EmailAddress::parse));
        let phone = problems.check_optional("phone", self.phone.as_deref().map(PhoneNumber::parse));
        let color = problems.check_optional("color", self.color.as_deref().map(Color::parse));
        match name {
            Some(name) if problems.is_empty() => {
                Ok(Business { name, address, logo_url, email, phone, website, terms_url, privacy_url, color })
            }
            _ => Err(problems.into_problem()),
        }
    }
}
