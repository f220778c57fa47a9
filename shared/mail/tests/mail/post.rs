//! Each mail as it is in every case that its sentences tell apart, in each language.

use decision::{Actor, Cause, Context, LinkTarget, Mail, Message, Secret, Subject};
use domain_access::mails::{
    AccountBlocked, AccountUnblocked, AddressChanged, ConfirmNewAddress, DeviceCode, PasswordChanged, PasswordReset,
};
use domain_accounts::mails::{AlreadyRegistered, SessionsEnded};
use domain_accounts::{CompanyRole, RoleName};
use domain_automation::mails::{ApprovalAwaited, NewRegistration, RegistrationReceived, Welcome};
use domain_customers::Kind;
use domain_employees::mails::EmployeeInvitation;
use domain_registration::mails::{
    ConfirmAddress, ConfirmRegistration, ConfirmationEffect, RegistrationApproved, RegistrationRejected,
};
use domain_settings::Business;
use domain_staff::StaffInvitation;
use jiff::Timestamp;
use mail::{Rendered, Sender};
use values::{EmailAddress, Language, Lines, PhoneNumber, Text, WebAddress};

pub const TOKEN: &str = "bWFpbGVkLWxpbmstdG9rZW4_LXVybC1zYWZl";
pub const CODE: &str = "048213";
pub const CONTACT: &str = "service@nordlicht.example.com";
pub const LOGO: &str = "https://nordlicht.example.com/logo.png?w=480&h=96";

const CUSTOMER: &str = "cus_0193a0b0c0d07e2f8a1b2c3d4e5f6071";
const ACCOUNT: &str = "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6072";

/// A mail as its reader gets it.
pub struct Letter {
    /// What it is filed under.
    pub name: &'static str,
    pub message: Message,
    pub language: Language,
    pub rendered: Rendered,
}

pub fn sender() -> Sender {
    Sender { business: business("Nordlicht Reisen"), public_url: "https://clientele.example.com/".to_owned() }
}

pub fn business(name: &str) -> Business {
    Business {
        name: text(name),
        address: vec![text("Hafenstraße 12"), text("20457 Hamburg")],
        logo_url: WebAddress::parse(LOGO).ok(),
        email: EmailAddress::parse(CONTACT).ok(),
        phone: PhoneNumber::parse("+49 40 1234567").ok(),
        website: WebAddress::parse("https://www.nordlicht.example.com").ok(),
        terms_url: WebAddress::parse("https://nordlicht.example.com/agb").ok(),
        privacy_url: WebAddress::parse("https://nordlicht.example.com/datenschutz").ok(),
        color: None,
    }
}

/// Text as it may stand in a record, whatever was allowed when it was written.
pub fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    serde_json::from_value(words.into()).unwrap()
}

/// The same with line breaks.
fn lines(words: &str) -> Lines<500> {
    serde_json::from_value(words.into()).unwrap()
}

fn at(moment: &str) -> Timestamp {
    moment.parse().unwrap()
}

/// A message in English; [`in_language`] makes it another.
pub fn message<M: Mail>(mail: &M) -> Message {
    let context = Context::new(Timestamp::UNIX_EPOCH, Actor::System, Cause::default(), [7; 10]);
    let subject = Subject::customer(CUSTOMER.parse().unwrap());
    Message::new(&context, subject, EmailAddress::parse("zoe@example.com").unwrap(), Language::En, mail)
}

pub fn in_language(message: &Message, language: Language) -> Message {
    Message { language, ..message.clone() }
}

fn link_of_registration() -> LinkTarget {
    LinkTarget::ConfirmAddress {
        customer_id: CUSTOMER.parse().unwrap(),
        account_id: ACCOUNT.parse().unwrap(),
        registration_id: "reg_0193a0b0c0d07e2f8a1b2c3d4e5f6073".parse().unwrap(),
    }
}

pub fn confirm_registration() -> Message {
    message(&ConfirmRegistration {
        link: link_of_registration(),
        registered_at: at("2026-11-21T22:57:31Z"),
        expires_at: at("2026-11-26T09:12:00Z"),
    })
}

