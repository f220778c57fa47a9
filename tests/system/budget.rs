//! What each function costs at DynamoDB: round trips one after the other, read and write units. docs/budget.md is the table,
//! written by this test and compared with what it measures.
//!
//! Every call is slowed down, so that calls made beside each other overlap and calls made one after the other do not. Functions
//! are warm: at a cold start, reading the keys adds what the table says.

use std::fmt::Write;
use std::time::Duration;

use local::{Call, Options};
use reqwest::Method;
use serde_json::json;

use crate::world::{ADMINISTRATOR, LoggedIn, PASSWORD, World, logged_in, person};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/budget.md");

const HEAD: &str = "\
# What each function costs at DynamoDB

Measured by `cargo test -p end-to-end budget` and compared with this table; `UPDATE_BUDGET=1` writes it anew. *Round trips* are
those that follow one another; calls made beside each other count once. *Units* are
[read and write request units](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html) of the
on-demand mode, the index included. Functions are warm: a cold start adds one round trip per kind of key that the function needs,
during its start.

| function | for | round trips | calls | read units | write units |
|---|---|---|---|---|---|
";

struct Measured {
    function: &'static str,
    about: &'static str,
    round_trips: usize,
    calls: Vec<String>,
    read_units: f64,
    write_units: f64,
}

/// The most round trips that an aim allows.
const AIMS: &[(&str, usize)] = &[
    ("register", 2),
    ("confirm", 2),
    ("log_in", 2),
    ("refresh", 2),
    ("me", 1),
    ("get_customer", 1),
    ("get_history", 1),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_function_keeps_to_its_budget() {
    let world = World::start_with(Options { latency: Duration::from_millis(100), ..Options::default() }).await;
    let (who, id) = walk_through(&world, "first@example.com").await;
    let mut measured = Vec::new();
    measure_registration(&world, &mut measured).await;
    measure_access(&world, &mut measured).await;
    measure_reading(&world, &who, &id, &mut measured).await;
    measure_staff(&world, &mut measured).await;
    for (function, most) in AIMS {
        for row in measured.iter().filter(|row| row.function == *function) {
            assert!(row.round_trips <= *most, "{function}, {}: {} round trips", row.about, row.round_trips);
        }
    }
    compare(&measured);
}

/// Everything once, so that every function is warm.
async fn walk_through(world: &World, email: &str) -> (LoggedIn, String) {
    let (who, id) = world.customer(email).await;
    world.post("/v1/registrations/resend", json!({"email": email})).await.expect(202);
    let who =
        logged_in(&world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200));
    world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
    world.get(&format!("/v1/customers/{id}/history"), &who).await.expect(200);
    world.post("/v1/registrations", person("second@example.com")).await.expect(202);
    world.send(world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(&who.access_token)).await.expect(204);
    world.send(world.request(Method::GET, "/.well-known/jwks.json")).await.expect(200);
    let body = json!({"token": "", "name": "Grace", "password": PASSWORD});
    world.post("/v1/staff/invitations/accept", body).await.expect(422);
    world.settle().await;
    let who = logged_in(&world.log_in(email, PASSWORD).await.expect(201));
    (who, id)
}

async fn measure_registration(world: &World, measured: &mut Vec<Measured>) {
    begin(world).await;
    world.register("ada@example.com").await;
    measured.push(end(world, "register", "a new address"));
    measured.push(end(world, "deliver", "a mail"));
    begin(world).await;
    world.post("/v1/registrations/resend", json!({"email": "ada@example.com"})).await.expect(202);
    measured.push(end(world, "resend", "an address that waits"));
    begin(world).await;
    world.confirm("ada@example.com").await.expect(200);
    measured.push(end(world, "confirm", "a link"));
    measured.push(end(world, "welcome", "a confirmed registration"));
    begin(world).await;
    world.register("ada@example.com").await;
    measured.push(end(world, "register", "an address that is taken"));
}

async fn measure_access(world: &World, measured: &mut Vec<Measured>) {
    begin(world).await;
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    measured.push(end(world, "log_in", "the right password"));
    begin(world).await;
    world.log_in("ada@example.com", "wrong password").await.expect(401);
    measured.push(end(world, "log_in", "a wrong password"));
    begin(world).await;
    let who =
        logged_in(&world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200));
    measured.push(end(world, "refresh", "a refresh token"));
    begin(world).await;
    world.get("/v1/me", &who).await.expect(200);
    measured.push(end(world, "me", "an account"));
    begin(world).await;
    world.send(world.request(Method::GET, "/.well-known/jwks.json")).await.expect(200);
    measured.push(end(world, "jwks", "the keys"));
    begin(world).await;
    world.send(world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(&who.access_token)).await.expect(204);
    measured.push(end(world, "log_out", "a session"));
}

async fn measure_reading(world: &World, who: &LoggedIn, id: &str, measured: &mut Vec<Measured>) {
    begin(world).await;
    world.get(&format!("/v1/customers/{id}"), who).await.expect(200);
    measured.push(end(world, "get_customer", "a customer"));
    begin(world).await;
    world.get(&format!("/v1/customers/{id}/history"), who).await.expect(200);
    measured.push(end(world, "get_history", "a page"));
}

async fn measure_staff(world: &World, measured: &mut Vec<Measured>) {
    world.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
    world.settle().await;
    let body = json!({"token": world.mailed_token(ADMINISTRATOR), "name": "Grace", "password": PASSWORD});
    begin(world).await;
    world.post("/v1/staff/invitations/accept", body).await.expect(200);
    measured.push(end(world, "accept_invitation", "an invitation"));
    begin(world).await;
    world.cloud.invoke("run_due", &json!({})).await.unwrap();
    measured.push(end(world, "run_due", "nothing that is due"));
}

async fn begin(world: &World) {
    world.settle().await;
    world.cloud.clear_calls();
}

fn end(world: &World, function: &'static str, about: &'static str) -> Measured {
    let logical_id: String = function.split('_').map(capitalised).chain(["Function".to_owned()]).collect();
    let calls: Vec<Call> = world.cloud.calls().into_iter().filter(|call| call.function == logical_id).collect();
    let mut operations: Vec<String> = calls.iter().map(|call| call.operation.clone()).collect();
    operations.sort();
    Measured {
        function,
        about,
        round_trips: longest_chain(&calls),
        calls: operations,
        read_units: calls.iter().fold(0.0, |sum, call| sum + call.read_units),
        write_units: calls.iter().fold(0.0, |sum, call| sum + call.write_units),
    }
}

fn capitalised(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// How many of the calls followed one another.
fn longest_chain(calls: &[Call]) -> usize {
    let mut calls: Vec<&Call> = calls.iter().collect();
    calls.sort_by_key(|call| call.ended);
    let (mut length, mut last_end) = (0, Duration::ZERO);
    for call in calls {
        if length == 0 || call.started >= last_end {
            length += 1;
            last_end = call.ended;
        }
    }
    length
}

fn compare(measured: &[Measured]) {
    let mut table = HEAD.to_owned();
    for Measured { function, about, round_trips, calls, read_units, write_units } in measured {
        let calls = calls.join(", ");
        writeln!(table, "| `{function}` | {about} | {round_trips} | {calls} | {read_units} | {write_units} |").unwrap();
    }
    if std::env::var_os("UPDATE_BUDGET").is_some() {
        std::fs::write(TABLE, &table).unwrap();
    }
    let committed = std::fs::read_to_string(TABLE).unwrap();
    assert!(table == committed, "docs/budget.md says otherwise (UPDATE_BUDGET=1 writes it anew):\n{table}");
}
