//! What all requests have in common: who is told what, how bodies and headers are read, what happens when one is sent again.

use aws::Aws;
use decision::Decision;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use store::{Answered, IdempotencyRecord, Store};

use crate::world::{LoggedIn, World, company, logged_in, person};

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_anything_by_a_closed_operation_but_to_log_in() {
    let world = World::start().await;
    let document = crate::openapi::document();
    let mut closed = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if operation.get("security").is_none() {
                continue;
            }
            closed += 1;
            let method: Method = method.to_uppercase().parse().unwrap();
            let path: String = path
                .split('/')
                .map(|part| if part.starts_with('{') { "nonsense" } else { part })
                .collect::<Vec<_>>()
                .join("/");
            for token in [None, Some("nonsense"), Some("a.b.c")] {
                let request = world.request(method.clone(), &format!("{path}?limit=many&cursor=x&state=y&kind=z"));
                let request = request.header("if-match", "nonsense").header("idempotency-key", "").body("{");
                let request = match token {
                    Some(token) => request.bearer_auth(token),
                    None => request,
                };
                world.send(request).await.expect_problem(401, "unauthenticated");
            }
        }
    }
    assert!(closed > 30, "only {closed} operations are closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_is_not_told_what_is_wrong_with_the_request() {
    let world = World::start().await;
    let (ada, _) = world.customer("ada@example.com").await;
    let (_, other) = world.customer("bob@example.com").await;
    world.get(&format!("/v1/customers/{other}/history?limit=many"), &ada).await.expect_problem(404, "not-found");
    world.get("/v1/settings/nonsense/history?limit=many", &ada).await.expect_problem(403, "forbidden");
    let put = world.request(Method::PUT, "/v1/settings/business").bearer_auth(&ada.access_token);
    world.send(put.header("if-match", "nonsense").body("{")).await.expect_problem(403, "forbidden");
}

