//! The HTTP API, as API Gateway serves it: routes from the template, payload version 2.0, and its own words when something fails.

mod answer;
mod event;
mod routes;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use http::StatusCode;

pub(crate) use routes::Routes;

use crate::clock::CloudClock;
use crate::lambda::{InvokeError, Lambda};

/// What API Gateway takes.
const LARGEST_REQUEST: usize = 10 << 20;

/// The HTTP API of a cloud.
pub(crate) struct HttpApi {
    pub(crate) routes: Routes,
    pub(crate) lambda: Arc<Lambda>,
    pub(crate) clock: CloudClock,
}

/// Answers everything that no other router does.
pub(crate) fn router(api: Arc<HttpApi>) -> Router {
    Router::new().fallback(serve).with_state(api)
}

async fn serve(
    State(api): State<Arc<HttpApi>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    answer_to(&api, peer, request).await
}

/// What a function answers to a request, or API Gateway in its place.
pub(crate) async fn answer_to(api: &HttpApi, peer: SocketAddr, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Some(matched) = api.routes.find(parts.method.as_str(), parts.uri.path()) else {
        return answer::message(StatusCode::NOT_FOUND, "Not Found");
    };
    let Ok(body) = to_bytes(body, LARGEST_REQUEST).await else {
        return answer::message(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
    };
    let event = event::of(&parts, &body, &matched, peer, api.clock.now());
    match api.lambda.invoke(matched.function, event.to_string()).await {
        Ok(outcome) => answer::of(outcome.get()),
        Err(InvokeError::Unknown(_)) => answer::message(StatusCode::NOT_FOUND, "Not Found"),
        Err(_) => answer::message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error"),
    }
}