pub fn confirm_address(effect: ConfirmationEffect) -> Message {
    message(&ConfirmAddress {
        link: link_of_registration(),
        registered_at: at("2026-11-21T22:57:31Z"),
        expires_at: at("2026-11-24T22:57:31Z"),
        effect,
    })
}

pub fn registration_approved(name: Option<&str>, note: Option<&str>) -> Message {
    message(&RegistrationApproved { name: name.map(text), reason: note.map(lines) })
}

pub fn registration_rejected(reason: Option<&str>) -> Message {
    message(&RegistrationRejected { reason: reason.map(lines) })
}

pub fn already_registered(attempted_at: Timestamp) -> Message {
    message(&AlreadyRegistered { attempted_at })
}

pub fn welcome(name: Option<&str>) -> Message {
    message(&Welcome { name: name.map(text) })
}

pub fn device_code(device: Option<&str>) -> Message {
    message(&DeviceCode {
        account_id: ACCOUNT.parse().unwrap(),
        challenge_id: "chl_0193a0b0c0d07e2f8a1b2c3d4e5f6074".parse().unwrap(),
        device: device.map(text),
        attempted_at: at("2026-12-31T23:55:20Z"),
        expires_at: at("2027-01-01T00:05:20Z"),
    })
}

pub fn password_reset() -> Message {
    let account_id = ACCOUNT.parse().unwrap();
    let reset_id = "pwr_0193a0b0c0d07e2f8a1b2c3d4e5f6075".parse().unwrap();
    message(&PasswordReset {
        link: LinkTarget::ResetPassword { account_id, reset_id },
        asked_at: at("2027-02-14T18:40:00Z"),
        expires_at: at("2027-02-14T19:40:00Z"),
    })
}

pub fn password_changed(is_company: bool) -> Message {
    message(&PasswordChanged { changed_at: at("2027-02-14T18:52:00Z"), is_company })
}

pub fn confirm_new_address() -> Message {
    let account_id = ACCOUNT.parse().unwrap();
    let change_id = "adc_0193a0b0c0d07e2f8a1b2c3d4e5f6076".parse().unwrap();
    message(&ConfirmNewAddress {
        link: LinkTarget::ChangeAddress { account_id, change_id },
        expires_at: at("2027-04-02T08:15:00Z"),
    })
}

pub fn address_changed(to: &str) -> Message {
    message(&AddressChanged { changed_at: at("2027-04-01T08:20:00Z"), to: to.to_owned() })
}

pub fn account_blocked() -> Message {
    message(&AccountBlocked { name: Some(text("Zoë Łuczak")), blocked_at: at("2027-04-05T16:30:00Z") })
}

pub fn approval_awaited(name: &str, kind: Kind) -> Message {
    message(&ApprovalAwaited { name: text(name), kind, since: at("2027-05-06T11:00:00Z") })
}

pub fn new_registration(name: &str, kind: Kind) -> Message {
    message(&NewRegistration { name: text(name), kind, opened_at: at("2027-05-06T11:00:00Z") })
}

pub fn employee_invitation(company: &str, role: CompanyRole) -> Message {
    message(&EmployeeInvitation {
        link: LinkTarget::JoinCompany {
            customer_id: CUSTOMER.parse().unwrap(),
            employee_id: "emp_0193a0b0c0d07e2f8a1b2c3d4e5f6079".parse().unwrap(),
        },
        company: text(company),
        role,
        expires_at: at("2026-12-05T09:00:00Z"),
    })
}

pub fn staff_invitation(role: &str) -> Message {
    message(&StaffInvitation {
        link: LinkTarget::AcceptInvitation {
            account_id: "acc_0193a0b0c0d07e2f8a1b2c3d4e5f6077".parse().unwrap(),
            invitation_id: "inv_0193a0b0c0d07e2f8a1b2c3d4e5f6078".parse().unwrap(),
        },
        role: RoleName::parse(role).unwrap(),
        expires_at: at("2026-12-05T09:00:00Z"),
    })
}

/// What the mail takes besides its facts.
pub fn secret(message: &Message) -> Option<&'static str> {
    match message.secret {
        Some(Secret::Code { .. }) => Some(CODE),
        Some(Secret::Link { .. }) => Some(TOKEN),
        None => None,
    }
}

