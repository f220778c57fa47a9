//! `POST /v1/registrations/decisions`: an administrator approves or rejects, one or many.
//!
//! Each registration is decided in a transaction of its own, and has an outcome of its own: one that does not wait any more holds
//! up no other. Sending the request again has the same outcome and no further effect.

use decision::Record;
use domain_accounts::Account;
use domain_registration::{DecideRefused, Registration, RegistrationState, Verdict};
use futures_util::{StreamExt, stream};
use runtime::{FieldProblems, Problem, Route};
use serde::{Deserialize, Serialize};
use service::permission::DecideRegistrations as MayDecide;
use service::{Body, Call, Endpoint, Json, ReadAs, Service, Staff};
use store::retry_on_conflict;
use utoipa::ToSchema;
use utoipa::openapi::{Array, ArrayBuilder, ObjectBuilder, Type};
use values::{Invalid, Lines, RegistrationId, Text};

const MOST: usize = 100;

/// How many are decided beside each other.
const AT_ONCE: usize = 10;

/// Decides about registrations.
pub struct DecideRegistrations;

type Access = Staff<MayDecide>;

impl Endpoint for DecideRegistrations {
    const NAME: &'static str = "decide_registrations";
    const ROUTE: Route = Route::post("/v1/registrations/decisions");
    const SUMMARY: &'static str = "Decide about registrations";
    const DESCRIPTION: &'static str =
        "For staff who may. Customers are told by mail. A rejected registration can still be approved.";

    type Access = Access;
    type Input = Body<DecisionRequest, Wanted>;
    type Found = Vec<Registration>;
    type Output = Json<Decided>;

    async fn find(service: &Service, (): &(), wanted: &Self::Input) -> Result<Vec<Registration>, Problem> {
        Ok(service.store.get_many(wanted.ids.iter().copied().map(Registration::key_of).collect()).await?)
    }

    async fn answer(
        call: Call<Access>,
        wanted: &Self::Input,
        found: Vec<Registration>,
    ) -> Result<Json<Decided>, Problem> {
        let keys = found.iter().map(|registration| Account::key_of(registration.account_id)).collect();
        let accounts: Vec<Account> = call.store.get_many(keys).await?;
        let deciding: Vec<_> =
            (wanted.ids.iter()).map(|id| decide(&call, *id, wanted, known(*id, &found, &accounts))).collect();
        Ok(Json(Decided { items: stream::iter(deciding).buffered(AT_ONCE).collect().await }))
    }
}

/// What is decided, and about which registrations.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DecisionRequest {
    /// What is decided.
    pub decision: RequestedVerdict,
    /// Registrations, each named once.
    #[schema(schema_with = different_ids)]
    pub ids: Vec<String>,
    /// What the customers are told in the mail with the decision. It may have line breaks.
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// Whether to approve only those that still wait, and not take back a rejection that somebody else may have decided meanwhile.
    #[serde(default)]
    pub only_waiting: bool,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RequestedVerdict {
    /// The accounts open.
    Approve,
    /// They do not.
    Reject,
}

/// What is decided, and about which registrations, checked.
pub struct Wanted {
    ids: Vec<RegistrationId>,
    verdict: Verdict,
    only_waiting: bool,
}

impl ReadAs<Wanted> for DecisionRequest {
    fn read(self) -> Result<Wanted, Problem> {
        let mut problems = FieldProblems::default();
        let reason = problems.check_optional("reason", self.reason.as_deref().map(Lines::parse));
        let count = match self.ids.len() {
            0 => Err(Invalid::Required),
            1..=MOST => Ok(()),
            _ => Err(Invalid::TooMany(MOST)),
        };
        problems.check("ids", count);
        let mut ids: Vec<RegistrationId> = Vec::new();
        for (position, id) in self.ids.iter().take(MOST).enumerate() {
            let id = id.parse().ok().filter(|id| !ids.contains(id)).ok_or(Invalid::Unknown);
            ids.extend(problems.check(&format!("ids[{position}]"), id));
        }
        if !problems.is_empty() {
            return Err(problems.into_problem());
        }
        let verdict = match self.decision {
            RequestedVerdict::Approve => Verdict::Approve { reason },
            RequestedVerdict::Reject => Verdict::Reject { reason },
        };
        Ok(Wanted { ids, verdict, only_waiting: self.only_waiting })
    }
}

