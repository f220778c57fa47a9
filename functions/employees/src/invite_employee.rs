//! `POST /v1/customers/{id}/employees`: invites somebody to a company. Inviting again sends a new mail.
//!
//! The answer is the same whether the address has an account or not: whoever invites is a stranger to it. The company's own address
//! has to be proven: until then somebody else may prove it and take the record over, and must find nobody there.

use std::sync::Arc;

use domain_accounts::{Attempt, CompanyRole, Credential, Holder};
use domain_customers::{Customer, Kind};
use domain_employees::Employee;
use runtime::{Answer, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode, documented};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::retry_on_conflict;
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{CustomerId, EmailAddress, EmployeeId, Invalid, Language};

pub(crate) const FUNCTION: Function = Function {
    handler: "invite_employee",
    routes: &[Route::post("/v1/customers/{id}/employees")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys, Need::TokenKeys], invite_employee),
};

/// Whom to invite, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InviteEmployeeRequest {
    #[schema(format = Email, max_length = 254, example = "charles@example.com")]
    email: String,
    #[schema(value_type = documented::CompanyRole)]
    role: CompanyRole,
    /// The language to write in.
    #[schema(value_type = documented::Language)]
    language: Language,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmployeeInvited {
    /// The employee to be.
    #[schema(value_type = String, example = "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: EmployeeId,
    /// Always `accept-invitation`.
    next: &'static str,
}

/// Invite an employee
///
/// For the login that registered the company, once its address is proven, and for its managers. The invitation can be accepted for
/// seven days. It cannot by somebody whose address has an account already; the mail says so.
#[utoipa::path(
    post,
    path = "/v1/customers/{id}/employees",
    tag = "employees",
    security(("accessToken" = [])),
    params(("id" = String, Path, description = "The company", pattern = "^cus_[0-9a-f]{32}$"), IdempotencyKey),
    request_body = InviteEmployeeRequest,
    responses(
        (status = 202, description = "The mail is on its way", body = EmployeeInvited),
        (status = "4XX", description = "Not logged in, not allowed, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn invite_employee(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let company: CustomerId = request.path("id")?;
    let InviteEmployeeRequest { email, role, language } = request.json()?;
    let email = EmailAddress::parse(&email).map_err(|invalid| Problem::field("email", invalid))?;
    let idempotency = service.idempotency(&request).await?;
    let counted = OnceCell::new();
    retry_on_conflict(async || {
        let keys = (Customer::key_of(company), Credential::key_of(&email), idempotency.key());
        let (caller, found, employees) = tokio::join!(
            service.caller(&request),
            service.store.get_all(keys),
            service.store.all_in::<Employee>(Customer::partition(company)),
        );
        let caller = caller?;
        caller.must_look_after_employees(company)?;
        let (customer, known, answered) = found?;
        if let Some(answer) = idempotency.replay(answered)? {
            return Ok(answer);
        }
        let customer = customer.ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
        if customer.profile.kind != Kind::Company {
            return Err(Problem::field("id", Invalid::OnlyForCompanies));
        }
        if customer.email_confirmed_at.is_none() {
            return Err(Problem::new(ProblemKind::EmailUnconfirmed));
        }
        if known.is_some_and(|known| works_at(&known, company)) {
            return Err(Problem::new(ProblemKind::AddressTaken));
        }
        let attempts = [Attempt::Source(request.source()), Attempt::Invitation(company), Attempt::Mail(email.clone())];
        counted.get_or_try_init(|| service.count(&attempts)).await?;
        let context = service.context(caller.actor(), request.cause());
        let (employee, decision) =
            domain_employees::invite(&customer, &employees?, email.clone(), role, language, &context);
        let next = "accept-invitation";
        let answer = Answer::json(StatusCode::ACCEPTED, &EmployeeInvited { id: employee.id, next });
        service.commit_with_answer(decision, &idempotency, &answer).await?;
        Ok(answer)
    })
    .await
}

fn works_at(known: &Credential, company: CustomerId) -> bool {
    matches!(known.holder, Holder::Employee { customer_id, .. } if customer_id == company)
}
