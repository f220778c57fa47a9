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
use decision::events::MessageFailed;
use decision::{Actor, Message, Outcome, Secret, Subject, messages};
use mail::{Rendered, Sender};
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent, Problem, not_handled};
use service::{Need, Service};
use store::{CommitError, Refusal, streamed};
use tokio::task::JoinSet;
use tracing::Instrument;

use crate::sender::sender;
use crate::tag;

pub(crate) const FUNCTION: Function = Function { handler: "deliver", routes: &[], build };

struct Delivery {
    service: Arc<Service>,
    ses: Deferred<Client>,
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
        let message = match streamed::<Message>(record.change.new_image) {
            Ok(message) => message,
            Err(error) => {
                // Handing it over again would not make it readable. The sweep finds it when it is due, and reports it.
                tracing::error!(requestId = %request_id, %error, "the stream holds a message that cannot be read");
                return None;
            }
        };
        let span = tracing::info_span!("message", requestId = %request_id, messageId = %message.id);
        let sent = self.send(message, &request_id).instrument(span.clone()).await;
        let problem = sent.err()?;
        span.in_scope(|| tracing::error!(%problem, error = ?problem, "the message was not handled"));
        record.change.sequence_number
    }

    async fn send(&self, message: Message, request_id: &str) -> Result<(), Problem> {
        let cause = message.cause.later(request_id);
        let context = || self.service.context(Actor::System, cause.clone());
        let (claimed, decision) = messages::claim(&message, &context());
        match self.service.store.commit(decision).await {
            Ok(()) => {}
            Err(CommitError::Refused(Refusal::Changed)) => {
                tracing::info!("the message was claimed before");
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        }
        let Some(message) = claimed else {
            tracing::info!("the message is not to be sent, or not any more");
            return Ok(());
        };
        let Some(outcome) = self.attempt(&message).await else { return Ok(()) };
        tracing::info!(?outcome, attempt = message.attempts, "handed to SES");
        let decision = messages::settle(&message, outcome, &context());
        let given_up = decision.tells::<MessageFailed>();
        match self.service.store.commit(decision).await {
            Err(CommitError::Refused(_)) => tracing::info!("SES's notice was faster"),
            settled => settled?,
        }
        if given_up {
            tracing::warn!(failedMessageId = %message.id, "the message was given up");
        }
        Ok(())
    }

    /// What came of an attempt, if that is known. What is in the way here, such as settings that cannot be read or words that are
    /// missing, is an attempt that was refused: it is tried again later, and not for ever.
    async fn attempt(&self, message: &Message) -> Option<Outcome> {
        self.hand_over(message).await.unwrap_or_else(|problem| {
            tracing::error!(%problem, error = ?problem, "the message could not be handed to SES");
            Some(Outcome::Refused(format!("not handed to the mail service: {problem}")))
        })
    }

    /// What SES said, if it said anything.
    async fn hand_over(&self, message: &Message) -> Result<Option<Outcome>, Problem> {
        let business = self.service.business().await?.business;
        let from = sender(business.name.as_str(), &self.from);
        let reply_to = business.email.as_ref().map(|address| vec![address.to_string()]);
        let sender = Sender { business, public_url: self.public_url.clone() };
        let rendered = self.render(message, &sender).await?;
        let request = self
            .ses
            .send_email()
            .from_email_address(from)
            .set_reply_to_addresses(reply_to)
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
        let secret = match &message.secret {
            Some(Secret::Code { account_id, challenge_id }) => {
                Some(self.service.token_keys().await?.code(*account_id, *challenge_id, now))
            }
            Some(Secret::Link { target }) => Some(self.service.token_keys().await?.link(target, now)),
            None => None,
        };
        mail::render(message, sender, secret.as_deref()).map_err(Problem::internal)
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
    let subject = match &message.subject {
        Subject::Customer { customer_id } => tag(tag::CUSTOMER, customer_id.to_string()),
        Subject::Staff { account_id } => tag(tag::STAFF, account_id.to_string()),
        Subject::Settings { name } => tag(tag::SETTINGS, name.clone()),
    };
    Ok(vec![tag(tag::MESSAGE, message.id.to_string())?, subject?])
}
