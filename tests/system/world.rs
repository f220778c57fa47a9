//! A cloud to test in, and the people who use it.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::SignedDuration;
use local::{Faults, LocalCloud, Mail, Options};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

use crate::hashing;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const ADMINISTRATOR: &str = "administrator@example.com";

/// A running cloud and a client of its API.
pub(crate) struct World {
    pub(crate) cloud: LocalCloud,
    http: Client,
    requests: AtomicU32,
    /// The token of the device that registered an address last.
    devices: Mutex<HashMap<String, String>>,
}

/// An answer, read.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    pub(crate) fn text(&self, field: &str) -> &str {
        self.body[field].as_str().unwrap_or_else(|| panic!("no text `{field}` in {self:?}"))
    }

    /// The codes of the fields that were not accepted, by field.
    pub(crate) fn field_codes(&self) -> Vec<(&str, &str)> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| (error["field"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    #[track_caller]
    pub(crate) fn expect_problem(self, status: u16, code: &str) -> Self {
        assert_eq!((self.status, self.body["code"].as_str()), (status, Some(code)), "{:#}", self.body);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        self
    }
}

/// What takes time about a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// What was asked of DynamoDB.
    pub(crate) operations: Vec<String>,
    /// How often a password was hashed.
    pub(crate) hashes: u32,
}

