//! The registration policy: what it asks of those who register, who decides, and what everybody is told.

use local::Options;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::world::{ADMINISTRATOR, Answer, LoggedIn, PASSWORD, World, company, logged_in, person};

pub(crate) fn policy(validation: &str, approval: &str, confirm_device_change: bool) -> Value {
    json!({
        "notifyAfterRegistration": true,
        "adminApproval": approval,
        "confirmDeviceChange": confirm_device_change,
        "accountValidation": validation,
    })
}

impl World {
    /// Puts a policy in force, as the administrator.
    pub(crate) async fn set_policy(&self, administrator: &LoggedIn, policy: &Value) -> Answer {
        let current = self.get("/v1/settings/registration", administrator).await.expect(200);
        let request = self.request(Method::PUT, "/v1/settings/registration").bearer_auth(&administrator.access_token);
        self.send(request.header("if-match", current.headers["etag"].clone()).json(policy)).await
    }

    pub(crate) async fn waiting(&self, administrator: &LoggedIn, more: &str) -> Answer {
        self.get(&format!("/v1/registrations?state=awaiting-approval{more}"), administrator).await
    }

    pub(crate) async fn decide(&self, administrator: &LoggedIn, body: Value) -> Answer {
        let request =
            self.request(Method::POST, "/v1/registrations/decisions").bearer_auth(&administrator.access_token);
        let answer = self.send(request.json(&body)).await;
        self.settle().await;
        answer
    }
}

