//! SQS: as much of it as a function needs that puts dead letters back on their way.

use std::sync::Arc;

use http::StatusCode;
use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::{Call, Reply};
use crate::faults::Dice;
use crate::policy::Access;
use crate::queues::{DeadLetter, Queues};
use crate::template::{ACCOUNT, REGION};

/// For how many seconds a received message is hidden, unless the request says otherwise.
const HIDDEN_FOR: i64 = 300;

/// SQS as the functions see it.
pub(crate) struct Sqs {
    pub(crate) queues: Arc<Queues>,
    pub(crate) dice: Arc<Dice>,
    pub(crate) address: String,
}

impl Sqs {
    pub(super) fn answer(&self, call: &Call<'_>) -> Reply {
        let queue = queue_of(&call.body);
        let access = Access {
            action: format!("sqs:{}", call.operation.trim_end_matches("Batch")),
            resource: format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"),
            context: Vec::new(),
        };
        if let Err(refusal) = call.permit(&access) {
            return refusal;
        }
        if !self.queues.exists(queue) {
            let message = "The specified queue does not exist.";
            return Reply::error(StatusCode::BAD_REQUEST, "com.amazonaws.sqs#QueueDoesNotExist", message);
        }
        match call.operation {
            "ReceiveMessage" => self.receive(queue, &call.body),
            "DeleteMessage" => self.delete(queue, &call.body),
            "DeleteMessageBatch" => self.delete_batch(queue, &call.body),
            "GetQueueAttributes" => self.attributes(queue),
            "GetQueueUrl" => Reply::ok(&json!({"QueueUrl": format!("{}/{ACCOUNT}/{queue}", self.address)})),
            operation => {
                let message = format!("This cloud has no {operation}");
                Reply::error(StatusCode::BAD_REQUEST, "UnknownOperationException", &message)
            }
        }
    }

    fn receive(&self, queue: &str, body: &Value) -> Reply {
        // A queue here has one server: whoever waits has nothing to wait for, and whoever does not is told so by a fault alone.
        let waits = body["WaitTimeSeconds"].as_i64().is_some_and(|seconds| seconds > 0);
        if !waits && self.dice.strike(|faults| faults.sqs_short_polling) {
            return Reply::ok(&json!({}));
        }
        let most = body["MaxNumberOfMessages"].as_u64().and_then(|most| usize::try_from(most).ok()).unwrap_or(1);
        let hidden_for = SignedDuration::from_secs(body["VisibilityTimeout"].as_i64().unwrap_or(HIDDEN_FOR));
        let messages = self.queues.receive(queue, most.clamp(1, 10), hidden_for);
        let messages: Vec<Value> = messages.iter().map(|(receipt, letter)| message(receipt, letter)).collect();
        if messages.is_empty() { Reply::ok(&json!({})) } else { Reply::ok(&json!({"Messages": messages})) }
    }

    fn delete(&self, queue: &str, body: &Value) -> Reply {
        self.queues.delete(queue, body["ReceiptHandle"].as_str().unwrap_or_default());
        Reply::ok(&json!({}))
    }

    fn delete_batch(&self, queue: &str, body: &Value) -> Reply {
        let mut deleted = Vec::new();
        for entry in body["Entries"].as_array().into_iter().flatten() {
            self.queues.delete(queue, entry["ReceiptHandle"].as_str().unwrap_or_default());
            deleted.push(json!({"Id": entry["Id"]}));
        }
        Reply::ok(&json!({"Successful": deleted, "Failed": []}))
    }

    fn attributes(&self, queue: &str) -> Reply {
        let (visible, hidden) = self.queues.count(queue);
        Reply::ok(&json!({"Attributes": {
            "QueueArn": format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{queue}"),
            "ApproximateNumberOfMessages": visible.to_string(),
            "ApproximateNumberOfMessagesNotVisible": hidden.to_string(),
            "ApproximateNumberOfMessagesDelayed": "0",
        }}))
    }
}

fn queue_of(body: &Value) -> &str {
    let url = body["QueueUrl"].as_str().or(body["QueueName"].as_str()).unwrap_or_default();
    url.rsplit('/').next().unwrap_or(url)
}

fn message(receipt: &str, letter: &DeadLetter) -> Value {
    let attributes: Map<String, Value> = letter
        .attributes
        .iter()
        .map(|(name, value)| (name.clone(), json!({"DataType": "String", "StringValue": value})))
        .collect();
    json!({
        "MessageId": letter.id,
        "ReceiptHandle": receipt,
        "Body": letter.body,
        "Attributes": {
            "ApproximateReceiveCount": letter.received.to_string(),
            "SentTimestamp": letter.sent_at.as_millisecond().to_string(),
        },
        "MessageAttributes": attributes,
    })
}
