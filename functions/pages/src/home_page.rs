//! `/`: leads to the account, or to logging in.

use runtime::{Function, Problem, Route};
use service::Need;

use crate::reply::Reply;
use crate::site;
use crate::visit::Visit;

pub(crate) const FUNCTION: Function = Function {
    handler: "home_page",
    routes: &[Route::any("/")],
    build: |environment| site::page(environment, &[Need::TokenKeys], home_page),
};

async fn home_page(visit: Visit) -> Result<Reply, Problem> {
    Ok(Reply::go(if visit.has_session() { "/account" } else { "/log-in" }))
}
