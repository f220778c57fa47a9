//! What all automations have in common: an event about a customer comes in, is logged, and is not answered if the chain of causes
//! is a loop.

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use decision::{Actor, Cause, Context, Event, Subject};
use domain_automation::Automation;
use runtime::LambdaEvent;
use service::Service;
use tracing::Span;
use values::CustomerId;

/// An event that an automation is to answer.
pub(crate) struct Occasion {
    /// The event.
    pub(crate) event: Event,
    /// The customer it is about.
    pub(crate) customer_id: CustomerId,
    /// What the logs call it.
    pub(crate) span: Span,
    cause: Cause,
}

impl Occasion {
    /// None for an event that is not about a customer, or that only a loop can have caused.
    pub(crate) fn new(event: LambdaEvent<EventBridgeEvent<Event>>) -> Option<Self> {
        let (event, request_id) = (event.payload.detail, event.context.request_id);
        let span =
            tracing::info_span!("event", requestId = %request_id, eventId = %event.id, causeId = ?event.cause.event_id);
        let Subject::Customer { customer_id } = event.subject else { return None };
        let cause = event.as_cause(request_id);
        if cause.is_loop() {
            span.in_scope(|| tracing::error!(depth = cause.depth, "the chain of causes is too long; nothing is done"));
            return None;
        }
        Some(Self { event, customer_id, span, cause })
    }

    /// The circumstances under which an automation answers.
    pub(crate) fn context(&self, service: &Service, automation: Automation) -> Context {
        service.context(Actor::Automation { automation: automation.name().to_owned() }, self.cause.clone())
    }
}
