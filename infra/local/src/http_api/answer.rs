//! What a function returns as the HTTP response that API Gateway makes of it.

use axum::body::Body;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde_json::{Value, json};

/// The response to what a function returned. What is no response of version 2.0 is a body with status 200.
pub(super) fn of(returned: &str) -> Response {
    let Ok(answer) = serde_json::from_str::<Value>(returned) else { return broken() };
    let Some(status) = answer.get("statusCode") else {
        return built(StatusCode::OK, vec![("content-type", "application/json")], &[], returned.to_owned().into());
    };
    let Some(status) = status.as_u64().and_then(|status| u16::try_from(status).ok()) else { return broken() };
    let Ok(status) = StatusCode::from_u16(status) else { return broken() };
    let Some(body) = body(&answer) else { return broken() };
    let headers = answer["headers"].as_object().into_iter().flatten();
    let headers = headers.filter_map(|(name, value)| Some((name.as_str(), value.as_str()?))).collect();
    let cookies: Vec<&str> = answer["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    built(status, headers, &cookies, body)
}

/// An answer of API Gateway itself.
pub(super) fn message(status: StatusCode, message: &str) -> Response {
    let body = json!({"message": message}).to_string();
    built(status, vec![("content-type", "application/json")], &[], body.into())
}

fn broken() -> Response {
    message(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

fn body(answer: &Value) -> Option<Body> {
    let text = answer["body"].as_str().unwrap_or_default();
    if answer["isBase64Encoded"] == true {
        return STANDARD.decode(text).ok().map(Body::from);
    }
    Some(text.to_owned().into())
}

fn built(status: StatusCode, headers: Vec<(&str, &str)>, cookies: &[&str], body: Body) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        if !name.eq_ignore_ascii_case("content-length") {
            response = response.header(name, value);
        }
    }
    for cookie in cookies {
        response = response.header("set-cookie", *cookie);
    }
    response.body(body).unwrap_or_else(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_headers_and_cookies_are_taken_over() {
        let response = of(r#"{"statusCode":201,"headers":{"etag":"1"},"cookies":["a=1","b=2"],"body":"{}"}"#);
        assert_eq!(response.status(), StatusCode::CREATED);
        assert_eq!(response.headers()["etag"], "1");
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    }

    #[test]
    fn what_is_no_response_is_a_body() {
        assert_eq!(of(r#"{"status":"ok"}"#).headers()["content-type"], "application/json");
        assert_eq!(of(r#"{"status":"ok"}"#).status(), StatusCode::OK);
    }

    #[test]
    fn a_malformed_response_is_an_error() {
        for returned in [r#"{"statusCode":99999}"#, r#"{"statusCode":200,"headers":{"a b":"c"}}"#, "not JSON"] {
            assert_eq!(of(returned).status(), StatusCode::INTERNAL_SERVER_ERROR, "{returned}");
        }
    }
}
