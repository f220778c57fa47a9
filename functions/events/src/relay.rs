//! Publishes new events on the bus. Fed by the table's stream, so that what is published is exactly what is stored.
//!
//! What the bus does not take is handed over again by the stream, with all that follows it. An event may so be published more
//! than once, and never not at all; consumers know it again by its id.

use std::sync::Arc;

use aws_lambda_events::event::dynamodb::Event as StreamEvent;
use aws_lambda_events::event::streams::DynamoDbEventResponse;
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent, not_handled};
use tracing::Instrument;

use crate::bus::Bus;
use crate::entry::Entry;

pub(crate) const FUNCTION: Function = Function { handler: "relay", routes: &[], build };

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let bus = Arc::new(Bus::new(&environment)?);
        Ok(runtime::handler(move |event| relay(bus.clone(), event)))
    })
}

async fn relay(bus: Arc<Bus>, event: LambdaEvent<StreamEvent>) -> Result<DynamoDbEventResponse, Error> {
    let span = tracing::info_span!("relay", requestId = %event.context.request_id);
    async {
        let mut readable: Vec<(String, Entry)> = Vec::new();
        for record in event.payload.records {
            let number = record.change.sequence_number.clone().unwrap_or_default();
            match Entry::of_item(record.change.new_image) {
                Ok(event) => readable.push((number, event)),
                // Handing it over again would not make it readable, and would hold up all that follow.
                Err(error) => tracing::error!(%error, number, "the stream holds an event that cannot be read"),
            }
        }
        let left = bus.publish(readable.iter().map(|(_, event)| event.clone()).collect()).await;
        tracing::info!(published = readable.len() - left.len(), left = left.len(), "events relayed");
        let left = readable.into_iter().filter(|(_, event)| left.contains(&event.id)).map(|(number, _)| number);
        Ok(not_handled(left))
    }
    .instrument(span)
    .await
}
