//! Event source mappings: each reads a table's stream in order, at its own pace, and hands batches to its function.
//!
//! The rules are Lambda's: what the filters leave aside is passed over, a batch is tried again from the first record that
//! failed, a batch that fails as a whole is halved if the mapping says so, and what fails for good is noted in a queue by where
//! it stands in the stream, so that the records behind it go on.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use dynoxide::Database;
use dynoxide::actions::describe_stream::DescribeStreamRequest;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::activity::{Activity, Busy};
use crate::faults::Dice;
use crate::kept::Kept;
use crate::lambda::{InvokeError, Lambda};
use crate::queues::Queues;
use crate::stream_view;
use crate::template::{ACCOUNT, REGION, StreamMapping};

/// How many records are read at once.
const PAGE: usize = 1000;

/// The pause before a batch is tried again; it doubles each time.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

/// How far each mapping has read: sequence numbers by the names of the mappings.
pub(crate) type Checkpoints = BTreeMap<String, String>;

/// What all readers need.
#[derive(Clone)]
pub(crate) struct Surroundings {
    pub(crate) database: Database,
    /// What the streams show of a change, by table.
    pub(crate) views: Arc<BTreeMap<String, String>>,
    pub(crate) checkpoints: Arc<Kept<Checkpoints>>,
    pub(crate) lambda: Arc<Lambda>,
    pub(crate) queues: Arc<Queues>,
    pub(crate) dice: Arc<Dice>,
    pub(crate) activity: Activity,
}

/// The mappings of a cloud.
pub(crate) struct Streams(Vec<Arc<Reader>>);

impl Streams {
    /// `mappings` are given with the function that each of them calls.
    pub(crate) fn new(mappings: impl Iterator<Item = (String, StreamMapping)>, surroundings: &Surroundings) -> Self {
        let reader = |(function, mapping)| Arc::new(Reader::new(function, mapping, surroundings.clone()));
        Self(mappings.map(reader).collect())
    }

    /// Something was written to a table.
    pub(crate) fn wake(&self, table: &str) {
        for reader in self.0.iter().filter(|reader| reader.mapping.table == table) {
            reader.wake();
        }
    }

    /// How far every mapping of a table's stream has read, by table: nothing before this sequence number is read again. A table is
    /// left out until each of its mappings has read something.
    pub(crate) fn read_by_all(&self) -> BTreeMap<String, String> {
        let mut positions: BTreeMap<&str, Option<String>> = BTreeMap::new();
        for reader in &self.0 {
            let position = reader.checkpoint();
            positions
                .entry(&reader.mapping.table)
                .and_modify(|least| *least = least.take().min(position.clone()))
                .or_insert(position);
        }
        positions.into_iter().filter_map(|(table, position)| Some((table.to_owned(), position?))).collect()
    }

    /// The table that a stream belongs to, by the ARN of the stream.
    pub(crate) fn table_of(&self, stream: &str) -> Option<&str> {
        self.0.iter().find(|reader| reader.mapping.stream == stream).map(|reader| reader.mapping.table.as_str())
    }

    /// The readers at work, beginning with what they have not read yet.
    pub(crate) fn run(&self) -> Vec<tokio::task::JoinHandle<()>> {
        let run = |reader: &Arc<Reader>| {
            reader.wake();
            tokio::spawn(Arc::clone(reader).run())
        };
        self.0.iter().map(run).collect()
    }
}

/// Whether there is something new. While there is, the cloud is busy.
#[derive(Default)]
struct News {
    unread: bool,
    busy: Option<Busy>,
}

struct Reader {
    function: String,
    mapping: StreamMapping,
    shard: String,
    surroundings: Surroundings,
    news: Mutex<News>,
    woken: Notify,
}

/// Records that are handed over together, and how often that was tried.
struct Batch {
    records: Vec<Value>,
    attempts: u32,
}

/// What a function made of a batch.
enum Verdict {
    /// It is done with the records before this one.
    DoneBefore(usize),
    Failed(InvokeError),
}

impl Reader {
    fn new(function: String, mapping: StreamMapping, surroundings: Surroundings) -> Self {
        let shard = dynoxide::streams::shard_id(&mapping.table);
        Self { function, mapping, shard, surroundings, news: Mutex::default(), woken: Notify::new() }
    }

    fn wake(&self) {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        news.unread = true;
        if news.busy.is_none() {
            news.busy = Some(self.surroundings.activity.begin(format!("{} is reading its stream", self.mapping.name)));
        }
        self.woken.notify_one();
    }

