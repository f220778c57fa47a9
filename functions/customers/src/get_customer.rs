//! `GET /v1/customers/{id}`: a customer, for the customer itself and for staff.

use std::sync::Arc;

use domain::{
    AccountId, AddressTrouble, Company, Customer, CustomerId, EmailAddress, Kind, Language, PhoneNumber, Stage, Text,
};
use jiff::Timestamp;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode, documented};
use serde::Serialize;
use service::{Need, Service};
use store::Key;
use utoipa::ToSchema;

pub(crate) const FUNCTION: Function = Function {
    handler: "get_customer",
    routes: &[Route::get("/v1/customers/{id}")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], get_customer),
};

/// A customer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CustomerView {
    #[schema(value_type = String, example = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: CustomerId,
    #[schema(value_type = documented::CustomerKind)]
    kind: Kind,
    #[schema(value_type = String)]
    name: Text<200>,
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
    #[schema(value_type = Option<String>, example = "+442079460000")]
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<PhoneNumber>,
    /// Whether promotional mail is welcome.
    promotional_mail: bool,
    /// What a company says of itself.
    #[schema(value_type = Option<Object>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<Company>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
}

/// A customer
///
/// For the customer itself and for staff; for everybody else it does not exist.
#[utoipa::path(
    get,
    path = "/v1/customers/{id}",
    tag = "customers",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The customer", pattern = "^cus_[0-9a-f]{32}$")),
    responses(
        (status = 200, description = "The customer", body = CustomerView, headers(("ETag" = String, description = "The version"))),
        (status = "4XX", description = "Not logged in, or not found", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn get_customer(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let id: CustomerId = request.path("id")?;
    let (caller, customer) = tokio::join!(service.caller(&request), service.store.get(Key::customer(id)));
    caller?.must_see(id)?;
    let customer = customer?.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    let version = customer.version;
    Ok(Answer::json(StatusCode::OK, &view(customer)).with_version(version))
}

fn view(customer: Customer) -> CustomerView {
    CustomerView {
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
