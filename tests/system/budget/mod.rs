//! What each function costs at DynamoDB: round trips one after the other, read and write units. docs/budget.md is the table,
//! written by this test and compared with what it measures.
//!
//! Every call is slowed down, so that calls made beside each other overlap and calls made one after the other do not. Functions
//! are warm: at a cold start, reading the keys adds what the table says.

mod pages;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::time::Duration;

use local::{AREAS, Call, Options};
use reqwest::Method;
use serde_json::json;

use crate::world::{ADMINISTRATOR, LoggedIn, PASSWORD, World, company, logged_in, person};

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/budget.md");

/// What asks nothing of the table, or is not asked by anybody who waits.
const WITHOUT_BUDGET: &[&str] =
    &["health", "openapi", "relay", "redrive", "note_outcome", "rotate_keys", "invite_administrator"];

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
    ("register", 3),
    ("confirm", 2),
    ("log_in", 3),
    ("confirm_device", 3),
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
    let administrator = logged_in(&world.log_in(ADMINISTRATOR, PASSWORD).await.expect(201));
    measure_members(&world, &administrator, &mut measured).await;
    measure_employees(&world, &mut measured).await;
    measure_policy(&world, &administrator, &mut measured).await;
    measure_devices(&world, &mut measured).await;
    measure_passwords(&world, &mut measured).await;
    pages::measure(&mut measured).await;
    assert_all_are_measured(&measured);
    for (function, most) in AIMS {
        for row in measured.iter().filter(|row| row.function == *function) {
            assert!(row.round_trips <= *most, "{function}, {}: {} round trips", row.about, row.round_trips);
        }
    }
    compare(&measured);
}

fn assert_all_are_measured(measured: &[Measured]) {
    let all: BTreeSet<&str> = AREAS.iter().flat_map(|area| area.functions).map(|function| function.handler).collect();
    let measured = measured.iter().map(|row| row.function).chain(WITHOUT_BUDGET.iter().copied());
    assert_eq!(measured.collect::<BTreeSet<_>>(), all);
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
    warm_up(world).await;
    world.settle().await;
    let who = logged_in(&world.log_in(email, PASSWORD).await.expect(201));
    (who, id)
}

/// Every function that has not been used so far, with a token that nobody made: to refuse it, the keys have to be read.
async fn warm_up(world: &World) {
    let id = "0193a0b0c0d07e2f8a1b2c3d4e5f6071";
    for (method, path) in [
        (Method::GET, "/v1/registrations?state=awaiting-approval"),
        (Method::POST, "/v1/registrations/decisions"),
        (Method::PATCH, "/v1/me"),
        (Method::GET, "/v1/sessions"),
        (Method::DELETE, &format!("/v1/sessions/ses_{id}")),
        (Method::GET, "/v1/devices"),
        (Method::PATCH, &format!("/v1/devices/dev_{id}")),
        (Method::DELETE, &format!("/v1/devices/dev_{id}")),
        (Method::POST, "/v1/password/change"),
        (Method::POST, "/v1/me/email"),
        (Method::POST, &format!("/v1/accounts/acc_{id}/block")),
        (Method::POST, &format!("/v1/accounts/acc_{id}/unblock")),
        (Method::GET, "/v1/me/notifications"),
        (Method::GET, "/v1/staff"),
        (Method::GET, "/v1/staff/roles"),
        (Method::POST, "/v1/staff/roles"),
        (Method::PUT, "/v1/staff/roles/agent"),
        (Method::DELETE, "/v1/staff/roles/agent"),
        (Method::POST, "/v1/staff/invitations"),
        (Method::PATCH, &format!("/v1/staff/acc_{id}")),
        (Method::POST, &format!("/v1/staff/acc_{id}/deactivate")),
        (Method::POST, &format!("/v1/staff/acc_{id}/reactivate")),
        (Method::PUT, "/v1/me/notifications"),
        (Method::GET, "/v1/settings/registration"),
        (Method::PUT, "/v1/settings/registration"),
        (Method::GET, "/v1/settings/business"),
        (Method::PUT, "/v1/settings/business"),
        (Method::GET, "/v1/settings/registration/history"),
        (Method::GET, &format!("/v1/customers/cus_{id}/employees")),
        (Method::PATCH, &format!("/v1/customers/cus_{id}/employees/emp_{id}")),
        (Method::DELETE, &format!("/v1/customers/cus_{id}/employees/emp_{id}")),
    ] {
        world.send(world.request(method, path).bearer_auth("none").json(&json!({}))).await.expect(401);
    }
    world.post("/v1/sessions/confirm-device", json!({"challengeId": "", "code": ""})).await.expect(410);
    world.post("/v1/password/reset", json!({"token": "", "password": PASSWORD})).await.expect(422);
    world.post("/v1/me/email/confirm", json!({"token": ""})).await.expect(422);
    world.post("/v1/employees/join", json!({"token": "", "name": "Nobody", "password": PASSWORD})).await.expect(422);
    let invite = world.request(Method::POST, &format!("/v1/customers/cus_{id}/employees"));
    let body = json!({"email": "nobody@example.com", "role": "member", "language": "en"});
    world.send(invite.header("idempotency-key", "one").bearer_auth("none").json(&body)).await.expect(401);
    let forgot = world.request(Method::POST, "/v1/password/forgot").header("idempotency-key", "one");
    world.send(forgot.json(&json!({"email": "nobody@example.com"}))).await.expect(202);
    tokio::time::sleep(Duration::from_millis(500)).await;
}

