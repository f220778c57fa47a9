//! `/account/confirm-address?token=`: where the link leads that was mailed to a new address. It works wherever it is opened, logged
//! in or not: whoever has the mail has the address.

use access::{ConfirmAddress, ConfirmAddressRequest};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Need};

use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "confirm_address_page",
    routes: &[Route::any("/account/confirm-address")],
    build: |environment| site::page(environment, &[Need::TokenKeys], confirm_address_page),
};

async fn confirm_address_page(visit: Visit) -> Result<Reply, Problem> {
    if !visit.is_sent() {
        let form = Form { button: say(visit.language, "confirm-address-button"), ..Form::default() };
        let page = Page::new(visit.language, "confirm-address").text("confirm-address-text");
        return visit.show(page.block(Block::Form(form)));
    }
    let request = ConfirmAddressRequest { token: visit.parameter("token").unwrap_or_default() };
    match visit.ask_as_anyone::<ConfirmAddress>(Body::new(request)?).await {
        Ok(_) => {
            let next = if visit.has_session() { "/account" } else { "/log-in" };
            Reply::go(next).telling(&Step { done: "address-changed".into(), ..Step::default() })
        }
        Err(problem) => match problem.kind() {
            ProblemKind::LinkUsed | ProblemKind::LinkExpired | ProblemKind::LinkInvalid | ProblemKind::AddressTaken => {
                Ok(visit.dead_end(&problem, &[("to-account", "/account"), ("to-change-address", "/account/address")]))
            }
            _ => Err(problem),
        },
    }
}
