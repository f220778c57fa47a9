//! From a change to what follows from it, through stream, bus, rules and mail, when things go wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use aws::Aws;
use decision::{Actor, Cause, Context, Decision, Event, Subject};
use domain_registration::events::RegistrationRepeated;
use jiff::SignedDuration;
use local::{Faults, Options};
use reqwest::Method;
use serde_json::{Value, json};
use store::{CommitError, Store};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::world::{ADMINISTRATOR, Answer, World, person};

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// In the subject of a welcome, in English.
const WELCOME: &str = "elcome";

#[tokio::test(flavor = "multi_thread")]
async fn no_mail_is_lost_while_ses_is_down_and_none_is_sent_twice() {
    let world = World::start().await;
    world.set_faults(Faults { ses_failing: 1.0, ..Faults::default() });
    for number in 0..5 {
        world.register(&format!("{number}@example.com")).await;
    }
    world.advance(HOUR).await;
    world.advance(HOUR).await;
    assert!(world.cloud.mailbox().is_empty());
    world.set_faults(Faults::default());
    for _ in 0..8 {
        world.advance(HOUR).await;
    }
    for number in 0..5 {
        assert_eq!(world.mails(&format!("{number}@example.com")).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_cannot_be_sent_for_days_is_given_up_and_the_history_says_so() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    world.set_faults(Faults { ses_failing: 1.0, ..Faults::default() });
    world.register("ada@example.com").await;
    for _ in 0..24 {
        world.advance(6 * HOUR).await;
    }
    world.set_faults(Faults::default());
    let who = json!({"refreshToken": who.refresh_token});
    let who = crate::world::logged_in(&world.post("/v1/sessions/refresh", who).await.expect(200));
    let history = world.history(&id, &who).await;
    assert_eq!(history.iter().filter(|name| *name == "message.failed").count(), 1, "{history:?}");
    for _ in 0..4 {
        world.advance(6 * HOUR).await;
    }
    assert_eq!(world.mails("ada@example.com").len(), 2, "a mail that was given up was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_acceptance_was_not_heard_of_is_not_sent_again() {
    let world = World::start().await;
    world.set_faults(Faults { ses_answer_lost: 1.0, ..Faults::default() });
    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);
    for _ in 0..4 {
        world.advance(HOUR).await;
    }
    assert_eq!(world.mails("ada@example.com").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_delivered_twice_has_its_effect_once() {
    let world = World::start().await;
    world.set_faults(Faults { duplicate_delivery: 1.0, reordered_delivery: 0.5, ..Faults::default() });
    let (who, id) = world.customer("ada@example.com").await;
    world.settle().await;
    let history = world.history(&id, &who).await;
    assert_eq!(history.iter().filter(|name| *name == "automation.ran").count(), 1, "{history:?}");
    assert_eq!(world.mails("ada@example.com").len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_events_of_a_customer_reach_the_bus_in_order_though_the_bus_refuses_some() {
    let world = World::start().await;
    world.set_faults(Faults { put_events_partial: 0.3, ..Faults::default() });
    let (who, id) = world.customer("ada@example.com").await;
    let (_, other) = world.customer("eve@example.com").await;
    for _ in 0..3 {
        world.register("ada@example.com").await;
        world.register("eve@example.com").await;
    }
    let first_seen = first_seen_by_customer(&world);
    assert_eq!(first_seen[&id], world.history(&id, &who).await);
    assert!(first_seen.contains_key(&other));
}

/// The types of the events that crossed the bus, by customer, in the order in which each was seen first.
fn first_seen_by_customer(world: &World) -> BTreeMap<String, Vec<String>> {
    let (mut seen, mut by_customer) = (BTreeSet::new(), BTreeMap::<String, Vec<String>>::new());
    for crossed in world.cloud.bus_history().into_iter().rev() {
        let detail = &crossed.event["detail"];
        let Some(customer) = detail["subject"]["customerId"].as_str() else { continue };
        if seen.insert(detail["id"].to_string()) {
            let name = detail["type"].as_str().unwrap().to_owned();
            by_customer.entry(customer.to_owned()).or_default().push(name);
        }
    }
    by_customer
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_no_automation_could_handle_are_dead_letters_and_can_be_redriven() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    world.post("/v1/registrations/confirm", world.confirmation("ada@example.com")).await.expect(200);
    world.set_faults(Faults { dynamodb_throttling: 1.0, ..Faults::default() });
    world.settle().await;
    // A queue that is looked into for a moment alone seems to be empty.
    world.set_faults(Faults { sqs_short_polling: 1.0, ..Faults::default() });
    let letters = world.cloud.dead_letters();
    assert!(!letters.is_empty(), "nothing died");
    for queue in ["events", "streams"] {
        let redriven = world.cloud.invoke("redrive", &json!({"queue": queue})).await.unwrap();
        assert_eq!(redriven["left"], 0, "{redriven}");
    }
    world.settle().await;
    world.advance(HOUR).await;
    assert!(world.cloud.dead_letters().is_empty());
    let welcomes = world.mails("ada@example.com").into_iter().filter(|mail| mail.subject.contains(WELCOME)).count();
    assert_eq!(welcomes, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_that_the_bus_never_took_are_dead_letters_and_can_be_redriven() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    world.set_faults(Faults { put_events_partial: 1.0, ..Faults::default() });
    world.confirm("ada@example.com").await.expect(200);
    world.set_faults(Faults::default());
    assert!(world.mails("ada@example.com").len() == 1 && !world.cloud.dead_letters().is_empty());
    let redriven = world.cloud.invoke("redrive", &json!({"queue": "streams"})).await.unwrap();
    assert_eq!(redriven["left"], 0, "{redriven}");
    world.settle().await;
    assert!(world.cloud.dead_letters().is_empty());
    assert_eq!(world.mails("ada@example.com").len(), 2);
}

/// 250 customers register, confirm and are welcomed, an administrator is told of each, and 35 more events are stored with each of
/// them, while every part of the system fails, crashes, repeats itself and loses answers: 42 events each, 10,500 in all. Clients send a request again when they
/// get no answer, under the same `Idempotency-Key`.
#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_events_with_every_fault_lose_nothing_and_do_nothing_twice() {
    const CUSTOMERS: usize = 250;
    const COMMITS: usize = 7;
    const EVENTS: usize = 5;
    let world = Arc::new(World::start_with(Options { remembered: 100_000, ..Options::default() }).await);
    let administrator = world.administrator().await;
    world.set_faults(Faults { seed: 1, ..Faults::all(0.03) });
    for_each(&world, addresses(CUSTOMERS), |world, email| async move {
        let registration = person(&email);
        let registered = insist(&world, "/v1/registrations", &email, registration.clone(), 202).await;
        world.remember_device(&registration, &registered);
    })
    .await;
    come_to_rest(&world).await;
    for_each(&world, addresses(CUSTOMERS), |world, email| async move {
        insist(&world, "/v1/registrations/confirm", &email, world.confirmation(&email), 200).await;
    })
    .await;
    come_to_rest(&world).await;
    for _ in 0..COMMITS {
        let customers = first_seen_by_customer(&world).into_keys();
        for_each(&world, customers, |world, customer| async move { store_events(&world, &customer, EVENTS).await })
            .await;
    }
    come_to_rest(&world).await;
    world.set_faults(Faults::default());
    for queue in ["events", "streams"] {
        world.cloud.invoke("redrive", &json!({"queue": queue})).await.unwrap();
    }
    come_to_rest(&world).await;
    assert!(world.cloud.dead_letters().is_empty(), "{:?}", world.cloud.dead_letters());

    let administrator = world.post("/v1/sessions/refresh", json!({"refreshToken": administrator.refresh_token})).await;
    let administrator = crate::world::logged_in(&administrator.expect(200));
    let mails = mails_by_address(&world);
    let crossed = first_seen_by_customer(&world);
    for (address, subjects) in &mails {
        let welcomes = subjects.iter().filter(|subject| subject.contains(WELCOME)).count();
        assert_eq!((welcomes, subjects.len()), (1, 2), "{address}: {subjects:?}");
    }
    let mut events = 0;
    for (customer, crossed) in &crossed {
        let history = world.history(customer, &administrator).await;
        let count = |name: &str| history.iter().filter(|happened| *happened == name).count();
        assert_eq!(count("registration.received"), 1, "{customer}: {history:?}");
        assert_eq!(count("registration.confirmed"), 1, "{customer}: {history:?}");
        assert_eq!(count("account.opened"), 1, "{customer}: {history:?}");
        assert_eq!(count("automation.ran"), 2, "{customer}: {history:?}");
        assert_eq!(count("message.sent"), 2, "{customer}: {history:?}");
        assert_eq!(count("registration.repeated"), COMMITS * EVENTS, "{customer}: {history:?}");
        let mut crossed = crossed.clone();
        crossed.sort();
        let mut stored = history.clone();
        stored.sort();
        assert_eq!(crossed, stored, "{customer}: what crossed the bus is not what was stored");
        events += history.len();
    }
    assert_eq!((mails.len(), crossed.len(), events), (CUSTOMERS, CUSTOMERS, CUSTOMERS * (COMMITS * EVENTS + 7)));
    assert_eq!(world.mails(ADMINISTRATOR).len(), 1 + CUSTOMERS, "an invitation, and each registration once");
}

fn addresses(count: usize) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("{number}@example.com"))
}

/// Stores events with a customer, through the one door, until they are.
async fn store_events(world: &World, customer: &str, count: usize) {
    let environment = world.cloud.environment("register").unwrap();
    let store = Store::new(Aws::new(environment).unwrap().dynamodb(), environment).unwrap();
    let context = Context::new(world.cloud.now(), Actor::Visitor, Cause::default(), runtime::seed());
    let subject = Subject::Customer { customer_id: customer.parse().unwrap() };
    let events: Vec<Event> = (0..count).map(|_| context.event(subject.clone(), RegistrationRepeated {})).collect();
    for _ in 0..50 {
        match store.commit(Decision { events: events.clone(), ..Decision::default() }).await {
            // Refused means that an attempt whose answer was lost had stored them.
            Ok(()) | Err(CommitError::Refused(_)) => return,
            Err(CommitError::Store(_)) => {}
        }
    }
    panic!("the events of {customer} were never stored");
}

/// The subjects of the mails to each customer.
fn mails_by_address(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut mails = BTreeMap::<String, Vec<String>>::new();
    for mail in world.cloud.mailbox().into_iter().filter(|mail| mail.to != ADMINISTRATOR) {
        mails.entry(mail.to).or_default().push(mail.subject);
    }
    mails
}

/// Sends a request until it is answered as expected.
async fn insist(world: &World, path: &str, key: &str, body: Value, expected: u16) -> Answer {
    let request = world.request(Method::POST, path).header("idempotency-key", key).json(&body);
    for _ in 0..50 {
        let answer = world.send(request.try_clone().unwrap()).await;
        match answer.status {
            status if status == expected => return answer,
            500.. => {}
            // Attempts that failed were counted.
            429 => {
                let wait = answer.headers["retry-after"].to_str().unwrap().parse().unwrap();
                world.advance(SignedDuration::from_secs(wait)).await;
            }
            _ => panic!("{path} for {key}: {answer:?}"),
        }
    }
    panic!("{path} for {key} was never answered");
}

/// Does something for each of many, a few at a time.
async fn for_each<Doing>(
    world: &Arc<World>,
    many: impl Iterator<Item = String>,
    act: impl Fn(Arc<World>, String) -> Doing,
) where
    Doing: Future<Output = ()> + Send + 'static,
{
    let at_once = Arc::new(Semaphore::new(16));
    let mut doing = JoinSet::new();
    for one in many {
        let permit = at_once.clone().acquire_owned().await.unwrap();
        let action = act(world.clone(), one);
        doing.spawn(async move {
            action.await;
            drop(permit);
        });
    }
    doing.join_all().await;
}

/// Lets time pass until what was left undone has been done.
async fn come_to_rest(world: &World) {
    world.settle().await;
    for _ in 0..6 {
        world.advance(SignedDuration::from_mins(20)).await;
    }
}
