//! `/account`: who one is here, and what can be changed about it.

use domain::Language;
use runtime::{Function, Problem};
use serde::Deserialize;
use service::Need;

use crate::site;
use crate::view::{Block, Page};
use crate::visit::{Reply, Visit, read};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "account_page",
    build: |environment| site::page(environment, &[Need::TokenKeys], account_page),
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Me {
    email: String,
    name: Option<String>,
    language: Language,
}

async fn account_page(visit: Visit) -> Result<Reply, Problem> {
    let me: Me = read(&access::me(visit.service.clone(), visit.asks_as_account()?).await?)?;
    let language = visit.language_for(me.language);
    let facts = vec![(say(language, "name"), me.name.unwrap_or_default()), (say(language, "email"), me.email)];
    visit.show(Page::new(language, "account").of_account().block(Block::Facts(facts)))
}
