//! What a mail says, before it is text or HTML.

use askama::Template;
use decision::Message;
use values::WebAddress;

use crate::highlight::Highlight;
use crate::{RenderError, Sender, facts, line};

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
    pub(crate) closing: Vec<String>,
    pub(crate) regards: String,
    pub(crate) footer: String,
    /// Where the business is, line by line.
    pub(crate) postal_address: Vec<String>,
}

impl Content {
    /// Finds the words for a mail.
    pub(crate) fn new(message: &Message, sender: &Sender, secret: Option<&str>) -> Result<Self, RenderError> {
        let business = &sender.business;
        let words = facts::of(message)?.with("business", business.name.as_str());
        let part = |part: &str| format!("{}.{part}", message.template);
        Ok(Self {
            language: message.language.code(),
            business: line::single(business.name.as_str()),
            logo: business.logo_url.as_ref().map(WebAddress::as_str).map(str::to_owned),
            subject: words.say(&part("subject"))?,
            preview: words.say(&part("preview"))?,
            greeting: words.say("greeting")?,
            opening: words.paragraphs(&part("opening"))?,
            highlight: Highlight::new(message, &words, sender, secret)?,
            closing: words.paragraphs(&part("closing"))?,
            regards: words.say("regards")?,
            footer: words.say("footer")?,
            postal_address: business.address.iter().map(|line| line::single(line.as_str())).collect(),
        })
    }
}
