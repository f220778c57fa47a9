//! Where mailed links lead.

use decision::{LinkTarget, Page};

use crate::Sender;

/// The address of a link that its token opens.
pub(crate) fn address(target: &LinkTarget, sender: &Sender, token: &str) -> String {
    let path = match target {
        LinkTarget::ConfirmAddress { .. } => "confirm",
        LinkTarget::AcceptInvitation { .. } => "staff/accept-invitation",
        LinkTarget::JoinCompany { .. } => "join",
        LinkTarget::ResetPassword { .. } => "reset-password",
        LinkTarget::ChangeAddress { .. } => "account/confirm-address",
    };
    format!("{}?token={token}", below(sender, path))
}

/// The address of a page, if this code knows it.
pub(crate) fn page(page: Page, sender: &Sender) -> Option<String> {
    let path = match page {
        Page::LogIn => "log-in",
        Page::ForgotPassword => "forgot-password",
        Page::ChangePassword => "account/password",
        Page::Registrations => "staff/registrations",
        Page::Unknown => return None,
    };
    Some(below(sender, path))
}

fn below(sender: &Sender, path: &str) -> String {
    format!("{}/{path}", sender.public_url.trim_end_matches('/'))
}