async fn measure_members(world: &World, administrator: &LoggedIn, measured: &mut Vec<Measured>) {
    let request = |method: Method, path: &str| world.request(method, path).bearer_auth(&administrator.access_token);
    begin(world).await;
    world.get("/v1/staff/roles", administrator).await.expect(200);
    measured.push(end(world, "list_roles", "all roles"));
    begin(world).await;
    let body = json!({"name": "night-shift", "permissions": ["see-customers"]});
    world.send(request(Method::POST, "/v1/staff/roles").json(&body)).await.expect(201);
    measured.push(end(world, "create_role", "a role"));
    begin(world).await;
    let put = request(Method::PUT, "/v1/staff/roles/night-shift").header("if-match", "*");
    world.send(put.json(&json!({"permissions": []}))).await.expect(200);
    measured.push(end(world, "change_permissions", "a role"));
    begin(world).await;
    let delete = request(Method::DELETE, "/v1/staff/roles/night-shift").header("if-match", "*");
    world.send(delete).await.expect(204);
    measured.push(end(world, "delete_role", "a role"));
    begin(world).await;
    let body = json!({"email": "agent@example.com", "role": "agent", "language": "en"});
    world.send(request(Method::POST, "/v1/staff/invitations").json(&body)).await.expect(202);
    measured.push(end(world, "invite_staff", "a new address"));
    begin(world).await;
    let staff = world.get("/v1/staff", administrator).await.expect(200);
    measured.push(end(world, "list_staff", "two members"));
    let agent = staff.body["items"][1]["id"].as_str().unwrap();
    begin(world).await;
    let patch = request(Method::PATCH, &format!("/v1/staff/{agent}")).json(&json!({"role": "manager"}));
    world.send(patch).await.expect(204);
    measured.push(end(world, "change_role", "a member"));
    for function in ["deactivate_staff", "reactivate_staff"] {
        begin(world).await;
        let action = function.trim_end_matches("_staff");
        let path = format!("/v1/staff/{agent}/{action}");
        world.send(request(Method::POST, &path).json(&json!({}))).await.expect(204);
        measured.push(end(world, function, "a member"));
    }
}