    /// Whether there was something new since the last question. If not, the reader counts as idle from now on.
    fn take_news(&self) -> bool {
        let mut news = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = std::mem::take(&mut news.unread);
        if !unread {
            news.busy = None;
        }
        unread
    }

    async fn run(self: Arc<Self>) {
        if !self.mapping.from_start && self.checkpoint().is_none() {
            self.skip_to_end();
        }
        loop {
            while self.take_news() {
                while let Some(page) = self.read() {
                    self.hand_over(page).await;
                }
            }
            self.woken.notified().await;
        }
    }

    fn checkpoint(&self) -> Option<String> {
        self.surroundings.checkpoints.read(|checkpoints| checkpoints.get(&self.mapping.name).cloned())
    }

    fn note_checkpoint(&self, sequence: &str) {
        self.surroundings.checkpoints.change(|checkpoints| {
            checkpoints.insert(self.mapping.name.clone(), sequence.to_owned());
        });
    }

    fn skip_to_end(&self) {
        let request = DescribeStreamRequest { stream_arn: self.mapping.stream.clone(), ..Default::default() };
        let described = self.surroundings.database.describe_stream(request).ok();
        let shards = described.map(|described| described.stream_description.shards).unwrap_or_default();
        if let Some(end) =
            shards.first().and_then(|shard| shard.sequence_number_range.ending_sequence_number.as_deref())
        {
            self.note_checkpoint(end);
        }
    }

    /// The next records, if there are any.
    fn read(&self) -> Option<Vec<Record>> {
        let checkpoint = self.checkpoint();
        let kind = if checkpoint.is_some() { "AFTER_SEQUENCE_NUMBER" } else { "TRIM_HORIZON" };
        let request = GetShardIteratorRequest {
            stream_arn: self.mapping.stream.clone(),
            shard_id: self.shard.clone(),
            shard_iterator_type: kind.to_owned(),
            sequence_number: checkpoint,
        };
        let database = &self.surroundings.database;
        let page = database.get_shard_iterator(request).and_then(|iterator| {
            let shard_iterator = iterator.shard_iterator.unwrap_or_default();
            database.get_records(GetRecordsRequest { shard_iterator, limit: Some(PAGE) })
        });
        match page {
            Ok(page) => Some(page.records).filter(|records| !records.is_empty()),
            Err(error) => {
                tracing::error!(mapping = self.mapping.name, %error, "the stream cannot be read");
                None
            }
        }
    }

    async fn hand_over(&self, page: Vec<Record>) {
        let end = page.last().map(|record| record.dynamodb.sequence_number.clone()).unwrap_or_default();
        let records: Vec<Value> = page.iter().map(|record| self.event_of(record)).collect();
        let wanted: Vec<Value> = records.into_iter().filter(|record| self.wants(record)).collect();
        for records in wanted.chunks(self.mapping.batch_size) {
            self.process(records.to_vec()).await;
        }
        self.note_checkpoint(&end);
    }

    fn event_of(&self, record: &Record) -> Value {
        let mut event = serde_json::to_value(record).unwrap_or_default();
        event["awsRegion"] = REGION.into();
        event["eventSourceARN"] = self.mapping.stream.as_str().into();
        if let Some(view) = self.surroundings.views.get(&self.mapping.table) {
            stream_view::restrict(&mut event, view);
        }
        event
    }

    fn wants(&self, record: &Value) -> bool {
        let filters = &self.mapping.filters;
        filters.is_empty() || filters.iter().any(|filter| filter.matches(record))
    }

    async fn process(&self, records: Vec<Value>) {
        let mut work = VecDeque::from([Batch { records, attempts: 0 }]);
        while let Some(batch) = work.pop_front() {
            let verdict = self.attempt(&batch.records).await;
            if let Some(rest) = self.conclude(batch, verdict) {
                tokio::time::sleep(pause(rest[0].attempts)).await;
                rest.into_iter().rev().for_each(|batch| work.push_front(batch));
            }
        }
    }

    async fn attempt(&self, records: &[Value]) -> Verdict {
        let payload = json!({"Records": records}).to_string();
        let answer = self.surroundings.lambda.invoke(&self.function, payload.clone()).await;
        if answer.is_ok() && self.surroundings.dice.strike(|faults| faults.duplicate_delivery) {
            let _ = self.surroundings.lambda.invoke(&self.function, payload).await;
        }
        match answer {
            Ok(answer) if self.mapping.reports_failures => Verdict::DoneBefore(first_failure(answer.get(), records)),
            Ok(_) => Verdict::DoneBefore(records.len()),
            Err(error) => Verdict::Failed(error),
        }
    }

