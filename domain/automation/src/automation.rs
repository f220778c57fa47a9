//! What the business does by itself when something happens.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use decision::{Context, Decision, Event, Key, Message, Record, Subject};
use domain_accounts::{Account, Permission};
use domain_customers::Customer;
use domain_registration::OpenedBy;
use domain_registration::events::{AccountOpened, ApprovalRequested};
use values::{AccountId, EventId};

use crate::events::AutomationRan;
use crate::mails;

/// An automation, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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

impl Record for Run {
    const KIND: &'static str = "RUN";

    fn key(&self) -> Key<Self> {
        let recipient = self.recipient.map(|account| format!("#{account}")).unwrap_or_default();
        let (automation, event) = (self.automation.name(), self.event_id);
        Key::new(self.subject.partition(), format!("{}#{automation}#{event}{recipient}", Self::KIND))
    }
}

impl Run {
    /// That an automation answers an event now.
    pub fn of(automation: Automation, event: &Event, recipient: Option<AccountId>, context: &Context) -> Self {
        Self { automation, event_id: event.id, subject: event.subject.clone(), recipient, at: context.now }
    }
}

/// Tells a customer what became of the registration: that an administrator decides, or that the account is open. Nothing for any
/// other event, and nothing after an administrator decided, because that decision was mailed.
pub fn welcome(event: &Event, customer: &Customer, context: &Context) -> Decision {
    let (to, language) = (customer.email.clone(), customer.profile.language);
    let message = if let Some(AccountOpened { notify: true, by, .. }) = event.read()
        && by != OpenedBy::Approval
    {
        let name = customer.email_confirmed_at.is_some().then(|| customer.profile.name.clone());
        Message::new(context, customer.subject(), to, language, &mails::Welcome { name })
    } else if let Some(ApprovalRequested { notify: true, .. }) = event.read() {
        Message::new(context, customer.subject(), to, language, &mails::RegistrationReceived {})
    } else {
        return Decision::default();
    };
    ran(Automation::Welcome, event, None, &message, context)
}

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
        ran(Automation::NotifyAdministrators, event, Some(administrator.id), &message, context)
    } else {
        Decision::default()
    }
}

fn ran(
    automation: Automation,
    event: &Event,
    recipient: Option<AccountId>,
    message: &Message,
    context: &Context,
) -> Decision {
    let mut decision = Decision::default();
    decision.create(message);
    decision.create(&Run::of(automation, event, recipient, context));
    decision.events.push(context.event(event.subject.clone(), AutomationRan { automation, event_id: event.id }));
    decision
}