async fn measure_policy(world: &World, administrator: &LoggedIn, measured: &mut Vec<Measured>) {
    let as_administrator =
        |method: Method, path: &str| world.request(method, path).bearer_auth(&administrator.access_token);
    begin(world).await;
    let business = world.get("/v1/settings/business", administrator).await.expect(200);
    measured.push(end(world, "get_business_settings", "settings"));
    begin(world).await;
    let put = as_administrator(Method::PUT, "/v1/settings/business").header("if-match", "\"0\"");
    let mut changed = business.body.clone();
    changed["address"] = json!(["Hafenstraße 1"]);
    world.send(put.json(&changed)).await.expect(200);
    measured.push(end(world, "put_business_settings", "a change"));
    begin(world).await;
    let mut chosen = world.get("/v1/me/notifications", administrator).await.expect(200).body;
    measured.push(end(world, "get_notifications", "a member of staff"));
    chosen["newRegistration"] = json!(false);
    begin(world).await;
    world.send(as_administrator(Method::PUT, "/v1/me/notifications").json(&chosen)).await.expect(200);
    measured.push(end(world, "put_notifications", "a change"));
    let policy = json!({"notifyAfterRegistration": true, "adminApproval": "all", "confirmDeviceChange": true,
        "accountValidation": "required"});
    begin(world).await;
    world.get("/v1/settings/registration", administrator).await.expect(200);
    measured.push(end(world, "get_registration_settings", "settings"));
    begin(world).await;
    let put = as_administrator(Method::PUT, "/v1/settings/registration").header("if-match", "\"0\"");
    world.send(put.json(&policy)).await.expect(200);
    measured.push(end(world, "put_registration_settings", "a change"));
    begin(world).await;
    world.get("/v1/settings/registration/history", administrator).await.expect(200);
    measured.push(end(world, "get_settings_history", "a page"));
    world.register("eve@example.com").await;
    begin(world).await;
    world.confirm("eve@example.com").await.expect(200);
    measured.push(end(world, "notify_administrators", "one administrator"));
    begin(world).await;
    let waiting = world.waiting(administrator, "").await.expect(200);
    measured.push(end(world, "list_registrations", "a page"));
    let item = &waiting.body["items"][0];
    begin(world).await;
    world.decide(administrator, json!({"decision": "approve", "ids": [item["id"]]})).await.expect(200);
    measured.push(end(world, "decide_registrations", "one registration"));
    let account = item["accountId"].as_str().unwrap();
    for (function, about) in [("block", "an open account"), ("unblock", "a blocked account")] {
        begin(world).await;
        let request = as_administrator(Method::POST, &format!("/v1/accounts/{account}/{function}"));
        world.send(request.json(&json!({}))).await.expect(204);
        let function = if function == "block" { "block_account" } else { "unblock_account" };
        measured.push(end(world, function, about));
    }
}

async fn measure_devices(world: &World, measured: &mut Vec<Measured>) {
    begin(world).await;
    let asked = world.log_in("eve@example.com", PASSWORD).await.expect(202);
    measured.push(end(world, "log_in", "an unknown device that takes a code"));
    world.settle().await;
    let body = json!({"challengeId": asked.text("challengeId"), "code": world.mailed_code("eve@example.com")});
    begin(world).await;
    let confirmed = world.post("/v1/sessions/confirm-device", body).await.expect(201);
    measured.push(end(world, "confirm_device", "the right code"));
    begin(world).await;
    let body = json!({"email": "eve@example.com", "password": PASSWORD, "deviceToken": confirmed.text("deviceToken")});
    let who = logged_in(&world.post("/v1/sessions", body).await.expect(201));
    measured.push(end(world, "log_in", "a known device"));
    begin(world).await;
    let sessions = world.get("/v1/sessions", &who).await.expect(200);
    measured.push(end(world, "list_sessions", "two sessions"));
    let other = sessions.body["items"].as_array().unwrap().iter().find(|item| item["current"] == false).unwrap();
    begin(world).await;
    let path = format!("/v1/sessions/{}", other["id"].as_str().unwrap());
    world.send(world.request(Method::DELETE, &path).bearer_auth(&who.access_token)).await.expect(204);
    measured.push(end(world, "end_session", "another session"));
    begin(world).await;
    let devices = world.get("/v1/devices", &who).await.expect(200);
    measured.push(end(world, "list_devices", "two devices"));
    let device = devices.body["items"].as_array().unwrap().iter().find(|item| item["current"] == false).unwrap();
    let path = format!("/v1/devices/{}", device["id"].as_str().unwrap());
    begin(world).await;
    let patch = world.request(Method::PATCH, &path).bearer_auth(&who.access_token).json(&json!({"name": "Laptop"}));
    world.send(patch).await.expect(200);
    measured.push(end(world, "name_device", "a device"));
    begin(world).await;
    world.send(world.request(Method::DELETE, &path).bearer_auth(&who.access_token)).await.expect(204);
    measured.push(end(world, "forget_device", "a device without a session"));
}

