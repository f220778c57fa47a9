//! How the business is reached, and what it has to say, as the footer shows it.

use domain_settings::Business;
use values::{EmailAddress, PhoneNumber, WebAddress};

use crate::RenderError;
use crate::words::Words;

/// A line of the footer.
pub(crate) struct Contact {
    /// The line where nothing can be clicked.
    pub(crate) line: String,
    /// The words of the link where something can.
    pub(crate) words: String,
    pub(crate) address: String,
}

/// What a reader is told to turn to: the address, or else the number.
pub(crate) fn to_ask(business: &Business) -> Option<&str> {
    business.email.as_ref().map(EmailAddress::as_str).or(business.phone.as_ref().map(PhoneNumber::as_str))
}

/// All that is known.
pub(crate) fn all(business: &Business, words: &Words) -> Result<Vec<Contact>, RenderError> {
    let Business { email, phone, website, terms_url, privacy_url, .. } = business;
    let email = email.as_ref().map(EmailAddress::as_str).map(|email| (email, Some(email), format!("mailto:{email}")));
    let phone = phone.as_ref().map(PhoneNumber::as_str).map(|phone| (phone, Some(phone), format!("tel:{phone}")));
    let website = website.as_ref().map(|site| (site.as_str(), Some(site.for_reading()), site.as_str().to_owned()));
    let contacts = [
        ("contact-email", email),
        ("contact-phone", phone),
        ("contact-website", website),
        ("contact-terms", terms_url.as_ref().map(document)),
        ("contact-privacy", privacy_url.as_ref().map(document)),
    ];
    let known = contacts.into_iter().filter_map(|(key, contact)| Some((key, contact?)));
    known
        .map(|(key, (written, read, address))| {
            let label = words.say(key)?;
            let line = words.clone().with("label", &label).with("value", written).say("contact-line")?;
            Ok(Contact { line, words: read.map_or(label, str::to_owned), address })
        })
        .collect()
}

/// A document is called by its name.
fn document(url: &WebAddress) -> (&str, Option<&str>, String) {
    (url.as_str(), None, url.as_str().to_owned())
}
