//! What the business does by itself when something happens.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Context, Customer, Decision, Event, EventId, Happening, Mail, Message, Subject};

/// An automation, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Automation {
    /// Welcomes a customer whose account has been opened.
    Welcome,
}

impl Automation {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Welcome => "welcome",
        }
    }
}

/// That an automation answered an event. There is one per automation and event, so however often the event arrives, it is
/// answered once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The automation.
    pub automation: Automation,
    /// The event it answered.
    pub event_id: EventId,
    /// The customer it was for.
    pub subject: Subject,
    /// When.
    pub at: Timestamp,
}

/// Welcomes the customer of a confirmed registration; nothing for any other event.
pub fn welcome(event: &Event, customer: &Customer, context: &Context) -> Decision {
    let mut decision = Decision::default();
    let Happening::RegistrationConfirmed { .. } = event.happening else { return decision };
    let subject = Subject::Customer { customer_id: customer.id };
    let mail = Mail::Welcome { name: customer.profile.name.as_str().to_owned() };
    decision.create(Message::new(context, subject, customer.email.clone(), customer.profile.language, mail));
    decision.create(Run { automation: Automation::Welcome, event_id: event.id, subject, at: context.now });
    let happening = Happening::AutomationRan { automation: Automation::Welcome, event_id: event.id };
    decision.events.push(context.event(subject, happening));
    decision
}
