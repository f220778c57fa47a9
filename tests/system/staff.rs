//! How staff come in.

use aws::Aws;
use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{ADMINISTRATOR, Answer, LoggedIn, PASSWORD, World, logged_in, person};

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

/// Stores roles as newer code might have.
async fn store_roles(world: &World, roles: Value) {
    let environment = world.cloud.environment("invite_staff").unwrap();
    let item = serde_dynamo::to_item(json!({"pk": "STAFF", "sk": "ROLES", "version": 1, "roles": roles})).unwrap();
    let put = Aws::new(environment).unwrap().dynamodb().put_item().set_item(Some(item));
    put.table_name(environment.require("TABLE_NAME").unwrap()).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_newer_code_stored_is_ignored() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (agent, _) = world.member(&administrator, "agent@example.com", "agent").await;
    let list = "/v1/registrations?state=awaiting-approval";
    world.get(list, &agent).await.expect_problem(403, "forbidden");
    store_roles(&world, json!([{"name": "agent", "permissions": ["fly-to-the-moon", "decide-registrations"]}])).await;
    world.get(list, &agent).await.expect(200);
    world.get("/v1/staff", &administrator).await.expect_problem(403, "forbidden");
}

const ALL: [&str; 5] = ["see-customers", "decide-registrations", "block-accounts", "manage-settings", "manage-staff"];

impl World {
    async fn create_role(&self, who: &LoggedIn, name: &str, permissions: &[&str]) -> Answer {
        self.post_staff(who, "/v1/staff/roles", json!({"name": name, "permissions": permissions})).await
    }

    /// The entity tag of the roles.
    async fn roles_etag(&self, who: &LoggedIn) -> String {
        let roles = self.get("/v1/staff/roles", who).await.expect(200);
        roles.headers["etag"].to_str().unwrap().to_owned()
    }

    /// Says anew what a role includes, whatever version there is.
    async fn put_role(&self, who: &LoggedIn, name: &str, permissions: &[&str]) -> Answer {
        let request = self.request(Method::PUT, &format!("/v1/staff/roles/{name}")).bearer_auth(&who.access_token);
        self.send(request.header("if-match", "*").json(&json!({"permissions": permissions}))).await
    }

    async fn delete_role(&self, who: &LoggedIn, name: &str, etag: &str) -> Answer {
        let request = self.request(Method::DELETE, &format!("/v1/staff/roles/{name}")).bearer_auth(&who.access_token);
        self.send(request.header("if-match", etag)).await
    }

