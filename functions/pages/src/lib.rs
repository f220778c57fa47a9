//! The pages that people register, log in and look after their account on. Server-rendered, without scripts.
//!
//! A page is a client of the endpoints: it asks them inside the process, as `POST /v1/registrations` would be asked over HTTP, and
//! shows what they answer. So there is no rule here that is not theirs. What it trades: one artifact with the endpoints of several
//! areas in it, and functions that need the rights of the endpoints they ask.

mod account;
mod cookie;
mod dead_end;
mod destination;
mod guard;
mod invitation;
mod site;
mod view;
mod visit;
mod words;

mod accept_invitation_page;
mod account_page;
mod address_page;
mod check_mail_page;
mod confirm_address_page;
mod confirm_device_page;
mod confirm_page;
mod devices_page;
mod employees_page;
mod forgot_password_page;
mod home_page;
mod join_page;
mod log_in_page;
mod log_out_page;
mod password_page;
mod register_page;
mod registrations_page;
mod reply;
mod reset_password_page;

/// The functions of this area.
pub const FUNCTIONS: &[runtime::Function] = &[
    accept_invitation_page::FUNCTION,
    account_page::FUNCTION,
    address_page::FUNCTION,
    check_mail_page::FUNCTION,
    confirm_address_page::FUNCTION,
    confirm_device_page::FUNCTION,
    confirm_page::FUNCTION,
    devices_page::FUNCTION,
    employees_page::FUNCTION,
    forgot_password_page::FUNCTION,
    home_page::FUNCTION,
    join_page::FUNCTION,
    log_in_page::FUNCTION,
    log_out_page::FUNCTION,
    password_page::FUNCTION,
    register_page::FUNCTION,
    registrations_page::FUNCTION,
    reset_password_page::FUNCTION,
];
