//! Who is calling: a session and its account, or nobody.

use std::collections::BTreeSet;

use decision::{Actor, Key};
use domain_accounts::{Account, Permission, Roles, Session};
use runtime::{Problem, ProblemKind, Request};
use store::IdempotencyRecord;
use values::{AccountId, SessionId};

use crate::Service;

/// Someone who is logged in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their account.
    pub account: Account,
    /// Their session.
    pub session: Session,
    /// What their role includes now; nothing for customers and their employees.
    pub permissions: BTreeSet<Permission>,
}

/// Whose request it is, as far as its token tells: the session may be over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) account: AccountId,
    pub(crate) session: SessionId,
}

impl Caller {
    /// The caller as an actor.
    pub fn actor(&self) -> Actor {
        self.account.actor()
    }
}

impl Service {
    /// Whose request it is. Reads nothing but the public keys, when those in memory are old.
    ///
    /// # Errors
    /// [`ProblemKind::Unauthenticated`], whatever the reason.
    pub(crate) async fn identify(&self, request: &Request) -> Result<Identity, Problem> {
        if let Some((account, session)) = request.verified_session() {
            return Ok(Identity { account, session });
        }
        let token = request.bearer_token().ok_or_else(unauthenticated)?;
        let keys = self.public_keys().await?;
        let claims = self.access_tokens().read(token, &keys, self.clock.now()).map_err(|reason| {
            tracing::info!(%reason, "the access token was refused");
            unauthenticated()
        })?;
        Ok(Identity { account: claims.sub, session: claims.sid })
    }

    /// The caller, if the session goes on, and beside it the answer that is kept at `answer`. Nothing is read where neither is named.
    /// Session, account and roles are read with each request, in one round trip that can run beside the request's own: a session that
    /// was ended, an account that was closed and a right that was taken away are out at once.
    pub(crate) async fn read_caller(
        &self,
        identity: Option<Identity>,
        answer: Option<Key<IdempotencyRecord>>,
    ) -> Result<(Option<Caller>, Option<IdempotencyRecord>), Problem> {
        let Some(Identity { account, session }) = identity else {
            let answered = self.store.get_many(answer.into_iter().collect()).await?;
            return Ok((None, answered.into_iter().next()));
        };
        let keys = (Account::key_of(account), Session::key_of(account, session), Roles::key_of_all(), answer);
        let (account, session, roles, answered) = self.store.get_all(keys).await?;
        let now = self.clock.now();
        let live = account.zip(session).filter(|(account, session)| session.is_live(account, now));
        let caller = live.map(|(account, session)| {
            let permissions = permissions(&account, roles);
            Caller { account, session, permissions }
        });
        Ok((caller, answered))
    }
}

/// What an account may do as staff. The one place where a role becomes permissions.
fn permissions(account: &Account, roles: Option<Roles>) -> BTreeSet<Permission> {
    account.permissions(&roles.unwrap_or_default())
}

fn unauthenticated() -> Problem {
    Problem::new(ProblemKind::Unauthenticated)
}
