//! Where logging in leads: to the account, or back to the page that somebody asked for who was not logged in.
//!
//! The log-in page keeps it in its address. It leads only to the pages that are named here, whatever an address from outside says.

use crate::visit::Visit;

const ACCOUNT: &str = "/account";

const PAGES: &[&str] =
    &["/account/address", "/account/devices", "/account/employees", "/account/password", "/staff/registrations"];

/// Where to log in on the way to the page at `path`.
pub(crate) fn log_in_for(path: &str) -> String {
    let page = PAGES.iter().find(|page| **page == path);
    page.map_or_else(|| "/log-in".to_owned(), |page| format!("/log-in?to={page}"))
}

/// Where logging in leads.
pub(crate) fn of(visit: &Visit) -> &'static str {
    named(visit).unwrap_or(ACCOUNT)
}

/// `address`, a further step of logging in, so that it leads to the same page.
pub(crate) fn kept(visit: &Visit, address: &str) -> String {
    named(visit).map_or_else(|| address.to_owned(), |page| format!("{address}?to={page}"))
}

fn named(visit: &Visit) -> Option<&'static str> {
    let asked = visit.parameter("to")?;
    PAGES.iter().find(|page| **page == asked).copied()
}
