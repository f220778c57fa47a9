//! Where mailed links lead.

use decision::LinkTarget;

use crate::Sender;

/// The address of a link.
pub(crate) fn address(target: &LinkTarget, sender: &Sender, token: &str) -> String {
    let start = sender.public_url.trim_end_matches('/');
    format!("{start}/{}?token={token}", page(target))
}

fn page(target: &LinkTarget) -> &'static str {
    match target {
        LinkTarget::ConfirmAddress { .. } => "confirm",
        LinkTarget::AcceptInvitation { .. } => "staff/accept-invitation",
        LinkTarget::JoinCompany { .. } => "join",
        LinkTarget::ResetPassword { .. } => "reset-password",
        LinkTarget::ChangeAddress { .. } => "account/confirm-address",
    }
}
