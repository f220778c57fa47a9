//! Tells customers what became of their registration. Invoked by the rule on `account.opened` and
//! `registration.approval-requested`.

use std::sync::Arc;

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use decision::{Event, Record};
use domain_automation::{Automation, Run};
use domain_customers::Customer;
use runtime::{Error, Function, LambdaEvent};
use service::Service;
use store::{CommitError, retry_on_conflict};
use tracing::Instrument;

use crate::answering::Occasion;

pub(crate) const FUNCTION: Function =
    Function { handler: "welcome", routes: &[], build: |environment| service::consumer(environment, &[], welcome) };

async fn welcome(service: Arc<Service>, event: LambdaEvent<EventBridgeEvent<Event>>) -> Result<(), Error> {
    let Some(occasion) = Occasion::new(event) else { return Ok(()) };
    Ok(answer(&service, &occasion).instrument(occasion.span.clone()).await?)
}

async fn answer(service: &Service, occasion: &Occasion) -> Result<(), CommitError> {
    let context = occasion.context(service, Automation::Welcome);
    let run = Run::of(Automation::Welcome, &occasion.event, None, &context);
    retry_on_conflict(async || {
        let found = service.store.get_all((Customer::key_of(occasion.customer_id), run.key())).await?;
        let (Some(customer), None) = found else {
            tracing::info!("nothing to do: answered before, or no such customer");
            return Ok(());
        };
        service.store.commit(domain_automation::welcome(&occasion.event, &customer, &context)).await
    })
    .await
}
