//! The facts of a mail, ready to be mentioned.

use domain::{CompanyRole, ConfirmationEffect, Kind, Language, Lines, Mail, Text};

use crate::RenderError;
use crate::words::Words;

/// All that the sentences of a mail may mention, but for the business.
pub(crate) fn of(mail: &Mail, language: Language) -> Result<Words, RenderError> {
    let words = Words::new(language).with_optional("name", addressee(mail));
    match mail {
        Mail::RegistrationReceived {} | Mail::RegistrationApproved { .. } | Mail::Welcome { .. } => Ok(words),
        Mail::ConfirmAddress { registered_at, expires_at, effect, .. } => words
            .with("effect", effect_word(*effect))
            .with_moment("registered", *registered_at)?
            .with_moment("expires", *expires_at),
        Mail::RegistrationRejected { reason } => Ok(words.with_optional("reason", reason.as_ref().map(Lines::as_str))),
        Mail::AlreadyRegistered { attempted_at } => words.with_moment("attempted", *attempted_at),
        Mail::DeviceCode { device, attempted_at, expires_at, .. } => words
            .with_optional("device", device.as_ref().map(Text::as_str))
            .with_number("minutes", expires_at.duration_since(*attempted_at).as_mins())
            .with_moment("attempted", *attempted_at)?
            .with_moment("expires", *expires_at),
        Mail::PasswordReset { asked_at, expires_at, .. } => {
            words.with_moment("asked", *asked_at)?.with_moment("expires", *expires_at)
        }
        Mail::PasswordChanged { changed_at } => words.with_moment("changed", *changed_at),
        Mail::SessionsEnded { noticed_at } => words.with_moment("noticed", *noticed_at),
        Mail::ConfirmNewAddress { expires_at, .. } => words.with_moment("expires", *expires_at),
        Mail::AddressChanged { changed_at, to } => words.with("to", to).with_moment("changed", *changed_at),
        Mail::ApprovalAwaited { name, kind, since } => about(words, name, *kind).with_moment("since", *since),
        Mail::NewRegistration { name, kind, opened_at } => about(words, name, *kind).with_moment("opened", *opened_at),
        Mail::EmployeeInvitation { company, role, expires_at, .. } => {
            words.with("company", company.as_str()).with("role", role_word(*role)).with_moment("expires", *expires_at)
        }
        Mail::StaffInvitation { role, expires_at, .. } => {
            let role = words.say_or(&format!("role-{role}"), role.as_str());
            words.with("role", &role).with_moment("expires", *expires_at)
        }
    }
}

/// The name to greet, in mails that know it.
fn addressee(mail: &Mail) -> Option<&str> {
    match mail {
        Mail::Welcome { name } | Mail::RegistrationApproved { name } => name.as_ref().map(Text::as_str),
        _ => None,
    }
}

fn about(words: Words, customer: &Text<200>, kind: Kind) -> Words {
    words.with("customer", customer.as_str()).with("kind", kind_word(kind))
}

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Company => "company",
    }
}

fn role_word(role: CompanyRole) -> &'static str {
    match role {
        CompanyRole::Manager => "manager",
        CompanyRole::Member => "member",
    }
}

fn effect_word(effect: ConfirmationEffect) -> &'static str {
    match effect {
        ConfirmationEffect::OpensAccount => "opens-account",
        ConfirmationEffect::AsksForApproval => "asks-for-approval",
        ConfirmationEffect::ProvesAddress => "proves-address",
    }
}
