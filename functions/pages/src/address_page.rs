//! `/account/address`: asks to log in with another address. It is proven by a link that is mailed to it.

use access::{ChangeAddress, ChangeAddressRequest, MeView};
use runtime::{Function, Problem, ProblemKind, Route};
use service::{Body, Need};

use crate::account::me;
use crate::cookie::Step;
use crate::reply::Reply;
use crate::site;
use crate::view::{Block, Field, Form, Page};
use crate::visit::Visit;
use crate::words::say;

pub(crate) const FUNCTION: Function = Function {
    handler: "address_page",
    routes: &[Route::any("/account/address")],
    build: |environment| site::page(environment, &[Need::TokenKeys], address_page),
};

async fn address_page(visit: Visit) -> Result<Reply, Problem> {
    let me = me(&visit).await?;
    if !visit.is_sent() {
        return visit.show(form(&visit, &me));
    }
    match change(&visit).await {
        Ok(()) => Reply::go("/account").telling(&Step { done: "address-link-mailed".into(), ..Step::default() }),
        Err(problem) if problem.kind() == ProblemKind::InvalidCredentials => {
            Ok(visit.show_mistake_at("password", "is-not-right", form(&visit, &me), &problem))
        }
        Err(problem) => visit.again(form(&visit, &me), problem),
    }
}

async fn change(visit: &Visit) -> Result<(), Problem> {
    let request =
        ChangeAddressRequest { email: visit.typed("email").to_owned(), password: visit.typed("password").to_owned() };
    visit.ask::<ChangeAddress>((), Body::new(request)?).await?;
    Ok(())
}

fn form(visit: &Visit, me: &MeView) -> Page {
    let language = visit.language_for(me.language);
    let form = Form {
        fields: vec![
            Field::email(language, visit.typed("email")).labelled(language, "new-email").filled_in_as("off"),
            Field::password(language, "password", "current-password", "current-password"),
        ],
        button: say(language, "change-address-button"),
        ..Form::default()
    };
    Page::new(language, "change-address")
        .of_account()
        .text("change-address-text")
        .block(Block::Form(form))
        .quiet_links(&[("to-account", "/account")])
}
