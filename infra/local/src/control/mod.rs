//! The control pages under `/_local/`: what the cloud has done, for people to see and for programs to read, and a clock and
//! faults to play with.

mod pages;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::duration;
use crate::faults::Faults;
use crate::inner::{AdvanceError, Inner};

/// The control pages of a cloud.
pub(crate) fn router(cloud: Arc<Inner>) -> Router {
    Router::new()
        .route("/_local", get(|| async { Redirect::permanent("/_local/") }))
        .route("/_local/", get(index))
        .route("/_local/mailbox", get(mailbox).delete(empty_mailbox))
        .route("/_local/mailbox/{id}", get(mail))
        .route("/_local/events", get(events))
        .route("/_local/dead-letters", get(dead_letters))
        .route("/_local/schedules", get(schedules))
        .route("/_local/clock", get(clock).post(advance))
        .route("/_local/faults", get(faults).post(set_faults))
        .with_state(cloud)
}

fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accept.contains("application/json")
}

async fn index(State(cloud): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    if !wants_json(&headers) {
        return pages::index(&cloud);
    }
    let faults = cloud.dice.faults();
    Json(json!({
        "now": cloud.clock.now(),
        "faults": faults,
        "links": {
            "mailbox": "/_local/mailbox",
            "events": "/_local/events",
            "deadLetters": "/_local/dead-letters",
            "schedules": "/_local/schedules",
            "clock": "/_local/clock",
            "faults": "/_local/faults",
        },
    }))
    .into_response()
}

async fn mailbox(State(cloud): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    let mails = cloud.mailbox.all();
    if wants_json(&headers) { Json(json!({"messages": mails})).into_response() } else { pages::mailbox(&mails) }
}

async fn mail(State(cloud): State<Arc<Inner>>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    match cloud.mailbox.find(&id) {
        Some(mail) if wants_json(&headers) => Json(mail).into_response(),
        Some(mail) => pages::mail(&mail),
        None => problem(StatusCode::NOT_FOUND, "There is no such mail."),
    }
}

async fn empty_mailbox(State(cloud): State<Arc<Inner>>) -> StatusCode {
    cloud.mailbox.clear();
    StatusCode::NO_CONTENT
}

async fn events(State(cloud): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    let history = cloud.bus.history();
    if wants_json(&headers) { Json(json!({"events": history})).into_response() } else { pages::events(&history) }
}

async fn dead_letters(State(cloud): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    let letters = cloud.queues.all();
    if wants_json(&headers) {
        Json(json!({"deadLetters": letters})).into_response()
    } else {
        pages::dead_letters(&letters)
    }
}

async fn schedules(State(cloud): State<Arc<Inner>>, headers: HeaderMap) -> Response {
    let runs = cloud.schedules.runs();
    if wants_json(&headers) { Json(json!({"runs": runs})).into_response() } else { pages::schedules(&runs) }
}

async fn clock(State(cloud): State<Arc<Inner>>) -> Response {
    Json(json!({"now": cloud.clock.now()})).into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance: String,
}

async fn advance(State(cloud): State<Arc<Inner>>, body: Bytes) -> Response {
    let by_button = body.strip_prefix(b"advance=").map(|by| String::from_utf8_lossy(by).into_owned());
    let by_program = || serde_json::from_slice(&body).ok().map(|Advance { advance }| advance);
    let Some(by) = by_button.clone().or_else(by_program) else {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, r#"The body must be like {"advance": "P14D"}."#);
    };
    match move_clock(&cloud, &by).await {
        Ok(_) if by_button.is_some() => Redirect::to("/_local/").into_response(),
        Ok(now) => Json(json!({"now": now})).into_response(),
        Err(AdvanceError::Clock(error)) => problem(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
        Err(AdvanceError::NotSettled(error)) => problem(StatusCode::SERVICE_UNAVAILABLE, &format!("{error}.")),
    }
}

async fn move_clock(cloud: &Inner, by: &str) -> Result<Timestamp, AdvanceError> {
    cloud.advance(duration(by)?).await
}

async fn faults(State(cloud): State<Arc<Inner>>) -> Json<Faults> {
    Json(cloud.dice.faults())
}

async fn set_faults(State(cloud): State<Arc<Inner>>, body: Bytes) -> Response {
    let faults = match serde_json::from_slice::<Faults>(&body) {
        Ok(faults) => faults,
        Err(error) => return problem(StatusCode::UNPROCESSABLE_ENTITY, &format!("These are no faults: {error}.")),
    };
    if !faults.are_likelihoods() {
        return problem(StatusCode::UNPROCESSABLE_ENTITY, "A likelihood lies between 0 and 1.");
    }
    cloud.dice.set(faults);
    Json(faults).into_response()
}

fn problem(status: StatusCode, detail: &str) -> Response {
    let title = status.canonical_reason().unwrap_or_default();
    let body: Value = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail});
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}
