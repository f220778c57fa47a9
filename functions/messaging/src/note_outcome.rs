//! Writes down what SES reports about a mail. Invoked by the rule on SES's events.
//!
//! It settles the one case that sending alone cannot: SES took the mail, and its answer was lost.

use std::sync::Arc;

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use domain::{Actor, Cause, MessageId, Subject, messages};
use runtime::{Error, Function, LambdaEvent};
use serde::{Deserialize, Serialize};
use service::Service;
use store::{CommitError, Key, until_settled};

pub(crate) const FUNCTION: Function =
    Function { handler: "note_outcome", build: |environment| service::consumer(environment, &[], note_outcome) };

/// The part of [SES's event](https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html) that is used.
#[derive(Serialize, Deserialize)]
struct Report {
    mail: ReportedMail,
}

#[derive(Serialize, Deserialize)]
struct ReportedMail {
    #[serde(default)]
    tags: Tags,
}

/// The tags that `deliver` gave the mail. SES reports each as a list.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Tags {
    message: Vec<String>,
    customer: Vec<String>,
    staff: Vec<String>,
}

impl Tags {
    fn message(&self) -> Option<(Subject, MessageId)> {
        let customer = self.customer.first().and_then(|id| id.parse().ok());
        let staff = self.staff.first().and_then(|id| id.parse().ok());
        let subject = customer
            .map(|customer_id| Subject::Customer { customer_id })
            .or(staff.map(|account_id| Subject::Staff { account_id }))?;
        Some((subject, self.message.first()?.parse().ok()?))
    }
}

async fn note_outcome(service: Arc<Service>, event: LambdaEvent<EventBridgeEvent<Report>>) -> Result<(), Error> {
    let request_id = event.context.request_id;
    let Some((subject, message_id)) = event.payload.detail.mail.tags.message() else {
        tracing::info!(requestId = %request_id, "the mail was not sent from here");
        return Ok(());
    };
    let noted: Result<(), CommitError> = until_settled(async || {
        let Some(message) = service.store.get(Key::message(subject, message_id)).await? else { return Ok(()) };
        let context = service.context(Actor::System, Cause::request(&request_id));
        service.store.commit(messages::note_sent(&message, &context)).await
    })
    .await;
    tracing::info!(requestId = %request_id, messageId = %message_id, noted = noted.is_ok(), "SES took the mail");
    Ok(noted?)
}
