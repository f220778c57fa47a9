//! Devices and sessions: confirmed by a code where the policy says so, listed, named, and ended.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{LoggedIn, PASSWORD, World, logged_in};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";

/// A world whose policy asks for a code from unknown devices.
async fn careful_world() -> World {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let policy = json!({
        "notifyAfterRegistration": false,
        "adminApproval": "none",
        "confirmDeviceChange": true,
        "accountValidation": "required",
    });
    world.set_policy(&administrator, &policy).await.expect(200);
    world
}

/// A code that is not it.
fn another(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn challenged(world: &World) -> (Value, String) {
    let asked = world.log_in("ada@example.com", PASSWORD).await.expect(202);
    assert_eq!(asked.text("next"), "confirm-device");
    world.settle().await;
    (json!(asked.text("challengeId")), world.mailed_code("ada@example.com"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_device_that_registered_is_trusted_and_another_needs_the_code() {
    let world = careful_world().await;
    let trusted = world.register("ada@example.com").await.text("deviceToken").to_owned();
    world.confirm("ada@example.com").await.expect(200);
    let known = json!({"email": "ada@example.com", "password": PASSWORD, "deviceToken": trusted});
    world.post("/v1/sessions", known.clone()).await.expect(201);

    let (challenge, code) = challenged(&world).await;
    let answer =
        |code: String| world.post("/v1/sessions/confirm-device", json!({"challengeId": challenge, "code": code}));
    answer(another(&code)).await.expect_problem(401, "invalid-code");
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    let session = answer(spaced).await.expect(201);
    answer(code.clone()).await.expect_problem(410, "challenge-over");
    world.get("/v1/me", &logged_in(&session)).await.expect(200);

    let second = json!({"email": "ada@example.com", "password": PASSWORD, "deviceToken": session.text("deviceToken")});
    world.post("/v1/sessions", second).await.expect(201);
    world.log_in("ada@example.com", "wrong password").await.expect_problem(401, "invalid-credentials");
    let foreign = world.register("bob@example.com").await.text("deviceToken").to_owned();
    let stolen = json!({"email": "ada@example.com", "password": PASSWORD, "deviceToken": foreign});
    world.post("/v1/sessions", stolen).await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_has_five_attempts_ten_minutes_and_one_login() {
    let world = careful_world().await;
    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);
    let (challenge, code) = challenged(&world).await;
    let answer = |challenge: &Value, code: &str| {
        world.post("/v1/sessions/confirm-device", json!({"challengeId": challenge, "code": code}))
    };
    let tries = futures(5, |_| answer(&challenge, &another(&code))).await;
    assert!(tries.iter().all(|status| *status == 401 || *status == 409), "{tries:?}");
    let used = tries.iter().filter(|status| **status == 401).count();
    for _ in used..5 {
        answer(&challenge, &another(&code)).await.expect_problem(401, "invalid-code");
    }
    answer(&challenge, &code).await.expect_problem(410, "challenge-over");

    let (late, late_code) = challenged(&world).await;
    answer(&late, &code).await.expect_problem(401, "invalid-code");
    world.advance(SignedDuration::from_mins(10)).await;
    answer(&late, &late_code).await.expect_problem(410, "challenge-over");
    answer(&json!("made up"), &late_code).await.expect_problem(410, "challenge-over");
}

async fn futures<F: Future<Output = crate::world::Answer>>(count: usize, make: impl Fn(usize) -> F) -> Vec<u16> {
    let mut statuses = Vec::new();
    for one in 0..count {
        statuses.push(make(one).await.status);
    }
    statuses
}

#[tokio::test(flavor = "multi_thread")]
async fn devices_are_listed_named_and_forgotten_with_their_sessions() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    let body = json!({"email": "ada@example.com", "password": PASSWORD});
    let request = world.request(Method::POST, "/v1/sessions").header("user-agent", FIREFOX).json(&body);
    let firefox = logged_in(&world.send(request).await.expect(201));
    let devices = world.get("/v1/devices", &firefox).await.expect(200);
    let own = devices.body["items"].as_array().unwrap().iter().find(|device| device["current"] == true).unwrap();
    assert_eq!(own["label"], "Firefox on Linux");
    let path = format!("/v1/devices/{}", own["id"].as_str().unwrap());
    let patch =
        |body: Value| world.send(world.request(Method::PATCH, &path).bearer_auth(&who.access_token).json(&body));
    assert_eq!(patch(json!({"name": "My laptop"})).await.expect(200).text("name"), "My laptop");
    assert_eq!(patch(json!({})).await.expect_problem(422, "invalid").field_codes(), [("name", "required")]);
    assert_eq!(patch(json!({"name": ""})).await.expect_problem(422, "invalid").field_codes(), [("name", "required")]);
    let listed = world.get("/v1/devices", &who).await.expect(200);
    assert!(listed.body.to_string().contains("My laptop"));
    assert!(patch(json!({"name": null})).await.expect(200).body.get("name").is_none());

    let forget = |who: &LoggedIn| world.send(world.request(Method::DELETE, &path).bearer_auth(&who.access_token));
    let (stranger, _) = world.customer("bob@example.com").await;
    forget(&stranger).await.expect_problem(404, "not-found");
    let renamed =
        world.request(Method::PATCH, &path).bearer_auth(&stranger.access_token).json(&json!({"name": "Mine"}));
    world.send(renamed).await.expect_problem(404, "not-found");
    forget(&who).await.expect(204);
    world.get("/v1/me", &firefox).await.expect_problem(401, "unauthenticated");
    world.get("/v1/me", &who).await.expect(200);
    forget(&who).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended_one_by_one_and_only_ones_own() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    let other = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let (stranger, _) = world.customer("bob@example.com").await;
    let listed = world.get("/v1/sessions", &who).await.expect(200);
    let items = listed.body["items"].as_array().unwrap();
    assert_eq!(items.iter().map(|item| item["current"] == true).filter(|current| *current).count(), 1);
    let id = items.iter().find(|item| item["current"] == false).unwrap()["id"].as_str().unwrap();
    let end = |who: &LoggedIn| {
        world.send(world.request(Method::DELETE, &format!("/v1/sessions/{id}")).bearer_auth(&who.access_token))
    };
    end(&stranger).await.expect_problem(404, "not-found");
    end(&who).await.expect(204);
    end(&who).await.expect_problem(404, "not-found");
    world.get("/v1/me", &other).await.expect_problem(401, "unauthenticated");
    assert_eq!(world.get("/v1/sessions", &who).await.expect(200).body["items"].as_array().unwrap().len(), 1);
}
