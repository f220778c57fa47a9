//! Whether the system can serve: what it says of itself, before its port is opened.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use http::StatusCode;
use serde_json::Value;

use crate::http_api::{self, HttpApi};
use crate::options::StartError;

/// The path that tells whether the system is ready, if the template has it.
const HEALTH: &str = "/v1/health";

/// The longest answer that is read.
const LONGEST_ANSWER: usize = 1 << 16;

/// Asks the system whether it can serve. A template without a path to ask is ready.
pub(crate) async fn check(api: &Arc<HttpApi>) -> Result<(), StartError> {
    if api.routes.find("GET", HEALTH).is_none() {
        return Ok(());
    }
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = http::Uri::from_static(HEALTH);
    let answer = http_api::answer_to(api, SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), request).await;
    let status = answer.status();
    if status == StatusCode::OK {
        return Ok(());
    }
    let body = to_bytes(answer.into_body(), LONGEST_ANSWER).await.unwrap_or_default();
    let problem: Value = serde_json::from_slice(&body).unwrap_or_default();
    let reason = problem["detail"].as_str().map_or_else(|| status.to_string(), str::to_owned);
    Err(StartError::NotReady { path: HEALTH, reason: reason.trim_end_matches('.').to_owned() })
}
