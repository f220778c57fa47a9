//! Welcomes customers whose account has been opened. Invoked by the rule on `registration.confirmed`.

use std::sync::Arc;

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use domain::{Actor, Automation, Cause, Event, Run, Subject};
use runtime::{Error, Function, LambdaEvent};
use service::Service;
use store::{CommitError, Key, until_settled};
use tracing::Instrument;

pub(crate) const FUNCTION: Function =
    Function { handler: "welcome", build: |environment| service::consumer(environment, &[], welcome) };

async fn welcome(service: Arc<Service>, event: LambdaEvent<EventBridgeEvent<Event>>) -> Result<(), Error> {
    let (event, request_id) = (event.payload.detail, event.context.request_id);
    let span =
        tracing::info_span!("event", requestId = %request_id, eventId = %event.id, causeId = ?event.cause.event_id);
    Ok(answer(&service, &event, &request_id).instrument(span).await?)
}

async fn answer(service: &Service, event: &Event, request_id: &str) -> Result<(), CommitError> {
    let Subject::Customer { customer_id } = event.subject else { return Ok(()) };
    let cause = Cause::event(event, request_id);
    if cause.is_loop() {
        tracing::error!(depth = cause.depth, "the chain of causes is too long; the automation does not run");
        return Ok(());
    }
    let context = service.context(Actor::Automation { automation: Automation::Welcome }, cause);
    let run = Run { automation: Automation::Welcome, event_id: event.id, subject: event.subject, at: context.now };
    until_settled(async || {
        let found = service.store.get_all((Key::customer(customer_id), Key::run(&run))).await?;
        let (Some(customer), None) = found else {
            tracing::info!("nothing to do: answered before, or no such customer");
            return Ok(());
        };
        service.store.commit(domain::welcome(event, &customer, &context)).await
    })
    .await
}