    /// The names of the roles.
    async fn roles(&self, who: &LoggedIn) -> Vec<String> {
        let roles = self.get("/v1/staff/roles", who).await.expect(200);
        let items = roles.body["items"].as_array().unwrap();
        items.iter().map(|role| role["name"].as_str().unwrap().to_owned()).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_changed_counts_at_once_for_those_who_have_it() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (agent, _) = world.member(&administrator, "agent@example.com", "agent").await;
    let list = "/v1/registrations?state=awaiting-approval";
    world.get(list, &agent).await.expect_problem(403, "forbidden");
    let changed = world.put_role(&administrator, "agent", &["decide-registrations", "see-customers"]).await.expect(200);
    assert_eq!(changed.body, json!({"name": "agent", "permissions": ["see-customers", "decide-registrations"]}));
    assert_eq!(changed.headers["etag"], "\"1\"");
    world.get(list, &agent).await.expect(200);
    world.put_role(&administrator, "agent", &[]).await.expect(200);
    world.get(list, &agent).await.expect_problem(403, "forbidden");
    let unchanged = world.put_role(&administrator, "agent", &[]).await.expect(200);
    assert_eq!(unchanged.headers["etag"], "\"2\"");
    assert_eq!(world.roles_etag(&administrator).await, "\"2\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_is_created_given_and_deleted_once_nobody_has_it() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let created = world.create_role(&administrator, "night-shift", &["block-accounts"]).await.expect(201);
    assert_eq!(created.body, json!({"name": "night-shift", "permissions": ["block-accounts"]}));
    let expected = ["administrator", "manager", "agent", "read-only", "night-shift"];
    assert_eq!(world.roles(&administrator).await, expected);
    let (_, id) = world.member(&administrator, "night@example.com", "night-shift").await;
    assert!(world.mails("night@example.com")[0].text.contains("night-shift"), "the role has no words of its own");
    let etag = world.roles_etag(&administrator).await;
    world.delete_role(&administrator, "night-shift", &etag).await.expect_problem(409, "role-in-use");
    world.give_role(&administrator, &id, "agent").await.expect(204);
    let invitation = json!({"email": "late@example.com", "role": "night-shift", "language": "en"});
    world.post_staff(&administrator, "/v1/staff/invitations", invitation).await.expect(202);
    let invited = world.delete_role(&administrator, "night-shift", &etag).await;
    invited.expect_problem(409, "role-in-use");
    let invitation = json!({"email": "late@example.com", "role": "agent", "language": "en"});
    world.post_staff(&administrator, "/v1/staff/invitations", invitation).await.expect(202);
    world.delete_role(&administrator, "night-shift", &etag).await.expect(204);
    assert_eq!(world.roles(&administrator).await, expected[..4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_of_roles_say_which_version_they_change() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let request =
        |method: Method| world.request(method, "/v1/staff/roles/read-only").bearer_auth(&administrator.access_token);
    let body = json!({"permissions": ["see-customers"]});
    world.send(request(Method::PUT).json(&body)).await.expect_problem(428, "version-required");
    world.send(request(Method::DELETE)).await.expect_problem(428, "version-required");
    let read = world.roles_etag(&administrator).await;
    world.create_role(&administrator, "night-shift", &[]).await.expect(201);
    world.send(request(Method::PUT).header("if-match", &read).json(&body)).await.expect_problem(412, "stale-version");
    world.delete_role(&administrator, "read-only", &read).await.expect_problem(412, "stale-version");
    let now = world.roles_etag(&administrator).await;
    world.delete_role(&administrator, "read-only", &now).await.expect(204);
    let put = request(Method::PUT).header("if-match", "*").json(&body);
    world.send(put).await.expect_problem(404, "not-found");
    world.delete_role(&administrator, "Read Only", "*").await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_role_says_why() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.create_role(&administrator, "agent", &[]).await.expect_problem(409, "role-exists");
    for (name, code) in [("", "required"), ("Night Shift", "not-a-role-name"), (&*"a".repeat(51), "too-long")] {
        let refused = world.create_role(&administrator, name, &[]).await.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes(), [("name", code)]);
    }
    for refused in [
        world.create_role(&administrator, "pilot", &["see-customers", "fly-to-the-moon"]).await,
        world.put_role(&administrator, "agent", &["see-customers", "fly-to-the-moon"]).await,
    ] {
        let refused = refused.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes(), [("permissions[1]", "malformed")]);
        let message = refused.body["errors"][0]["message"].as_str().unwrap();
        assert!(ALL.iter().all(|permission| message.contains(permission)), "{message}");
    }
    for number in 0..46_u8 {
        let name: String = [number / 26, number % 26].map(|letter| char::from(b'a' + letter)).into_iter().collect();
        world.create_role(&administrator, &name, &[]).await.expect(201);
    }
    world.create_role(&administrator, "one-more", &[]).await.expect_problem(422, "too-many-roles");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_the_last_right_to_manage_staff_away() {
    let world = World::start().await;
    let first = world.administrator().await;
    let rest = &ALL[..4];
    world.put_role(&first, "administrator", rest).await.expect_problem(409, "last-administrator");
    world.delete_role(&first, "administrator", "*").await.expect_problem(409, "role-in-use");
    world.create_role(&first, "head", &ALL).await.expect(201);
    let (second, _) = world.member(&first, "second@example.com", "head").await;
    let (one, other) =
        tokio::join!(world.put_role(&first, "head", rest), world.put_role(&second, "administrator", rest));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert!(matches!(statuses, [200, 403 | 409]), "{one:?} and {other:?}");
    let (first, second) = tokio::join!(world.get("/v1/staff", &first), world.get("/v1/staff", &second));
    assert_eq!([first.status, second.status].iter().filter(|status| **status == 200).count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_and_a_member_changed_at_once_leave_somebody_who_manages_staff() {
    let world = World::start().await;
    let first = world.administrator().await;
    let own = world.get("/v1/me", &first).await.expect(200).text("accountId").to_owned();
    world.create_role(&first, "head", &ALL).await.expect(201);
    let (second, _) = world.member(&first, "second@example.com", "head").await;
    let (role, member) = tokio::join!(world.put_role(&first, "head", &[]), world.give_role(&second, &own, "agent"));
    let done = [role.status, member.status].into_iter().filter(|status| *status < 300).count();
    assert_eq!(done, 1, "{role:?} and {member:?}");
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
    assert_eq!(refused.field_codes(), [("email", "not-an-email-address"), ("role", "not-a-role-name")]);
    let refused = invite("grace@example.com", "boss").await.expect(422);
    assert_eq!(refused.field_codes(), [("role", "unknown")]);
    assert_eq!(refused.body["errors"][0]["message"], "must be one of: administrator, manager, agent, read-only");
    world.give_role(&administrator, &ada, "agent").await.expect_problem(404, "not-found");
    let (_, agent) = world.member(&administrator, "agent@example.com", "agent").await;
    assert_eq!(world.give_role(&administrator, &agent, "boss").await.expect(422).field_codes(), [("role", "unknown")]);
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

/// The links of a stranger who registered an address, and of whoever was invited to the staff with it.
async fn register_and_invite(world: &World, administrator: &LoggedIn, registers_first: bool) -> (String, String) {
    let (email, mut links) = ("bob@example.com", Vec::new());
    for registers in [registers_first, !registers_first] {
        if registers {
            let mut stranger = person(email);
            stranger["password"] = json!(STRANGERS_PASSWORD);
            world.post("/v1/registrations", stranger).await.expect(202);
        } else {
            let body = json!({"email": email, "role": "agent", "language": "en"});
            world.post_staff(administrator, "/v1/staff/invitations", body).await.expect(202);
        }
        world.settle().await;
        links.push(world.mailed_token(email));
    }
    let [first, second] = <[String; 2]>::try_from(links).unwrap();
    if registers_first { (first, second) } else { (second, first) }
}

const STRANGERS_PASSWORD: &str = "the password of a stranger";

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_who_registers_the_address_does_not_block_an_invitation() {
    for registers_first in [true, false] {
        let world = World::start().await;
        let administrator = world.administrator().await;
        let (strangers, invitees) = register_and_invite(&world, &administrator, registers_first).await;
        world.post("/v1/staff/invitations/accept", acceptance(&invitees)).await.expect(200);
        world.settle().await;
        let late = world.post("/v1/registrations/confirm", json!({"token": strangers})).await;
        assert_eq!(late.status, 410, "{late:?}");
        let stranger = world.log_in("bob@example.com", STRANGERS_PASSWORD).await;
        stranger.expect_problem(401, "invalid-credentials");
        let bob = logged_in(&world.log_in("bob@example.com", PASSWORD).await.expect(201));
        assert_eq!(world.get("/v1/me", &bob).await.expect(200).text("role"), "agent");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_given_to_somebody_invited_leaves_the_link_alive() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let body = json!({"email": "bob@example.com", "role": "administrator", "language": "en"});
    world.post_staff(&administrator, "/v1/staff/invitations", body).await.expect(202);
    world.settle().await;
    let staff = world.get("/v1/staff", &administrator).await.expect(200);
    let id = staff.body["items"][1]["id"].as_str().unwrap();
    world.give_role(&administrator, id, "agent").await.expect(204);
    let token = world.mailed_token("bob@example.com");
    world.post("/v1/staff/invitations/accept", acceptance(&token)).await.expect(200);
    let bob = logged_in(&world.log_in("bob@example.com", PASSWORD).await.expect(201));
    assert_eq!(world.get("/v1/me", &bob).await.expect(200).text("role"), "agent");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_invite_an_address_at_once_make_one_member() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let invite = || {
        let body = json!({"email": "bob@example.com", "role": "agent", "language": "en"});
        world.post_staff(&administrator, "/v1/staff/invitations", body)
    };
    let (one, other) = tokio::join!(invite(), invite());
    assert_eq!([one.status, other.status], [202, 202]);
    world.settle().await;
    assert_eq!(world.get("/v1/staff", &administrator).await.expect(200).body["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.mails("bob@example.com").len(), 2);
}
