//! Who is logged in, as the endpoints tell it.

use domain::Language;
use runtime::{Problem, header};
use serde::Deserialize;

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
    let answer = access::me(visit.service.clone(), visit.asks_as_account()?).await?;
    let version = answer.headers.iter().find(|(name, _)| *name == header::ETAG).and_then(|(_, tag)| tag.to_str().ok());
    Ok(Me { version: version.unwrap_or_default().to_owned(), ..read(&answer)? })
}