fn ids(page: &Answer) -> Vec<String> {
    page.body["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// What the mails to an address were about, the oldest first.
fn subjects(world: &World, to: &str) -> Vec<String> {
    world.mails(to).into_iter().rev().map(|mail| mail.subject).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn is_changed_under_its_version_and_every_change_is_in_its_history() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let first = world.get("/v1/settings/registration", &administrator).await.expect(200);
    assert_eq!(first.body, policy("required", "none", false));
    assert_eq!(first.headers["etag"], "\"0\"");
    let put = |etag: Option<&str>, body: Value| {
        let request = world.request(Method::PUT, "/v1/settings/registration").bearer_auth(&administrator.access_token);
        let request = match etag {
            Some(etag) => request.header("if-match", etag),
            None => request,
        };
        world.send(request.json(&body))
    };
    put(None, policy("none", "all", true)).await.expect_problem(428, "version-required");
    put(Some("\"7\""), policy("none", "all", true)).await.expect_problem(412, "stale-version");
    let wrong = put(Some("\"0\""), policy("sometimes", "all", true)).await.expect_problem(422, "invalid");
    assert_eq!(wrong.field_codes(), [("accountValidation", "malformed")]);
    let changed = put(Some("\"0\""), policy("none", "all", true)).await.expect(200);
    assert_eq!((changed.headers["etag"].to_str().unwrap(), &changed.body), ("\"1\"", &policy("none", "all", true)));
    put(Some("\"0\""), policy("optional", "all", true)).await.expect_problem(412, "stale-version");
    let same = put(Some("\"1\""), policy("none", "all", true)).await.expect(200);
    assert_eq!(same.headers["etag"], "\"1\"");

    let history = world.get("/v1/settings/registration/history", &administrator).await.expect(200);
    let [change] = &history.body["items"].as_array().unwrap()[..] else { panic!("{:#}", history.body) };
    let me = world.get("/v1/me", &administrator).await.expect(200);
    assert_eq!(change["actor"], json!({"kind": "staff", "accountId": me.text("accountId")}));
    assert_eq!(change["data"]["version"], 1);
    let fields: Vec<&Value> =
        change["data"]["changes"].as_array().unwrap().iter().map(|change| &change["field"]).collect();
    assert_eq!(fields, ["accountValidation", "adminApproval", "confirmDeviceChange"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_neither_see_nor_change_it_nor_decide() {
    let world = World::start().await;
    let (who, _) = world.customer("ada@example.com").await;
    for path in [
        "/v1/settings/registration",
        "/v1/settings/business",
        "/v1/settings/registration/history",
        "/v1/registrations?state=awaiting-approval",
    ] {
        world.get(path, &who).await.expect_problem(403, "forbidden");
        world.send(world.request(Method::GET, path)).await.expect_problem(401, "unauthenticated");
    }
    let decision = json!({"decision": "approve", "ids": ["reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071"]});
    world.decide(&who, decision).await.expect_problem(403, "forbidden");
    let me = world.get("/v1/me", &who).await.expect(200);
    let path = format!("/v1/accounts/{}/block", me.text("accountId"));
    let request = world.request(Method::POST, &path).bearer_auth(&who.access_token).json(&json!({}));
    world.send(request).await.expect_problem(403, "forbidden");
}

/// All nine policies that matter before logging in, for a person and a company.
#[tokio::test(flavor = "multi_thread")]
async fn says_what_comes_first_and_who_gets_in() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    for validation in ["required", "optional", "none"] {
        for approval in ["none", "all", "companies"] {
            world.set_policy(&administrator, &policy(validation, approval, false)).await.expect(200);
            for kind in ["person", "company"] {
                let email = format!("{validation}-{approval}-{kind}@example.com");
                let body = if kind == "person" { person(&email) } else { company(&email) };
                let approved = approval == "none" || (approval == "companies" && kind == "person");
                let registered = world.post("/v1/registrations", body.clone()).await.expect(202);
                world.settle().await;
                let after_confirming = if approved { "log-in" } else { "await-approval" };
                let expected = if validation == "required" { "confirm-email" } else { after_confirming };
                assert_eq!(registered.text("next"), expected, "{email}");
                if validation == "required" {
                    let refused = world.log_in_from(&registered, &email, PASSWORD).await;
                    refused.expect_problem(403, "email-unconfirmed");
                    assert_eq!(world.confirm(&email).await.expect(200).text("next"), after_confirming, "{email}");
                }
                let answer = world.log_in_from(&registered, &email, PASSWORD).await;
                match approved {
                    true => drop(answer.expect(201)),
                    false => drop(answer.expect_problem(403, "approval-pending")),
                }
                let taken = world.post("/v1/registrations", body).await.expect(202);
                assert_eq!(taken.text("next"), registered.text("next"), "the answer tells that {email} is taken");
            }
        }
    }
    world.settle().await;
    let waiting = world.waiting(&administrator, "").await.expect(200);
    let persons = world.waiting(&administrator, "&kind=person").await.expect(200);
    assert_eq!((ids(&waiting).len(), ids(&persons).len()), (9, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn administrators_approve_and_reject_what_waits_and_customers_are_told() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.set_policy(&administrator, &policy("required", "all", false)).await.expect(200);
    for email in ["ada@example.com", "bob@example.com", "cyd@example.com"] {
        let administrator = logged_in(&world.log_in(ADMINISTRATOR, PASSWORD).await.expect(201));
        world.register(email).await;
        assert_eq!(
            ids(&world.waiting(&administrator, "").await.expect(200)).len(),
            usize::from(email > "b") + usize::from(email > "c")
        );
        world.confirm(email).await.expect(200);
        world.advance(jiff::SignedDuration::from_hours(1)).await;
    }
    let administrator = logged_in(&world.log_in(ADMINISTRATOR, PASSWORD).await.expect(201));
    let first = world.waiting(&administrator, "&limit=2").await.expect(200);
    assert!(first.headers["link"].to_str().unwrap().contains("rel=\"next\""));
    let second =
        world.waiting(&administrator, &format!("&limit=2&cursor={}", first.text("nextCursor"))).await.expect(200);
    let emails: Vec<&str> = [&first, &second]
        .into_iter()
        .flat_map(|page| page.body["items"].as_array().unwrap().iter().map(|item| item["email"].as_str().unwrap()))
        .collect();
    assert_eq!(emails, ["ada@example.com", "bob@example.com", "cyd@example.com"], "oldest first");
    assert!(first.body["items"][0]["waitingSeconds"].as_i64().unwrap() >= 3 * 3600);
    let all: Vec<String> = ids(&first).into_iter().chain(ids(&second)).collect();

    let unknown = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071";
    let approved =
        world.decide(&administrator, json!({"decision": "approve", "ids": [all[0], unknown]})).await.expect(200);
    assert_eq!(
        approved.body,
        json!({"items": [{"id": all[0], "outcome": "approved"}, {"id": unknown, "outcome": "not-found"}]})
    );
    let reason = "We only work with companies in Europe.\nSorry.";
    let rejection = json!({"decision": "reject", "ids": [all[1], all[0]], "reason": reason});
    let rejected = world.decide(&administrator, rejection.clone()).await.expect(200);
    assert_eq!(rejected.body["items"][0]["outcome"], "rejected");
    assert_eq!(rejected.body["items"][1]["outcome"], "not-waiting");
    assert_eq!(world.decide(&administrator, rejection).await.expect(200).body, rejected.body, "once more, the same");
    assert_eq!(ids(&world.waiting(&administrator, "").await.expect(200)), all[2..]);

    world.log_in("ada@example.com", PASSWORD).await.expect(201);
    world.log_in("bob@example.com", PASSWORD).await.expect_problem(403, "account-rejected");
    world.log_in("cyd@example.com", PASSWORD).await.expect_problem(403, "approval-pending");
    assert!(world.mails("bob@example.com")[0].text.contains(&reason.replace('\n', "\n    ")));
    assert_eq!(world.mails("bob@example.com").len(), 3, "a link, the arrival, one rejection");
    assert_eq!(world.mails("ada@example.com").len(), 3, "a link, the arrival, one approval");
    let asked = subjects(&world, ADMINISTRATOR);
    assert_eq!(asked.len(), 1 + 3, "an invitation, and one question for each: {asked:?}");

    world.decide(&administrator, json!({"decision": "approve", "ids": [all[1]]})).await.expect(200);
    world.log_in("bob@example.com", PASSWORD).await.expect(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_for_an_approval_is_kept_and_mailed_and_a_second_administrator_is_told() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.set_policy(&administrator, &policy("required", "all", false)).await.expect(200);
    let (colleague, _) = world.member(&administrator, "colleague@example.com", "manager").await;
    world.register("ada@example.com").await;
    world.confirm("ada@example.com").await.expect(200);
    let waiting = world.waiting(&administrator, "").await.expect(200).body["items"][0].clone();
    let approve = |reason: &str| json!({"decision": "approve", "ids": [waiting["id"]], "reason": reason});
    let approved = json!({"items": [{"id": waiting["id"], "outcome": "approved"}]});
    for _ in 0..2 {
        let decided = world.decide(&administrator, approve("Welcome!\r\nAsk for Grace.")).await.expect(200);
        assert_eq!(decided.body, approved, "once more, the same");
    }
    let late = world.decide(&colleague, approve("Fine by me.")).await.expect(200);
    assert_eq!(late.body["items"][0], json!({"id": waiting["id"], "outcome": "approved", "bySomebodyElse": true}));
    let customer = waiting["customerId"].as_str().unwrap();
    let history = world.get(&format!("/v1/customers/{customer}/history"), &administrator).await.expect(200);
    let items = history.body["items"].as_array().unwrap();
    let events: Vec<&Value> = items.iter().filter(|event| event["type"] == "registration.approved").collect();
    assert_eq!(events.len(), 1, "{events:#?}");
    assert_eq!(events[0]["data"]["reason"], "Welcome!\nAsk for Grace.");
    let mails = world.mails("ada@example.com");
    assert!(mails[0].text.contains("A note from us:\n\n    Welcome!\n    Ask for Grace.\n"), "{}", mails[0].text);
    assert_eq!(mails.len(), 3, "a link, the arrival, one approval");
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_that_make_no_sense_name_the_field() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let reg = "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6071";
    for (body, field, code) in [
        (json!({"decision": "approve", "ids": []}), "ids", "required"),
        (json!({"decision": "approve", "ids": ["nonsense"]}), "ids[0]", "unknown"),
        (json!({"decision": "approve", "ids": [reg, reg]}), "ids[1]", "unknown"),
        (json!({"decision": "reject", "ids": [reg], "reason": "\u{202e}.lluf"}), "reason", "control-character"),
        (json!({"decision": "postpone", "ids": [reg]}), "decision", "malformed"),
        (json!({"decision": "approve", "ids": vec![reg; 101]}), "ids", "too-many"),
    ] {
        let refused = world.decide(&administrator, body).await.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes()[0], (field, code));
    }
    for (query, field, message) in [
        ("?state=nonsense", "state", "must be one of: awaiting-approval"),
        ("", "state", "is required"),
        ("?state=awaiting-approval&kind=dog", "kind", "must be one of: person, company"),
    ] {
        let refused =
            world.get(&format!("/v1/registrations{query}"), &administrator).await.expect_problem(422, "invalid");
        assert_eq!(refused.field_codes()[0].0, field);
        assert_eq!(refused.body["errors"][0]["message"], message);
    }
    let refused = world.waiting(&administrator, "&cursor=nonsense").await.expect_problem(422, "invalid");
    assert_eq!(refused.field_codes(), [("cursor", "unknown")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn changing_it_locks_out_nobody_and_lets_nobody_in() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.set_policy(&administrator, &policy("none", "none", false)).await.expect(200);
    world.register("early@example.com").await;
    let early = logged_in(&world.log_in("early@example.com", PASSWORD).await.expect(201));
    world.set_policy(&administrator, &policy("required", "all", false)).await.expect(200);
    world.get("/v1/me", &early).await.expect(200);
    world.log_in("early@example.com", PASSWORD).await.expect(201);

    let late = world.register("late@example.com").await;
    world.set_policy(&administrator, &policy("none", "none", false)).await.expect(200);
    let refused = world.log_in_from(&late, "late@example.com", PASSWORD).await;
    refused.expect_problem(403, "email-unconfirmed");
    assert_eq!(world.confirm("late@example.com").await.expect(200).text("next"), "await-approval");
    world.log_in("late@example.com", PASSWORD).await.expect_problem(403, "approval-pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proven_mailbox_ends_what_a_stranger_began_on_it() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    world.set_policy(&administrator, &policy("optional", "none", false)).await.expect(200);
    let mut stranger = person("ada@example.com");
    stranger["password"] = json!("a stranger's password");
    stranger["name"] = json!("Mallory");
    world.post("/v1/registrations", stranger).await.expect(202);
    let stranger = logged_in(&world.log_in("ada@example.com", "a stranger's password").await.expect(201));
    assert_eq!(world.get("/v1/me", &stranger).await.expect(200).body["emailConfirmed"], false);

    world.register("ada@example.com").await;
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(401, "invalid-credentials");
    world.confirm("ada@example.com").await.expect(200);
    world.get("/v1/me", &stranger).await.expect_problem(401, "unauthenticated");
    world.post("/v1/sessions/refresh", json!({"refreshToken": stranger.refresh_token})).await.expect(401);
    world.log_in("ada@example.com", "a stranger's password").await.expect_problem(401, "invalid-credentials");
    let ada = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    let me = world.get("/v1/me", &ada).await.expect(200);
    assert_eq!((me.text("name"), &me.body["emailConfirmed"]), ("Ada Lovelace", &json!(true)));
    let devices = world.get("/v1/devices", &ada).await.expect(200);
    let unknown = devices.body["items"].as_array().unwrap().iter().filter(|device| device["current"] == false).count();
    assert_eq!(unknown, 1, "only the device that Ada registered from: {:#}", devices.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_account_is_out_at_once_and_comes_back() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let (who, customer) = world.customer("ada@example.com").await;
    let account = world.get("/v1/me", &who).await.expect(200).text("accountId").to_owned();
    let post = |path: String, body: Value| {
        let request = world.request(Method::POST, &path).bearer_auth(&administrator.access_token);
        world.send(request.json(&body))
    };
    let block = format!("/v1/accounts/{account}/block");
    post(block.clone(), json!({"reason": "Chargebacks,\r\ntwice."})).await.expect(204);
    post(block.clone(), json!({})).await.expect(204);
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
    world.log_in("ada@example.com", PASSWORD).await.expect_problem(403, "account-blocked");
    world.log_in("ada@example.com", "wrong password").await.expect_problem(401, "invalid-credentials");
    post(format!("/v1/accounts/{account}/unblock"), json!({})).await.expect(204);
    let who_again = logged_in(&world.log_in("ada@example.com", PASSWORD).await.expect(201));
    world.get("/v1/me", &who).await.expect_problem(401, "unauthenticated");
    let path = format!("/v1/customers/{customer}/history");
    let (seen, known) =
        (world.get(&path, &who_again).await.expect(200), world.get(&path, &administrator).await.expect(200));
    assert!(known.body.to_string().contains(r"Chargebacks,\ntwice."), "staff see why");
    assert!(!seen.body.to_string().contains("Chargebacks"), "what staff wrote down is not for customers");
    let own = world.get("/v1/me", &administrator).await.expect(200).text("accountId").to_owned();
    assert!(!seen.body.to_string().contains(&own), "nor who of them did it");
    let mails = world.mails("ada@example.com");
    let [unblocked, blocked, ..] = &mails[..] else { panic!("{mails:?}") };
    assert!(
        blocked.subject.ends_with("has been blocked") && unblocked.subject.ends_with("has been unblocked"),
        "{mails:?}"
    );
    assert_eq!(mails.iter().filter(|mail| mail.subject.ends_with("has been blocked")).count(), 1);
    assert!(!blocked.text.contains("Chargebacks") && unblocked.text.contains("/log-in\n"), "{mails:?}");

    post(format!("/v1/accounts/{own}/block"), json!({})).await.expect_problem(403, "forbidden");
    let nobody = "/v1/accounts/acc_0193a0b0c0d07e2f8a1b2c3d4e5f6071/block".to_owned();
    post(nobody, json!({})).await.expect_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_show_the_business_as_it_is_set() {
    let world = World::start_with(Options::default()).await;
    let administrator = world.administrator().await;
    let put = |etag: &str, body: Value| {
        let request = world.request(Method::PUT, "/v1/settings/business").bearer_auth(&administrator.access_token);
        world.send(request.header("if-match", etag).json(&body))
    };
    let refused = put(
        "\"0\"",
        json!({
            "name": "",
            "address": ["a", ""],
            "logoUrl": "http://example.com/logo.png",
            "email": "service",
            "phone": "040 1234567",
            "website": "example.com",
            "termsUrl": "javascript:alert(1)",
            "privacyUrl": "https://",
            "color": "blue",
        }),
    );
    let refused = refused.await.expect_problem(422, "invalid");
    let mut codes = refused.field_codes();
    codes.sort_unstable();
    let expected = [
        ("address[1]", "required"),
        ("color", "not-a-color"),
        ("email", "not-an-email-address"),
        ("logoUrl", "not-a-web-address"),
        ("name", "required"),
        ("phone", "not-a-phone-number"),
        ("privacyUrl", "not-a-web-address"),
        ("termsUrl", "not-a-web-address"),
        ("website", "not-a-web-address"),
    ];
    assert_eq!(codes, expected);
    let business = json!({
        "name": "Nordlicht Reisen",
        "address": ["Hafenstraße 1", "24103 Kiel"],
        "logoUrl": "https://example.com/logo.png",
        "email": "service@example.com",
        "phone": "+494311234567",
        "website": "https://example.com/",
        "termsUrl": "https://example.com/terms",
        "privacyUrl": "https://example.com/privacy",
        "color": "#0a6e5c",
    });
    put("\"0\"", business.clone()).await.expect(200);
    assert_eq!(world.get("/v1/settings/business", &administrator).await.expect(200).body, business);
    world.register("ada@example.com").await;
    let mail = &world.mails("ada@example.com")[0];
    assert!(mail.subject.contains("Nordlicht Reisen") && mail.text.contains("24103 Kiel"), "{}", mail.text);
    assert!(mail.html.contains("https://example.com/logo.png"));
    assert_eq!(mail.reply_to, "service@example.com");
    let told =
        ["mailto:service@example.com", "tel:+494311234567", "https://example.com/terms", "background-color:#0a6e5c"];
    assert!(told.iter().all(|part| mail.html.contains(part)), "{}", mail.html);
    let page = Browser::new(&world, 1).look("/log-in").await;
    let told = ["mailto:service@example.com", "tel:+494311234567", "https://example.com/terms", "--main:#0a6e5c"];
    assert!(told.iter().all(|part| page.says(part)), "{}", page.html);
    assert_eq!(page.headers["content-security-policy"].to_str().unwrap().matches("'sha256-").count(), 2);

    let plain = json!({"name": "Nordlicht Reisen", "address": [], "email": "", "website": "", "color": ""});
    let bare = json!({"name": "Nordlicht Reisen", "address": []});
    assert_eq!(put("\"1\"", plain).await.expect(200).body, bare, "what is empty is not there");
    let history = world.get("/v1/settings/business/history", &administrator).await.expect(200);
    assert!(history.body.to_string().contains("#0a6e5c"), "{}", history.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_got_in_and_proved_the_address_is_told_of_a_block() {
    let world = World::start().await;
    let administrator = world.administrator().await;
    let post = async |path: String| {
        let request = world.request(Method::POST, &path).bearer_auth(&administrator.access_token);
        world.send(request.json(&json!({}))).await.expect(204)
    };
    world.set_policy(&administrator, &policy("none", "none", false)).await.expect(200);
    world.register("unproven@example.com").await;
    let who = logged_in(&world.log_in("unproven@example.com", PASSWORD).await.expect(201));
    let unproven = world.get("/v1/me", &who).await.expect(200).text("accountId").to_owned();

    world.set_policy(&administrator, &policy("required", "all", false)).await.expect(200);
    world.register("waiting@example.com").await;
    world.confirm("waiting@example.com").await.expect(200);
    let waiting = world.get("/v1/registrations?state=awaiting-approval", &administrator).await.expect(200);
    let waiting = waiting.body["items"][0]["accountId"].as_str().unwrap().to_owned();

    let count = || ["unproven@example.com", "waiting@example.com"].map(|address| world.mails(address).len());
    let before = count();
    for account in [unproven, waiting] {
        post(format!("/v1/accounts/{account}/block")).await;
        post(format!("/v1/accounts/{account}/unblock")).await;
    }
    assert_eq!(count(), before);
}
