//! A small area whose functions do one thing each with every service of the cloud.

use std::collections::HashMap;
use std::time::Duration;

use aws::Aws;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use aws_sdk_sesv2::types::{Body, Content, Destination, EmailContent, Message};
use local::Area;
use runtime::{BoxFuture, Environment, Error, Function, Handler, LambdaEvent, Route, handler};
use serde_json::{Value, json};

pub const TRIAL: Area = Area { name: "trial", functions: FUNCTIONS };

const FUNCTIONS: &[Function] = &[
    Function { handler: "store", routes: &[Route::put("/items/{id}")], build: |environment| build(environment, store) },
    Function { handler: "relay", routes: &[], build: |environment| build(environment, relay) },
    Function { handler: "welcome", routes: &[], build: |environment| build(environment, welcome) },
    Function { handler: "note", routes: &[], build: |environment| build(environment, note) },
    Function { handler: "read", routes: &[], build: |environment| build(environment, read) },
];

#[derive(Clone)]
struct Service {
    aws: std::sync::Arc<Aws>,
    environment: Environment,
}

fn build<Doing>(
    environment: Environment,
    act: impl Fn(Service, Value) -> Doing + Copy + Send + Sync + 'static,
) -> BoxFuture<Result<Handler, Error>>
where
    Doing: Future<Output = Result<Value, Error>> + Send + 'static,
{
    Box::pin(async move {
        let service = Service { aws: std::sync::Arc::new(Aws::new(&environment)?), environment };
        Ok(handler(move |event: LambdaEvent<Value>| act(service.clone(), event.payload)))
    })
}

impl Service {
    async fn put(&self, id: &str, expires_at: Option<&str>) -> Result<(), Error> {
        let mut item = HashMap::from([("pk".to_owned(), AttributeValue::S(id.to_owned()))]);
        if let Some(expires_at) = expires_at {
            item.insert("expiresAt".to_owned(), AttributeValue::N(expires_at.to_owned()));
        }
        let request = self.aws.dynamodb().put_item().table_name(self.environment.require("TABLE_NAME")?);
        request.set_item(Some(item)).send().await?;
        Ok(())
    }
}

async fn store(service: Service, event: Value) -> Result<Value, Error> {
    let id = event["pathParameters"]["id"].as_str().unwrap_or_default();
    match event["headers"]["x-do"].as_str() {
        Some("panic") => panic!("as asked"),
        Some("sleep") => tokio::time::sleep(Duration::from_secs(30)).await,
        Some("delete") => {
            let key = AttributeValue::S(id.to_owned());
            let table = service.environment.require("TABLE_NAME")?;
            service.aws.dynamodb().delete_item().table_name(table).key("pk", key).send().await?;
        }
        _ => service.put(id, event["headers"]["x-expires-at"].as_str()).await?,
    }
    Ok(json!({"statusCode": 201, "headers": {"content-type": "text/plain"}, "body": format!("stored {id}")}))
}

async fn relay(service: Service, event: Value) -> Result<Value, Error> {
    let mut failures = Vec::new();
    for record in event["Records"].as_array().unwrap() {
        let id = record["dynamodb"]["Keys"]["pk"]["S"].as_str().unwrap();
        assert!(!id.contains("poison"), "poison");
        let entry = PutEventsRequestEntry::builder()
            .event_bus_name(service.environment.require("BUS")?)
            .source("trial")
            .detail_type("stored")
            .detail(json!({"id": id}).to_string())
            .build();
        let answer = service.aws.eventbridge().put_events().entries(entry).send().await;
        if id.contains("unwilling") || answer.is_err() || answer?.failed_entry_count() > 0 {
            failures.push(json!({"itemIdentifier": record["dynamodb"]["SequenceNumber"]}));
        }
    }
    Ok(json!({"batchItemFailures": failures}))
}

async fn welcome(service: Service, event: Value) -> Result<Value, Error> {
    let id = event["detail"]["id"].as_str().unwrap();
    if id.contains("unwelcome") {
        return Err("unwelcome".into());
    }
    let content = |text: &str| Content::builder().data(text).build();
    let body = Body::builder().text(content(&format!("Welcome, {id}"))?).html(content("<p>Welcome</p>")?).build();
    let message = Message::builder().subject(content("Welcome")?).body(body).build();
    let send = service.aws.ses().send_email().from_email_address(service.environment.require("SENDER")?);
    let to = format!("{}@example.com", id.replace(['<', '>'], ""));
    send.destination(Destination::builder().to_addresses(to).build())
        .content(EmailContent::builder().simple(message).build())
        .configuration_set_name(service.environment.require("SET")?)
        .send()
        .await?;
    Ok(Value::Null)
}

async fn note(service: Service, event: Value) -> Result<Value, Error> {
    if event["source"] == "aws.ses" {
        let to = event["detail"]["mail"]["destination"][0].as_str().unwrap();
        service.put(&format!("note-{}-{to}", event["detail-type"].as_str().unwrap()), None).await?;
    }
    Ok(Value::Null)
}

async fn read(service: Service, event: Value) -> Result<Value, Error> {
    let table = service.environment.require("TABLE_NAME")?;
    let key = AttributeValue::S(event["id"].as_str().unwrap_or_default().to_owned());
    let found = service.aws.dynamodb().get_item().table_name(table).key("pk", key).send().await?;
    Ok(json!({"found": found.item.is_some(), "now": service.environment.clock.now()}))
}
