//! What is done to an account from outside its own story: shutting it out, letting it in again, choosing what it is told of.

use crate::{Account, Context, Decision, Happening, Lines, Notifications};

/// Shuts an account out, whatever its state. Its sessions are over with the next request. Nothing if it is shut out.
pub fn block(account: &Account, reason: Option<Lines<500>>, context: &Context) -> Decision {
    if account.blocked_at.is_some() {
        return Decision::default();
    }
    let session_revision = account.session_revision + 1;
    let blocked = Account { blocked_at: Some(context.now), session_revision, ..account.clone() };
    moved(account, blocked, Happening::AccountBlocked { account_id: account.id, reason }, context)
}

/// Lets a blocked account in again, as far as its state allows. Sessions from before stay over. Nothing if it is not shut out.
pub fn unblock(account: &Account, context: &Context) -> Decision {
    if account.blocked_at.is_none() {
        return Decision::default();
    }
    let unblocked = Account { blocked_at: None, ..account.clone() };
    moved(account, unblocked, Happening::AccountUnblocked { account_id: account.id }, context)
}

/// Chooses what a member of staff is told of by mail; nothing if it is the same.
pub fn choose_notifications(account: &Account, notifications: Notifications, context: &Context) -> Decision {
    if account.notifications == notifications {
        return Decision::default();
    }
    let chosen = Account { notifications, ..account.clone() };
    moved(account, chosen, Happening::NotificationsChosen { notifications }, context)
}

fn moved(before: &Account, after: Account, happening: Happening, context: &Context) -> Decision {
    let mut decision = Decision::default();
    decision.events.push(context.event(before.subject(), happening));
    decision.update(after, before.version);
    decision
}
