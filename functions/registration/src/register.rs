//! `POST /v1/registrations`: a person or a company registers.
//!
//! The answer follows from the policy alone, and the work behind it is the same, whether the address is new, waits to be
//! confirmed, or has an account. (One case takes a further read: the address waits for a proof that the policy asks for no more.)

use std::sync::Arc;

use decision::Actor;
use domain_accounts::{Account, Attempt, Credential, Holder};
use domain_customers::{Company, Customer, Kind, Profile};
use domain_registration::{Receipt, Unopened};
use domain_settings::{NextStep, RegistrationSettings};
use identity::{Password, hash_password};
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, Request, Route, StatusCode, documented};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{EmailAddress, Invalid, Language, PhoneNumber, RegistrationNumber, Text, VatNumber};

pub(crate) const FUNCTION: Function = Function {
    handler: "register",
    routes: &[Route::post("/v1/registrations")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys, Need::BusinessName], register),
};

/// Who registers.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RegisterRequest {
    /// Person or company.
    #[schema(value_type = documented::CustomerKind)]
    kind: Kind,
    /// The name they go by.
    #[schema(min_length = 1, max_length = 200, example = "Ada Lovelace")]
    name: String,
    /// The address that the link is mailed to, and that logs in afterwards. Its domain may be international; it is kept in ASCII.
    #[schema(format = Email, max_length = 254, example = "ada@example.com")]
    email: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    language: Language,
    /// In international format.
    #[schema(pattern = r"^$|^(\+|00)[ ./()-]*[1-9]([ ./()-]*[0-9]){6,14}[ ./()-]*$", example = "+44 20 7946 0000")]
    phone: Option<String>,
    /// Whether promotional mail is welcome.
    promotional_mail: bool,
    /// For companies, and only for them.
    company: Option<CompanyRequest>,
}

/// What a company says of itself.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CompanyRequest {
    /// The name in the register of companies.
    #[schema(min_length = 1, max_length = 200)]
    legal_name: String,
    /// The number there: digits, letters of European alphabets, and what stands between them.
    #[schema(
        max_length = 50,
        pattern = r"^$|^[0-9A-Za-zÀ-ɏΆ-ӿ .,/()&':+-]*[0-9][0-9A-Za-zÀ-ɏΆ-ӿ .,/()&':+-]*$",
        example = "HRB 12345"
    )]
    registration_number: Option<String>,
    /// The number for value added tax, with its country code. It is checked by the rules of the member states of the European Union,
    /// the United Kingdom (`GB`, `XI`), Switzerland and Norway; companies of other countries leave it out.
    #[schema(max_length = 30, pattern = "^$|^ *[A-Za-z]{2}[0-9A-Za-z +*.-]{2,}$", example = "DE136695976")]
    vat_number: Option<String>,
    /// The person to talk to.
    #[schema(min_length = 1, max_length = 200)]
    contact_name: String,
}

/// What to do next, and how this device is known from now on.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Registered {
    /// `confirm-email`: follow the link in the mail. `await-approval`: wait for a mail with the decision. `log-in`.
    #[schema(value_type = String, example = "confirm-email")]
    next: NextStep,
    /// Send it when logging in from this device.
    device_token: String,
}

/// Register
///
/// What comes next follows from the registration policy. Nothing in the answer tells whether the address was known before.
#[utoipa::path(
    post,
    path = "/v1/registrations",
    tag = "registration",
    params(IdempotencyKey),
    request_body = RegisterRequest,
    responses(
        (status = 202, description = "Received", body = Registered),
        (status = "4XX", description = "The request cannot be accepted", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn register(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let body = request.json()?;
    let (email, profile, password) = read(body, &service.business_name().await?)?;
    let idempotency = service.idempotency(&request).await?;
    let token_keys = service.token_keys().await?;
    let attempts = [Attempt::Mail(email.clone()), Attempt::Source(request.source())];
    let (counted, hashed) = (OnceCell::new(), OnceCell::new());
    retry_on_conflict(async || {
        let keys = (Credential::key_of(&email), RegistrationSettings::key_of_current(), idempotency.key());
        let (accepted, found) =
            tokio::join!(counted.get_or_try_init(|| service.count(&attempts)), service.store.get_all(keys));
        accepted?;
        let (known, settings, answered) = found?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let password_hash = hashed.get_or_init(|| hash_password(&password)).await;
        let terms = settings.unwrap_or_default().policy.terms(profile.kind);
        let unopened = match known.as_ref().filter(|known| domain_registration::opens_the_unopened(terms, Some(known)))
        {
            Some(known) => unopened(&service, known).await?,
            None => None,
        };
        let context = service.context(Actor::Visitor, request.cause());
        let receipt = Receipt {
            email: email.clone(),
            profile: profile.clone(),
            password_hash: password_hash.clone(),
            device_id: context.mint(),
            device_label: request.device_label(),
            terms,
        };
        let device_token = token_keys.device(receipt.device_id, None, context.now);
        let answer = Answer::json(StatusCode::ACCEPTED, &Registered { next: terms.first_step(), device_token });
        let decision = domain_registration::receive(receipt, known, unopened, &context);
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}

async fn unopened(service: &Service, known: &Credential) -> Result<Option<Unopened>, Problem> {
    let Holder::Customer { customer_id } = known.holder else { return Ok(None) };
    let (account, customer) =
        service.store.get_all((Account::key_of(known.account_id), Customer::key_of(customer_id))).await?;
    Ok(account.zip(customer).map(|(account, customer)| Unopened { account, customer }))
}

fn read(request: RegisterRequest, business: &str) -> Result<(EmailAddress, Profile, Password), Problem> {
    let mut problems = FieldProblems::default();
    let name = problems.check("name", Text::parse(&request.name));
    let email = problems.check("email", EmailAddress::parse(&request.email));
    let personal = [request.name.as_str(), request.email.as_str(), business];
    let password = problems.check("password", Password::choose(request.password, &personal));
    let phone = problems.check_optional("phone", request.phone.as_deref().map(PhoneNumber::parse));
    let company = company(request.kind, request.company, &mut problems);
    let (Some(name), Some(email), Some(password), true) = (name, email, password, problems.is_empty()) else {
        return Err(problems.into_problem());
    };
    let (kind, language) = (request.kind, request.language);
    Ok((email, Profile { kind, name, language, phone, promotional_mail: request.promotional_mail, company }, password))
}

fn company(kind: Kind, company: Option<CompanyRequest>, problems: &mut FieldProblems) -> Option<Company> {
    let company = match (kind, company) {
        (Kind::Company, Some(company)) => company,
        (Kind::Company, None) => return problems.check("company", Err(Invalid::Required)),
        (Kind::Person, Some(_)) => return problems.check("company", Err(Invalid::OnlyForCompanies)),
        (Kind::Person, None) => return None,
    };
    let legal_name = problems.check("company.legalName", Text::parse(&company.legal_name));
    let contact_name = problems.check("company.contactName", Text::parse(&company.contact_name));
    let number = company.registration_number.as_deref().map(RegistrationNumber::parse);
    let registration_number = problems.check_optional("company.registrationNumber", number);
    let vat_number = problems.check_optional("company.vatNumber", company.vat_number.as_deref().map(VatNumber::parse));
    Some(Company { legal_name: legal_name?, contact_name: contact_name?, registration_number, vat_number })
}
