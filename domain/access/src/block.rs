//! Shutting an account out, and letting it in again.
//!
//! Both are told by mail where the account is one that gets in otherwise, and its address is proven. Whoever owns an address that
//! nobody has proven may have nothing to do with the account. The reason stays within the staff.

use decision::{Context, Decision, EventKind, Mail, Message};
use domain_accounts::{Account, AccountState};
use values::Lines;

use crate::events::{AccountBlocked, AccountUnblocked};
use crate::mails;

/// Shuts an account out, whatever its state. Its sessions are over with the next request. Nothing if it is shut out.
pub fn block(account: &Account, reason: Option<Lines<500>>, context: &Context) -> Decision {
    if account.blocked_at.is_some() {
        return Decision::default();
    }
    let session_revision = account.session_revision + 1;
    let blocked = Account { blocked_at: Some(context.now), session_revision, ..account.clone() };
    let mail = mails::AccountBlocked { name: account.name.clone(), blocked_at: context.now };
    changed(account, &blocked, AccountBlocked { account_id: account.id, reason }, &mail, context)
}

/// Lets a blocked account in again, as far as its state allows. Sessions from before stay over. Nothing if it is not shut out.
pub fn unblock(account: &Account, context: &Context) -> Decision {
    if account.blocked_at.is_none() {
        return Decision::default();
    }
    let unblocked = Account { blocked_at: None, ..account.clone() };
    let mail = mails::AccountUnblocked { name: account.name.clone() };
    changed(account, &unblocked, AccountUnblocked { account_id: account.id }, &mail, context)
}

fn changed(before: &Account, after: &Account, event: impl EventKind, mail: &impl Mail, context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.events.push(context.event(before.subject(), event));
    decision.update(before, after);
    if after.state == AccountState::Active && after.confirmed_at.is_some() {
        let (to, language) = (after.email.clone(), after.language);
        decision.create(&Message::new(context, after.subject(), to, language, mail));
    }
    decision
}
