//! Administrators are told of registrations.

use std::collections::BTreeSet;

use decision::{Context, Decision, Event, Message};
use domain_accounts::{Account, Permission};
use domain_customers::Customer;
use domain_registration::OpenedBy;
use domain_registration::events::{AccountOpened, ApprovalRequested};

use crate::{Automation, answer, mails};

/// Tells a member of staff of a registration: that it waits for a decision, if they may decide, or that it is complete. Nothing for
/// any other event, for who does not wish it, and for who cannot log in. `permissions` are what the member's role includes.
pub fn notify_administrator(
    event: &Event,
    customer: &Customer,
    administrator: &Account,
    permissions: &BTreeSet<Permission>,
    context: &Context,
) -> Decision {
    let (name, kind) = (customer.profile.name.clone(), customer.profile.kind);
    let (to, language, wishes) = (administrator.email.clone(), administrator.language, administrator.notifications);
    let (message, concerned) = if let Some(ApprovalRequested { .. }) = event.read()
        && wishes.approval_awaited
    {
        let mail = mails::ApprovalAwaited { name, kind, since: event.at };
        (Message::new(context, administrator.subject(), to, language, &mail), Permission::DecideRegistrations)
    } else if let Some(AccountOpened { notify: true, by, .. }) = event.read()
        && wishes.new_registration
        && by != OpenedBy::Approval
    {
        let mail = mails::NewRegistration { name, kind, opened_at: event.at };
        (Message::new(context, administrator.subject(), to, language, &mail), Permission::SeeCustomers)
    } else {
        return Decision::default();
    };
    if administrator.is_open() && permissions.contains(&concerned) {
        answer::with_mail(Automation::NotifyAdministrators, event, Some(administrator.id), &message, context)
    } else {
        Decision::default()
    }
}
