//! Asynchronous invocations, as the event bus and the scheduler make them: promised at once, made soon, repeated when they
//! fail, and left as a dead letter in the end.
//!
//! What is promised is kept until it is done, so a restart does not lose it. The pauses between attempts are short: on AWS they
//! are a minute and two, which nobody would wait for here.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::activity::{Activity, Busy};
use crate::faults::Dice;
use crate::kept::Kept;
use crate::lambda::{InvokeError, Lambda};
use crate::queues::Queues;
use crate::template::{ACCOUNT, OnFailure, REGION};

/// How many invocations are made at the same time.
const AT_ONCE: usize = 16;

/// The pause before the first repetition; each further one is four times as long.
const FIRST_PAUSE: Duration = Duration::from_millis(25);

/// How long an event is held back, at most, so that others overtake it.
const HELD_BACK: Duration = Duration::from_millis(60);

/// What happens when an asynchronous invocation fails.
#[derive(Clone)]
pub(crate) struct Retrying {
    pub(crate) retries: u32,
    pub(crate) on_failure: Option<OnFailure>,
}

/// An invocation that is promised.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    function: String,
    cause: String,
    payload: String,
    attempts: u32,
    /// Whether its failure would go unnoticed. A schedule comes again; an event does not.
    irretrievable: bool,
}

/// The invocations that are promised.
pub(crate) struct Deliveries {
    promised: Arc<Kept<BTreeMap<String, Delivery>>>,
    retrying: BTreeMap<String, Retrying>,
    lambda: Arc<Lambda>,
    queues: Arc<Queues>,
    dice: Arc<Dice>,
    activity: Activity,
    turn: Semaphore,
}

impl Deliveries {
    pub(crate) fn new(
        promised: Arc<Kept<BTreeMap<String, Delivery>>>,
        retrying: BTreeMap<String, Retrying>,
        lambda: Arc<Lambda>,
        queues: Arc<Queues>,
        dice: Arc<Dice>,
        activity: Activity,
    ) -> Self {
        Self { promised, retrying, lambda, queues, dice, activity, turn: Semaphore::new(AT_ONCE) }
    }

    /// Takes up what was promised before the last stop.
    pub(crate) fn resume(self: &Arc<Self>) {
        for (id, delivery) in self.promised.read(BTreeMap::clone) {
            let busy = self.busy(&delivery);
            tokio::spawn(Arc::clone(self).carry_out(id, delivery, Duration::ZERO, busy));
        }
    }

    /// Promises an invocation and makes it soon. `cause` is the rule that asks for it.
    pub(crate) fn promise(self: &Arc<Self>, function: &str, cause: &str, payload: &str) {
        let copies = 1 + usize::from(self.dice.strike(|faults| faults.duplicate_delivery));
        for _ in 0..copies {
            let held_back = self.dice.strike(|faults| faults.reordered_delivery);
            let wait = if held_back { self.dice.part_of(HELD_BACK) } else { Duration::ZERO };
            let (id, delivery) = self.note(function, cause, payload, true);
            let busy = self.busy(&delivery);
            tokio::spawn(Arc::clone(self).carry_out(id, delivery, wait, busy));
        }
    }

    /// Promises an invocation and waits for what becomes of it.
    pub(crate) async fn promise_and_wait(self: &Arc<Self>, function: &str, cause: &str, payload: &str) -> Outcome {
        let (id, delivery) = self.note(function, cause, payload, false);
        let busy = self.busy(&delivery);
        let done = tokio::spawn(Arc::clone(self).carry_out(id, delivery, Duration::ZERO, busy));
        done.await.unwrap_or_else(|failure| Err(InvokeError::Failed(failure.to_string())))
    }

    fn note(&self, function: &str, cause: &str, payload: &str, irretrievable: bool) -> (String, Delivery) {
        let id = uuid::Uuid::now_v7().to_string();
        let delivery = Delivery {
            function: function.to_owned(),
            cause: cause.to_owned(),
            payload: payload.to_owned(),
            attempts: 0,
            irretrievable,
        };
        self.promised.change(|promised| promised.insert(id.clone(), delivery.clone()));
        (id, delivery)
    }

    fn busy(&self, delivery: &Delivery) -> Busy {
        self.activity.begin(format!("{} is to be invoked for {}", delivery.function, delivery.cause))
    }

    async fn carry_out(self: Arc<Self>, id: String, mut delivery: Delivery, wait: Duration, _busy: Busy) -> Outcome {
        tokio::time::sleep(wait).await;
        let retries = self.retrying.get(&delivery.function).map_or(0, |retrying| retrying.retries);
        let outcome = loop {
            let outcome = self.attempt(&delivery).await;
            delivery.attempts += 1;
            match outcome {
                Err(_) if delivery.attempts <= retries => {
                    self.promised.change(|promised| promised.insert(id.clone(), delivery.clone()));
                    tokio::time::sleep(FIRST_PAUSE * 4u32.saturating_pow(delivery.attempts - 1)).await;
                }
                outcome => break outcome,
            }
        };
        if let Err(error) = &outcome {
            self.bury(&delivery, error);
        }
        self.promised.change(|promised| promised.remove(&id));
        outcome
    }

    async fn attempt(&self, delivery: &Delivery) -> Outcome {
        let _turn = self.turn.acquire().await;
        self.lambda.invoke(&delivery.function, delivery.payload.clone()).await.map(|_| ())
    }

    fn bury(&self, delivery: &Delivery, error: &InvokeError) {
        let on_failure = self.retrying.get(&delivery.function).and_then(|retrying| retrying.on_failure.as_ref());
        let mut attributes = BTreeMap::from([
            ("ErrorMessage".to_owned(), error.to_string()),
            ("Function".to_owned(), delivery.function.clone()),
            ("Cause".to_owned(), delivery.cause.clone()),
        ]);
        match on_failure {
            Some(OnFailure::Destination(queue)) => {
                self.queues.send(Some(queue), record(delivery, error), attributes);
            }
            Some(OnFailure::DeadLetterQueue(queue)) => {
                attributes.insert("ErrorCode".to_owned(), "200".to_owned());
                self.queues.send(Some(queue), delivery.payload.clone(), attributes);
            }
            None if delivery.irretrievable => self.queues.send(None, delivery.payload.clone(), attributes),
            None => {}
        }
    }
}

/// What became of an asynchronous invocation.
pub(crate) type Outcome = Result<(), InvokeError>;

/// The record that Lambda leaves at a destination.
fn record(delivery: &Delivery, error: &InvokeError) -> String {
    let payload: Value = serde_json::from_str(&delivery.payload).unwrap_or_default();
    json!({
        "version": "1.0",
        "timestamp": Timestamp::now().to_string(),
        "requestContext": {
            "requestId": uuid::Uuid::new_v4().to_string(),
            "functionArn": format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{}:$LATEST", delivery.function),
            "condition": "RetriesExhausted",
            "approximateInvokeCount": delivery.attempts,
        },
        "requestPayload": payload,
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
        "responsePayload": {"errorMessage": error.to_string(), "errorType": "Unhandled"},
    })
    .to_string()
}
