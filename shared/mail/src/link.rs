//! Where mailed links lead.

use domain::{LinkTarget, Mail};

use crate::{RenderError, Sender};

/// The address of the mail's link; none if the mail has no link.
pub(crate) fn address(mail: &Mail, sender: &Sender, token: Option<&str>) -> Result<Option<String>, RenderError> {
    let template = mail.template();
    match (mail.link(), token) {
        (Some(target), Some(token)) => {
            let start = sender.public_url.trim_end_matches('/');
            Ok(Some(format!("{start}/{}?token={token}", page(target))))
        }
        (Some(_), None) => Err(RenderError::MissingToken { template }),
        (None, Some(_)) => Err(RenderError::UnexpectedToken { template }),
        (None, None) => Ok(None),
    }
}

fn page(target: &LinkTarget) -> &'static str {
    match target {
        LinkTarget::ConfirmAddress { .. } => "confirm",
        LinkTarget::AcceptInvitation { .. } => "staff/accept-invitation",
    }
}