    /// Draws the conclusion from a verdict: notes what is done or given up, and returns what is to be tried again.
    fn conclude(&self, batch: Batch, verdict: Verdict) -> Option<Vec<Batch>> {
        let Batch { mut records, attempts } = batch;
        let mut error = "the function reported it as failed".to_owned();
        let attempts = match verdict {
            Verdict::DoneBefore(done) if done > 0 => {
                self.note_checkpoint(sequence_of(&records[done - 1]));
                records.drain(..done);
                1
            }
            Verdict::Failed(_) if self.mapping.bisects && records.len() > 1 => {
                let second = records.split_off(records.len() / 2);
                return Some(vec![Batch { records, attempts }, Batch { records: second, attempts }]);
            }
            Verdict::Failed(failure) => {
                error = failure.to_string();
                attempts + 1
            }
            Verdict::DoneBefore(_) => attempts + 1,
        };
        if records.is_empty() {
            return None;
        }
        if self.mapping.retries.is_some_and(|retries| attempts > retries) {
            self.give_up(&records, attempts, error);
            return None;
        }
        Some(vec![Batch { records, attempts }])
    }

    fn give_up(&self, records: &[Value], attempts: u32, error: String) {
        let (first, last) = (&records[0], &records[records.len() - 1]);
        let body = json!({
            "requestContext": {
                "requestId": uuid::Uuid::new_v4().to_string(),
                "functionArn": format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{}", self.function),
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": attempts,
            },
            "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
            "version": "1.0",
            "timestamp": Timestamp::now().to_string(),
            "DDBStreamBatchInfo": {
                "shardId": self.shard,
                "startSequenceNumber": sequence_of(first),
                "endSequenceNumber": sequence_of(last),
                "approximateArrivalOfFirstRecord": arrival_of(first),
                "approximateArrivalOfLastRecord": arrival_of(last),
                "batchSize": records.len(),
                "streamArn": self.mapping.stream,
            },
        });
        let attributes = BTreeMap::from([
            ("Function".to_owned(), self.function.clone()),
            ("Cause".to_owned(), self.mapping.name.clone()),
            ("ErrorMessage".to_owned(), error),
        ]);
        self.surroundings.queues.send(self.mapping.on_failure.as_deref(), body.to_string(), attributes);
        self.note_checkpoint(sequence_of(last));
    }
}

fn pause(attempts: u32) -> Duration {
    LONGEST_PAUSE.min(FIRST_PAUSE * 2u32.saturating_pow(attempts.min(10)))
}

fn sequence_of(record: &Value) -> &str {
    record["dynamodb"]["SequenceNumber"].as_str().unwrap_or_default()
}

fn arrival_of(record: &Value) -> String {
    let seconds = record["dynamodb"]["ApproximateCreationDateTime"].as_f64().unwrap_or_default();
    Timestamp::from_second(seconds as i64).unwrap_or_default().to_string()
}

/// The index of the first record that the answer reports as failed; the number of records if none is. An answer that names
/// something else, or nothing that can be read, fails the whole batch, as on AWS.
fn first_failure(answer: &str, records: &[Value]) -> usize {
    let answer: Value = serde_json::from_str(answer).unwrap_or_default();
    let failures = match answer.get("batchItemFailures") {
        Some(Value::Array(failures)) => failures.as_slice(),
        Some(Value::Null) | None => &[],
        Some(_) => return 0,
    };
    let place = |failure: &Value| {
        let failed = failure["itemIdentifier"].as_str().filter(|failed| !failed.is_empty());
        failed.and_then(|failed| records.iter().position(|record| sequence_of(record) == failed)).unwrap_or(0)
    };
    failures.iter().map(place).min().unwrap_or(records.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records() -> Vec<Value> {
        ["1", "2", "3"].iter().map(|sequence| json!({"dynamodb": {"SequenceNumber": sequence}})).collect()
    }

    #[test]
    fn a_batch_is_tried_again_from_the_lowest_failure() {
        let answer = r#"{"batchItemFailures":[{"itemIdentifier":"3"},{"itemIdentifier":"2"}]}"#;
        assert_eq!(first_failure(answer, &records()), 1);
    }

    #[test]
    fn no_failures_means_all_done() {
        for answer in ["null", "{}", r#"{"batchItemFailures":[]}"#, r#"{"batchItemFailures":null}"#] {
            assert_eq!(first_failure(answer, &records()), 3, "{answer}");
        }
    }

    #[test]
    fn a_failure_that_names_no_record_fails_the_batch() {
        for answer in [r#"{"batchItemFailures":[{"itemIdentifier":"9"}]}"#, r#"{"batchItemFailures":[{}]}"#] {
            assert_eq!(first_failure(answer, &records()), 0, "{answer}");
        }
    }
}
