//! The local cloud with a template and functions of its own, from outside.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod nested;
mod trial;

use std::path::Path;

use jiff::SignedDuration;
use local::{Data, Faults, LOST, LocalCloud, Options, StartError, TemplateSource};
use reqwest::StatusCode;
use serde_json::{Value, json};
use trial::TRIAL;

const TEMPLATE: &str = include_str!("template.yaml");

fn options() -> Options {
    Options { template: TemplateSource::Text(TEMPLATE.to_owned()), areas: vec![TRIAL], ..Options::default() }
}

async fn cloud() -> LocalCloud {
    LocalCloud::start(options()).await.unwrap()
}

async fn put(cloud: &LocalCloud, id: &str, headers: &[(&'static str, &str)]) -> (StatusCode, String) {
    let mut request = reqwest::Client::new().put(format!("{}/items/{id}", cloud.url()));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    (response.status(), response.text().await.unwrap())
}

async fn found(cloud: &LocalCloud, id: &str) -> bool {
    cloud.invoke("read", &json!({"id": id})).await.unwrap()["found"] == true
}

async fn json_of(cloud: &LocalCloud, path: &str) -> Value {
    let request = reqwest::Client::new().get(format!("{}{path}", cloud.url())).header("accept", "application/json");
    request.send().await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_request_goes_all_the_way_to_a_mail_and_back() {
    let cloud = cloud().await;
    assert_eq!(put(&cloud, "item-1", &[]).await, (StatusCode::CREATED, "stored item-1".to_owned()));
    cloud.settle().await.unwrap();

    let mails = cloud.mailbox();
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].to.as_str(), mails[0].text.as_str()), ("item-1@example.com", "Welcome, item-1"));
    assert!(found(&cloud, "note-Email Sent-item-1@example.com").await);
    let rules: Vec<Vec<String>> = cloud.bus_history().into_iter().map(|crossed| crossed.rules).collect();
    assert_eq!(rules, [vec!["NoteSent".to_owned()], vec!["WelcomeStored".to_owned()]]);
    assert!(cloud.dead_letters().is_empty());
    assert_eq!(json_of(&cloud, "/_local/mailbox").await["messages"][0]["to"], "item-1@example.com");
    cloud.stop().await;
}

#[tokio::test]
async fn calls_are_noted_with_what_they_consumed() {
    let cloud = cloud().await;
    cloud.clear_calls();
    put(&cloud, "item-1", &[]).await;
    let calls = cloud.calls();
    let call = calls.iter().find(|call| call.function == "Store").unwrap();
    assert_eq!((call.operation.as_str(), call.read_units, call.write_units, call.status), ("PutItem", 0.0, 1.0, 200));
    assert!(call.request_id.is_some() && call.started <= call.ended);
}

#[tokio::test]
async fn policies_and_the_boundary_are_enforced() {
    let cloud = cloud().await;
    let error = StatusCode::INTERNAL_SERVER_ERROR;
    assert_eq!(put(&cloud, "other-1", &[]).await.0, error, "the leading key is not allowed");
    assert_eq!(put(&cloud, "item-1", &[("x-do", "delete")]).await.0, error, "the boundary does not allow it");
    assert!(!found(&cloud, "other-1").await);
    assert_eq!(cloud.calls().iter().filter(|call| call.function == "Store" && call.status == 400).count(), 2);
}

