//! The customer record, as customers and staff read it.

use reqwest::Method;
use serde_json::json;

use crate::world::{PASSWORD, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_sees_itself_staff_sees_it_and_for_others_it_does_not_exist() {
    let world = World::start().await;
    let (ada, ada_id) = world.customer("ada@example.com").await;
    let (eve, _) = world.customer("eve@example.com").await;
    let administrator = world.administrator().await;
    for path in [format!("/v1/customers/{ada_id}"), format!("/v1/customers/{ada_id}/history")] {
        let own = world.get(&path, &ada).await.expect(200);
        for (header, value) in [
            ("cache-control", "no-store"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(own.headers[header], value);
        }
        let own = own.body;
        assert_eq!(world.get(&path, &administrator).await.expect(200).body, own);
        let mut hidden = world.get(&path, &eve).await.expect_problem(404, "not-found").body;
        let nobody = path.replace(&ada_id, "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071");
        let mut missing = world.get(&nobody, &administrator).await.expect_problem(404, "not-found").body;
        hidden["requestId"].take();
        missing["requestId"].take();
        assert_eq!(hidden, missing);
        let nonsense = path.replace(&ada_id, "nonsense");
        world.get(&nonsense, &administrator).await.expect_problem(404, "not-found");
        world.send(world.request(reqwest::Method::GET, &path)).await.expect_problem(401, "unauthenticated");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn history_is_read_in_pages_that_fit_together() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    world.settle().await;
    let all = world.get(&format!("/v1/customers/{id}/history"), &who).await.expect(200).body["items"].clone();
    let (mut path, mut read) = (format!("/v1/customers/{id}/history?limit=2"), Vec::new());
    loop {
        let page = world.get(&path, &who).await.expect(200);
        read.extend(page.body["items"].as_array().unwrap().clone());
        let Some(next) = page.body.get("nextCursor") else { break };
        path = format!("/v1/customers/{id}/history?limit=2&cursor={}", next.as_str().unwrap());
        assert_eq!(page.headers["link"], format!("<{path}>; rel=\"next\""));
    }
    assert_eq!(serde_json::Value::from(read), all);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_cursors_are_checked() {
    let world = World::start().await;
    let (who, id) = world.customer("ada@example.com").await;
    for (query, field, code) in [
        ("limit=0", "limit", "out-of-range"),
        ("limit=101", "limit", "out-of-range"),
        ("limit=many", "limit", "out-of-range"),
        ("cursor=nonsense", "cursor", "unknown"),
    ] {
        let answer =
            world.get(&format!("/v1/customers/{id}/history?{query}"), &who).await.expect_problem(422, "invalid");
        assert_eq!(answer.field_codes(), [(field, code)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_mails_come_back_from_is_marked_until_it_is_changed() {
    let world = World::start().await;
    for (email, trouble) in
        [("bounce+ada@simulator.amazonses.com", "bounced"), ("complaint+bob@simulator.amazonses.com", "complained")]
    {
        let (who, id) = world.customer(email).await;
        world.settle().await;
        let record = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
        assert_eq!(record.text("emailTrouble"), trouble);
        let told = world.history(&id, &who).await;
        assert_eq!(told.iter().filter(|name| *name == "address.troubled").count(), 1, "{told:?}");
        let change = world.request(Method::POST, "/v1/me/email").bearer_auth(&who.access_token);
        let another = format!("{trouble}@example.com");
        world.send(change.json(&json!({"email": another, "password": PASSWORD}))).await.expect(202);
        world.settle().await;
        let token = world.mailed_token(&another);
        world.post("/v1/me/email/confirm", json!({"token": token})).await.expect(204);
        let record = world.get(&format!("/v1/customers/{id}"), &who).await.expect(200);
        assert!(record.body.get("emailTrouble").is_none(), "{:#}", record.body);
    }
}
