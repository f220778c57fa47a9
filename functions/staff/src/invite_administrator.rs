//! Invites an administrator. Invoked by the ops team after the first deployment, because nobody can log in yet:
//! `{"email"?, "language"?}`. Until the invitation is accepted, invoking it again sends a new one; once there is an administrator, it
//! invites nobody, and further ones are invited by them.

use std::sync::Arc;

use decision::{Actor, Cause};
use domain_accounts::{Account, Credential, Holder, RoleName, Roles};
use domain_staff::{InviteRefused, InvitedAddress, Known, Roster, invitations};
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent};
use serde::{Deserialize, Serialize};
use service::Service;
use store::{CommitError, until_settled};
use values::{EmailAddress, Language};

pub(crate) const FUNCTION: Function = Function { handler: "invite_administrator", routes: &[], build };

/// Whom to invite; the address that was given when deploying, and English, if nothing else is said.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invite {
    email: Option<String>,
    #[serde(default)]
    language: Language,
}

/// What came of it.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    Invited,
    AdministratorExists,
    AlreadyStaff,
    BelongsToCustomer,
}

#[derive(Serialize)]
struct Invited {
    outcome: Outcome,
    email: EmailAddress,
}

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let service = Service::start(&environment, &[])?;
        let usual = environment.get("ADMINISTRATOR_EMAIL").map(str::to_owned);
        Ok(runtime::handler(move |event| invite(service.clone(), usual.clone(), event)))
    })
}

async fn invite(service: Arc<Service>, usual: Option<String>, event: LambdaEvent<Invite>) -> Result<Invited, Error> {
    let LambdaEvent { payload: Invite { email, language }, context: invocation } = event;
    let email = email.or(usual).ok_or("say whom to invite: {\"email\": \"…\"}")?;
    let email = EmailAddress::parse(&email).map_err(|invalid| format!("email {invalid}"))?;
    let outcome = until_settled(async || {
        let keys =
            (Credential::key_of(&email), InvitedAddress::key_of(&email), Roles::key_of_all(), Roster::key_of_all());
        let (credential, invited, roles, roster) = service.store.get_all(keys).await?;
        let (roles, roster) = (roles.unwrap_or_default(), roster.unwrap_or_default());
        let is_staff = credential.as_ref().is_some_and(|known| matches!(known.holder, Holder::Staff { .. }));
        if roster.is_managed(&roles) && !is_staff {
            return Ok(Outcome::AdministratorExists);
        }
        let account = match &invited {
            Some(invited) => service.store.get(Account::key_of(invited.account_id)).await?,
            None => None,
        };
        let known = Known { credential: credential.as_ref(), invited: invited.as_ref(), account: account.as_ref() };
        let context = service.context(Actor::Operator, Cause::request(&invocation.request_id));
        let role = RoleName::administrator();
        match invitations::invite(email.clone(), role, language, known, &roster, &context) {
            Ok(decision) => service.store.commit(decision).await.map(|()| Outcome::Invited),
            Err(InviteRefused::AlreadyStaff) => Ok(Outcome::AlreadyStaff),
            Err(InviteRefused::BelongsToCustomer) => Ok(Outcome::BelongsToCustomer),
        }
    })
    .await
    .map_err(|error: CommitError| error)?;
    tracing::info!(?outcome, "administrator invited");
    Ok(Invited { outcome, email })
}
