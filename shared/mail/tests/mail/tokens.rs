//! A token is given exactly when there is a link for it.

use domain::Language;
use mail::RenderError;

use crate::post;

#[test]
fn a_link_needs_its_token() {
    for mail in [post::confirm_address(), post::staff_invitation()] {
        let refused = mail::render(&mail, Language::En, &post::sender(), None);
        assert!(matches!(refused, Err(RenderError::MissingToken { template }) if template == mail.template()));
    }
}

#[test]
fn a_token_needs_its_link() {
    for mail in [post::already_registered(), post::welcome("Zoë")] {
        let refused = mail::render(&mail, Language::En, &post::sender(), Some(post::TOKEN));
        assert!(matches!(refused, Err(RenderError::UnexpectedToken { template }) if template == mail.template()));
    }
}
