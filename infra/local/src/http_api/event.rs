//! An HTTP request as the event that API Gateway makes of it, payload version 2.0.
//!
//! One machine can play many: where a request comes from is what its header `Local-Source` says, if it has one. The functions do not see
//! that header. `X-Forwarded-For` is treated as API Gateway does: it is handed on, with the source behind it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::body::Bytes;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::request::Parts;
use http::{HeaderMap, HeaderName};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::routes::Matched;
use crate::template::ACCOUNT;

/// What a request says of where it comes from.
const PLAYED_SOURCE: HeaderName = HeaderName::from_static("local-source");

/// The event of a request.
pub(super) fn of(parts: &Parts, body: &Bytes, matched: &Matched<'_>, peer: SocketAddr, now: Timestamp) -> Value {
    let query = parts.uri.query().unwrap_or_default();
    let source = source(&parts.headers, peer);
    let mut event = json!({
        "version": "2.0",
        "routeKey": matched.key,
        "rawPath": parts.uri.path(),
        "rawQueryString": query,
        "headers": headers(&parts.headers, &source),
        "requestContext": context(parts, matched, &source, now),
        "isBase64Encoded": false,
    });
    let cookies = cookies(&parts.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = json!(query_parameters(query));
    }
    if !matched.parameters.is_empty() {
        event["pathParameters"] = json!(matched.parameters);
    }
    if !body.is_empty() {
        match std::str::from_utf8(body) {
            Ok(text) => event["body"] = text.into(),
            Err(_) => {
                event["body"] = STANDARD.encode(body).into();
                event["isBase64Encoded"] = true.into();
            }
        }
    }
    event
}

fn context(parts: &Parts, matched: &Matched<'_>, source: &str, now: Timestamp) -> Value {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    json!({
        "accountId": ACCOUNT,
        "apiId": "local",
        "domainName": header("host"),
        "domainPrefix": "local",
        "http": {
            "method": parts.method.as_str(),
            "path": parts.uri.path(),
            "protocol": format!("{:?}", parts.version),
            "sourceIp": source,
            "userAgent": header("user-agent"),
        },
        "requestId": uuid::Uuid::new_v4().to_string(),
        "routeKey": matched.key,
        "stage": "$default",
        "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
        "timeEpoch": now.as_millisecond(),
    })
}

fn source(headers: &HeaderMap, peer: SocketAddr) -> String {
    let played = headers.get(PLAYED_SOURCE).and_then(|value| value.to_str().ok());
    played.map_or_else(|| peer.ip().to_string(), str::to_owned)
}

/// Headers by their names in lower case, those that came more than once joined by commas; cookies are told apart.
fn headers(headers: &HeaderMap, source: &str) -> Map<String, Value> {
    let mut joined: BTreeMap<&str, String> = BTreeMap::new();
    for (name, value) in headers.iter().filter(|(name, _)| *name != "cookie" && *name != PLAYED_SOURCE) {
        let value = String::from_utf8_lossy(value.as_bytes());
        joined
            .entry(name.as_str())
            .and_modify(|values| *values = format!("{values},{value}"))
            .or_insert_with(|| value.into_owned());
    }
    let forwarded = joined.entry("x-forwarded-for").or_default();
    *forwarded = if forwarded.is_empty() { source.to_owned() } else { format!("{forwarded}, {source}") };
    joined.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect()
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all("cookie").iter().filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .map(|cookie| cookie.trim().to_owned())
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

fn query_parameters(query: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = decoded(value);
        parameters
            .entry(decoded(name))
            .and_modify(|values| *values = format!("{values},{value}"))
            .or_insert_with(|| value.clone());
    }
    parameters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(request: http::Request<()>, body: &'static [u8]) -> Value {
        let (parts, ()) = request.into_parts();
        let parameters = BTreeMap::from([("id".to_owned(), "cus_1".to_owned())]);
        let matched = Matched { function: "GetCustomer", key: "GET /v1/customers/{id}".to_owned(), parameters };
        let peer = SocketAddr::from(([127, 0, 0, 1], 5000));
        of(&parts, &Bytes::from_static(body), &matched, peer, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_request_becomes_an_event_of_version_2() {
        let request = http::Request::get("/v1/customers/cus_1?a=1&a=2&b=x+y%26")
            .header("Accept-Language", "de")
            .header("accept-language", "fr")
            .header("Cookie", "one=1; two=2")
            .header("User-Agent", "curl")
            .body(())
            .unwrap();
        let event = event(request, b"{}");
        assert_eq!(event["rawPath"], "/v1/customers/cus_1");
        assert_eq!(event["rawQueryString"], "a=1&a=2&b=x+y%26");
        assert_eq!(event["queryStringParameters"], json!({"a": "1,2", "b": "x y&"}));
        assert_eq!(event["pathParameters"], json!({"id": "cus_1"}));
        assert_eq!(event["headers"]["accept-language"], "de,fr");
        assert_eq!(event["headers"].get("cookie"), None);
        assert_eq!(event["cookies"], json!(["one=1", "two=2"]));
        assert_eq!(event["requestContext"]["http"]["method"], "GET");
        assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
        assert_eq!(event["requestContext"]["time"], "01/Jan/1970:00:00:00 +0000");
        assert_eq!(event["body"], "{}");
        assert_eq!(event["isBase64Encoded"], false);
    }

    #[test]
    fn whoever_calls_stands_behind_what_was_forwarded() {
        let request = || http::Request::get("/").header("X-Forwarded-For", "203.0.113.9, 192.0.2.1");
        let called = event(request().body(()).unwrap(), &[]);
        assert_eq!(called["headers"]["x-forwarded-for"], "203.0.113.9, 192.0.2.1, 127.0.0.1");
        assert_eq!(called["requestContext"]["http"]["sourceIp"], "127.0.0.1");
        let played = event(request().header("Local-Source", "198.51.100.7").body(()).unwrap(), &[]);
        assert_eq!(played["headers"], json!({"x-forwarded-for": "203.0.113.9, 192.0.2.1, 198.51.100.7"}));
        assert_eq!(played["requestContext"]["http"]["sourceIp"], "198.51.100.7");
    }

    #[test]
    fn what_is_not_text_travels_in_base64() {
        let event = event(http::Request::post("/").body(()).unwrap(), &[0xff, 0x00]);
        assert_eq!(event["body"], "/wA=");
        assert_eq!(event["isBase64Encoded"], true);
        assert_eq!(event.get("queryStringParameters"), None);
    }
}
