//! How accounts get in, stay in and leave.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::world::{PASSWORD, World, logged_in};

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_and_a_wrong_password_get_the_same_answer_for_the_same_work() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let mut answers = Vec::new();
    for (email, password) in [("ada@example.com", "wrong password"), ("nobody@example.com", PASSWORD)] {
        world.cloud.clear_calls();
        let mut answer = world.log_in(email, password).await.expect_problem(401, "invalid-credentials");
        answer.body["requestId"].take();
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        let work = world.work("LogInFunction", &answer);
        assert_eq!(work.hashes, 1);
        answers.push((answer.body, headers, work));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_right_password_on_the_device_that_registered_learns_that_the_address_is_unconfirmed() {
    let world = World::start().await;
    let registered = world.register("ada@example.com").await;
    let another = world.register("bob@example.com").await;
    let log_in = |device, password| world.log_in_from(device, "ada@example.com", password);
    log_in(&registered, "wrong password").await.expect_problem(401, "invalid-credentials");
    log_in(&another, PASSWORD).await.expect_problem(401, "invalid-credentials");
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    log_in(&registered, PASSWORD).await.expect_problem(403, "email-unconfirmed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_known_by_its_token() {
    let world = &World::start().await;
    let device = world.register("ada@example.com").await.text("deviceToken").to_owned();
    world.confirm("ada@example.com").await.expect(200);
    let from = |device: &str| {
        world.post("/v1/sessions", json!({"email": "ada@example.com", "password": PASSWORD, "deviceToken": device}))
    };
    let first = from(&device).await.expect(201);
    let second = from(first.text("deviceToken")).await.expect(201);
    assert_eq!(second.text("deviceToken"), first.text("deviceToken"));
    let devices = |answer: &crate::world::Answer| {
        let who = logged_in(answer);
        async move { world.get("/v1/devices", &who).await.expect(200).body["items"].as_array().unwrap().len() }
    };
    assert_eq!(devices(&second).await, 1);
    let unknown = from("made up").await.expect(201);
    assert_eq!(devices(&unknown).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_working_access_token_nobody_is_logged_in() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    for header in ["", "Bearer", "Bearer nonsense", "Basic YTpi", &format!("Bearer {}x", who.access_token)] {
        let request = world.request(Method::GET, "/v1/me").header("authorization", header);
        let answer = world.send(request).await.expect_problem(401, "unauthenticated");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    }
    world.advance(SignedDuration::from_mins(10)).await;
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
}

#[tokio::test(flavor = "multi_thread")]
async fn refreshing_goes_on_and_a_copied_token_ends_the_session() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    let refresh = |token: String| world.post("/v1/sessions/refresh", json!({"refreshToken": token}));
    world.advance(SignedDuration::from_mins(10)).await;
    let second = refresh(who.refresh_token.clone()).await.expect(200);
    let second = logged_in(&second);
    world.get("/v1/me", &second).await.expect(200);
    assert_ne!(second.refresh_token, who.refresh_token);

    let raced = refresh(who.refresh_token.clone()).await.expect(200);
    assert_eq!(raced.text("refreshToken"), second.refresh_token, "a tab that raced gets another token");

    world.advance(SignedDuration::from_secs(11)).await;
    refresh(who.refresh_token.clone()).await.expect_problem(401, "invalid-refresh-token");
    world.get("/v1/me", &second).await.expect_problem(401, "unauthenticated");
    refresh(second.refresh_token).await.expect_problem(401, "invalid-refresh-token");
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    assert!(world.history(&id, &who).await.contains(&"session.reuse-detected".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_thirty_days_of_rest() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    world.advance(SignedDuration::from_hours(29 * 24)).await;
    let answer = world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200);
    let who = logged_in(&answer);
    world.advance(SignedDuration::from_hours(30 * 24)).await;
    let answer = world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await;
    answer.expect_problem(401, "invalid-refresh-token");
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_is_in_force_at_once() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    let request = world.request(Method::DELETE, "/v1/sessions/current").bearer_auth(&who.access_token);
    world.send(request).await.expect(204);
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
    let answer = world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await;
    answer.expect_problem(401, "invalid-refresh-token");
    let who = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    assert!(world.history(&id, &who).await.contains(&"session.ended".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_published_before_they_sign_and_tokens_outlive_their_replacement() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    let published = async || {
        let keys = world.send(world.request(Method::GET, "/.well-known/jwks.json")).await.expect(200);
        assert_eq!(keys.headers["cache-control"], "public, max-age=300");
        keys.body["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let first = published().await;
    assert_eq!(first.len(), 1);
    world.advance(SignedDuration::from_hours(30 * 24 - 1)).await;
    let who =
        logged_in(&world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200));
    world.advance(SignedDuration::from_hours(1)).await;
    let both = published().await;
    assert_eq!(both.len(), 2);
    let before = world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200);
    assert_eq!(key_of(before.text("accessToken")), first[0], "the new key signs before it can be known everywhere");
    world.advance(SignedDuration::from_hours(1)).await;
    let who = logged_in(&before);
    let after = world.post("/v1/sessions/refresh", json!({"refreshToken": who.refresh_token})).await.expect(200);
    assert_ne!(key_of(after.text("accessToken")), first[0]);
    world.get("/v1/me", &logged_in(&after)).await.expect(200);
    world.advance(SignedDuration::from_hours(25)).await;
    assert!(!published().await.contains(&first[0]), "the old key is still published");
}

/// The `kid` in the header of a token.
fn key_of(token: &str) -> String {
    let header = BASE64_URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}
