//! What an automation answers an event with.

use decision::{Context, Decision, Event, Message};
use values::AccountId;

use crate::events::AutomationRan;
use crate::{Automation, Run};

/// A mail, and that the automation ran.
pub(crate) fn with_mail(
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
