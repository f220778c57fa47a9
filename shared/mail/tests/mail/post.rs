//! One of each mail, in each language.

use domain::{Language, LinkTarget, Mail, Role};
use mail::{Rendered, Sender};

pub const TOKEN: &str = "bWFpbGVkLWxpbmstdG9rZW4_LXVybC1zYWZl";

pub fn sender() -> Sender {
    Sender { business_name: "Nordlicht Reisen".to_owned(), public_url: "https://clientele.example.com/".to_owned() }
}

pub fn confirm_address() -> Mail {
    Mail::ConfirmAddress {
        link: LinkTarget::ConfirmAddress {
            customer_id: "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071".parse().unwrap(),
            account_id: "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6072".parse().unwrap(),
            registration_id: "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6073".parse().unwrap(),
        },
        registered_at: "2026-11-21T22:57:31Z".parse().unwrap(),
        expires_at: "2026-11-24T22:57:31Z".parse().unwrap(),
    }
}

pub fn already_registered() -> Mail {
    Mail::AlreadyRegistered { attempted_at: "2027-03-01T07:05:00Z".parse().unwrap() }
}

pub fn welcome(name: &str) -> Mail {
    Mail::Welcome { name: name.to_owned() }
}

pub fn staff_invitation() -> Mail {
    Mail::StaffInvitation {
        link: LinkTarget::AcceptInvitation {
            account_id: "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6074".parse().unwrap(),
            invitation_id: "inv_0193a0b0c0d07e2f8a1b2c3d4e5f6075".parse().unwrap(),
        },
        role: Role::Administrator,
        expires_at: "2026-12-05T09:00:00Z".parse().unwrap(),
    }
}

/// Renders with a token where the mail needs one.
pub fn render(mail: &Mail, language: Language) -> Rendered {
    mail::render(mail, language, &sender(), mail.link().map(|_| TOKEN)).unwrap()
}

/// All mails in all languages.
pub fn all() -> impl Iterator<Item = (Mail, Language, Rendered)> {
    let mails = [confirm_address(), already_registered(), welcome("Zoë Łuczak"), staff_invitation()];
    mails.into_iter().flat_map(|mail| {
        Language::ALL.map(|language| {
            let rendered = render(&mail, language);
            (mail.clone(), language, rendered)
        })
    })
}
