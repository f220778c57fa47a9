//! What the business does by itself when something happens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Account, AccountId, Context, Customer, Decision, Event, EventId, Happening, Mail, Message, OpenedBy, Permission,
    Subject,
};

/// An automation, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Automation {
    /// Tells customers what became of their registration, where the policy says so.
    Welcome,
    /// Tells administrators of registrations, as they wish and the policy says.
    NotifyAdministrators,
}

impl Automation {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
            Self::NotifyAdministrators => "notify-administrators",
        }
    }
}

/// That an automation answered an event. There is one per automation, event and recipient, so however often the event arrives, it
/// is answered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The automation.
    pub automation: Automation,
    /// The event it answered.
    pub event_id: EventId,
    /// The customer it was for.
    pub subject: Subject,
    /// The member of staff it was for, where there are several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

impl Run {
    /// That an automation answers an event now.
    pub fn of(automation: Automation, event: &Event, recipient: Option<AccountId>, context: &Context) -> Self {
        Self { automation, event_id: event.id, subject: event.subject, recipient, at: context.now }
    }
}

/// Tells a customer what became of the registration: that an administrator decides, or that the account is open. Nothing for any
/// other event, and nothing after an administrator decided, because that decision was mailed.
pub fn welcome(event: &Event, customer: &Customer, context: &Context) -> Decision {
    let proven_name = customer.email_confirmed_at.is_some().then(|| customer.profile.name.clone());
    let mail = match event.happening {
        Happening::AccountOpened { notify: true, by, .. } if by != OpenedBy::Approval => {
            Mail::Welcome { name: proven_name }
        }
        Happening::ApprovalRequested { notify: true, .. } => Mail::RegistrationReceived {},
        _ => return Decision::default(),
    };
    let subject = Subject::Customer { customer_id: customer.id };
    let mut decision = Decision::default();
    decision.create(Message::new(context, subject, customer.email.clone(), customer.profile.language, mail));
    ran(Automation::Welcome, event, None, &mut decision, context);
    decision
}

/// Tells a member of staff of a registration: that it waits for a decision, if they may decide, or that it is complete. Nothing for
/// any other event, for who does not wish it, and for who cannot log in.
pub fn notify_administrator(
    event: &Event,
    customer: &Customer,
    administrator: &Account,
    context: &Context,
) -> Decision {
    let (name, kind) = (customer.profile.name.clone(), customer.profile.kind);
    let wishes = administrator.notifications;
    let (mail, concerned) = match event.happening {
        Happening::ApprovalRequested { .. } if wishes.approval_awaited => {
            (Mail::ApprovalAwaited { name, kind, since: event.at }, Permission::DecideRegistrations)
        }
        Happening::AccountOpened { notify: true, by, .. } if wishes.new_registration && by != OpenedBy::Approval => {
            (Mail::NewRegistration { name, kind, opened_at: event.at }, Permission::SeeCustomers)
        }
        _ => return Decision::default(),
    };
    let mut decision = Decision::default();
    if administrator.is_open() && administrator.permissions.contains(&concerned) {
        let (to, language) = (administrator.email.clone(), administrator.language);
        decision.create(Message::new(context, administrator.subject(), to, language, mail));
        ran(Automation::NotifyAdministrators, event, Some(administrator.id), &mut decision, context);
    }
    decision
}

fn ran(
    automation: Automation,
    event: &Event,
    recipient: Option<AccountId>,
    decision: &mut Decision,
    context: &Context,
) {
    decision.create(Run::of(automation, event, recipient, context));
    let happening = Happening::AutomationRan { automation, event_id: event.id };
    decision.events.push(context.event(event.subject, happening));
}
