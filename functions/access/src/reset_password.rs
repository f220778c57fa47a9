//! `POST /v1/password/reset`: sets another password by the mailed link. All sessions end.

use decision::LinkTarget;
use domain_access::{PasswordReset, ResetRefused, passwords};
use domain_accounts::{Account, Attempt, Holder, PasswordHash};
use domain_customers::Customer;
use identity::{Password, hash_password};
use runtime::{Problem, ProblemKind, Route};
use serde::{Deserialize, Serialize};
use service::{Anyone, Body, Call, Endpoint, IdempotencyKey, Json, Need, Service};
use tokio::sync::OnceCell;
use utoipa::ToSchema;
use values::{PasswordResetId, UniqueId};

/// Sets another password.
pub struct ResetPassword;

/// What the token of a link names.
pub struct Found {
    id: PasswordResetId,
    reset: Option<PasswordReset>,
    account: Option<Account>,
}

impl Endpoint for ResetPassword {
    const NAME: &'static str = "reset_password";
    const ROUTE: Route = Route::post("/v1/password/reset");
    const SUMMARY: &'static str = "Set another password";
    const DESCRIPTION: &'static str = "Works once per link, and ends all sessions.";
    const NEEDS: &'static [Need] = &[Need::TokenKeys, Need::BusinessName];

    type Access = Anyone;
    type Input = (Body<ResetRequest>, IdempotencyKey);
    type Found = Found;
    type Output = Json<PasswordSet>;

    async fn find(service: &Service, (): &(), (request, _): &Self::Input) -> Result<Found, Problem> {
        let target = service.token_keys().await?.read_link(&request.token);
        let Some(LinkTarget::ResetPassword { account_id, reset_id }) = target else {
            return Err(Problem::new(ProblemKind::LinkInvalid));
        };
        let keys = (PasswordReset::key_of(account_id, reset_id), Account::key_of(account_id));
        let (reset, account) = service.store.get_all(keys).await?;
        Ok(Found { id: reset_id, reset, account })
    }

    async fn answer(
        call: Call<Anyone>,
        (request, _): &Self::Input,
        Found { id, reset, account }: Found,
    ) -> Result<Self::Output, Problem> {
        let attempts = [Attempt::Source(call.request().source())];
        let (counted, customer) = tokio::join!(call.count(&attempts), customer_of(&call, account.as_ref()));
        counted?;
        let (Some(reset), Some(account)) = (reset, account) else { return Err(gone(&call, id)) };
        let context = call.context_of(account.actor());
        passwords::check_reset(&reset, &account, &context).map_err(refusal)?;
        let password_hash = request.password_hash(&account, &call.business_name().await?).await?;
        let decision = passwords::reset(&reset, &account, customer?.as_ref(), password_hash, &context);
        let committing = call.commit(decision.map_err(refusal)?, Json(PasswordSet { next: "log-in" }));
        let (committed, ()) = tokio::join!(committing, call.take_back(&attempts));
        committed
    }
}

/// The customer whose account it is, if it is one's: its address may be proven by the link, and a company's people are named to it.
async fn customer_of(service: &Service, account: Option<&Account>) -> Result<Option<Customer>, Problem> {
    match account.map(|account| &account.holder) {
        Some(Holder::Customer { customer_id }) => Ok(service.store.get(Customer::key_of(*customer_id)).await?),
        _ => Ok(None),
    }
}

/// The token from the mailed link, and the new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    token: String,
    /// 8 to 128 characters of any kind.
    #[schema(format = Password, min_length = 8, max_length = 128, example = "correct horse battery")]
    password: String,
    #[serde(skip)]
    password_hash: OnceCell<PasswordHash>,
}

impl ResetRequest {
    /// What is sent for the token of a link.
    pub fn new(token: impl Into<String>, password: impl Into<String>) -> Self {
        Self { token: token.into(), password: password.into(), password_hash: OnceCell::new() }
    }

    /// The hash of the new password, which is made once.
    async fn password_hash(&self, account: &Account, business: &str) -> Result<PasswordHash, Problem> {
        let hash = async || {
            let name = account.name.as_ref().map_or("", |name| name.as_str());
            let password = Password::choose(self.password.clone(), &[account.email.as_str(), name, business]);
            let password = password.map_err(|invalid| Problem::field("password", invalid))?;
            Ok(hash_password(&password).await)
        };
        self.password_hash.get_or_try_init(hash).await.cloned()
    }
}

/// The password is set.
#[derive(Serialize, ToSchema)]
pub struct PasswordSet {
    /// Always `log-in`.
    next: &'static str,
}

/// Why there is no reset of a link that was made here.
fn gone(service: &Service, id: PasswordResetId) -> Problem {
    let is_old = service.clock.now() > id.minted_at() + passwords::LINK_LIFETIME;
    Problem::new(if is_old { ProblemKind::LinkExpired } else { ProblemKind::LinkUsed })
}

fn refusal(refused: ResetRefused) -> Problem {
    Problem::new(match refused {
        ResetRefused::Used => ProblemKind::LinkUsed,
        ResetRefused::Expired => ProblemKind::LinkExpired,
    })
}