/// Someone who is logged in.
#[derive(Debug, Clone)]
pub(crate) struct LoggedIn {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        hashing::listen();
        let cloud = LocalCloud::start(options).await.unwrap_or_else(|error| panic!("{error}"));
        Self { cloud, http: Client::new(), requests: AtomicU32::new(0), devices: Mutex::default() }
    }

    /// A request from a source of its own, so that limits by source are not in the way of other tests.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let [_, second, third, fourth] = number.to_be_bytes();
        self.request_from(&format!("10.{second}.{third}.{fourth}"), method, path)
    }

    pub(crate) fn request_from(&self, source: &str, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.cloud.url())).header("local-source", source)
    }

    pub(crate) async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() };
        Answer { status, headers, body }
    }

    /// Sends a body. The device that registers an address is remembered for its link.
    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        let answer = self.send(self.request(Method::POST, path).json(&body)).await;
        if path == "/v1/registrations" {
            self.remember_device(&body, &answer);
        }
        answer
    }

    pub(crate) fn remember_device(&self, registration: &Value, answer: &Answer) {
        if let (Some(email), Some(token)) = (registration["email"].as_str(), answer.body["deviceToken"].as_str()) {
            self.devices.lock().unwrap().insert(email.to_owned(), token.to_owned());
        }
    }

    /// What follows the newest link that was mailed to an address, on the device that registered it last.
    #[track_caller]
    pub(crate) fn confirmation(&self, email: &str) -> Value {
        json!({"token": self.mailed_token(email), "deviceToken": self.devices.lock().unwrap().get(email)})
    }

    pub(crate) async fn get(&self, path: &str, who: &LoggedIn) -> Answer {
        self.send(self.request(Method::GET, path).bearer_auth(&who.access_token)).await
    }

    /// The work that a function did for a request since the calls were cleared.
    pub(crate) fn work(&self, function: &str, answer: &Answer) -> Work {
        Work { operations: self.operations(function), hashes: hashing::runs(answer) }
    }

    /// What a function asked of DynamoDB since the calls were cleared, in alphabetical order: calls made beside each other come in
    /// any order.
    pub(crate) fn operations(&self, function: &str) -> Vec<String> {
        let calls = self.cloud.calls().into_iter().filter(|call| call.function == function);
        let mut operations: Vec<String> = calls.map(|call| call.operation).collect();
        operations.sort();
        operations
    }

    pub(crate) async fn settle(&self) {
        self.cloud.settle().await.unwrap();
    }

    pub(crate) async fn advance(&self, by: SignedDuration) {
        self.cloud.advance(by).await.unwrap();
    }

    pub(crate) fn set_faults(&self, faults: Faults) {
        self.cloud.set_faults(faults);
    }

    /// The mails to an address, the newest first.
    pub(crate) fn mails(&self, to: &str) -> Vec<Mail> {
        self.cloud.mailbox().into_iter().filter(|mail| mail.to == to).collect()
    }

    /// The token in the newest mail to an address, found as a person would: on a line of its own.
    #[track_caller]
    pub(crate) fn mailed_token(&self, to: &str) -> String {
        let mail = self.mails(to).into_iter().next().unwrap_or_else(|| panic!("no mail to {to}"));
        token_in(&mail)
    }

    pub(crate) async fn register(&self, email: &str) -> Answer {
        let answer = self.post("/v1/registrations", person(email)).await.expect(202);
        self.settle().await;
        answer
    }

    pub(crate) async fn confirm(&self, email: &str) -> Answer {
        let answer = self.post("/v1/registrations/confirm", self.confirmation(email)).await;
        self.settle().await;
        answer
    }

    pub(crate) async fn log_in(&self, email: &str, password: &str) -> Answer {
        self.post("/v1/sessions", json!({"email": email, "password": password})).await
    }

    /// Logs in from the device that was given this token when it registered or logged in before.
    pub(crate) async fn log_in_from(&self, device: &Answer, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password, "deviceToken": device.text("deviceToken")});
        self.post("/v1/sessions", body).await
    }

    /// Logs in from an unknown device where that takes the code from the mail.
    pub(crate) async fn log_in_with_code(&self, email: &str) -> LoggedIn {
        let asked = self.log_in(email, PASSWORD).await.expect(202);
        self.settle().await;
        let body = json!({"challengeId": asked.text("challengeId"), "code": self.mailed_code(email)});
        logged_in(&self.post("/v1/sessions/confirm-device", body).await.expect(201))
    }

    /// The code in the newest mail to an address, found as a person would: six digits on a line of their own.
    #[track_caller]
    pub(crate) fn mailed_code(&self, to: &str) -> String {
        let mail = self.mails(to).into_iter().next().unwrap_or_else(|| panic!("no mail to {to}"));
        let is_code = |line: &&str| line.len() == 6 && line.chars().all(|character| character.is_ascii_digit());
        let code = mail.text.lines().find(is_code).unwrap_or_else(|| panic!("no code in:\n{}", mail.text));
        assert!(!mail.subject.contains(code), "the code shows on lock screens");
        code.to_owned()
    }

    /// A customer whose account is open, logged in; and their customer id.
    pub(crate) async fn customer(&self, email: &str) -> (LoggedIn, String) {
        self.register(email).await;
        self.confirm(email).await.expect(200);
        let who = logged_in(&self.log_in(email, PASSWORD).await.expect(201));
        let me = self.get("/v1/me", &who).await.expect(200);
        (who, me.text("customerId").to_owned())
    }

    /// The first administrator, logged in.
    pub(crate) async fn administrator(&self) -> LoggedIn {
        self.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
        self.settle().await;
        let token = self.mailed_token(ADMINISTRATOR);
        let body = json!({"token": token, "name": "Grace Hopper", "password": PASSWORD});
        self.post("/v1/staff/invitations/accept", body).await.expect(200);
        logged_in(&self.log_in(ADMINISTRATOR, PASSWORD).await.expect(201))
    }

    /// What happened with a customer, oldest first, by type.
    pub(crate) async fn history(&self, customer: &str, who: &LoggedIn) -> Vec<String> {
        let page = self.get(&format!("/v1/customers/{customer}/history?limit=100"), who).await.expect(200);
        let items = page.body["items"].as_array().unwrap();
        items.iter().rev().map(|item| item["type"].as_str().unwrap().to_owned()).collect()
    }
}

pub(crate) fn token_in(mail: &Mail) -> String {
    let links: Vec<&str> = mail.text.lines().filter(|line| line.contains("token=")).collect();
    let [link] = links[..] else { panic!("expected one link in:\n{}", mail.text) };
    assert!(link.starts_with("http") && !link.contains(' '), "the link does not stand alone: {link}");
    link.split_once("token=").unwrap().1.to_owned()
}

pub(crate) fn logged_in(answer: &Answer) -> LoggedIn {
    LoggedIn {
        access_token: answer.text("accessToken").to_owned(),
        refresh_token: answer.text("refreshToken").to_owned(),
    }
}

pub(crate) fn person(email: &str) -> Value {
    json!({
        "kind": "person",
        "name": "Ada Lovelace",
        "email": email,
        "password": PASSWORD,
        "language": "en",
        "phone": "+44 20 7946 0000",
        "promotionalMail": false,
    })
}

pub(crate) fn company(email: &str) -> Value {
    json!({
        "kind": "company",
        "name": "Analytical Engines",
        "email": email,
        "password": PASSWORD,
        "language": "de",
        "promotionalMail": true,
        "company": {"legalName": "Analytical Engines GmbH", "vatNumber": "DE136695976", "contactName": "Ada Lovelace"},
    })
}
