//! What a mail says, before it is text or HTML.

use askama::Template;
use domain::{Language, Mail, Role};

use crate::words::Words;
use crate::{RenderError, Sender, line, link, moment};

/// The parts of a mail, in the order they are read. It is its own HTML layout.
#[derive(Template)]
#[template(path = "mail.html")]
pub(crate) struct Content {
    pub(crate) language: &'static str,
    pub(crate) business: String,
    pub(crate) subject: String,
    /// What inboxes show beside the subject.
    pub(crate) preview: String,
    pub(crate) greeting: String,
    pub(crate) opening: Vec<String>,
    pub(crate) action: Option<Action>,
    pub(crate) closing: Vec<String>,
    pub(crate) regards: String,
    pub(crate) footer: String,
}

/// What the reader is asked to do, by a link.
pub(crate) struct Action {
    /// The words on the button.
    pub(crate) label: String,
    pub(crate) address: String,
    /// The words above the address where there is no button.
    pub(crate) introduction: String,
    /// The words above the address where there is one.
    pub(crate) fallback: String,
}

impl Content {
    /// Finds the words for a mail.
    pub(crate) fn new(
        mail: &Mail,
        language: Language,
        sender: &Sender,
        link_token: Option<&str>,
    ) -> Result<Self, RenderError> {
        let words = tell(mail, language)?.with("business", &sender.business_name);
        let template = mail.template();
        let action = match link::address(mail, sender, link_token)? {
            Some(address) => Some(Action::new(words.say(&format!("{template}.action"))?, address, language)?),
            None => None,
        };
        Ok(Self {
            language: language.code(),
            business: line::single(&sender.business_name),
            subject: words.say(&format!("{template}.subject"))?,
            preview: words.say(&format!("{template}.preview"))?,
            greeting: words.say(greeting(mail))?,
            opening: words.paragraphs(&format!("{template}.opening"))?,
            action,
            closing: words.paragraphs(&format!("{template}.closing"))?,
            regards: words.say("regards")?,
            footer: words.say("footer")?,
        })
    }
}

impl Action {
    fn new(label: String, address: String, language: Language) -> Result<Self, RenderError> {
        let words = Words::new(language).with("action", &label);
        Ok(Self {
            introduction: words.say("link-introduction")?,
            fallback: words.say("link-fallback")?,
            label,
            address,
        })
    }
}

/// The facts of a mail, ready to be mentioned.
fn tell(mail: &Mail, language: Language) -> Result<Words, RenderError> {
    let words = Words::new(language);
    Ok(match mail {
        Mail::ConfirmAddress { registered_at, expires_at, .. } => words
            .with("registered", &moment::in_words(*registered_at, language)?)
            .with("expires", &moment::in_words(*expires_at, language)?),
        Mail::AlreadyRegistered { attempted_at } => {
            words.with("attempted", &moment::in_words(*attempted_at, language)?)
        }
        Mail::Welcome { name } => words.with("name", name),
        Mail::StaffInvitation { role, expires_at, .. } => {
            let role = words.say(role_key(*role))?;
            words.with("role", &role).with("expires", &moment::in_words(*expires_at, language)?)
        }
    })
}

fn greeting(mail: &Mail) -> &'static str {
    match mail {
        Mail::Welcome { .. } => "greeting-by-name",
        Mail::ConfirmAddress { .. } | Mail::AlreadyRegistered { .. } | Mail::StaffInvitation { .. } => "greeting",
    }
}

fn role_key(role: Role) -> &'static str {
    match role {
        Role::Administrator => "role-administrator",
    }
}
