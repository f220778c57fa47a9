//! Whether a form was sent from a page of ours
//! ([OWASP](https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html)).
//!
//! Each form carries a field derived from a cookie that no other site can read; that decides. What browsers say of where a form
//! comes from is looked at besides. An `Origin` of `null` is what they say of our own forms too, because our pages tell nobody
//! where a reader comes from (`Referrer-Policy: no-referrer`).

use identity::TokenKeys;
use runtime::{Request, header};

use crate::cookie::Cookie;
use crate::visit::Visit;

/// The hidden field.
pub(crate) const FIELD: &str = "guard";

/// What forms are bound to: the session, or as long as there is none, a random value of their own.
pub(crate) fn bound_to(request: &Request) -> Option<&str> {
    Cookie::Session.read(request).or_else(|| Cookie::Form.read(request)).filter(|value| !value.is_empty())
}

/// Whether the form that was sent is one of ours, made for this browser.
pub(crate) fn passes(visit: &Visit, keys: &TokenKeys) -> bool {
    let bound_to = bound_to(&visit.request);
    comes_from_here(&visit.request) && bound_to.is_some_and(|cookie| keys.is_form_guard(visit.typed(FIELD), cookie))
}

fn comes_from_here(request: &Request) -> bool {
    let site = request.header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let origin = request.header(header::ORIGIN.as_str()).filter(|origin| *origin != "null");
    let host = request.header(header::HOST.as_str()).unwrap_or_default();
    site && origin.is_none_or(|origin| origin.split_once("://").is_some_and(|(_, from)| from == host))
}
