//! What a mail says, before it is text or HTML.

use askama::Template;
use decision::Message;
use domain_settings::{Palette, Scheme};
use values::WebAddress;

use crate::contact::Contact;
use crate::highlight::{self, Action, Highlight};
use crate::{RenderError, Sender, contact, facts, line};

/// The parts of a mail, in the order they are read. It is its own HTML layout.
#[derive(Template)]
#[template(path = "mail.html")]
pub(crate) struct Content {
    pub(crate) language: &'static str,
    pub(crate) business: String,
    pub(crate) logo: Option<String>,
    pub(crate) subject: String,
    /// What inboxes show beside the subject.
    pub(crate) preview: String,
    pub(crate) greeting: String,
    pub(crate) opening: Vec<String>,
    pub(crate) highlight: Option<Highlight>,
    pub(crate) action: Option<Action>,
    pub(crate) closing: Vec<String>,
    pub(crate) regards: String,
    pub(crate) footer: String,
    /// Where the business is, line by line.
    pub(crate) postal_address: Vec<String>,
    /// How it is reached, and what it has to say.
    pub(crate) contacts: Vec<Contact>,
    /// The line at the head, in the colour of the business.
    pub(crate) head: Option<String>,
    pub(crate) light: Palette,
    pub(crate) dark: Palette,
}

impl Content {
    /// The link, if it is what stands out.
    pub(crate) fn button(&self) -> Option<&Action> {
        self.action.as_ref().filter(|_| self.highlight.is_none())
    }

    /// The link, if something else stands out. It comes last, where the closing has spoken of it.
    pub(crate) fn last_link(&self) -> Option<&Action> {
        self.action.as_ref().filter(|_| self.highlight.is_some())
    }

    /// Finds the words for a mail.
    pub(crate) fn new(message: &Message, sender: &Sender, secret: Option<&str>) -> Result<Self, RenderError> {
        let business = &sender.business;
        highlight::check_secret(message, secret)?;
        let words = facts::of(message)?.with("business", business.name.as_str());
        let words = words.with_optional("contact", contact::to_ask(business));
        let part = |part: &str| format!("{}.{part}", message.template);
        Ok(Self {
            language: message.language.code(),
            business: line::single(business.name.as_str()),
            logo: business.logo_url.as_ref().map(WebAddress::as_str).map(str::to_owned),
            subject: words.say(&part("subject"))?,
            preview: words.say(&part("preview"))?,
            greeting: words.say("greeting")?,
            opening: words.paragraphs(&part("opening"))?,
            highlight: Highlight::new(message, secret),
            action: Action::new(message, &words, sender, secret)?,
            closing: words.paragraphs(&part("closing"))?,
            regards: words.say("regards")?,
            footer: words.say("footer")?,
            postal_address: business.address.iter().map(|line| line::single(line.as_str())).collect(),
            contacts: contact::all(business, &words)?,
            head: business.color.map(|color| color.to_string()),
            light: business.palette(Scheme::Light),
            dark: business.palette(Scheme::Dark),
        })
    }
}
