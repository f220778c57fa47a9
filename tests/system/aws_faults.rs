//! What AWS does rarely and at the worst moment, one thing at a time: answers in part, indexes that lag behind, quotas that are used up,
//! queues that seem to be empty. All of it at once is in `pipeline`.

use aws::Aws;
use jiff::SignedDuration;
use local::{Faults, LocalCloud, Options, TemplateSource};
use reqwest::Method;
use serde_json::json;
use store::{Key, Store, StoreError};

use crate::world::{World, person};

const TEMPLATE: &str = include_str!("../../template.yaml");

/// A store with the rights of a function.
fn store(world: &World, function: &str) -> Store {
    let environment = world.cloud.environment(function).unwrap();
    Store::new(Aws::new(environment).unwrap().dynamodb(), environment).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_left_unprocessed_are_asked_for_again_until_it_is_too_often() {
    let world = World::start().await;
    world.set_faults(Faults { unprocessed_keys: 1.0, ..Faults::default() });
    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);
    let batches = |function: &str| world.operations(function).iter().filter(|name| *name == "BatchGetItem").count();
    assert_eq!(batches("RegisterFunction"), 2, "one for each key");

    let store = store(&world, "list_staff");
    let keys = |count: u32| (0..count).map(|number| Key::account(format!("acc_{number:032x}").parse().unwrap()));
    world.cloud.clear_calls();
    assert!(store.get_many(keys(8).collect()).await.unwrap().is_empty());
    assert_eq!(batches("ListStaffFunction"), 8);
    world.cloud.clear_calls();
    let refused = store.get_many(keys(20).collect()).await.unwrap_err();
    assert!(matches!(refused, StoreError::Unprocessed(12)), "{refused}");
    assert_eq!(batches("ListStaffFunction"), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_due_is_done_once_though_the_index_lags_behind() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.set_faults(Faults { stale_index: 1.0, ..Faults::default() });
    world.register("ada@example.com").await;
    for _ in 0..4 {
        world.advance(SignedDuration::from_hours(14 * 24)).await;
    }
    let administrator = json!({"refreshToken": administrator.refresh_token});
    world.set_faults(Faults::default());
    world.post("/v1/sessions/refresh", administrator).await.expect(401);
    let crossed = world.cloud.bus_history().into_iter().map(|crossed| crossed.event["detail"]["type"].clone());
    assert_eq!(crossed.filter(|name| name == "registration.expired").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_beyond_the_quota_are_sent_later_and_once() {
    let world = World::start().await;
    world.set_faults(Faults { ses_mails_per_day: Some(2), ..Faults::default() });
    for number in 0..4 {
        world.register(&format!("{number}@example.com")).await;
    }
    assert_eq!(world.cloud.mailbox().len(), 2);
    for _ in 0..6 {
        world.advance(SignedDuration::from_hours(6)).await;
    }
    for number in 0..4 {
        assert_eq!(world.mails(&format!("{number}@example.com")).len(), 1);
    }
    world.set_faults(Faults { ses_quota_exceeded: 1.0, ..Faults::default() });
    world.register("5@example.com").await;
    assert!(world.mails("5@example.com").is_empty());
    world.set_faults(Faults::default());
    for _ in 0..6 {
        world.advance(SignedDuration::from_hours(1)).await;
    }
    assert_eq!(world.mails("5@example.com").len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_whose_name_is_not_ascii_is_encoded() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let current = world.get("/v1/settings/business", &administrator).await.expect(200);
    let mut business = current.body.clone();
    business["name"] = "Bücher & Söhne".into();
    let put = world.request(Method::PUT, "/v1/settings/business").bearer_auth(&administrator.access_token);
    let put = put.header("if-match", current.headers["etag"].clone()).json(&business);
    world.send(put).await.expect(200);
    world.register("ada@example.com").await;
    let mail = world.mails("ada@example.com").remove(0);
    assert_eq!(mail.from, "=?utf-8?B?QsO8Y2hlciAmIFPDtmhuZQ==?= <clientele@example.com>");
    assert!(mail.text.contains("Bücher & Söhne"), "{}", mail.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_without_keys_is_not_ready_and_says_what_is_missing() {
    let without_keys = TEMPLATE.replace("Handler: rotate_keys", "Handler: run_due");
    let without_keys = without_keys.replace(
        "Binary: access}}\n    Properties:\n      Handler: run_due",
        "Binary: automation}}\n    Properties:\n      Handler: run_due",
    );
    let options = Options { template: TemplateSource::Text(without_keys), ..Options::default() };
    let sentence = LocalCloud::start(options).await.err().unwrap().to_string();
    assert!(
        sentence.starts_with("The system is not ready, /v1/health says: The keys that sign and verify tokens"),
        "{sentence}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_registers_as_soon_as_the_port_is_open_is_registered() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let starting = tokio::spawn(World::start_with(Options { port, ..Options::default() }));
    let client = reqwest::Client::new();
    let first = loop {
        let request = client.post(format!("http://127.0.0.1:{port}/v1/registrations")).json(&person("ada@example.com"));
        match request.send().await {
            Ok(answer) => break answer.status().as_u16(),
            Err(refused) if refused.is_connect() => tokio::task::yield_now().await,
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(first, 202);
    starting.await.unwrap();
}
