//! A walk through the system in which nearly everything happens once.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::employees::Company;
use crate::world::{Answer, LoggedIn, PASSWORD, World, company, logged_in};

const ADA: &str = "ada@example.com";
const ANOTHER: &str = "another correct horse";

/// Takes the walk.
pub(super) async fn take(world: &World) {
    let administrator = world.administrator().await;
    somebody_registers(world).await;
    somebody_looks_after_their_account(world).await;
    staff_decide(world, &administrator).await;
    a_company_has_employees(world).await;
    staff_change(world, &administrator).await;
    time_passes(world).await;
}

async fn ask(world: &World, who: &LoggedIn, method: Method, path: &str, body: Value) -> Answer {
    let answer = world.send(world.request(method, path).bearer_auth(&who.access_token).json(&body)).await;
    world.settle().await;
    assert!(answer.status < 300, "{path}: {:#}", answer.body);
    answer
}

async fn post(world: &World, path: &str, body: Value) -> Answer {
    let answer = world.post(path, body).await;
    world.settle().await;
    assert!(answer.status < 300, "{path}: {:#}", answer.body);
    answer
}

async fn somebody_registers(world: &World) {
    world.register(ADA).await;
    world.register(ADA).await;
    post(world, "/v1/registrations/resend", json!({"email": ADA})).await;
    world.confirm(ADA).await.expect(200);
    world.register(ADA).await;
    world.customer("bounce+bob@simulator.amazonses.com").await;
    world.settle().await;
}

async fn somebody_looks_after_their_account(world: &World) {
    post(world, "/v1/password/forgot", json!({"email": ADA})).await;
    let reset = json!({"token": world.mailed_token(ADA), "password": PASSWORD});
    post(world, "/v1/password/reset", reset).await;
    let ada = logged_in(&world.log_in(ADA, PASSWORD).await.expect(201));
    let device = world.get("/v1/devices", &ada).await.expect(200).body["items"][0]["id"].as_str().unwrap().to_owned();
    ask(world, &ada, Method::PATCH, &format!("/v1/devices/{device}"), json!({"name": "My laptop"})).await;
    ask(world, &ada, Method::DELETE, &format!("/v1/devices/{device}"), json!({})).await;
    let ada = logged_in(&world.log_in(ADA, PASSWORD).await.expect(201));
    ask(world, &ada, Method::PATCH, "/v1/me", json!({"name": "Ada King"})).await;
    ask(world, &ada, Method::POST, "/v1/me/email", json!({"email": "king@example.com", "password": PASSWORD})).await;
    post(world, "/v1/me/email/confirm", json!({"token": world.mailed_token("king@example.com")})).await;
    let ada = logged_in(&world.log_in("king@example.com", PASSWORD).await.expect(201));
    let change = json!({"currentPassword": PASSWORD, "newPassword": ANOTHER});
    let ada = logged_in(&ask(world, &ada, Method::POST, "/v1/password/change", change).await);
    post(world, "/v1/sessions/refresh", json!({"refreshToken": ada.refresh_token})).await;
    world.advance(SignedDuration::from_mins(1)).await;
    world.post("/v1/sessions/refresh", json!({"refreshToken": ada.refresh_token})).await.expect(401);
    let ada = logged_in(&world.log_in("king@example.com", ANOTHER).await.expect(201));
    ask(world, &ada, Method::DELETE, "/v1/sessions/current", json!({})).await;
}

async fn staff_decide(world: &World, administrator: &LoggedIn) {
    let mut policy = json!({
        "notifyAfterRegistration": true,
        "adminApproval": "companies",
        "confirmDeviceChange": true,
        "accountValidation": "required",
    });
    world.set_policy(administrator, &policy).await.expect(200);
    for email in ["one@example.com", "two@example.com"] {
        world.post("/v1/registrations", company(email)).await.expect(202);
        world.settle().await;
        world.confirm(email).await.expect(200);
    }
    let waiting = world.waiting(administrator, "").await.expect(200);
    let waiting = |number: usize| waiting.body["items"][number]["id"].clone();
    world.decide(administrator, json!({"decision": "approve", "ids": [waiting(0)]})).await.expect(200);
    let rejection = json!({"decision": "reject", "ids": [waiting(1)], "reason": "We do not know the company."});
    world.decide(administrator, rejection).await.expect(200);
    let one = world.log_in_with_code("one@example.com").await;
    let account = world.get("/v1/me", &one).await.expect(200).text("accountId").to_owned();
    for action in ["block", "unblock"] {
        ask(world, administrator, Method::POST, &format!("/v1/accounts/{account}/{action}"), json!({})).await;
    }
    policy["adminApproval"] = "none".into();
    policy["confirmDeviceChange"] = false.into();
    world.set_policy(administrator, &policy).await.expect(200);
    world.settle().await;
}

async fn a_company_has_employees(world: &World) {
    let company = world.company("owner@example.com").await;
    let (_, employee) = world.employee(&company, "charles@example.com", "member").await;
    let Company { owner, id } = &company;
    let path = format!("/v1/customers/{id}/employees/{employee}");
    ask(world, owner, Method::PATCH, &path, json!({"role": "manager"})).await;
    ask(world, owner, Method::DELETE, &path, json!({})).await;
}

async fn staff_change(world: &World, administrator: &LoggedIn) {
    let (_, agent) = world.member(administrator, "agent@example.com", "agent").await;
    ask(world, administrator, Method::PATCH, &format!("/v1/staff/{agent}"), json!({"role": "manager"})).await;
    for action in ["deactivate", "reactivate"] {
        ask(world, administrator, Method::POST, &format!("/v1/staff/{agent}/{action}"), json!({})).await;
    }
    let fewer = json!({"approvalAwaited": true, "newRegistration": false});
    ask(world, administrator, Method::PUT, "/v1/me/notifications", fewer).await;
}

/// Nobody follows the link of a registration, and a mail is given up.
async fn time_passes(world: &World) {
    world.register("late@example.com").await;
    world.advance(SignedDuration::from_hours(15 * 24)).await;
    world.settle().await;
}