/// What came of it, in the order of the request.
#[derive(Serialize, ToSchema)]
pub struct Decided {
    /// An outcome for each.
    pub items: Vec<DecidedRegistration>,
}

/// What came of it for one registration.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DecidedRegistration {
    /// The registration.
    #[schema(value_type = String, example = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071")]
    pub id: RegistrationId,
    /// What came of it.
    pub outcome: Outcome,
    /// True if somebody else had decided the same before. Then nothing was done, and the reason was neither kept nor mailed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub by_somebody_else: bool,
    /// The name that was registered, for pages.
    #[serde(skip)]
    pub name: Option<Text<200>>,
}

/// What came of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
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

type Known = (Registration, Account);

fn known(id: RegistrationId, registrations: &[Registration], accounts: &[Account]) -> Option<Known> {
    let registration = registrations.iter().find(|registration| registration.id == id)?;
    let account = accounts.iter().find(|account| account.id == registration.account_id)?;
    Some((registration.clone(), account.clone()))
}

async fn decide(call: &Call<Access>, id: RegistrationId, wanted: &Wanted, known: Option<Known>) -> DecidedRegistration {
    let name = known.as_ref().map(|(registration, _)| registration.profile.name.clone());
    let decided = match known {
        Some(known) => settle(call, wanted, known).await,
        None => Ok((Outcome::NotFound, false)),
    };
    let decided = decided.inspect_err(|problem| tracing::error!(%problem, error = ?problem, "not decided"));
    let (outcome, by_somebody_else) = decided.unwrap_or((Outcome::Failed, false));
    DecidedRegistration { id, outcome, by_somebody_else, name }
}

/// Decides on what was read, and reads it again if somebody else was faster.
async fn settle(call: &Call<Access>, wanted: &Wanted, known: Known) -> Result<(Outcome, bool), Problem> {
    let keys = (known.0.key(), known.1.key());
    let mut known = Some(known);
    retry_on_conflict(|| {
        let (known, keys) = (known.take(), keys.clone());
        async move {
            let known = match known {
                Some(known) => Some(known),
                None => {
                    let (registration, account) = call.store.get_all(keys).await?;
                    registration.zip(account)
                }
            };
            let Some((registration, account)) = known else { return Ok((Outcome::NotFound, false)) };
            commit(call, wanted, &registration, &account).await
        }
    })
    .await
}

async fn commit(
    call: &Call<Access>,
    wanted: &Wanted,
    registration: &Registration,
    account: &Account,
) -> Result<(Outcome, bool), Problem> {
    let context = call.context();
    let Wanted { verdict, only_waiting, .. } = wanted;
    let is_rejected = matches!(registration.state, RegistrationState::Rejected { .. });
    let meant = match verdict {
        Verdict::Approve { .. } if is_rejected && *only_waiting => return Ok((Outcome::NotWaiting, false)),
        Verdict::Approve { .. } => Outcome::Approved,
        Verdict::Reject { .. } => Outcome::Rejected,
    };
    match domain_registration::decide(registration, account, verdict.clone(), &context) {
        Ok(decision) => {
            call.store.commit(decision).await?;
            Ok((meant, false))
        }
        Err(DecideRefused::Already) => {
            Ok((meant, registration.decided_by.as_ref().is_some_and(|by| *by != context.actor)))
        }
        Err(DecideRefused::NotWaiting) => Ok((Outcome::NotWaiting, false)),
    }
}