/// Renders with a secret where the mail needs one.
pub fn render(message: &Message, language: Language) -> Rendered {
    mail::render(&in_language(message, language), &sender(), secret(message)).unwrap()
}

/// What inboxes show beside the subject.
pub fn preview(rendered: &Rendered) -> &str {
    let (_, preview) = rendered.html.split_once("mso-hide:all;\">").unwrap();
    preview.split_once("</div>").unwrap().0
}

/// All mails.
pub fn mails() -> Vec<(&'static str, Message)> {
    let reason = "We only work with travel agencies. If you run one, please register with its name.";
    let note = "Your discount is set up.\nPlease ask for Ms Brandt when you call.";
    let (agency, person) = ("Segeltörn & Söhne", "Zoë Łuczak");
    vec![
        ("confirm-address", confirm_address(ConfirmationEffect::OpensAccount)),
        ("confirm-address-before-approval", confirm_address(ConfirmationEffect::AsksForApproval)),
        ("confirm-address-of-account", confirm_address(ConfirmationEffect::ProvesAddress)),
        ("confirm-registration", confirm_registration()),
        ("registration-received", message(&RegistrationReceived {})),
        ("registration-approved", registration_approved(Some(person), None)),
        ("registration-approved-unnamed", registration_approved(None, None)),
        ("registration-approved-with-a-note", registration_approved(Some(person), Some(note))),
        ("registration-rejected", registration_rejected(Some(reason))),
        ("registration-rejected-silently", registration_rejected(None)),
        ("already-registered", already_registered(at("2027-03-01T07:05:00Z"))),
        ("welcome", welcome(Some(person))),
        ("welcome-unnamed", welcome(None)),
        ("device-code", device_code(Some("Firefox on Linux"))),
        ("device-code-unnamed", device_code(None)),
        ("password-reset", password_reset()),
        ("password-changed", password_changed(false)),
        ("password-changed-of-company", password_changed(true)),
        ("sessions-ended", message(&SessionsEnded { noticed_at: at("2027-06-30T03:12:00Z") })),
        ("confirm-new-address", confirm_new_address()),
        ("address-changed", address_changed("z…@example.com")),
        ("account-blocked", account_blocked()),
        ("account-unblocked", message(&AccountUnblocked { name: Some(text(person)) })),
        ("approval-awaited-company", approval_awaited(agency, Kind::Company)),
        ("approval-awaited-person", approval_awaited(person, Kind::Person)),
        ("new-registration-company", new_registration(agency, Kind::Company)),
        ("new-registration-person", new_registration(person, Kind::Person)),
        ("employee-invitation-manager", employee_invitation(agency, CompanyRole::Manager)),
        ("employee-invitation-member", employee_invitation(agency, CompanyRole::Member)),
        ("employee-invitation-of-a-company", employee_invitation("Visit nordlicht.com", CompanyRole::Member)),
        ("staff-invitation", staff_invitation("administrator")),
        ("staff-invitation-manager", staff_invitation("manager")),
        ("staff-invitation-agent", staff_invitation("agent")),
        ("staff-invitation-reader", staff_invitation("read-only")),
        ("staff-invitation-unnamed-role", staff_invitation("night-shift")),
    ]
}

/// The page that a mail leads to, below the address of all pages.
pub fn page(template: &str) -> Option<&'static str> {
    Some(match template {
        "confirm-address" | "confirm-registration" => "confirm",
        "password-reset" => "reset-password",
        "confirm-new-address" => "account/confirm-address",
        "employee-invitation" => "join",
        "staff-invitation" => "staff/accept-invitation",
        "welcome" | "registration-approved" | "already-registered" | "account-unblocked" => "log-in",
        "device-code" | "password-changed" => "forgot-password",
        "sessions-ended" => "account/password",
        "approval-awaited" | "new-registration" => "staff/registrations",
        _ => return None,
    })
}

/// All mails in all languages.
pub fn all() -> impl Iterator<Item = Letter> {
    mails().into_iter().flat_map(|(name, mail)| {
        Language::ALL.map(|language| {
            let rendered = render(&mail, language);
            Letter { name, message: mail.clone(), language, rendered }
        })
    })
}
