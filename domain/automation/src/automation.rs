//! Automations by name, and that one ran.

use decision::{Context, Event, Key, Record, Subject};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use values::{AccountId, EventId};

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