async fn measure_passwords(world: &World, measured: &mut Vec<Measured>) {
    begin(world).await;
    world.post("/v1/password/forgot", json!({"email": "eve@example.com"})).await.expect(202);
    measured.push(end(world, "forgot_password", "an address with an account"));
    world.settle().await;
    let body = json!({"token": world.mailed_token("eve@example.com"), "password": "another good password"});
    begin(world).await;
    world.post("/v1/password/reset", body).await.expect(200);
    measured.push(end(world, "reset_password", "a link"));
    let who = world.log_in_with_code(ADMINISTRATOR).await;
    let post =
        |path: &str, body| world.send(world.request(Method::POST, path).bearer_auth(&who.access_token).json(&body));
    begin(world).await;
    post("/v1/me/email", json!({"email": "grace@example.com", "password": PASSWORD})).await.expect(202);
    measured.push(end(world, "change_address", "a free address"));
    world.settle().await;
    let token = world.mailed_token("grace@example.com");
    begin(world).await;
    world.post("/v1/me/email/confirm", json!({"token": token})).await.expect(204);
    measured.push(end(world, "confirm_address", "a link"));
    let me = world.get("/v1/me", &who).await.expect(200);
    let patch =
        world.request(Method::PATCH, "/v1/me").bearer_auth(&who.access_token).header("if-match", &me.headers["etag"]);
    begin(world).await;
    world.send(patch.json(&json!({"name": "Grace Hopper-Murray"}))).await.expect(200);
    measured.push(end(world, "change_profile", "a name"));
    begin(world).await;
    post("/v1/password/change", json!({"currentPassword": PASSWORD, "newPassword": "another good password"}))
        .await
        .expect(200);
    measured.push(end(world, "change_password", "the right password"));
}

async fn measure_employees(world: &World, measured: &mut Vec<Measured>) {
    world.post("/v1/registrations", company("owner@example.com")).await.expect(202);
    world.settle().await;
    world.confirm("owner@example.com").await.expect(200);
    let owner = logged_in(&world.log_in("owner@example.com", PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &owner).await.expect(200).text("customerId").to_owned();
    let request = |method: Method, path: &str| {
        world.request(method, &format!("/v1/customers/{id}/employees{path}")).bearer_auth(&owner.access_token)
    };
    begin(world).await;
    let body = json!({"email": "charles@example.com", "role": "member", "language": "en"});
    let invited = world.send(request(Method::POST, "").json(&body)).await.expect(202);
    measured.push(end(world, "invite_employee", "a new address"));
    world.settle().await;
    let body = json!({"token": world.mailed_token("charles@example.com"), "name": "Charles", "password": PASSWORD});
    begin(world).await;
    world.post("/v1/employees/join", body).await.expect(200);
    measured.push(end(world, "join_company", "an invitation"));
    begin(world).await;
    world.send(request(Method::GET, "")).await.expect(200);
    measured.push(end(world, "list_employees", "one employee"));
    let employee = format!("/{}", invited.text("id"));
    begin(world).await;
    world.send(request(Method::PATCH, &employee).json(&json!({"role": "manager"}))).await.expect(204);
    measured.push(end(world, "change_employee_role", "an employee"));
    begin(world).await;
    world.send(request(Method::DELETE, &employee)).await.expect(204);
    measured.push(end(world, "remove_employee", "an employee"));
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
