//! Sends messages that became pending. Fed by the table's stream.
//!
//! Each message is claimed before it is sent, so it does not matter how often the stream delivers it. An answer that says no is
//! written down, and `run_due` offers the message again later; no answer at all leaves the message claimed, until SES's notice
//! (`note_outcome`) or the end of the claim settles it. A message that cannot be sent holds up no other.

use std::sync::Arc;

use aws::{Aws, Deferred};
use aws_lambda_events::event::dynamodb::{Event, EventRecord};
use aws_lambda_events::event::streams::DynamoDbEventResponse;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_sesv2::operation::send_email::SendEmailError;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, MessageHeader, MessageTag};
use domain::{Actor, Cause, Happening, Mail, Message, Outcome, Subject, messages};
use mail::{Rendered, Sender};
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent, Problem, not_handled};
use service::{Need, Service};
use store::{CommitError, Refusal, stored_message};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::sender::sender;
use crate::tag;

pub(crate) const FUNCTION: Function = Function { handler: "deliver", build };

struct Delivery {
    service: Arc<Service>,
    ses: Deferred<Client>,
    business_name: String,
    public_url: String,
    from: String,
    configuration_set: Option<String>,
}

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let aws = Aws::new(&environment)?;
        let delivery = Arc::new(Delivery {
            service: Service::start_with(&aws, &environment, &[Need::TokenKeys])?,
            ses: aws.ses(),
            business_name: environment.require("BUSINESS_NAME")?.to_owned(),
            public_url: environment.require("PUBLIC_URL")?.to_owned(),
            from: environment.require("SENDER_ADDRESS")?.to_owned(),
            configuration_set: environment.get("CONFIGURATION_SET").map(str::to_owned),
        });
        Ok(runtime::handler(move |event| deliver(delivery.clone(), event)))
    })
}

async fn deliver(delivery: Arc<Delivery>, event: LambdaEvent<Event>) -> Result<DynamoDbEventResponse, Error> {
    let request_id = event.context.request_id;
    let mut deliveries = JoinSet::new();
    for record in event.payload.records {
        let (delivery, request_id) = (delivery.clone(), request_id.clone());
        deliveries.spawn(async move { delivery.handle(record, request_id).await });
    }
    Ok(not_handled(deliveries.join_all().await.into_iter().flatten()))
}

impl Delivery {
    /// The sequence number of the record, if it is to be handed over again.
    async fn handle(&self, record: EventRecord, request_id: String) -> Option<String> {
        let message = match stored_message(record.change.new_image) {
            Ok(message) => message,
            Err(error) => {
                tracing::error!(requestId = %request_id, %error, "the stream holds a message that cannot be read");
                return record.change.sequence_number;
            }
        };
        let span = tracing::info_span!("message", requestId = %request_id, messageId = %message.id);
        let sent = self.send(message, &request_id).instrument(span.clone()).await;
        let problem = sent.err()?;
        span.in_scope(|| tracing::error!(%problem, error = ?problem, "the message was not handled"));
        record.change.sequence_number
    }

    async fn send(&self, message: Message, request_id: &str) -> Result<(), Problem> {
        let context = || self.service.context(Actor::System, Cause::request(request_id));
        let Some((message, claim)) = messages::claim(&message, &context()) else { return Ok(()) };
        match self.service.store.commit(claim).await {
            Ok(()) => {}
            Err(CommitError::Refused(Refusal::Changed)) => {
                tracing::info!("the message was claimed before");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        let Some(outcome) = self.hand_over(&message).await? else { return Ok(()) };
        tracing::info!(?outcome, attempt = message.attempts, "handed to SES");
        let decision = messages::settle(&message, outcome, &context());
        let given_up = decision.events.iter().any(|event| matches!(event.happening, Happening::MessageFailed { .. }));
        match self.service.store.commit(decision).await {
            Err(CommitError::Refused(_)) => tracing::info!("SES's notice was faster"),
            settled => settled?,
        }
        if given_up {
            tracing::warn!(failedMessageId = %message.id, "the message was given up");
        }
        Ok(())
    }

    /// What SES said, if it said anything.
    async fn hand_over(&self, message: &Message) -> Result<Option<Outcome>, Problem> {
        let business = self.service.business(&self.business_name).await?.business;
        let from = sender(business.name.as_str(), &self.from);
        let sender = Sender { business, public_url: self.public_url.clone() };
        let rendered = self.render(message, &sender).await?;
        let request = self
            .ses
            .send_email()
            .from_email_address(from)
            .destination(Destination::builder().to_addresses(message.to.as_str()).build())
            .content(content(rendered).map_err(Problem::internal)?)
            .set_email_tags(Some(tags(message).map_err(Problem::internal)?))
            .set_configuration_set_name(self.configuration_set.clone());
        match request.send().await {
            Ok(_) => Ok(Some(Outcome::Accepted)),
            Err(error) => Ok(verdict(&error)),
        }
    }

    async fn render(&self, message: &Message, sender: &Sender) -> Result<Rendered, Problem> {
        let now = self.service.clock.now();
        let secret = match (&message.mail, message.mail.link()) {
            (Mail::DeviceCode { account_id, challenge_id, .. }, _) => {
                Some(self.service.token_keys().await?.code(*account_id, *challenge_id, now))
            }
            (_, Some(link)) => Some(self.service.token_keys().await?.link(link, now)),
            (_, None) => None,
        };
        mail::render(&message.mail, message.language, sender, secret.as_deref()).map_err(Problem::internal)
    }
}

/// What an error says about the mail: never, not now, or nothing.
fn verdict(error: &SdkError<SendEmailError>) -> Option<Outcome> {
    let SdkError::ServiceError(answer) = error else {
        tracing::warn!(error = %DisplayErrorContext(error), "SES gave no answer");
        return None;
    };
    let reason = format!("{}: {}", error.code().unwrap_or("unknown"), error.message().unwrap_or_default());
    match answer.err() {
        SendEmailError::MessageRejected(_) | SendEmailError::BadRequestException(_) => Some(Outcome::Rejected(reason)),
        _ if answer.raw().status().is_server_error() => {
            tracing::warn!(reason, "SES failed, perhaps after it took the mail");
            None
        }
        _ => Some(Outcome::Refused(reason)),
    }
}

fn content(rendered: Rendered) -> Result<EmailContent, aws_sdk_sesv2::error::BuildError> {
    let utf8 = |text: String| Content::builder().data(text).charset("UTF-8").build();
    let body = Body::builder().text(utf8(rendered.text)?).html(utf8(rendered.html)?).build();
    // RFC 3834: nobody's out-of-office note should answer this.
    let automatic = MessageHeader::builder().name("Auto-Submitted").value("auto-generated").build()?;
    let message =
        aws_sdk_sesv2::types::Message::builder().subject(utf8(rendered.subject)?).body(body).headers(automatic);
    Ok(EmailContent::builder().simple(message.build()).build())
}

fn tags(message: &Message) -> Result<Vec<MessageTag>, aws_sdk_sesv2::error::BuildError> {
    let tag = |name: &str, value: String| MessageTag::builder().name(name).value(value).build();
    let subject = match message.subject {
        Subject::Customer { customer_id } => tag(tag::CUSTOMER, customer_id.to_string()),
        Subject::Staff { account_id } => tag(tag::STAFF, account_id.to_string()),
        Subject::Settings { name } => tag(tag::SETTINGS, name.name().to_owned()),
    };
    Ok(vec![tag(tag::MESSAGE, message.id.to_string())?, subject?])
}
