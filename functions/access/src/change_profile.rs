//! `PATCH /v1/me`: changes what one says of oneself.

use std::sync::Arc;

use domain_access::{ProfileChange, profiles};
use domain_accounts::Holder;
use domain_customers::Customer;
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, Request, Route, StatusCode, documented};
use serde::{Deserialize, Deserializer};
use service::{Need, Service};
use store::retry_on_conflict;
use utoipa::ToSchema;
use values::{Invalid, Language, PhoneNumber, Text};

use crate::me::Me;

pub(crate) const FUNCTION: Function = Function {
    handler: "change_profile",
    routes: &[Route::patch("/v1/me")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], change_profile),
};

/// What is to become different. What is not named stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ProfileRequest {
    /// The name to go by.
    #[schema(min_length = 1, max_length = 200, example = "Ada Lovelace")]
    name: Option<String>,
    /// The language to write in.
    #[schema(value_type = Option<documented::Language>)]
    language: Option<Language>,
    /// In international format; null takes it away. For customers only.
    #[serde(default, deserialize_with = "named")]
    #[schema(value_type = Option<String>, pattern = r"^$|^(\+|00)[ ./()-]*[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$", example = "+44 20 7946 0000")]
    phone: Option<Option<String>>,
    /// Whether promotional mail is welcome. For customers only.
    promotional_mail: Option<bool>,
}

/// Change the profile
///
/// The version is that of `GET /v1/me`; any change of the profile makes another.
#[utoipa::path(
    patch,
    path = "/v1/me",
    tag = "access",
    security(("accessToken" = [])),
    params((
        "If-Match" = String, Header,
        description = "The `ETag` of what is changed, or `*` for any",
        pattern = r#"^(\*|(W/)?"[!#-~]*"([\t ]*,[\t ]*(W/)?"[!#-~]*")*)$"#
    )),
    request_body = ProfileRequest,
    responses(
        (status = 200, description = "The account", body = Me, headers(("ETag" = String, description = "Its version"))),
        (status = "4XX", description = "Not logged in, not acceptable, or changed in the meantime", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn change_profile(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    retry_on_conflict(async || {
        let caller = service.caller(&request).await?;
        let account = caller.account.clone();
        let change = read(request.json()?, &account.holder)?;
        request.if_match()?.check(account.version)?;
        let customer = match account.holder {
            Holder::Customer { customer_id } => service.store.get(Customer::key_of(customer_id)).await?,
            Holder::Employee { .. } | Holder::Staff { .. } => None,
        };
        let context = service.context(caller.actor(), request.cause());
        let (changed, decision) = profiles::change(&account, customer.as_ref(), change, &context);
        service.store.commit(decision).await?;
        let version = changed.version;
        Ok(Answer::json(StatusCode::OK, &Me::new(changed, caller.permissions)).with_version(version))
    })
    .await
}

fn read(request: ProfileRequest, holder: &Holder) -> Result<ProfileChange, Problem> {
    let mut problems = FieldProblems::default();
    let is_customer = matches!(holder, Holder::Customer { .. });
    let only_for_customers = |given: bool| if given && !is_customer { Err(Invalid::OnlyForCustomers) } else { Ok(()) };
    problems.check("phone", only_for_customers(request.phone.is_some()));
    problems.check("promotionalMail", only_for_customers(request.promotional_mail.is_some()));
    let name = problems.check_optional("name", request.name.as_deref().map(Text::parse));
    let phone = request.phone.map(|phone| {
        let given = phone.as_deref().filter(|phone| !phone.is_empty());
        problems.check_optional("phone", given.map(PhoneNumber::parse))
    });
    if !problems.is_empty() {
        return Err(problems.into_problem());
    }
    Ok(ProfileChange { name, language: request.language, phone, promotional_mail: request.promotional_mail })
}

/// Tells null from what is not there.
fn named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
