//! Functions that are given events: started once, then given the service with each of them.

use std::future::Future;
use std::sync::Arc;

use runtime::{BoxFuture, Environment, Error, Handler, LambdaEvent};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Need, Service};

/// A function that is given events.
pub fn consumer<Event, Outcome, Handling>(
    environment: Environment,
    needs: &'static [Need],
    handle: fn(Arc<Service>, LambdaEvent<Event>) -> Handling,
) -> BoxFuture<Result<Handler, Error>>
where
    Event: DeserializeOwned + Send + 'static,
    Outcome: Serialize + Send + 'static,
    Handling: Future<Output = Result<Outcome, Error>> + Send + 'static,
{
    Box::pin(async move {
        let service = Service::start(&environment, needs)?;
        Ok(runtime::handler(move |event| handle(service.clone(), event)))
    })
}
