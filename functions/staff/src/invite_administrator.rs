//! Invites an administrator. Invoked by the ops team after the first deployment, because nobody can log in yet:
//! `{"email"?, "language"?}`. Until the invitation is accepted, invoking it again sends a new one; once there is an administrator, it
//! invites nobody, and further ones are invited by them.

use std::sync::Arc;

use decision::{Actor, Cause};
use domain_accounts::{Holder, RoleName};
use domain_staff::{InviteRefused, invitations};
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent};
use serde::{Deserialize, Serialize};
use service::Service;
use store::{CommitError, retry_on_conflict};
use values::{EmailAddress, Language};

use crate::invited;

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
    let outcome = retry_on_conflict(async || {
        let found = invited::find(&service, &email).await?;
        let is_staff = found.credential.as_ref().is_some_and(|known| matches!(known.holder, Holder::Staff { .. }));
        if found.roster.is_managed(&found.roles) && !is_staff {
            return Ok(Outcome::AdministratorExists);
        }
        let context = service.context(Actor::Operator, Cause::request(&invocation.request_id));
        let role = RoleName::administrator();
        match invitations::invite(email.clone(), role, language, found.known(), found.staff(), &context) {
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
