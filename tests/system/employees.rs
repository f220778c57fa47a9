//! A company's own people: invited, joined, listed, given another role, removed.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::limits::counted;
use crate::world::{Answer, LoggedIn, PASSWORD, World, company, logged_in};

const OWNER: &str = "owner@example.com";

/// Whoever registered a company, and its id.
pub(crate) struct Company {
    pub(crate) owner: LoggedIn,
    pub(crate) id: String,
}

impl World {
    pub(crate) async fn company(&self, email: &str) -> Company {
        self.post("/v1/registrations", company(email)).await.expect(202);
        self.settle().await;
        self.confirm(email).await.expect(200);
        let owner = logged_in(&self.log_in(email, PASSWORD).await.expect(201));
        let id = self.get("/v1/me", &owner).await.expect(200).text("customerId").to_owned();
        Company { owner, id }
    }

    pub(crate) async fn invite_as(&self, who: &LoggedIn, company: &str, email: &str, role: &str) -> Answer {
        let request = self.request(Method::POST, &format!("/v1/customers/{company}/employees"));
        let body = json!({"email": email, "role": role, "language": "en"});
        let answer = self.send(request.bearer_auth(&who.access_token).json(&body)).await;
        self.settle().await;
        answer
    }

    async fn join(&self, token: &str) -> Answer {
        self.post("/v1/employees/join", json!({"token": token, "name": "Charles Babbage", "password": PASSWORD})).await
    }

    /// Somebody who was invited and joined, logged in; and their employee id.
    pub(crate) async fn employee(&self, company: &Company, email: &str, role: &str) -> (LoggedIn, String) {
        let invited = self.invite_as(&company.owner, &company.id, email, role).await.expect(202);
        self.join(&self.mailed_token(email)).await.expect(200);
        (logged_in(&self.log_in(email, PASSWORD).await.expect(201)), invited.text("id").to_owned())
    }

    async fn change_employee(&self, who: &LoggedIn, company: &str, employee: &str, role: &str) -> Answer {
        let request = self.request(Method::PATCH, &format!("/v1/customers/{company}/employees/{employee}"));
        self.send(request.bearer_auth(&who.access_token).json(&json!({"role": role}))).await
    }

    async fn remove_employee(&self, who: &LoggedIn, company: &str, employee: &str) -> Answer {
        let request = self.request(Method::DELETE, &format!("/v1/customers/{company}/employees/{employee}"));
        self.send(request.bearer_auth(&who.access_token)).await
    }