impl World {
    async fn put_policy(&self, who: &LoggedIn, if_match: &str, validation: &str) -> crate::world::Answer {
        let body = json!({
            "notifyAfterRegistration": true,
            "adminApproval": "none",
            "confirmDeviceChange": false,
            "accountValidation": validation,
        });
        let request = self.request(Method::PUT, "/v1/settings/registration").bearer_auth(&who.access_token);
        self.send(request.header("if-match", if_match).json(&body)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn if_match_takes_any_version_or_some_and_nothing_malformed() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let put = |if_match: &'static str, validation: &'static str| world.put_policy(&administrator, if_match, validation);
    assert_eq!(put("*", "optional").await.expect(200).headers["etag"], "\"1\"");
    assert_eq!(put("*", "none").await.expect(200).headers["etag"], "\"2\"");
    assert_eq!(put("\"1\", \"2\"", "required").await.expect(200).headers["etag"], "\"3\"");
    put("W/\"3\"", "none").await.expect_problem(412, "stale-version");
    put("\"other\"", "none").await.expect_problem(412, "stale-version");
    for nonsense in ["3", "\"3", "nonsense", "\"3\" \"4\"", ""] {
        let refused = put(nonsense, "none").await.expect_problem(400, "invalid-header");
        assert_eq!(refused.field_codes(), [("If-Match", "malformed")], "{nonsense}");
    }
    let patch = world.request(Method::PATCH, "/v1/me").bearer_auth(&administrator.access_token);
    world.send(patch.header("if-match", "*").json(&json!({"name": "Rear Admiral Hopper"}))).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_any_version_at_the_same_time_all_succeed() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let put = |validation: &'static str| world.put_policy(&administrator, "*", validation);
    let (one, two, three) = tokio::join!(put("optional"), put("none"), put("optional"));
    for answer in [one, two, three] {
        answer.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_text_is_the_same_as_nothing_where_a_value_may_be_left_out() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let mut body = company("ada@example.com");
    body["phone"] = json!("");
    body["company"]["vatNumber"] = json!("");
    world.post("/v1/registrations", body).await.expect(202);
    let put = world.request(Method::PUT, "/v1/settings/business").bearer_auth(&administrator.access_token);
    let body = json!({"name": "Nordlicht Reisen", "address": [], "logoUrl": ""});
    let shown = world.send(put.header("if-match", "*").json(&body)).await.expect(200);
    assert_eq!(shown.body, json!({"name": "Nordlicht Reisen", "address": []}));
    let patch = world.request(Method::PATCH, "/v1/me").bearer_auth(&administrator.access_token);
    let refused = world.send(patch.header("if-match", "*").json(&json!({"name": ""}))).await;
    assert_eq!(refused.expect_problem(422, "invalid").field_codes(), [("name", "required")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merge_patch_is_taken_under_its_own_media_type() {
    let world = World::start().await;
    let (ada, _) = world.customer("ada@example.com").await;
    let patch = |media_type: &'static str, method: Method, path: &'static str| {
        let request = world.request(method, path).bearer_auth(&ada.access_token).header("if-match", "*");
        world.send(request.header("content-type", media_type).body(r#"{"phone": null}"#))
    };
    patch("application/merge-patch+json", Method::PATCH, "/v1/me").await.expect(200);
    patch("text/plain", Method::PATCH, "/v1/me").await.expect_problem(415, "unsupported-media-type");
    let post = patch("application/merge-patch+json", Method::POST, "/v1/me/email").await;
    post.expect_problem(415, "unsupported-media-type");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_a_body_is_said_without_words_of_the_code() {
    let world = World::start().await;
    for (body, message) in [
        (json!([]), "must be an object"),
        (json!(["person"]), "must be an object"),
        (json!(7), "must be an object"),
        (json!({"kind": "alien"}), "must be one of: person, company"),
        (json!({"kind": {"person": 1}}), "must be one of: person, company"),
        (json!({"kind": "person", "name": 1}), "must be a string"),
        (json!({"kind": "person", "promotionalMail": "yes"}), "must be true or false"),
        (json!({"nickname": "Ada"}), "is not part of this request"),
    ] {
        let refused = world.post("/v1/registrations", body.clone()).await.expect_problem(422, "invalid");
        assert_eq!(refused.body["errors"][0]["message"], message, "{body}");
    }
}

/// Sends a registration from a source and a device.
async fn register_from(world: &World, source: &str, device: &str, body: Value) -> crate::world::Answer {
    let request = world.request_from(source, Method::POST, "/v1/registrations").header("user-agent", device);
    world.send(request.header("idempotency-key", "1").json(&body)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_who_choose_the_same_idempotency_key_do_not_meet() {
    let world = World::start().await;
    let (ada, eve) = (person("ada@example.com"), person("eve@example.com"));
    register_from(&world, "192.0.2.1", "one", ada.clone()).await.expect(202);
    register_from(&world, "192.0.2.2", "one", eve.clone()).await.expect(202);
    register_from(&world, "192.0.2.1", "two", eve.clone()).await.expect(202);
    let again = register_from(&world, "192.0.2.1", "one", ada).await.expect(202);
    assert_eq!(again.headers["idempotency-replayed"], "true");
    register_from(&world, "192.0.2.1", "one", eve).await.expect_problem(422, "idempotency-key-reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_the_same_after_the_access_token_was_exchanged() {
    let world = World::start().await;
    let company = world.company("owner@example.com").await;
    let invite = |who: LoggedIn| {
        let path = format!("/v1/customers/{}/employees", company.id);
        let request = world.request(Method::POST, &path).bearer_auth(who.access_token);
        let body = json!({"email": "ada@example.com", "role": "member", "language": "en"});
        world.send(request.header("idempotency-key", "one").json(&body))
    };
    let first = invite(company.owner.clone()).await.expect(202);
    world.advance(SignedDuration::from_mins(9)).await;
    let refresh = json!({"refreshToken": company.owner.refresh_token});
    let exchanged = logged_in(&world.post("/v1/sessions/refresh", refresh).await.expect(200));
    assert_ne!(exchanged.access_token, company.owner.access_token);
    let again = invite(exchanged).await.expect(202);
    assert_eq!((again.headers.get("idempotency-replayed").is_some(), again.body), (true, first.body));
    world.settle().await;
    assert_eq!(world.mails("ada@example.com").len(), 1);
    let other = logged_in(&world.log_in("owner@example.com", crate::world::PASSWORD).await.expect(201));
    let elsewhere = invite(other).await.expect(202);
    assert!(elsewhere.headers.get("idempotency-replayed").is_none(), "another session's key is another key");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_kept_no_longer_gives_way() {
    let world = World::start().await;
    let environment = world.cloud.environment("register").unwrap();
    let store = Store::new(Aws::new(environment).unwrap().dynamodb(), environment).unwrap();
    let answered = |after: i64| {
        let now = world.cloud.now() + SignedDuration::from_hours(after);
        let kept_until = now + SignedDuration::from_hours(24);
        Answered { record: IdempotencyRecord { hash: "one".into(), sealed_answer: String::new(), kept_until }, now }
    };
    store.commit_with_answer(Decision::default(), Some(answered(0))).await.unwrap();
    store.commit_with_answer(Decision::default(), Some(answered(23))).await.unwrap_err();
    store.commit_with_answer(Decision::default(), Some(answered(24))).await.unwrap();
}
