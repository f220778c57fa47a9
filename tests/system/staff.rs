//! How staff come in.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{ADMINISTRATOR, PASSWORD, World};

async fn invite(world: &World) -> Value {
    let invited = world.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
    world.settle().await;
    invited
}

fn acceptance(token: &str) -> Value {
    json!({"token": token, "name": "Grace Hopper", "password": PASSWORD})
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_is_invited_accepts_and_logs_in() {
    let world = World::start().await;
    assert_eq!(invite(&world).await["outcome"], "invited");
    let token = world.mailed_token(ADMINISTRATOR);
    let mut short = acceptance(&token);
    short["password"] = json!("short");
    short["name"] = json!("");
    let refused = world.post("/v1/staff/invitations/accept", short).await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("name", "required"), ("password", "too-short")]);
    let accepted = world.post("/v1/staff/invitations/accept", acceptance(&token)).await.expect(200);
    assert_eq!(accepted.body, json!({"next": "log-in"}));
    let again = world.post("/v1/staff/invitations/accept", acceptance(&token)).await;
    again.expect_problem(410, "link-used");

    let session = world.log_in(ADMINISTRATOR, PASSWORD).await.expect(201);
    let me = world.get("/v1/me", &crate::world::logged_in(&session)).await.expect(200);
    assert_eq!((me.text("kind"), me.text("role"), me.text("name")), ("staff", "administrator", "Grace Hopper"));
    assert_eq!(invite(&world).await["outcome"], "already-staff");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_expires_and_can_be_sent_again() {
    let world = World::start().await;
    invite(&world).await;
    let first = world.mailed_token(ADMINISTRATOR);
    world.advance(SignedDuration::from_hours(7 * 24)).await;
    let late = world.post("/v1/staff/invitations/accept", acceptance(&first)).await;
    late.expect_problem(410, "link-expired");
    invite(&world).await;
    let second = world.mailed_token(ADMINISTRATOR);
    world.post("/v1/staff/invitations/accept", acceptance(&second)).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_serves_its_own_purpose_only() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    invite(&world).await;
    let (customers, staffs) = (world.mailed_token("ada@example.com"), world.mailed_token(ADMINISTRATOR));
    let crossed = world.post("/v1/staff/invitations/accept", acceptance(&customers)).await;
    crossed.expect_problem(422, "link-invalid");
    let crossed = world.post("/v1/registrations/confirm", json!({"token": staffs})).await;
    crossed.expect_problem(422, "link-invalid");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_address_of_a_customer_is_not_invited() {
    let world = World::start().await;
    world.customer(ADMINISTRATOR).await;
    assert_eq!(invite(&world).await["outcome"], "belongs-to-customer");
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_choose_what_they_are_told_of() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let put = |body: Value| {
        let request = world.request(reqwest::Method::PUT, "/v1/me/notifications");
        world.send(request.bearer_auth(&administrator.access_token).json(&body))
    };
    let all = json!({"approvalAwaited": true, "newRegistration": true});
    assert_eq!(world.get("/v1/me/notifications", &administrator).await.expect(200).body, all);
    let (customer, _) = world.customer("ada@example.com").await;
    world.settle().await;
    assert_eq!(world.mails(ADMINISTRATOR).len(), 2, "the invitation, and one registration");
    let fewer = json!({"approvalAwaited": true, "newRegistration": false});
    assert_eq!(put(fewer.clone()).await.expect(200).body, fewer);
    world.customer("bob@example.com").await;
    world.settle().await;
    assert_eq!(world.mails(ADMINISTRATOR).len(), 2);
    assert_eq!(put(json!({"approvalAwaited": 1})).await.expect(422).field_codes(), [("approvalAwaited", "malformed")]);
    world.get("/v1/me/notifications", &customer).await.expect_problem(403, "forbidden");
}
