//! How often something can be tried, by whom, and how long others have to wait for it.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use local::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Answer, PASSWORD, World, person};

/// Mails to an address, or requests of a source, that are free in a day.
const FREE_MAILS: usize = 50;
const FREE_REQUESTS: usize = 300;
const FREE_LOGINS: usize = 200;

async fn guess(world: &World, source: &str, email: &str, password: &str) -> Answer {
    let request = world.request_from(source, Method::POST, "/v1/sessions");
    world.send(request.json(&json!({"email": email, "password": password}))).await
}

async fn post_from(world: &World, source: &str, path: &str, body: Value) -> Answer {
    world.send(world.request_from(source, Method::POST, path).json(&body)).await
}

async fn forget_from(world: &World, source: &str, email: &str) -> Answer {
    post_from(world, source, "/v1/password/forgot", json!({"email": email})).await
}

/// How many limits a function counted since the calls were cleared.
pub(crate) fn counted(world: &World, function: &str) -> usize {
    world.operations(function).iter().filter(|name| *name == "UpdateItem").count()
}

fn retry_after(refused: &Answer) -> i64 {
    refused.headers["retry-after"].to_str().unwrap().parse().unwrap()
}

/// Tries until the next try has to wait for more than a minute.
async fn exhaust(world: &World, mut attempt: impl AsyncFnMut() -> Answer) {
    loop {
        let answer = attempt().await;
        if answer.status != 429 {
            continue;
        }
        let wait = retry_after(&answer);
        if wait > 60 {
            return;
        }
        world.advance(SignedDuration::from_secs(wait)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_an_address_wait_longer_and_longer_and_the_owner_does_not() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let mut waits = Vec::new();
    while waits.len() < 6 {
        let guessed = guess(&world, "192.0.2.1", "ada@example.com", "a wrong guess").await;
        if guessed.status == 429 {
            let wait = retry_after(&guessed);
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
    let mut wait = 0;
    while wait < 60 {
        let guessed = guess(&world, "192.0.2.1", "ada@example.com", "a wrong guess").await;
        wait = if guessed.status == 429 { retry_after(&guessed) } else { 0 };
        if wait < 60 {
            world.advance(SignedDuration::from_secs(wait)).await;
        }
    }
    guess(&world, "192.0.2.1", "ada@example.com", PASSWORD).await.expect_problem(429, "too-many-requests");
    guess(&world, "192.0.2.99", "ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_from_many_sources_make_unknown_devices_wait_and_known_ones_not() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let device = world.log_in("ada@example.com", PASSWORD).await.expect(201).text("deviceToken").to_owned();
    for number in 0..FREE_LOGINS {
        guess(&world, &format!("10.0.0.{number}"), "ada@example.com", "a wrong guess").await.expect(401);
    }
    let mut number = 0;
    exhaust(&world, async || {
        number += 1;
        guess(&world, &format!("10.0.1.{number}"), "ada@example.com", "a wrong guess").await
    })
    .await;
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
    for number in 0..10 {
        guess(&world, "192.0.2.1", &format!("{number}@example.com"), "a wrong guess").await.expect(401);
    }
    for number in 10..FREE_REQUESTS {
        forget_from(&world, "192.0.2.1", &format!("{number}@example.com")).await.expect(202);
    }
    guess(&world, "192.0.2.1", "another@example.com", "a wrong guess").await.expect_problem(429, "too-many-requests");
    guess(&world, "192.0.2.2", "another@example.com", "a wrong guess").await.expect(401);
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_people_register_from_one_office_in_a_row() {
    let world = World::start().await;
    for number in 0..50 {
        let employee = person(&format!("{number}@example.com"));
        post_from(&world, "192.0.2.1", "/v1/registrations", employee).await.expect(202);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_floods_a_mailbox() {
    let world = World::start().await;
    world.register("ada@example.com").await;
    let again = || world.post("/v1/registrations/resend", json!({"email": "ada@example.com"}));
    for _ in 1..FREE_MAILS {
        again().await.expect(202);
    }
    let refused = again().await.expect_problem(429, "too-many-requests");
    assert_eq!(retry_after(&refused), 30);
    world.post("/v1/password/forgot", json!({"email": "ada@example.com"})).await.expect(429);
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), FREE_MAILS);
    world.advance(SignedDuration::from_secs(30)).await;
    again().await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_source_has_few_mails_sent_to_an_address_whatever_it_asks_for() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    post_from(&world, "192.0.2.1", "/v1/registrations", person("ada@example.com")).await.expect(202);
    for _ in 0..2 {
        forget_from(&world, "192.0.2.1", "ada@example.com").await.expect(202);
        post_from(&world, "192.0.2.1", "/v1/registrations/resend", json!({"email": "ada@example.com"}))
            .await
            .expect(202);
    }
    for wait in [15, 30, 60] {
        let refused =
            forget_from(&world, "192.0.2.1", "ada@example.com").await.expect_problem(429, "too-many-requests");
        assert!((wait * 60 - 30..=wait * 60).contains(&retry_after(&refused)), "{refused:?}");
        forget_from(&world, "192.0.2.1", "bob@example.com").await.expect(202);
        forget_from(&world, "192.0.2.2", "ada@example.com").await.expect(202);
        world.advance(SignedDuration::from_mins(wait)).await;
        forget_from(&world, "192.0.2.1", "ada@example.com").await.expect(202);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_refused_costs_the_owner_of_an_address_nothing() {
    let world = World::start().await;
    world.customer("ada@example.com").await;
    let mut number = 0;
    exhaust(&world, async || {
        number += 1;
        forget_from(&world, "192.0.2.1", &format!("{number}@example.com")).await
    })
    .await;
    world.cloud.clear_calls();
    let email = json!({"email": "ada@example.com"});
    for (function, path, body) in [
        ("RegisterFunction", "/v1/registrations", person("ada@example.com")),
        ("ResendFunction", "/v1/registrations/resend", email.clone()),
        ("ForgotPasswordFunction", "/v1/password/forgot", email),
        ("LogInFunction", "/v1/sessions", json!({"email": "ada@example.com", "password": "a wrong guess"})),
    ] {
        post_from(&world, "192.0.2.1", path, body).await.expect_problem(429, "too-many-requests");
        assert_eq!(
            counted(&world, function),
            2,
            "{function} counts the source, what it does to the address, and no more"
        );
    }
    for _ in 0..FREE_MAILS {
        forget_from(&world, "192.0.2.1", "ada@example.com").await.expect(429);
    }
    for _ in 1..FREE_MAILS {
        world.post("/v1/password/forgot", json!({"email": "ada@example.com"})).await.expect(202);
    }
    world.log_in("ada@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_leaves_the_new_address_alone() {
    let world = World::start().await;
    let (ada, _) = world.customer("ada@example.com").await;
    let ask = |password: &str| {
        let body = json!({"email": "new@example.com", "password": password});
        world.send(world.request(Method::POST, "/v1/me/email").bearer_auth(&ada.access_token).json(&body))
    };
    world.cloud.clear_calls();
    ask("a wrong guess").await.expect_problem(401, "invalid-credentials");
    assert_eq!(counted(&world, "ChangeAddressFunction"), 2, "the source and the account");
    for _ in 0..8 {
        ask("a wrong guess").await.expect_problem(401, "invalid-credentials");
    }
    for _ in 1..FREE_MAILS {
        world.post("/v1/password/forgot", json!({"email": "new@example.com"})).await.expect(202);
    }
    ask(PASSWORD).await.expect(202);
    world.advance(SignedDuration::from_secs(1)).await;
    ask(PASSWORD).await.expect_problem(429, "too-many-requests");
}

/// A secret, and its hash as `printf … | sha256sum` tells it.
const OLD_SECRET: (&str, &str) =
    ("xWm3J0kqfT9sVbY2rLcN7g", "89a68d46f5b58f886a409a618764960199d952713114b8223f9fa4405221fae2");
const NEW_SECRET: (&str, &str) =
    ("hR5uZ1pDd8eKq4WtB6yMsA", "84034bf6a92d9a00eb1d4212a7682b2940b0594df5dbb782365ee7f4e04e5f3a");

async fn world_behind_a_proxy() -> World {
    let hashes = format!("{},{}", OLD_SECRET.1, NEW_SECRET.1);
    let parameters = BTreeMap::from([("TrustedProxySecretHashes".to_owned(), hashes)]);
    World::start_with(Options { parameters, ..Options::default() }).await
}

async fn guess_with(world: &World, headers: &[(&str, &str)], password: &str) -> Answer {
    let request = world.request_from("198.51.100.7", Method::POST, "/v1/sessions");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    world.send(request.json(&json!({"email": "ada@example.com", "password": password}))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_calls_a_trusted_proxy_is_told_apart() {
    let world = world_behind_a_proxy().await;
    world.customer("ada@example.com").await;
    let old = ("clientele-proxy-secret", OLD_SECRET.0);
    let new = ("clientele-proxy-secret", NEW_SECRET.0);
    let from_first = [old, ("x-forwarded-for", "192.0.2.1")];
    exhaust(&world, async || guess_with(&world, &from_first, "a wrong guess").await).await;
    guess_with(&world, &[old, ("x-forwarded-for", "192.0.2.2")], PASSWORD).await.expect(201);
    let forged = ("x-forwarded-for", "192.0.2.3, 192.0.2.1");
    guess_with(&world, &[new, forged], PASSWORD).await.expect_problem(429, "too-many-requests");
    let viewer = |address| ("cloudfront-viewer-address", address);
    guess_with(&world, &[new, forged, viewer("192.0.2.4:46532")], PASSWORD).await.expect(201);
    guess_with(&world, &[new, viewer("192.0.2.1:46532")], PASSWORD).await.expect(429);
    guess(&world, "192.0.2.1", "ada@example.com", PASSWORD).await.expect(429);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_believed_where_they_come_from_without_the_secret() {
    let world = world_behind_a_proxy().await;
    world.customer("ada@example.com").await;
    let forwarded = [("x-forwarded-for", "192.0.2.1")];
    exhaust(&world, async || guess_with(&world, &forwarded, "a wrong guess").await).await;
    for (number, secret) in ["", "guessed", OLD_SECRET.1, &OLD_SECRET.0[1..]].into_iter().enumerate() {
        let forwarded = format!("192.0.2.{number}");
        let viewer = format!("{forwarded}:46532");
        let headers = [
            ("clientele-proxy-secret", secret),
            ("x-forwarded-for", &forwarded),
            ("cloudfront-viewer-address", &viewer),
        ];
        guess_with(&world, &headers, PASSWORD).await.expect_problem(429, "too-many-requests");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_calls_a_trusted_proxy_does_not_meet_others_under_an_idempotency_key() {
    let world = world_behind_a_proxy().await;
    let register = |client: &'static str, email: &'static str| {
        let request = world.request_from("198.51.100.7", Method::POST, "/v1/registrations");
        let request = request.header("clientele-proxy-secret", NEW_SECRET.0).header("x-forwarded-for", client);
        world.send(request.header("idempotency-key", "one").json(&person(email)))
    };
    register("192.0.2.1", "ada@example.com").await.expect(202);
    register("192.0.2.2", "eve@example.com").await.expect(202);
    let again = register("192.0.2.1", "ada@example.com").await.expect(202);
    assert_eq!(again.headers["idempotency-replayed"], "true");
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
