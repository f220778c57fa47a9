//! Writes down what SES reports about a mail. Invoked by the rule on SES's events.
//!
//! That SES took a mail settles the one case that sending alone cannot: its answer was lost. That a mail came back for good, or was
//! reported as unwanted, marks the address on the customer's record.

use std::sync::Arc;

use aws_lambda_events::event::eventbridge::EventBridgeEvent;
use decision::{Actor, Message, Subject, messages};
use domain_customers::{AddressTrouble, Customer};
use runtime::{Error, Function, LambdaEvent};
use serde::{Deserialize, Serialize};
use service::Service;
use store::{CommitError, retry_on_conflict};
use values::MessageId;

pub(crate) const FUNCTION: Function = Function {
    handler: "note_outcome",
    routes: &[],
    build: |environment| service::consumer(environment, &[], note_outcome),
};

/// The part of [SES's event](https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html) that is used.
#[derive(Serialize, Deserialize)]
struct Report {
    mail: ReportedMail,
    #[serde(default)]
    bounce: Option<Bounce>,
    #[serde(default)]
    complaint: Option<Complaint>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
}

/// That there is one is all that counts.
#[derive(Serialize, Deserialize)]
struct Complaint {}

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

/// What is reported.
#[derive(Clone, Copy, PartialEq, Eq)]
enum News {
    Sent,
    Trouble(AddressTrouble),
}

impl Report {
    /// None for a mail that came back and may get through another time.
    fn news(&self) -> Option<News> {
        match (&self.bounce, &self.complaint) {
            (Some(bounce), _) if bounce.bounce_type == "Permanent" => Some(News::Trouble(AddressTrouble::Bounced)),
            (Some(_), _) => None,
            (None, Some(_)) => Some(News::Trouble(AddressTrouble::Complained)),
            (None, None) => Some(News::Sent),
        }
    }
}

async fn note_outcome(service: Arc<Service>, event: LambdaEvent<EventBridgeEvent<Report>>) -> Result<(), Error> {
    let request_id = event.context.request_id;
    let report = event.payload.detail;
    let (Some((subject, message_id)), Some(news)) = (report.mail.tags.message(), report.news()) else {
        tracing::info!(requestId = %request_id, "nothing to note, or the mail was not sent from here");
        return Ok(());
    };
    let noted: Result<(), CommitError> = retry_on_conflict(async || {
        let Some(message) = service.store.get(Message::key_of(&subject, message_id)).await? else { return Ok(()) };
        let context = service.context(Actor::System, message.cause.later(&request_id));
        let decision = match (news, &subject) {
            (News::Sent, _) => messages::note_sent(&message, &context),
            (News::Trouble(trouble), Subject::Customer { customer_id }) => {
                let customer = service.store.get(Customer::key_of(*customer_id)).await?;
                domain_customers::note_trouble(&message, customer.as_ref(), trouble, &context)
            }
            (News::Trouble(_), _) => {
                tracing::warn!("a mail to staff came back or was not wanted");
                return Ok(());
            }
        };
        service.store.commit(decision).await
    })
    .await;
    tracing::info!(requestId = %request_id, messageId = %message_id, noted = noted.is_ok(), "SES reported on the mail");
    Ok(noted?)
}
