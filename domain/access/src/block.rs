//! Shutting an account out, and letting it in again.

use decision::{Context, Decision, EventKind};
use domain_accounts::Account;
use values::Lines;

use crate::events::{AccountBlocked, AccountUnblocked};

/// Shuts an account out, whatever its state. Its sessions are over with the next request. Nothing if it is shut out.
pub fn block(account: &Account, reason: Option<Lines<500>>, context: &Context) -> Decision {
    if account.blocked_at.is_some() {
        return Decision::default();
    }
    let session_revision = account.session_revision + 1;
    let blocked = Account { blocked_at: Some(context.now), session_revision, ..account.clone() };
    changed(account, &blocked, AccountBlocked { account_id: account.id, reason }, context)
}

/// Lets a blocked account in again, as far as its state allows. Sessions from before stay over. Nothing if it is not shut out.
pub fn unblock(account: &Account, context: &Context) -> Decision {
    if account.blocked_at.is_none() {
        return Decision::default();
    }
    let unblocked = Account { blocked_at: None, ..account.clone() };
    changed(account, &unblocked, AccountUnblocked { account_id: account.id }, context)
}

fn changed(before: &Account, after: &Account, event: impl EventKind, context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.events.push(context.event(before.subject(), event));
    decision.update(before, after);
    decision
}
