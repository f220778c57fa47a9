//! Who is calling, and what they may see: the one place where a request is authorised.

use std::collections::BTreeSet;

use decision::Actor;
use domain_accounts::{Account, Permission, Roles, Session, looks_after_employees, sees};
use jiff::Timestamp;
use runtime::{Problem, ProblemKind, Request};
use values::{AccountId, CustomerId, SessionId};

use crate::Service;

/// Someone who is logged in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their account.
    pub account: Account,
    /// Their session.
    pub session: Session,
    /// What their role includes, if they are staff.
    pub permissions: BTreeSet<Permission>,
}

impl Caller {
    /// The caller as an actor.
    pub fn actor(&self) -> Actor {
        self.account.actor()
    }

    /// Passes if the caller may see the customer. Otherwise there is no such customer for them.
    ///
    /// # Errors
    /// [`ProblemKind::NotFound`]
    pub fn must_see(&self, customer: CustomerId) -> Result<(), Problem> {
        if sees(&self.account, &self.permissions, customer) { Ok(()) } else { Err(Problem::new(ProblemKind::NotFound)) }
    }

    /// Passes if the caller may say who else sees the company.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`] for those who see it, [`ProblemKind::NotFound`] for all others.
    pub fn must_look_after_employees(&self, company: CustomerId) -> Result<(), Problem> {
        self.must_see(company)?;
        if looks_after_employees(&self.account, company) { Ok(()) } else { Err(Problem::new(ProblemKind::Forbidden)) }
    }

    /// Passes if the caller is staff whose role includes it.
    ///
    /// # Errors
    /// [`ProblemKind::Forbidden`]
    pub fn must_be_permitted(&self, permission: Permission) -> Result<(), Problem> {
        if self.permissions.contains(&permission) { Ok(()) } else { Err(Problem::new(ProblemKind::Forbidden)) }
    }
}

impl Service {
    /// The caller, by access token, or by the session that a page has verified. The session and the account are read with each request, in one round trip that can run beside
    /// the request's own: a session that was ended and an account that was closed are out at once.
    ///
    /// # Errors
    /// [`ProblemKind::Unauthenticated`], whatever the reason.
    pub async fn caller(&self, request: &Request) -> Result<Caller, Problem> {
        let unauthenticated = || Problem::new(ProblemKind::Unauthenticated);
        let now = self.clock.now();
        let (account, session) = match request.verified_session() {
            Some(verified) => verified,
            None => self.bearer(request, now).await?,
        };
        let keys = (Account::key_of(account), Session::key_of(account, session), Roles::key_of_all());
        match self.store.get_all(keys).await? {
            (Some(account), Some(session), roles) if session.is_live(&account, now) => {
                let permissions = roles.unwrap_or_default().permissions_of(&account);
                Ok(Caller { account, session, permissions })
            }
            _ => Err(unauthenticated()),
        }
    }

    async fn bearer(&self, request: &Request, now: Timestamp) -> Result<(AccountId, SessionId), Problem> {
        let unauthenticated = || Problem::new(ProblemKind::Unauthenticated);
        let token = request.bearer_token().ok_or_else(unauthenticated)?;
        let keys = self.public_keys().await?;
        let claims = self.access_tokens().read(token, &keys, now).map_err(|reason| {
            tracing::info!(%reason, "the access token was refused");
            unauthenticated()
        })?;
        Ok((claims.sub, claims.sid))
    }
}
