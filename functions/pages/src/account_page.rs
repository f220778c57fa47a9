//! `/account`: who one is here, and what can be changed about it.

use domain::Language;
use runtime::{Function, Problem};
use service::Need;

use crate::account::{Me, me};
use crate::site;
use crate::view::{Block, Page};
use crate::visit::{Reply, Visit};
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "account_page",
    build: |environment| site::page(environment, &[Need::TokenKeys], account_page),
};

async fn account_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    let language = visit.language_for(me.language);
    let page = Page::new(language, "account").of_account().block(Block::Facts(facts(language, me)));
    visit.show(page.heading("security").quiet_links(&[
        ("to-devices", "/account/devices"),
        ("to-change-password", "/account/password"),
        ("to-change-address", "/account/address"),
    ]))
}

fn facts(language: Language, me: Me) -> Vec<(String, String)> {
    vec![(say(language, "name"), me.name.unwrap_or_default()), (say(language, "email"), me.email)]
}
