//! Puts dead letters back on their way. Invoked by the ops team, once what made them dead is mended: `{"queue": "events"}` or
//! `{"queue": "streams"}`.
//!
//! - *events* holds events that no consumer managed to handle. They are published on the bus again; consumers that had handled
//!   them know them by their id.
//! - *streams* holds references to records of the table's stream that were not handled in time. The records are read again from
//!   the stream, which keeps them for 24 hours, and their events published. Messages among them need no help: `run_due` offers
//!   them to delivery again.
//!
//! A letter is deleted when what it holds was published; all others stay.

use std::collections::HashMap;
use std::sync::Arc;

use aws::{Aws, Deferred};
use aws_sdk_dynamodbstreams::Client as StreamsClient;
use aws_sdk_dynamodbstreams::types::{Record, ShardIteratorType};
use aws_sdk_sqs::Client as QueueClient;
use aws_sdk_sqs::types::Message as Letter;
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent};
use serde::{Deserialize, Serialize};
use tracing::Instrument;

use crate::bus::{Bus, SOURCE};
use crate::entry::Entry;

pub(crate) const FUNCTION: Function = Function { handler: "redrive", routes: &[], build };

/// What SQS hands out at once.
const LETTERS: i32 = 10;

/// How long SQS waits for letters. Without waiting it asks some of its servers alone, and a queue that is not empty
/// [may look so](https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html).
const WAIT_SECONDS: i32 = 1;

/// A queue to empty.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Redrive {
    queue: Queue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Queue {
    Events,
    Streams,
}

/// What was done.
#[derive(Debug, Default, Serialize)]
struct Redriven {
    /// Letters that were put back on their way, and deleted.
    redriven: usize,
    /// Letters that could not be, and stay.
    left: usize,
}

/// What a letter holds, in the forms that Lambda and EventBridge write it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Contents {
    /// [A reference to records of a stream](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html).
    StreamRecords {
        #[serde(rename = "DDBStreamBatchInfo")]
        batch: StreamBatch,
    },
    /// [An asynchronous invocation that failed](https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html).
    Invocation {
        #[serde(rename = "requestPayload")]
        event: BusEvent,
    },
    /// [An event that reached no target](https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html).
    Event(BusEvent),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StreamBatch {
    shard_id: String,
    start_sequence_number: String,
    end_sequence_number: String,
    stream_arn: String,
}

#[derive(Deserialize)]
struct BusEvent {
    source: String,
    detail: serde_json::Value,
}

struct Redriving {
    bus: Bus,
    streams: Deferred<StreamsClient>,
    queues: Deferred<QueueClient>,
    urls: HashMap<Queue, String>,
}

fn build(environment: Environment) -> BoxFuture<Result<Handler, Error>> {
    Box::pin(async move {
        let aws = Aws::new(&environment)?;
        let url = |name: &str| environment.require(name).map(str::to_owned);
        let redriving = Arc::new(Redriving {
            bus: Bus::new(&environment)?,
            streams: aws.dynamodb_streams(),
            queues: aws.sqs(),
            urls: HashMap::from([
                (Queue::Events, url("EVENT_DEAD_LETTERS_URL")?),
                (Queue::Streams, url("STREAM_DEAD_LETTERS_URL")?),
            ]),
        });
        Ok(runtime::handler(move |event: LambdaEvent<Redrive>| {
            let redriving = redriving.clone();
            let span = tracing::info_span!("redrive", requestId = %event.context.request_id);
            async move { redriving.empty(event.payload.queue).await }.instrument(span)
        }))
    })
}

impl Redriving {
    async fn empty(&self, queue: Queue) -> Result<Redriven, Error> {
        let url = &self.urls[&queue];
        let mut redriven = Redriven::default();
        loop {
            let receive = self.queues.receive_message().queue_url(url).max_number_of_messages(LETTERS);
            let letters = receive.wait_time_seconds(WAIT_SECONDS).send().await?;
            let letters = letters.messages.unwrap_or_default();
            if letters.is_empty() {
                tracing::info!(redriven = redriven.redriven, left = redriven.left, "queue emptied");
                return Ok(redriven);
            }
            for letter in letters {
                match self.put_back(&letter).await {
                    Ok(()) => {
                        self.queues
                            .delete_message()
                            .queue_url(url)
                            .set_receipt_handle(letter.receipt_handle)
                            .send()
                            .await?;
                        redriven.redriven += 1;
                    }
                    Err(error) => {
                        tracing::error!(letter = letter.message_id, %error, "the letter stays");
                        redriven.left += 1;
                    }
                }
            }
        }
    }

    async fn put_back(&self, letter: &Letter) -> Result<(), Error> {
        let events = match serde_json::from_str(letter.body.as_deref().unwrap_or_default())? {
            Contents::StreamRecords { batch } => self.events_of(&batch).await?,
            Contents::Invocation { event } | Contents::Event(event) if event.source == SOURCE => {
                vec![Entry::of_detail(event.detail)?]
            }
            Contents::Invocation { event } | Contents::Event(event) => {
                return Err(format!("events of {} cannot be published by others", event.source).into());
            }
        };
        let left = self.bus.publish(events).await;
        if left.is_empty() { Ok(()) } else { Err(format!("the bus did not take {} events", left.len()).into()) }
    }

    /// The events among the records that a batch refers to.
    async fn events_of(&self, batch: &StreamBatch) -> Result<Vec<Entry>, Error> {
        let iterator = self
            .streams
            .get_shard_iterator()
            .stream_arn(&batch.stream_arn)
            .shard_id(&batch.shard_id)
            .shard_iterator_type(ShardIteratorType::AtSequenceNumber)
            .sequence_number(&batch.start_sequence_number)
            .send()
            .await?;
        let mut iterator = iterator.shard_iterator;
        let mut events = Vec::new();
        while let Some(position) = iterator {
            let page = self.streams.get_records().shard_iterator(position).send().await?;
            let records = page.records.unwrap_or_default();
            let read_all = records.is_empty();
            for record in records {
                let number = record.dynamodb.as_ref().and_then(|change| change.sequence_number.clone());
                events.extend(event_of(record)?);
                if number.as_deref() == Some(&batch.end_sequence_number) {
                    return Ok(events);
                }
            }
            iterator = page.next_shard_iterator.filter(|_| !read_all);
        }
        Err("the stream does not hold the last record of the batch (any more)".into())
    }
}

/// The event that a record holds, if it is a new event.
fn event_of(record: Record) -> Result<Option<Entry>, Error> {
    let image = record.dynamodb.and_then(|change| change.new_image).unwrap_or_default();
    let is_event = image.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk.starts_with("EVENT#"));
    if is_event { Ok(Some(Entry::of_item(image.into())?)) } else { Ok(None) }
}
