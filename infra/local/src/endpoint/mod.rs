//! Where the AWS services answer: one address on loopback that the functions' clients are pointed at.
//!
//! Who calls is known by the access key: each function has its own, which is its logical id. So each call is held against that
//! function's policies before a service sees it. A call that has arrived is carried out even if its caller is gone by then, as on
//! AWS.

mod accesses;
mod dynamodb;
mod eventbridge;
mod ses;
mod sqs;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

pub(crate) use dynamodb::{DynamoDb, Tokens};
pub(crate) use eventbridge::EventBridge;
pub(crate) use ses::{Quota, Ses};
pub(crate) use sqs::Sqs;

use crate::activity::Activity;
use crate::policy::{Access, Statement, allows};

/// The largest request there is: a batch of items.
const LARGEST_REQUEST: usize = 20 << 20;

/// What a function may do.
pub(crate) struct Rights {
    pub(crate) statements: Vec<Statement>,
    pub(crate) boundary: Option<Vec<Statement>>,
}

impl Rights {
    fn allow(&self, access: &Access) -> bool {
        allows(&self.statements, access) && self.boundary.as_ref().is_none_or(|boundary| allows(boundary, access))
    }
}

/// A call that was identified and read.
pub(crate) struct Call<'call> {
    /// The function that calls.
    pub(crate) function: &'call str,
    rights: &'call Rights,
    headers: &'call HeaderMap,
    operation: &'call str,
    body: Value,
}

/// What a service answers.
pub(crate) struct Reply {
    status: StatusCode,
    error: Option<String>,
    body: String,
}

impl Reply {
    pub(crate) fn ok(body: &Value) -> Self {
        Self { status: StatusCode::OK, error: None, body: body.to_string() }
    }

    /// An error in the shape that AWS gives it, both for the JSON protocols and for REST.
    pub(crate) fn error(status: StatusCode, kind: &str, message: &str) -> Self {
        let body = json!({"__type": kind, "message": message, "Message": message}).to_string();
        Self { status, error: Some(kind.rsplit('#').next().unwrap_or(kind).to_owned()), body }
    }

    fn into_response(self) -> Response {
        let mut response = Response::builder()
            .status(self.status)
            .header("content-type", "application/x-amz-json-1.0")
            .header("x-amzn-requestid", uuid::Uuid::new_v4().to_string());
        if let Some(error) = self.error {
            response = response.header("x-amzn-errortype", error);
        }
        response.body(Body::from(self.body)).expect("the parts of the response are valid")
    }
}

impl Call<'_> {
    /// Refuses the call if the function's policies do not allow it.
    pub(crate) fn permit(&self, access: &Access) -> Result<(), Reply> {
        if self.rights.allow(access) {
            return Ok(());
        }
        let Access { action, resource, .. } = access;
        let message = format!(
            "User: {} is not authorized to perform: {action} on resource: {resource} because no identity-based policy \
             allows the {action} action",
            self.function
        );
        tracing::error!(function = self.function, action, resource, context = ?access.context, "access denied");
        Err(Reply::error(StatusCode::BAD_REQUEST, "com.amazon.coral.service#AccessDeniedException", &message))
    }
}

/// The services of a cloud.
pub(crate) struct Services {
    pub(crate) rights: BTreeMap<String, Rights>,
    pub(crate) dynamodb: DynamoDb,
    pub(crate) eventbridge: EventBridge,
    pub(crate) ses: Ses,
    pub(crate) sqs: Sqs,
    pub(crate) activity: Activity,
}

/// The address of the services.
pub(crate) fn router(services: Arc<Services>) -> Router {
    Router::new().fallback(answer).with_state(services)
}

async fn answer(State(services): State<Arc<Services>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_REQUEST).await else {
        return Reply::error(StatusCode::BAD_REQUEST, "SerializationException", "").into_response();
    };
    let busy = services.activity.begin(format!("{} is being answered", parts.uri.path()));
    let answering = tokio::spawn(async move {
        let _busy = busy;
        services.answer(&parts, &body).await
    });
    let failed = |_| Reply::error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", "the service panicked");
    answering.await.unwrap_or_else(failed).into_response()
}

impl Services {
    async fn answer(&self, parts: &Parts, body: &Bytes) -> Reply {
        let Some((function, rights)) = caller(&parts.headers).and_then(|id| self.rights.get_key_value(id)) else {
            let message = "The security token included in the request is invalid.";
            return Reply::error(StatusCode::BAD_REQUEST, "UnrecognizedClientException", message);
        };
        let body = if body.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(body) };
        let Ok(body) = body else {
            return Reply::error(StatusCode::BAD_REQUEST, "SerializationException", "the body is not JSON");
        };
        let target = parts.headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
        let (service, operation) = target.split_once('.').unwrap_or(("", ""));
        let call = Call { function, rights, headers: &parts.headers, operation, body };
        match service {
            "DynamoDB_20120810" | "DynamoDBStreams_20120810" => self.dynamodb.answer(call).await,
            "AWSEvents" => self.eventbridge.answer(&call),
            "AmazonSQS" => self.sqs.answer(&call),
            "" if parts.uri.path() == "/v2/email/outbound-emails" => self.ses.answer(&call),
            _ => {
                let message = format!("This cloud has no {} {target}", parts.uri.path());
                Reply::error(StatusCode::BAD_REQUEST, "UnknownOperationException", &message)
            }
        }
    }
}

/// The access key that a request is signed with.
fn caller(headers: &HeaderMap) -> Option<&str> {
    let authorization = headers.get("authorization")?.to_str().ok()?;
    authorization.split("Credential=").nth(1)?.split('/').next()
}
