//! Who is logged in, as the endpoints tell it.

use access::{Me, MeView};
use domain_accounts::Holder;
use runtime::{Problem, header};
use service::Versioned;
use values::CustomerId;

use crate::cookie::Cookie;
use crate::visit::Visit;

/// Whoever is logged in, with the version of what they say of themselves; nobody is if the session is over.
pub(crate) async fn versioned_me(visit: &Visit) -> Result<Versioned<MeView>, Problem> {
    visit.ask::<Me>((), ()).await
}

/// Whoever is logged in; nobody is if the session is over.
pub(crate) async fn me(visit: &Visit) -> Result<MeView, Problem> {
    Ok(versioned_me(visit).await?.body)
}

/// The record that they see, if it is a customer's account or an employee's of one.
pub(crate) fn customer_of(me: &MeView) -> Option<CustomerId> {
    match me.holder {
        Holder::Customer { customer_id } | Holder::Employee { customer_id, .. } => Some(customer_id),
        Holder::Staff { .. } => None,
    }
}

/// The cookie by which the pages know the session whose refresh token an endpoint just answered.
pub(crate) async fn session_cookie(visit: &Visit, refresh_token: &str) -> Result<header::HeaderValue, Problem> {
    let keys = visit.service.token_keys().await?;
    let session = keys.read_refresh(refresh_token);
    let session = session.ok_or_else(|| Problem::internal("a session was started and cannot be read"))?;
    Cookie::Session.set(&keys.page_session(session.account_id, session.session_id, visit.service.clock.now()))
}
