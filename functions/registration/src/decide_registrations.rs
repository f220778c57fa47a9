//! `POST /v1/registrations/decisions`: an administrator approves or rejects, one or many.
//!
//! Each registration is decided in a transaction of its own, and has an outcome of its own: one that does not wait any more holds
//! up no other. Sending the request again has the same outcome and no further effect.

use std::sync::Arc;

use decision::{Actor, Cause};
use domain_accounts::{Account, Permission};
use domain_registration::{DecideRefused, Registration, Verdict};
use runtime::{Answer, FieldProblems, Function, Problem, ProblemBody, Request, Route, StatusCode};
use serde::{Deserialize, Serialize};
use service::{Need, Service};
use store::retry_on_conflict;
use tokio::task::JoinSet;
use utoipa::ToSchema;
use utoipa::openapi::{Array, ArrayBuilder, ObjectBuilder, Type};
use values::{Invalid, Lines, RegistrationId};

pub(crate) const FUNCTION: Function = Function {
    handler: "decide_registrations",
    routes: &[Route::post("/v1/registrations/decisions")],
    build: |environment| service::endpoint(environment, &[Need::PublicKeys], decide_registrations),
};

const MOST: usize = 100;

/// How many are decided beside each other.
const AT_ONCE: usize = 10;

/// What is decided, and about which registrations.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionRequest {
    decision: RequestedVerdict,
    #[schema(schema_with = different_ids)]
    ids: Vec<String>,
    /// What the customers are told when they are rejected. It may have line breaks.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

fn different_ids() -> Array {
    let id = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^reg_[0-9a-f]{32}$"));
    ArrayBuilder::new()
        .description(Some("Registrations, each named once."))
        .items(id)
        .min_items(Some(1))
        .max_items(Some(MOST))
        .unique_items(true)
        .build()
}

/// What is decided.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum RequestedVerdict {
    /// The accounts open.
    Approve,
    /// They do not.
    Reject,
}

/// What came of it, in the order of the request.
#[derive(Serialize, ToSchema)]
pub(crate) struct Decided {
    items: Vec<DecidedRegistration>,
}

/// What came of it for one registration.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecidedRegistration {
    #[schema(value_type = String, example = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    id: RegistrationId,
    outcome: Outcome,
}

/// What came of a decision.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outcome {
    /// It is approved.
    Approved,
    /// It is rejected.
    Rejected,
    /// Nothing: it does not wait for a decision.
    NotWaiting,
    /// Nothing: there is no such registration.
    NotFound,
    /// Nothing: it could not be stored. Send it again.
    Failed,
}

/// Decide about registrations
///
/// For staff who may. Customers are told by mail. A rejected registration can still be approved.
#[utoipa::path(
    post,
    path = "/v1/registrations/decisions",
    tag = "registration",
    security(("accessToken" = [])),
    request_body = DecisionRequest,
    responses(
        (status = 200, description = "An outcome for each", body = Decided),
        (status = "4XX", description = "Not logged in, not allowed, or not acceptable", body = ProblemBody, content_type = "application/problem+json"),
        (status = "5XX", description = "Try again", body = ProblemBody, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn decide_registrations(service: Arc<Service>, request: Request) -> Result<Answer, Problem> {
    let caller = service.caller(&request).await?;
    caller.must_be_permitted(Permission::DecideRegistrations)?;
    let (ids, verdict) = read(request.json()?)?;
    let mut outcomes = vec![Outcome::Failed; ids.len()];
    let mut deciding = JoinSet::new();
    for (position, id) in ids.iter().copied().enumerate() {
        if deciding.len() >= AT_ONCE {
            note(&mut deciding, &mut outcomes).await;
        }
        let (service, verdict, actor, cause) = (service.clone(), verdict.clone(), caller.actor(), request.cause());
        deciding.spawn(async move { (position, decide(&service, id, verdict, actor, cause).await) });
    }
    while !deciding.is_empty() {
        note(&mut deciding, &mut outcomes).await;
    }
    let items = ids.into_iter().zip(outcomes).map(|(id, outcome)| DecidedRegistration { id, outcome }).collect();
    Ok(Answer::json(StatusCode::OK, &Decided { items }))
}

fn read(request: DecisionRequest) -> Result<(Vec<RegistrationId>, Verdict), Problem> {
    let mut problems = FieldProblems::default();
    let reason = problems.check_optional("reason", request.reason.as_deref().map(Lines::parse));
    let count = match request.ids.len() {
        0 => Err(Invalid::Required),
        1..=MOST => Ok(()),
        _ => Err(Invalid::TooMany(MOST)),
    };
    problems.check("ids", count);
    let mut ids: Vec<RegistrationId> = Vec::new();
    for (position, id) in request.ids.iter().take(MOST).enumerate() {
        let id = id.parse().ok().filter(|id| !ids.contains(id)).ok_or(Invalid::Unknown);
        ids.extend(problems.check(&format!("ids[{position}]"), id));
    }
    if !problems.is_empty() {
        return Err(problems.into_problem());
    }
    let verdict = match request.decision {
        RequestedVerdict::Approve => Verdict::Approve,
        RequestedVerdict::Reject => Verdict::Reject { reason },
    };
    Ok((ids, verdict))
}

async fn note(deciding: &mut JoinSet<(usize, Result<Outcome, Problem>)>, outcomes: &mut [Outcome]) {
    let Some(Ok((position, decided))) = deciding.join_next().await else { return };
    let outcome = decided.inspect_err(|problem| tracing::error!(%problem, error = ?problem, "not decided"));
    if let (Ok(outcome), Some(place)) = (outcome, outcomes.get_mut(position)) {
        *place = outcome;
    }
}

async fn decide(
    service: &Service,
    id: RegistrationId,
    verdict: Verdict,
    actor: Actor,
    cause: Cause,
) -> Result<Outcome, Problem> {
    let meant = match verdict {
        Verdict::Approve => Outcome::Approved,
        Verdict::Reject { .. } => Outcome::Rejected,
    };
    retry_on_conflict(async || {
        let Some((registration, account)) = find(service, id).await? else { return Ok(Outcome::NotFound) };
        let context = service.context(actor.clone(), cause.clone());
        match domain_registration::decide(&registration, &account, verdict.clone(), &context) {
            Ok(decision) => service.store.commit(decision).await?,
            Err(DecideRefused::Already) => {}
            Err(DecideRefused::NotWaiting) => return Ok(Outcome::NotWaiting),
        }
        Ok(meant)
    })
    .await
}

async fn find(service: &Service, id: RegistrationId) -> Result<Option<(Registration, Account)>, Problem> {
    let Some(registration) = service.store.get(Registration::key_of(id)).await? else { return Ok(None) };
    let account = service.store.get(Account::key_of(registration.account_id)).await?;
    Ok(account.map(|account| (registration, account)))
}
