//! Who is logged in, as the endpoints tell it.

use runtime::{Problem, header};
use serde::Deserialize;
use values::Language;

use crate::cookie::Cookie;
use crate::visit::{Visit, read};

/// Whoever is logged in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Me {
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) language: Language,
    pub(crate) email_confirmed: bool,
    pub(crate) kind: HolderKind,
    /// The record that it sees, if it is a customer's account or an employee's of one.
    pub(crate) customer_id: Option<String>,
    /// What an employee may do in the company, or a member of staff in the business.
    pub(crate) role: Option<String>,
    /// Its version, as an entity tag.
    #[serde(skip)]
    pub(crate) version: String,
}

/// Whose account it is.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum HolderKind {
    Customer,
    Employee,
    Staff,
}

/// Whoever is logged in; nobody is if the session is over.
pub(crate) async fn me(visit: &Visit) -> Result<Me, Problem> {
    let answer = access::me(visit.service.clone(), visit.account_request()?).await?;
    let version = answer.headers.iter().find(|(name, _)| *name == header::ETAG).and_then(|(_, tag)| tag.to_str().ok());
    Ok(Me { version: version.unwrap_or_default().to_owned(), ..read(&answer)? })
}

/// The cookie by which the pages know the session whose refresh token an endpoint just answered.
pub(crate) async fn session_cookie(visit: &Visit, refresh_token: &str) -> Result<header::HeaderValue, Problem> {
    let keys = visit.service.token_keys().await?;
    let session = keys.read_refresh(refresh_token);
    let session = session.ok_or_else(|| Problem::internal("a session was started and cannot be read"))?;
    Cookie::Session.set(&keys.page_session(session.account_id, session.session_id, visit.service.clock.now()))
}