    /// Address, role and state of each employee.
    async fn employees(&self, who: &LoggedIn, company: &str) -> Vec<[String; 3]> {
        let list = self.get(&format!("/v1/customers/{company}/employees"), who).await.expect(200);
        let text = |item: &Value, field: &str| item[field].as_str().unwrap().to_owned();
        let items = list.body["items"].as_array().unwrap();
        items.iter().map(|item| ["email", "role", "state"].map(|field| text(item, field))).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_invited_joins_and_logs_in_under_the_company() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let invited = world.invite_as(&company.owner, &company.id, "charles@example.com", "member").await.expect(202);
    assert_eq!(invited.text("next"), "accept-invitation");
    let mail = world.mails("charles@example.com").remove(0);
    assert!(mail.text.contains("Analytical Engines"), "{}", mail.text);
    assert!(!mail.subject.contains("Analytical Engines"), "{}", mail.subject);
    let token = world.mailed_token("charles@example.com");
    let weak = json!({"token": token, "name": "", "password": "charles-example"});
    let refused = world.post("/v1/employees/join", weak).await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("name", "required"), ("password", "personal-password")]);
    assert_eq!(world.join(&token).await.expect(200).body, json!({"next": "log-in"}));
    world.join(&token).await.expect_problem(410, "link-used");

    let charles = logged_in(&world.log_in("charles@example.com", PASSWORD).await.expect(201));
    let me = world.get("/v1/me", &charles).await.expect(200);
    assert_eq!([me.text("kind"), me.text("customerId"), me.text("role")], ["employee", &company.id, "member"]);
    assert_eq!((me.text("employeeId"), me.body["emailConfirmed"].as_bool()), (invited.text("id"), Some(true)));
    let record = world.get(&format!("/v1/customers/{}", company.id), &charles).await.expect(200);
    assert_eq!(record.text("name"), "Analytical Engines");
    let history = world.history(&company.id, &charles).await;
    assert!(history.ends_with(&["employee.joined".to_owned(), "session.started".to_owned()]), "{history:?}");
    assert!(history.contains(&"employee.invited".to_owned()), "{history:?}");
    let list = world.get(&format!("/v1/customers/{}/employees", company.id), &charles).await.expect(200);
    assert_eq!(list.body["owner"]["email"], OWNER);
    assert_eq!(list.body["items"][0]["name"], "Charles Babbage");
    assert_eq!(world.employees(&charles, &company.id).await, [["charles@example.com", "member", "active"]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn employees_see_their_company_and_nothing_else() {
    let world = World::start().await;
    let (company, other) = (world.company(OWNER).await, world.company("other@example.com").await);
    let (manager, id) = world.employee(&company, "manager@example.com", "manager").await;
    let (_, others_id) = world.employee(&other, "member@example.com", "member").await;
    for (company, employee) in [(&company.id, &others_id), (&other.id, &others_id), (&other.id, &id)] {
        world.change_employee(&manager, company, employee, "manager").await.expect_problem(404, "not-found");
        world.remove_employee(&manager, company, employee).await.expect_problem(404, "not-found");
    }
    for path in ["", "/history", "/employees"] {
        let foreign = world.get(&format!("/v1/customers/{}{path}", other.id), &manager).await;
        foreign.expect_problem(404, "not-found");
    }
    world.invite_as(&manager, &other.id, "eve@example.com", "member").await.expect_problem(404, "not-found");
    for path in ["/v1/staff", "/v1/registrations?state=awaiting-approval", "/v1/settings/registration"] {
        world.get(path, &manager).await.expect_problem(403, "forbidden");
    }
    world.get("/v1/me/notifications", &manager).await.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn owner_and_managers_look_after_employees_and_members_do_not() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (manager, manager_id) = world.employee(&company, "manager@example.com", "manager").await;
    let (member, member_id) = world.employee(&company, "member@example.com", "member").await;
    world.invite_as(&manager, &company.id, "late@example.com", "member").await.expect(202);
    let forbidden = world.invite_as(&member, &company.id, "more@example.com", "manager").await;
    forbidden.expect_problem(403, "forbidden");
    world.change_employee(&member, &company.id, &member_id, "manager").await.expect_problem(403, "forbidden");
    world.remove_employee(&member, &company.id, &manager_id).await.expect_problem(403, "forbidden");

    world.change_employee(&manager, &company.id, &member_id, "manager").await.expect(204);
    world.invite_as(&member, &company.id, "more@example.com", "member").await.expect(202);
    world.change_employee(&company.owner, &company.id, &member_id, "member").await.expect(204);
    world.invite_as(&member, &company.id, "even-more@example.com", "member").await.expect_problem(403, "forbidden");
    assert_eq!(
        world.employees(&member, &company.id).await,
        [
            ["manager@example.com", "manager", "active"],
            ["member@example.com", "member", "active"],
            ["late@example.com", "member", "invited"],
            ["more@example.com", "member", "invited"],
        ]
    );
    let administrator = world.administrator().await;
    assert_eq!(world.employees(&administrator, &company.id).await.len(), 4, "staff see them");
    let staff = world.invite_as(&administrator, &company.id, "staff@example.com", "member").await;
    staff.expect_problem(403, "forbidden");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_removed_is_out_at_once_and_the_address_is_free() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (charles, id) = world.employee(&company, "charles@example.com", "member").await;
    world.remove_employee(&company.owner, &company.id, &id).await.expect(204);
    world.get("/v1/me", &charles).await.expect_problem(401, "unauthenticated");
    let refreshed = world.post("/v1/sessions/refresh", json!({"refreshToken": charles.refresh_token})).await;
    refreshed.expect_problem(401, "invalid-refresh-token");
    world.log_in("charles@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    world.remove_employee(&company.owner, &company.id, &id).await.expect_problem(404, "not-found");
    assert!(world.employees(&company.owner, &company.id).await.is_empty());

    let (_, charles_himself) = world.customer("charles@example.com").await;
    assert_ne!(charles_himself, company.id);
    let history = world.history(&company.id, &company.owner).await;
    assert!(history.ends_with(&["employee.removed".to_owned()]), "{history:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_may_leave_and_an_invitation_be_taken_back() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (charles, id) = world.employee(&company, "charles@example.com", "member").await;
    world.remove_employee(&charles, &company.id, &id).await.expect(204);
    let invited = world.invite_as(&company.owner, &company.id, "late@example.com", "member").await.expect(202);
    world.remove_employee(&company.owner, &company.id, invited.text("id")).await.expect(204);
    world.join(&world.mailed_token("late@example.com")).await.expect_problem(410, "link-expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_expires_and_inviting_again_renews_it() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let invite = || world.invite_as(&company.owner, &company.id, "charles@example.com", "member");
    let first = invite().await.expect(202);
    world.advance(SignedDuration::from_hours(7 * 24)).await;
    world.join(&world.mailed_token("charles@example.com")).await.expect_problem(410, "link-expired");
    let session = world.log_in(OWNER, PASSWORD).await.expect(201);
    let company = Company { owner: logged_in(&session), ..company };
    let again = world.invite_as(&company.owner, &company.id, "charles@example.com", "manager").await.expect(202);
    assert_eq!(first.text("id"), again.text("id"), "the same employee");
    world.join(&world.mailed_token("charles@example.com")).await.expect(200);
    assert_eq!(world.employees(&company.owner, &company.id).await, [["charles@example.com", "manager", "active"]]);
    let known = world.invite_as(&company.owner, &company.id, "charles@example.com", "member").await;
    known.expect_problem(409, "address-taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_invites_does_not_learn_whether_an_address_has_an_account() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    world.customer("known@example.com").await;
    let invite = async |email: &str| {
        world.cloud.clear_calls();
        let mut answer = world.invite_as(&company.owner, &company.id, email, "member").await.expect(202);
        answer.body["id"] = Value::Null;
        let work = world.work("InviteEmployeeFunction", &answer);
        (answer.body, work)
    };
    invite("first@example.com").await;
    assert_eq!(invite("known@example.com").await, invite("unknown@example.com").await);
    let states = world.employees(&company.owner, &company.id).await.into_iter().map(|[_, _, state]| state);
    assert_eq!(states.collect::<Vec<_>>(), ["invited"; 3]);
    world.join(&world.mailed_token("known@example.com")).await.expect_problem(409, "address-taken");
    world.log_in("known@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_registered_and_never_proved_gives_way() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    world.register("charles@example.com").await;
    let (charles, _) = world.employee(&company, "charles@example.com", "member").await;
    assert_eq!(world.get("/v1/me", &charles).await.expect(200).text("customerId"), company.id);
    world.register("charles@example.com").await;
    let mails = world.mails("charles@example.com");
    assert!(!mails[0].text.contains("token="), "an owner is told, and nothing to prove is mailed: {}", mails[0].text);
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_are_limited_and_only_companies_have_employees() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    for number in 0..20 {
        let email = format!("employee-{number}@example.com");
        world.invite_as(&company.owner, &company.id, &email, "member").await.expect(202);
    }
    world.cloud.clear_calls();
    let limited = world.invite_as(&company.owner, &company.id, "employee-20@example.com", "member").await;
    let limited = limited.expect_problem(429, "too-many-requests");
    assert!(limited.headers.contains_key("retry-after"));
    assert_eq!(
        counted(&world, "InviteEmployeeFunction"),
        3,
        "the source, what it does to the address, the company; not the address"
    );
    let path = format!("/v1/customers/{}/employees", company.id);
    let page = world.get(&format!("{path}?limit=15"), &company.owner).await.expect(200);
    let next = format!("{path}?limit=15&cursor={}", page.text("nextCursor"));
    assert_eq!(page.headers["link"], format!("<{next}>; rel=\"next\""));
    let rest = world.get(&next, &company.owner).await.expect(200);
    assert_eq!(rest.body["items"].as_array().unwrap().len(), 5);
    assert!(!rest.headers.contains_key("link"));
    let foreign = world.get(&format!("{path}?cursor=acc_1"), &company.owner).await.expect_problem(422, "invalid");
    assert_eq!(foreign.field_codes(), [("cursor", "unknown")]);

    let (ada, id) = world.customer("ada@example.com").await;
    let refused = world.invite_as(&ada, &id, "charles@example.com", "member").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("id", "only-for-companies")]);
    let refused = world.get(&format!("/v1/customers/{id}/employees"), &ada).await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("id", "only-for-companies")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_employee_who_is_removed_frees_the_address() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (charles, id) = world.employee(&company, "charles@example.com", "member").await;
    let account = world.get("/v1/me", &charles).await.expect(200).text("accountId").to_owned();
    let administrator = world.administrator().await;
    let block = world.request(Method::POST, &format!("/v1/accounts/{account}/block"));
    world.send(block.bearer_auth(&administrator.access_token).json(&json!({}))).await.expect(204);
    world.remove_employee(&company.owner, &company.id, &id).await.expect(204);
    world.invite_as(&company.owner, &company.id, "charles@example.com", "member").await.expect(202);
    world.log_in("charles@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    let unblock = world.request(Method::POST, &format!("/v1/accounts/{account}/unblock"));
    world
        .send(unblock.bearer_auth(&administrator.access_token).json(&json!({})))
        .await
        .expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_that_is_not_known_is_refused() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (_, employee) = world.employee(&company, "charles@example.com", "manager").await;
    for role in ["owner", "", "Member"] {
        let invited = world.invite_as(&company.owner, &company.id, "grace@example.com", role).await;
        assert_eq!(invited.expect_problem(422, "invalid").field_codes()[0].0, "role", "{role:?}");
        let changed = world.change_employee(&company.owner, &company.id, &employee, role).await;
        assert_eq!(changed.expect_problem(422, "invalid").field_codes()[0].0, "role", "{role:?}");
    }
    let employees = world.employees(&company.owner, &company.id).await;
    assert_eq!(employees, [["charles@example.com", "manager", "active"].map(str::to_owned)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_invited_before_the_companys_address_is_proven() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let put = world.request(Method::PUT, "/v1/settings/registration").header("if-match", "\"0\"");
    let policy = json!({"notifyAfterRegistration": false, "adminApproval": "none", "confirmDeviceChange": false,
        "accountValidation": "optional"});
    world.send(put.bearer_auth(&administrator.access_token).json(&policy)).await.expect(200);
    world.post("/v1/registrations", company(OWNER)).await.expect(202);
    world.settle().await;
    let owner = logged_in(&world.log_in(OWNER, PASSWORD).await.expect(201));
    let id = world.get("/v1/me", &owner).await.expect(200).text("customerId").to_owned();
    let refused = world.invite_as(&owner, &id, "charles@example.com", "manager").await;
    refused.expect_problem(403, "email-unconfirmed");
    world.confirm(OWNER).await.expect(200);
    let owner = logged_in(&world.log_in(OWNER, PASSWORD).await.expect(201));
    world.invite_as(&owner, &id, "charles@example.com", "manager").await.expect(202);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employee_changes_the_own_profile_and_not_the_companys() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (charles, _) = world.employee(&company, "charles@example.com", "manager").await;
    let me = world.get("/v1/me", &charles).await.expect(200);
    let change = |body: Value| {
        let request = world.request(Method::PATCH, "/v1/me").bearer_auth(&charles.access_token);
        world.send(request.header("if-match", &me.headers["etag"]).json(&body))
    };
    let refused = change(json!({"phone": "+44 20 7946 0000"})).await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("phone", "only-for-customers")]);
    change(json!({"name": "C. Babbage", "language": "fr"})).await.expect(200);
    let record = world.get(&format!("/v1/customers/{}", company.id), &charles).await.expect(200);
    assert_eq!((record.text("name"), record.text("language")), ("Analytical Engines", "de"));
    let administrator = world.administrator().await;
    let account = me.text("accountId");
    let block = world.request(Method::POST, &format!("/v1/accounts/{account}/block"));
    world.send(block.bearer_auth(&administrator.access_token).json(&json!({}))).await.expect(204);
    assert_eq!(world.employees(&company.owner, &company.id).await[0][2], "blocked");
    world.log_in("charles@example.com", PASSWORD).await.expect_problem(403, "account-blocked");
}

#[tokio::test(flavor = "multi_thread")]
async fn history_tells_employees_from_staff() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let (charles, id) = world.employee(&company, "charles@example.com", "member").await;
    let owner = world.get("/v1/me", &company.owner).await.expect(200).text("accountId").to_owned();
    world.change_employee(&company.owner, &company.id, &id, "manager").await.expect(204);
    let account = world.get("/v1/me", &charles).await.expect(200).text("accountId").to_owned();
    let administrator = world.administrator().await;
    for verb in ["block", "unblock"] {
        let request = world.request(Method::POST, &format!("/v1/accounts/{account}/{verb}"));
        world.send(request.bearer_auth(&administrator.access_token).json(&json!({}))).await.expect(204);
    }
    let charles = logged_in(&world.log_in("charles@example.com", PASSWORD).await.expect(201));
    let page = world.get(&format!("/v1/customers/{}/history", company.id), &charles).await.expect(200);
    let actor = |kind: &str| {
        let items = page.body["items"].as_array().unwrap();
        items.iter().find(|item| item["type"] == kind).unwrap()["actor"].clone()
    };
    assert_eq!(actor("employee.role-changed"), json!({"kind": "account", "accountId": owner}));
    assert_eq!(actor("employee.joined"), json!({"kind": "account", "accountId": account}));
    assert_eq!(actor("account.blocked"), json!({"kind": "staff"}));
    let page = world.get(&format!("/v1/customers/{}/history", company.id), &administrator).await.expect(200);
    let blocked = page.body["items"].as_array().unwrap().iter().find(|item| item["type"] == "account.blocked");
    assert!(blocked.unwrap()["actor"]["accountId"].is_string(), "staff are told who of them it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_invite_an_address_at_once_make_one_employee() {
    let world = World::start().await;
    let company = world.company(OWNER).await;
    let invite = || world.invite_as(&company.owner, &company.id, "charles@example.com", "member");
    let (one, other) = tokio::join!(invite(), invite());
    let (one, other) = (one.expect(202), other.expect(202));
    assert_eq!(one.text("id"), other.text("id"));
    let expected = [["charles@example.com", "member", "invited"]];
    assert_eq!(world.employees(&company.owner, &company.id).await, expected);
    world.join(&world.mailed_token("charles@example.com")).await.expect(200);
}
