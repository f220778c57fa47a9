//! Who is logged in, as the endpoints tell it.

use domain::Language;
use runtime::Problem;
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
    /// The record, if it is a customer's account.
    pub(crate) customer_id: Option<String>,
}

/// Whoever is logged in; nobody is if the session is over.
pub(crate) async fn me(visit: &Visit) -> Result<Me, Problem> {
    read(&access::me(visit.service.clone(), visit.asks_as_account()?).await?)
}
