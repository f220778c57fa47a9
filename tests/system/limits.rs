//! How often something can be tried, by whom, and how long others have to wait for it.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::json;

use crate::world::{Answer, PASSWORD, World, person};

async fn guess(world: &World, source: &str, email: &str, password: &str) -> Answer {
    let request = world.request_from(source, Method::POST, "/v1/sessions");
    world.send(request.json(&json!({"email": email, "password": password}))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_an_address_wait_longer_and_longer_and_the_owner_does_not() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let mut waits = Vec::new();
    while waits.len() < 6 {
        let guessed = guess(&world, "192.0.2.1", "ada@example.com", "a wrong guess").await;
        if guessed.status == 429 {
            let wait: i64 = guessed.headers["retry-after"].to_str().unwrap().parse().unwrap();
            guessed.expect_problem(429, "too-many-requests");
            waits.push(wait);
            world.advance(SignedDuration::from_secs(wait)).await;
        } else {
            guessed.expect_problem(401, "invalid-credentials");
        }
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 32]);
    guess(&world, "192.0.2.1", "ada@example.com", "a wrong guess").await.expect(401);
    guess(&world, "192.0.2.1", "ada@example.com", PASSWORD).await.expect_problem(429, "too-many-requests");
    guess(&world, "192.0.2.99", "ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_source_makes_nobody_else_wait_however_often_it_guesses() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    for _ in 0..70 {
        guess(&world, "192.0.2.1", "ada@example.com", "a wrong guess").await;
    }
    guess(&world, "192.0.2.1", "ada@example.com", PASSWORD).await.expect_problem(429, "too-many-requests");
    guess(&world, "192.0.2.99", "ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_many_sources_make_unknown_devices_wait_and_known_ones_not() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let device = world.log_in("ada@example.com", PASSWORD).await.expect(201).text("deviceToken").to_owned();
    for number in 0..50 {
        guess(&world, &format!("192.0.2.{number}"), "ada@example.com", "a wrong guess").await.expect(401);
    }
    guess(&world, "192.0.2.99", "ada@example.com", PASSWORD).await.expect_problem(429, "too-many-requests");
    let known = json!({"email": "ada@example.com", "password": PASSWORD, "deviceToken": device});
    world.post("/v1/sessions", known).await.expect(201);
    world.advance(SignedDuration::from_mins(5)).await;
    guess(&world, "192.0.2.99", "ada@example.com", PASSWORD).await.expect(201);
    guess(&world, "192.0.2.99", "ada@example.com", "a wrong guess").await.expect_problem(429, "too-many-requests");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_address_is_limited_like_a_known_one() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let mut outcomes = Vec::new();
    for email in ["ada@example.com", "nobody@example.com"] {
        let mut statuses = Vec::new();
        for _ in 0..8 {
            statuses.push(guess(&world, "192.0.2.1", email, "a wrong guess").await.status);
        }
        outcomes.push(statuses);
    }
    assert_eq!(outcomes[0], outcomes[1]);
    assert_eq!(outcomes[0], [401, 401, 401, 401, 401, 429, 429, 429]);
}

/// However many guess at the same moment, no more get through than one after the other would.
#[tokio::test(flavor = "multi_thread")]
async fn a_race_lets_no_more_through() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let guesses = (0..40).map(|_| {
        let request = world.request_from("192.0.2.1", Method::POST, "/v1/sessions");
        tokio::spawn(request.json(&json!({"email": "ada@example.com", "password": "a wrong guess"})).send())
    });
    let mut compared = 0;
    for guess in guesses.collect::<Vec<_>>() {
        compared += usize::from(guess.await.unwrap().unwrap().status() == 401);
    }
    assert_eq!(compared, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_is_limited_whatever_it_tries_and_right_ones_do_not_count() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    for _ in 0..60 {
        guess(&world, "192.0.2.1", "ada@example.com", PASSWORD).await.expect(201);
    }
    for number in 0..50 {
        guess(&world, "192.0.2.1", &format!("{number}@example.com"), "a wrong guess").await.expect(401);
    }
    guess(&world, "192.0.2.1", "another@example.com", "a wrong guess").await.expect_problem(429, "too-many-requests");
    guess(&world, "192.0.2.2", "another@example.com", "a wrong guess").await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_floods_a_mailbox() {
    let world = World::start().await;
    for number in 0..5 {
        let request = world.request_from(&format!("192.0.2.{number}"), Method::POST, "/v1/registrations");
        world.send(request.json(&person("ada@example.com"))).await.expect(202);
    }
    let again = || world.post("/v1/registrations/resend", json!({"email": "ada@example.com"}));
    let refused = again().await.expect_problem(429, "too-many-requests");
    assert_eq!(refused.headers["retry-after"], "30");
    world.post("/v1/password/forgot", json!({"email": "ada@example.com"})).await.expect(429);
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), 5);
    world.advance(SignedDuration::from_secs(30)).await;
    again().await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_under_the_idempotency_key_of_a_login_are_counted_too() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let log_in = |password: &'static str| {
        let request = world.request_from("192.0.2.1", Method::POST, "/v1/sessions").header("idempotency-key", "one");
        world.send(request.json(&json!({"email": "ada@example.com", "password": password})))
    };
    log_in(PASSWORD).await.expect(201);
    log_in(PASSWORD).await.expect(201);
    log_in("wrong password").await.expect_problem(422, "idempotency-key-reused");
    let mut guessed = log_in("wrong password").await;
    for _ in 0..10 {
        if guessed.status != 429 {
            guessed = log_in("wrong password").await;
        }
    }
    guessed.expect_problem(429, "too-many-requests");
}
