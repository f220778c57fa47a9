//! `POST /v1/employees/join`: somebody who was invited to a company chooses a name and a password.

use std::sync::Arc;

use decision::{Actor, LinkTarget};
use domain_accounts::{Account, Attempt, Credential, Joining};
use domain_employees::{Employee, EmployeeState, JoinRefused};
use identity::{Password, hash_password};
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, ProblemKind, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{IdempotencyKey, Need, Service};
use store::until_settled;
use utoipa::ToSchema;
use values::Text;

pub(crate) const FUNCTION: Function = Function {
    handler: "join_company",
    routes: &[Route::post("/v1/employees/join")],
    build: |environment| service::endpoint(environment, &[Need::TokenKeys, Need::BusinessName], join_company),
};

/// The token from the mailed link, and what they choose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JoinRequest {
    token: String,
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
}

/// What to do next.
#[derive(Serialize, ToSchema)]
pub(crate) struct Joined {
    /// Always `log-in`.
    next: &'static str,
}

/// Join a company
///
/// Works once per invitation.
#[utoipa::path(
    post,
    path = "/v1/employees/join",
    tag = "employees",
    params(IdempotencyKey),
    request_body = JoinRequest,
    responses(
        (status = 200, description = "The account is open", body = Joined),
        (status = "4XX", description = "The invitation does not work, or the address has an account", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub async fn join_company(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let JoinRequest { token, name, password } = request.json()?;
    let once = service.once(&request).await?;
    let target = service.token_keys().await?.read_link(&token);
    let Some(LinkTarget::JoinCompany { customer_id, employee_id }) = target else {
        return Err(Problem::new(ProblemKind::LinkInvalid));
    };
    let key = || Employee::key_of(customer_id, employee_id);
    let attempts = [Attempt::Source(request.source())];
    let (counted, found) = tokio::join!(service.count(&attempts), service.store.get_all((key(), once.key())));
    counted?;
    let (employee, answered) = found?;
    if let Some(answer) = once.replay(answered)? {
        service.take_back(&attempts).await;
        return Ok(answer);
    }
    let Some(employee) = employee else { return Err(Problem::new(ProblemKind::LinkExpired)) };
    let EmployeeState::Invited { email, .. } = &employee.state else { return Err(refusal(JoinRefused::Used)) };
    let email = email.clone();
    let context = service.context(Actor::Visitor, request.cause());
    domain_employees::check(&employee, None, &context).map_err(refusal)?;
    let business = service.business_name().await?;
    let mut problems = FieldProblems::default();
    let chosen = problems.check("name", Text::parse(&name));
    let password = problems.check("password", Password::choose(password, &[&name, email.as_str(), &business]));
    let (Some(name), Some(password)) = (chosen, password) else { return Err(problems.into_problem()) };
    let password_hash = hash_password(&password).await;
    until_settled(async || {
        let (employee, known, answered) =
            service.store.get_all((key(), Credential::key_of(&email), once.key())).await?;
        if let Some(answer) = once.replay(answered)? {
            return Ok(answer);
        }
        let Some(employee) = employee else { return Err(Problem::new(ProblemKind::LinkExpired)) };
        let joining = Joining { name: name.clone(), password_hash: password_hash.clone() };
        let context = service.context(Actor::Visitor, request.cause());
        let displaced = match &known {
            Some(known) => service.store.get(Account::key_of(known.account_id)).await?,
            None => None,
        };
        let unproven = known.as_ref().zip(displaced.as_ref());
        let decision = domain_employees::join(&employee, unproven, joining, &context).map_err(refusal)?;
        let answer = Answer::json(StatusCode::OK, &Joined { next: "log-in" });
        let (stored, ()) = tokio::join!(service.commit_once(decision, &once, &answer), service.take_back(&attempts));
        stored?;
        Ok(answer)
    })
    .await
}

fn refusal(refused: JoinRefused) -> Problem {
    Problem::new(match refused {
        JoinRefused::Used => ProblemKind::LinkUsed,
        JoinRefused::Expired => ProblemKind::LinkExpired,
        JoinRefused::Taken => ProblemKind::AddressTaken,
    })
}
