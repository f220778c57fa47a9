//! Requests that one endpoint makes of another inside the process.
//!
//! A page is a client of the endpoints: it asks them by such a request, and so has no rules of its own. The derived request keeps
//! the id, the source and the device of the one it follows from, and nothing else that came from outside; who is logged in is
//! what the code that derives it has verified. What it trades: the function of a page needs the rights of every endpoint it asks.

use lambda_http::http::{HeaderName, HeaderValue, header};
use lambda_http::{Body, RequestExt};
use values::{AccountId, Language, SessionId};

use crate::Request;

/// What a derived request keeps of the headers: what the device calls itself.
const KEPT: [HeaderName; 1] = [header::USER_AGENT];

impl Request {
    /// A request that follows from this one, to be answered in `language`: without a body, and of nobody.
    pub fn inside(&self, language: Language) -> Self {
        let mut inner = lambda_http::http::Request::new(Body::Empty);
        *inner.method_mut() = self.inner.method().clone();
        *inner.uri_mut() = self.inner.uri().clone();
        for name in KEPT {
            if let Some(value) = self.inner.headers().get(&name) {
                inner.headers_mut().insert(name, value.clone());
            }
        }
        inner.headers_mut().insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(language.code()));
        let inner = match self.inner.request_context_ref() {
            Some(context) => inner.with_request_context(context.clone()),
            None => inner,
        };
        Self { id: self.id.clone(), inner, source: self.source.clone(), session: None }
    }

    /// The same on behalf of someone who is logged in. Whoever says so has verified it.
    pub fn with_session(mut self, account_id: AccountId, session_id: SessionId) -> Self {
        self.session = Some((account_id, session_id));
        self
    }

    /// Whose session was verified before the request was derived; none for any request from outside.
    pub fn verified_session(&self) -> Option<(AccountId, SessionId)> {
        self.session
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_comes_along_that_could_speak_for_somebody() {
        let inner = lambda_http::http::Request::builder()
            .header("authorization", "Bearer stolen")
            .header("idempotency-key", "one")
            .header("cookie", "__Host-session=stolen")
            .header("user-agent", "curl/8")
            .body(Body::from("{}"))
            .unwrap();
        let derived = Request { id: "request".into(), inner, source: "192.0.2.1".into(), session: None };
        let derived = derived.inside(Language::Fr);
        assert_eq!(derived.bearer_token(), None);
        assert_eq!((derived.header("idempotency-key"), derived.header("cookie")), (None, None));
        assert_eq!((derived.verified_session(), derived.body()), (None, &b""[..]));
        assert_eq!(derived.source(), "192.0.2.1");
        assert_eq!((derived.header("user-agent"), derived.language()), (Some("curl/8"), Language::Fr));
    }
}