#[tokio::test]
async fn failures_look_as_they_do_behind_api_gateway() {
    let cloud = cloud().await;
    let internal = (StatusCode::INTERNAL_SERVER_ERROR, r#"{"message":"Internal Server Error"}"#.to_owned());
    assert_eq!(put(&cloud, "item-1", &[("x-do", "panic")]).await, internal);
    assert_eq!(put(&cloud, "item-1", &[("x-do", "sleep")]).await, internal);
    let unknown = reqwest::get(format!("{}/nowhere", cloud.url())).await.unwrap();
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(unknown.text().await.unwrap(), r#"{"message":"Not Found"}"#);
}

#[tokio::test]
async fn poison_is_set_aside_and_the_rest_goes_on() {
    let cloud = cloud().await;
    put(&cloud, "item-unwelcome", &[]).await;
    cloud.settle().await.unwrap();
    for id in ["item-1", "item-poison", "item-2", "item-unwilling", "item-3"] {
        put(&cloud, id, &[]).await;
    }
    cloud.settle().await.unwrap();
    let mut letters: Vec<String> = cloud.dead_letters().into_iter().map(|letter| letter.queue).collect();
    letters.sort();
    assert_eq!(letters, ["EventLetters", "StreamLetters", "StreamLetters"]);
    assert!(!letters.contains(&LOST.to_owned()));
    for id in ["item-1", "item-2", "item-3"] {
        assert!(cloud.mailbox().iter().any(|mail| mail.to.starts_with(id)), "{id}");
    }
    let body: Value = serde_json::from_str(&cloud.dead_letters()[1].body).unwrap();
    assert!(body["DDBStreamBatchInfo"]["startSequenceNumber"].is_string(), "{body}");
}

#[tokio::test]
async fn under_all_faults_nothing_is_lost() {
    let patient = TEMPLATE.replace("MaximumRetryAttempts: 2\n", "MaximumRetryAttempts: 50\n");
    let template = TemplateSource::Text(patient);
    let cloud = LocalCloud::start(Options { template, faults: Faults::all(0.1), ..options() }).await.unwrap();
    let mut stored = Vec::new();
    for number in 0..100 {
        let id = format!("item-{number}");
        while put(&cloud, &id, &[]).await.0 != StatusCode::CREATED {}
        stored.push(id);
    }
    cloud.settle().await.unwrap();
    let mails = cloud.mailbox();
    let letters = cloud.dead_letters();
    for id in &stored {
        let sent = mails.iter().any(|mail| mail.to == format!("{id}@example.com"));
        let buried = letters.iter().any(|letter| letter.queue == "EventLetters" && letter.body.contains(id.as_str()));
        assert!(sent || buried, "{id}");
    }
    assert!(mails.len() > stored.len(), "nothing was delivered twice");
}

#[tokio::test]
async fn the_clock_moves_schedules_and_expiry() {
    let cloud = cloud().await;
    assert_eq!(cloud.schedule_runs().len(), 1);
    let tomorrow = cloud.now().as_second() + 86_400;
    put(&cloud, "item-1", &[("x-expires-at", &tomorrow.to_string())]).await;
    cloud.advance(SignedDuration::from_hours(1)).await.unwrap();
    assert_eq!(cloud.schedule_runs().len(), 2);
    assert!(found(&cloud, "item-1").await);

    let client = reqwest::Client::new();
    let clock = format!("{}/_local/clock", cloud.url());
    let moved: Value = client.post(&clock).body(r#"{"advance":"P14D"}"#).send().await.unwrap().json().await.unwrap();
    let now = cloud.invoke("read", &json!({"id": "item-1"})).await.unwrap()["now"].as_str().unwrap().to_owned();
    assert_eq!(moved["now"].as_str().unwrap()[..13], now[..13]);
    assert!(!found(&cloud, "item-1").await);

    let button = client.post(&clock).body("advance=PT1H");
    assert_eq!(button.send().await.unwrap().headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(cloud.schedule_runs().len(), 4);

    let refused = client.post(&clock).body(r#"{"advance":"a while"}"#).send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(refused.headers()["content-type"], "application/problem+json");
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = folder("restart");
    let kept = || Options { data: Data::Folder(folder.clone()), ..options() };
    let cloud = LocalCloud::start(kept()).await.unwrap();
    put(&cloud, "item-1", &[]).await;
    cloud.advance(SignedDuration::from_hours(48)).await.unwrap();
    let (mails, now) = (cloud.mailbox(), cloud.now());
    let busy = LocalCloud::start(kept()).await.err().unwrap();
    assert!(matches!(busy, StartError::FolderInUse(_)), "{busy}");
    cloud.stop().await;

    let cloud = LocalCloud::start(kept()).await.unwrap();
    cloud.settle().await.unwrap();
    assert!(found(&cloud, "item-1").await);
    assert_eq!(cloud.mailbox(), mails);
    assert!(cloud.now() >= now);
    cloud.stop().await;
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test]
async fn what_is_wrong_is_one_sentence() {
    let sentence = |template: String| async {
        let options = Options { template: TemplateSource::Text(template), areas: vec![TRIAL], ..Options::default() };
        LocalCloud::start(options).await.err().unwrap().to_string()
    };
    let broken = TEMPLATE.replace("Handler: read", "Handler: raed");
    assert_eq!(sentence(broken).await, "template.yaml:128: the area `trial` has no function `raed`.");
    let broken = TEMPLATE.replace("!GetAtt Bus.Arn", "!GetAtt Buss.Arn");
    assert_eq!(
        sentence(broken).await,
        "template.yaml:81: `!GetAtt Buss.Arn` names a resource that is not in the template."
    );
    let broken = TEMPLATE.replace("Type: ScheduleV2", "Type: Api");
    assert_eq!(sentence(broken).await, "template.yaml:123: `Api` is not a kind of event that this cloud knows.");

    let cloud = cloud().await;
    let port = cloud.url().rsplit(':').next().unwrap().parse().unwrap();
    let taken = LocalCloud::start(Options { port, ..options() }).await.err().unwrap().to_string();
    assert_eq!(taken, format!("Port {port} is in use: choose another one with --port."));
    let file = Data::Folder(Path::new("/dev/null/data").to_owned());
    let unusable = LocalCloud::start(Options { data: file, ..options() }).await.err().unwrap().to_string();
    assert!(unusable.starts_with("The data folder /dev/null/data cannot be used: "), "{unusable}");
}

#[tokio::test]
async fn corrupt_files_are_named() {
    for (file, contents) in [
        ("queues.json", "{"),
        ("checkpoints.json", r#"{"Relay": 5}"#),
        ("mailbox.jsonl", "{}\n"),
        ("events.jsonl", "no event\n{}\n"),
        (
            "dynamodb.sqlite",
            "no database, but long enough to be taken for one: the header has a hundred bytes, and so has this.",
        ),
    ] {
        let folder = folder(&format!("corrupt-{file}"));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(file), contents).unwrap();
        let kept = Options { data: Data::Folder(folder.clone()), ..options() };
        let sentence = LocalCloud::start(kept).await.err().unwrap().to_string();
        assert!(sentence.contains(&folder.join(file).display().to_string()), "{sentence}");
        assert!(sentence.contains("emove ") && sentence.ends_with("to start afresh."), "{sentence}");
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

#[tokio::test]
async fn a_function_that_cannot_be_prepared_is_an_error_at_the_start() {
    let environment = "Handler: welcome\n      Environment: {Variables: {AWS_CA_BUNDLE: /nowhere.pem}}\n";
    let broken = TEMPLATE.replace("Handler: welcome\n", environment);
    let options = Options { template: TemplateSource::Text(broken), prepared: true, ..options() };
    let sentence = LocalCloud::start(options).await.err().unwrap().to_string();
    assert!(sentence.starts_with("Welcome: the function could not be prepared: "), "{sentence}");
    assert!(sentence.contains("/nowhere.pem"), "{sentence}");
}

#[tokio::test]
async fn what_is_kept_besides_the_tables_is_bounded() {
    let cloud = LocalCloud::start(Options { remembered: 5, ..options() }).await.unwrap();
    let mut footprints = Vec::new();
    for round in 0..3 {
        for number in 0..10 {
            put(&cloud, &format!("item-{round}-{number}"), &[]).await;
        }
        cloud.advance(SignedDuration::from_secs(1)).await.unwrap();
        footprints.push(cloud.footprint());
    }
    for footprint in footprints {
        assert_eq!((footprint.mails, footprint.events), (5, 5));
        assert!(footprint.stream_records <= 1, "{footprint:?}");
    }
    assert_eq!(cloud.mailbox().len(), 5);
    assert!(found(&cloud, "item-0-0").await, "an item was forgotten");
}

#[tokio::test]
async fn records_that_a_dead_letter_refers_to_are_kept() {
    let cloud = cloud().await;
    put(&cloud, "item-poison", &[]).await;
    cloud.settle().await.unwrap();
    assert_eq!(cloud.dead_letters()[0].queue, "StreamLetters");
    for number in 0..5 {
        put(&cloud, &format!("item-{number}"), &[]).await;
        cloud.advance(SignedDuration::from_secs(1)).await.unwrap();
    }
    assert!(cloud.footprint().stream_records > 5);
}

#[tokio::test]
async fn ses_takes_no_more_mails_than_its_quota() {
    let cloud = cloud().await;
    cloud.set_faults(Faults { ses_mails_per_day: Some(2), ..Faults::default() });
    for number in 0..5 {
        put(&cloud, &format!("item-{number}"), &[]).await;
    }
    cloud.settle().await.unwrap();
    assert_eq!(cloud.mailbox().len(), 2);
    let letters = cloud.dead_letters();
    assert_eq!(letters.len(), 3);
    assert!(letters[0].attributes["ErrorMessage"].contains("Daily message quota exceeded"), "{letters:?}");
    cloud.advance(SignedDuration::from_hours(24)).await.unwrap();
    put(&cloud, "item-6", &[]).await;
    cloud.settle().await.unwrap();
    assert_eq!(cloud.mailbox().len(), 3);
}

#[tokio::test]
async fn the_pages_escape_what_they_show() {
    let cloud = cloud().await;
    put(&cloud, "item-<script>", &[]).await;
    cloud.settle().await.unwrap();
    for page in ["", "mailbox", "events", "dead-letters", "schedules"] {
        let page = reqwest::get(format!("{}/_local/{page}", cloud.url())).await.unwrap();
        assert_eq!(page.status(), StatusCode::OK);
        assert!(!page.text().await.unwrap().contains("<script>"));
    }
    let mail = format!("{}/_local/mailbox/{}", cloud.url(), cloud.mailbox()[0].id);
    let mail = reqwest::get(mail).await.unwrap().text().await.unwrap();
    assert!(mail.contains("<iframe sandbox") && !mail.contains("<p>Welcome</p>"));
}

fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}
