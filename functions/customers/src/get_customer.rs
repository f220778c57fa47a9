//! `GET /v1/customers/{id}`: a customer, for the customer itself and for staff.

use domain_customers::{AddressTrouble, Company, Customer, Kind, Stage};
use jiff::Timestamp;
use runtime::{Problem, ProblemKind, Route, documented};
use serde::Serialize;
use service::{Call, Endpoint, OfCustomer, Service, Versioned};
use utoipa::ToSchema;
use values::{AccountId, CustomerId, EmailAddress, Language, PhoneNumber, Text};

/// A customer.
pub struct GetCustomer;

impl Endpoint for GetCustomer {
    const NAME: &'static str = "get_customer";
    const ROUTE: Route = Route::get("/v1/customers/{id}");
    const SUMMARY: &'static str = "A customer";
    const DESCRIPTION: &'static str = "For the customer itself and for staff; for everybody else it does not exist.";

    type Access = OfCustomer;
    type Input = ();
    type Found = Option<Customer>;
    type Output = Versioned<CustomerView>;

    async fn find(service: &Service, id: &CustomerId, (): &()) -> Result<Option<Customer>, Problem> {
        Ok(service.store.get(Customer::key_of(*id)).await?)
    }

    async fn answer(_: Call<OfCustomer>, (): &(), found: Option<Customer>) -> Result<Self::Output, Problem> {
        let customer = found.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        Ok(Versioned { version: customer.version, body: customer.into() })
    }
}

/// A customer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CustomerView {
    #[schema(value_type = String, example = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: CustomerId,
    /// Person or company.
    #[schema(value_type = documented::CustomerKind)]
    pub kind: Kind,
    /// The name they go by.
    #[schema(value_type = String)]
    pub name: Text<200>,
    #[schema(value_type = String, format = Email)]
    email: EmailAddress,
    /// Whether the address is proven.
    email_confirmed: bool,
    /// `bounced` if a mail to the address came back for good, `complained` if its reader did not want one; absent if all is well.
    #[schema(value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    email_trouble: Option<AddressTrouble>,
    /// The account that its registration opened.
    #[schema(value_type = String, example = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    account_id: AccountId,
    #[schema(value_type = documented::Stage)]
    stage: Stage,
    #[schema(value_type = documented::Language)]
    language: Language,
    /// In international format.
    #[schema(value_type = Option<String>, example = "+442079460000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<PhoneNumber>,
    /// Whether promotional mail is welcome.
    pub promotional_mail: bool,
    /// What a company says of itself.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<Company>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

impl From<Customer> for CustomerView {
    fn from(customer: Customer) -> Self {
        Self {
            id: customer.id,
            kind: customer.profile.kind,
            name: customer.profile.name,
            email: customer.email,
            email_confirmed: customer.email_confirmed_at.is_some(),
            email_trouble: customer.email_trouble,
            account_id: customer.account_id,
            stage: customer.stage,
            language: customer.profile.language,
            phone: customer.profile.phone,
            promotional_mail: customer.profile.promotional_mail,
            company: customer.profile.company,
            created_at: customer.created_at,
            updated_at: customer.updated_at,
        }
    }
}
