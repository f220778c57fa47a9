//! What is measured: a function of each area, with an event that it can answer cheaply.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;

use local::LocalCloud;
use serde_json::{Value, json};

use crate::build::Artifacts;
use crate::error::Error;

/// A function as a process.
pub(crate) struct Subject {
    /// Its area, which its artifact is named after.
    pub(crate) area: &'static str,
    /// Its name.
    pub(crate) handler: &'static str,
    /// Its artifact.
    pub(crate) artifact: PathBuf,
    /// Its environment, but for what Lambda adds when it starts a process.
    pub(crate) variables: BTreeMap<String, String>,
    /// Its first event.
    pub(crate) event: Value,
    /// A part of the answer (a [JSON pointer](https://www.rfc-editor.org/rfc/rfc6901)) and what it must be.
    pub(crate) answer: (&'static str, Value),
}

impl Subject {
    fn new(
        (area, handler): (&'static str, &'static str),
        event: Value,
        answer: (&'static str, Value),
        artifacts: &Artifacts,
        cloud: &LocalCloud,
    ) -> Result<Self, Error> {
        let environment = cloud.environment(handler).ok_or_else(|| format!("template.yaml has no {handler}"))?;
        let variables = environment.variables().clone();
        Ok(Self { area, handler, artifact: artifacts.named(area), variables, event, answer })
    }

    /// Whether its answer takes two reads, one after the other: the keys, then the caller beside what is asked for. That is so for the
    /// requests of an administrator.
    pub(crate) fn reads_twice(&self) -> bool {
        self.event.pointer("/headers/authorization").is_some()
    }

    /// What went wrong with it, as an error.
    pub(crate) fn failed(&self, reason: &dyn Display) -> Error {
        format!("{} {}: {reason}", self.area, self.handler).into()
    }
}

/// All that are measured, the one that does nothing first. `access_token` is that of an administrator.
pub(crate) fn all(artifacts: &Artifacts, cloud: &LocalCloud, access_token: &str) -> Result<Vec<Subject>, Error> {
    let bare = Subject {
        area: "bare",
        handler: "",
        artifact: artifacts.named("bare"),
        variables: BTreeMap::from([("AWS_LAMBDA_FUNCTION_NAME".to_owned(), "bare".to_owned())]),
        event: request("GET", "/", None),
        answer: ("/statusCode", json!(200)),
    };
    let mut subjects = vec![bare];
    for (area, handler, event, answer) in functions(access_token) {
        subjects.push(Subject::new((area, handler), event, answer, artifacts, cloud)?);
    }
    Ok(subjects)
}

/// The function that logs in, whose first event takes no password.
pub(crate) fn log_in(artifacts: &Artifacts, cloud: &LocalCloud) -> Result<Subject, Error> {
    let event = request("POST", "/v1/sessions", Some(json!({})));
    Subject::new(("access", "log_in"), event, ("/statusCode", json!(422)), artifacts, cloud)
}

fn functions(access_token: &str) -> [(&'static str, &'static str, Value, (&'static str, Value)); 11] {
    let confirm = json!({"token": "none"});
    let accept = json!({"token": "none", "name": "Nobody", "password": "a password of nobody"});
    let id = "cus_01930000000070008000000000000000";
    let logged_in = |path: &str| {
        let mut request = request("GET", path, None);
        request["headers"]["authorization"] = format!("Bearer {access_token}").into();
        request
    };
    let mut customer = logged_in(&format!("/v1/customers/{id}"));
    customer["pathParameters"] = json!({"id": id});
    let status = |status: u16| ("/statusCode", json!(status));
    let nothing = json!({"Records": []});
    [
        ("registration", "confirm", request("POST", "/v1/registrations/confirm", Some(confirm)), status(422)),
        ("access", "me", logged_in("/v1/me"), status(200)),
        ("customers", "get_customer", customer, status(404)),
        ("employees", "join_company", request("POST", "/v1/employees/join", Some(accept.clone())), status(422)),
        ("settings", "get_registration_settings", logged_in("/v1/settings/registration"), status(200)),
        ("pages", "log_in_page", request("GET", "/log-in", None), status(200)),
        ("staff", "accept_invitation", request("POST", "/v1/staff/invitations/accept", Some(accept)), status(422)),
        ("messaging", "deliver", nothing.clone(), ("/batchItemFailures", json!([]))),
        ("events", "relay", nothing, ("/batchItemFailures", json!([]))),
        ("automation", "run_due", json!({}), ("/failed", json!(0))),
        ("api", "health", request("GET", "/v1/health", None), status(200)),
    ]
}

/// A request as API Gateway hands it over, payload version 2.0.
pub(crate) fn request(method: &str, path: &str, body: Option<Value>) -> Value {
    let mut request = json!({
        "version": "2.0",
        "routeKey": format!("{method} {path}"),
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"content-type": "application/json", "host": "api.example.com"},
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "measure",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "measure",
            },
            "requestId": "measure",
            "routeKey": format!("{method} {path}"),
            "stage": "$default",
            "time": "01/Jan/1970:00:00:00 +0000",
            "timeEpoch": 0,
        },
        "isBase64Encoded": false,
    });
    if let Some(body) = body {
        request["body"] = body.to_string().into();
    }
    request
}
