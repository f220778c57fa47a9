//! How staff come in.

use aws::Aws;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{ADMINISTRATOR, Answer, LoggedIn, PASSWORD, World, logged_in};

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
    let me = world.get("/v1/me", &logged_in(&session)).await.expect(200);
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
        let request = world.request(Method::PUT, "/v1/me/notifications");
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

impl World {
    /// Somebody who was invited with a role, and accepted.
    pub(crate) async fn member(&self, administrator: &LoggedIn, email: &str, role: &str) -> (LoggedIn, String) {
        let request = self.request(Method::POST, "/v1/staff/invitations").bearer_auth(&administrator.access_token);
        let body = json!({"email": email, "role": role, "language": "de"});
        self.send(request.json(&body)).await.expect(202);
        self.settle().await;
        let body = acceptance(&self.mailed_token(email));
        self.post("/v1/staff/invitations/accept", body).await.expect(200);
        let who = logged_in(&self.log_in(email, PASSWORD).await.expect(201));
        let id = self.get("/v1/me", &who).await.expect(200).text("accountId").to_owned();
        (who, id)
    }

    async fn post_staff(&self, who: &LoggedIn, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).bearer_auth(&who.access_token).json(&body)).await
    }

    async fn give_role(&self, who: &LoggedIn, id: &str, role: &str) -> Answer {
        let request = self.request(Method::PATCH, &format!("/v1/staff/{id}")).bearer_auth(&who.access_token);
        self.send(request.json(&json!({"role": role}))).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_do_what_it_includes_and_no_more() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (_, customer) = world.customer("ada@example.com").await;
    let roles = world.get("/v1/staff/roles", &administrator).await.expect(200);
    let names: Vec<&str> =
        roles.body["items"].as_array().unwrap().iter().map(|role| role["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["administrator", "manager", "agent", "read-only"]);
    for (role, sees, decides, settings) in [
        ("manager", 200, 200, 403),
        ("agent", 200, 403, 403),
        ("read-only", 200, 403, 403),
        ("administrator", 200, 200, 200),
    ] {
        let (who, id) = world.member(&administrator, &format!("one-{role}@example.com"), role).await;
        let asked = [
            (format!("/v1/customers/{customer}"), sees),
            ("/v1/registrations?state=awaiting-approval".to_owned(), decides),
            ("/v1/settings/registration".to_owned(), settings),
            ("/v1/staff".to_owned(), settings),
        ];
        for (path, status) in asked {
            assert_eq!(world.get(&path, &who).await.status, status, "{role} {path}");
        }
        world.give_role(&administrator, &id, "agent").await.expect(204);
        let demoted = world.get("/v1/registrations?state=awaiting-approval", &who).await;
        demoted.expect_problem(403, "forbidden");
    }
}

/// Stores roles, as nothing in the system does yet.
async fn store_roles(world: &World, roles: Value) {
    let environment = world.cloud.environment("invite_staff").unwrap();
    let item = serde_dynamo::to_item(json!({"pk": "STAFF", "sk": "ROLES", "version": 1, "roles": roles})).unwrap();
    let put = Aws::new(environment).unwrap().dynamodb().put_item().set_item(Some(item));
    put.table_name(environment.require("TABLE_NAME").unwrap()).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_changed_counts_at_once_for_those_who_have_it() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (agent, _) = world.member(&administrator, "agent@example.com", "agent").await;
    let list = "/v1/registrations?state=awaiting-approval";
    world.get(list, &agent).await.expect_problem(403, "forbidden");
    store_roles(&world, json!([{"name": "agent", "permissions": ["fly-to-the-moon", "decide-registrations"]}])).await;
    world.get(list, &agent).await.expect(200);
    store_roles(&world, json!([{"name": "agent", "permissions": ["see-customers"]}])).await;
    world.get(list, &agent).await.expect_problem(403, "forbidden");
    world.get("/v1/staff", &administrator).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn members_are_listed_deactivated_and_let_in_again() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (who, id) = world.member(&administrator, "agent@example.com", "agent").await;
    let invitation = json!({"email": "late@example.com", "role": "manager", "language": "en"});
    world.post_staff(&administrator, "/v1/staff/invitations", invitation).await.expect(202);
    let states = |answer: Answer| -> Vec<(String, String, String)> {
        let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
        let items = answer.body["items"].as_array().unwrap().clone();
        items.iter().map(|item| (text(item, "email"), text(item, "role"), text(item, "state"))).collect()
    };
    let expected = |agent: &str| {
        [
            (ADMINISTRATOR, "administrator", "active"),
            ("agent@example.com", "agent", agent),
            ("late@example.com", "manager", "invited"),
        ]
        .map(|(email, role, state)| (email.to_owned(), role.to_owned(), state.to_owned()))
    };
    assert_eq!(states(world.get("/v1/staff", &administrator).await.expect(200)), expected("active"));
    world.post_staff(&administrator, &format!("/v1/staff/{id}/deactivate"), json!({})).await.expect(204);
    assert_eq!(states(world.get("/v1/staff", &administrator).await.expect(200)), expected("deactivated"));
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
    world.log_in("agent@example.com", PASSWORD).await.expect_problem(403, "account-blocked");
    world.post_staff(&administrator, &format!("/v1/staff/{id}/reactivate"), json!({})).await.expect(204);
    world.log_in("agent@example.com", PASSWORD).await.expect(201);
    let page = world.get("/v1/staff?limit=2", &administrator).await.expect(200);
    let rest = world.get(&format!("/v1/staff?cursor={}", page.text("nextCursor")), &administrator).await.expect(200);
    assert_eq!(rest.body["items"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_can_always_manage_staff() {
    let world = World::start().await;
    let first = world.administrator().await;
    let own = world.get("/v1/me", &first).await.expect(200).text("accountId").to_owned();
    let deactivate = |who: LoggedIn, id: String| {
        let world = &world;
        async move { world.post_staff(&who, &format!("/v1/staff/{id}/deactivate"), json!({})).await }
    };
    deactivate(first.clone(), own.clone()).await.expect_problem(409, "last-administrator");
    world.give_role(&first, &own, "agent").await.expect_problem(409, "last-administrator");
    let (second, second_id) = world.member(&first, "second@example.com", "administrator").await;
    let (one, other) =
        tokio::join!(deactivate(first.clone(), second_id.clone()), deactivate(second.clone(), own.clone()),);
    let done = [one.status, other.status].into_iter().filter(|status| *status == 204).count();
    assert_eq!(done, 1, "{} and {}", one.status, other.status);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_to_staff_says_why() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (ada, _) = world.customer("ada@example.com").await;
    let ada = world.get("/v1/me", &ada).await.expect(200).text("accountId").to_owned();
    let invite = |email: &str, role: &str| {
        let body = json!({"email": email, "role": role, "language": "en"});
        world.post_staff(&administrator, "/v1/staff/invitations", body)
    };
    invite("ada@example.com", "agent").await.expect_problem(409, "address-taken");
    invite(ADMINISTRATOR, "agent").await.expect_problem(409, "address-taken");
    let refused = invite("nonsense", "Boss").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("email", "not-an-email-address"), ("role", "unknown")]);
    let refused = invite("grace@example.com", "boss").await.expect(422);
    assert_eq!(refused.field_codes(), [("role", "unknown")]);
    assert_eq!(refused.body["errors"][0]["message"], "must be one of: administrator, manager, agent, read-only");
    world.give_role(&administrator, &ada, "agent").await.expect_problem(404, "not-found");
    let (_, agent) = world.member(&administrator, "agent@example.com", "agent").await;
    assert_eq!(
        world.give_role(&administrator, &agent, "boss").await.expect(422).field_codes(),
        [("role", "unknown")]
    );
    let block = format!("/v1/accounts/{agent}/block");
    world.post_staff(&administrator, &block, json!({})).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_role_decided_on_last_is_the_one_that_counts() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let invite = |role: &'static str| {
        let world = &world;
        let administrator = &administrator;
        async move {
            let body = json!({"email": "bob@example.com", "role": role, "language": "en"});
            world.post_staff(administrator, "/v1/staff/invitations", body).await.expect(202);
            world.settle().await;
            world.mailed_token("bob@example.com")
        }
    };
    let (first, second) = (invite("administrator").await, invite("agent").await);
    world.post("/v1/staff/invitations/accept", acceptance(&first)).await.expect(200);
    world.post("/v1/staff/invitations/accept", acceptance(&second)).await.expect_problem(410, "link-used");
    let bob = logged_in(&world.log_in("bob@example.com", PASSWORD).await.expect(201));
    assert_eq!(world.get("/v1/me", &bob).await.expect(200).text("role"), "agent");
    let further = json!({"email": "eve@example.com"});
    let outcome = world.cloud.invoke("invite_administrator", &further).await.unwrap();
    assert_eq!(outcome["outcome"], "administrator-exists");
}
