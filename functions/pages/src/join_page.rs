//! `/join?token=`: where the link of an invitation to a company leads.

use employees::JoinCompany;
use runtime::{Function, Problem, Route};
use service::Need;

use crate::invitation::{self, Sentences};
use crate::reply::Reply;
use crate::site;
use crate::visit::Visit;

pub(crate) const FUNCTION: Function = Function {
    handler: "join_page",
    routes: &[Route::any("/join")],
    build: |environment| site::page(environment, &[Need::TokenKeys, Need::BusinessName], join_page),
};

async fn join_page(visit: Visit) -> Result<Reply, Problem> {
    let sentences = Sentences { title: "join", text: "join-text", done: "joined" };
    invitation::answer::<JoinCompany>(visit, sentences).await
}
