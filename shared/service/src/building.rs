//! Functions from plain asynchronous ones: started once, then given the service with each event.

use std::future::Future;
use std::sync::Arc;

use runtime::{Answer, BoxFuture, Environment, Error, Handler, LambdaEvent, Problem, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Need, Service};

/// A function that answers HTTP requests. If it verifies callers, nobody gets to it without a good access token.
pub fn endpoint<Answering>(
    environment: Environment,
    needs: &'static [Need],
    answer: fn(Arc<Service>, Request) -> Answering,
) -> BoxFuture<Result<Handler, Error>>
where
    Answering: Future<Output = Result<Answer, Problem>> + Send + 'static,
{
    Box::pin(async move {
        let service = Service::start(&environment, needs)?;
        let handler = runtime::endpoint(&environment, move |request| {
            let service = service.clone();
            async move {
                if service.verifies_callers {
                    service.identify(&request).await?;
                }
                answer(service, request).await
            }
        })?;
        Ok(handler)
    })
}

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
