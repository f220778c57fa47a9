//! A secret is given exactly when the mail brings one, and only its reader sees it.

use mail::RenderError;
use values::Language;

use crate::post;

/// More than any inbox or lock screen shows of a mail that is not opened: five lines.
const SHOWN_UNOPENED: usize = 250;

#[test]
fn what_brings_a_secret_needs_it_and_nothing_else_takes_one() {
    for (name, mail) in post::mails() {
        let wrong = if post::secret(&mail).is_some() { None } else { Some(post::TOKEN) };
        let refused = match mail::render(&post::in_language(&mail, Language::En), &post::sender(), wrong) {
            Err(RenderError::MissingSecret { template }) => (template, None),
            Err(RenderError::UnexpectedSecret { template }) => (template, Some(post::TOKEN)),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!(refused, (mail.template, wrong), "{name}");
    }
}

#[test]
fn a_code_stands_alone_where_it_can_be_copied() {
    for letter in post::all().filter(|letter| letter.message.template == "device-code") {
        let lines: Vec<&str> = letter.rendered.text.lines().filter(|line| line.contains(post::CODE)).collect();
        assert_eq!(lines, [post::CODE]);
        assert_eq!(letter.rendered.html.matches(post::CODE).count(), 1);
        assert!(letter.rendered.html.contains(&format!("user-select:all;\">{}</td>", post::CODE)));
    }
}

#[test]
fn no_secret_is_seen_before_the_mail_is_opened() {
    for letter in post::all() {
        let Some(secret) = post::secret(&letter.message) else { continue };
        let (text, html) = (&letter.rendered.text, visible(&letter.rendered.html));
        assert!(![&letter.rendered.subject, post::preview(&letter.rendered)].iter().any(|part| part.contains(secret)));
        for part in [text, &html].into_iter().filter(|part| part.contains(post::CODE)) {
            let before = part.split(secret).next().unwrap();
            assert!(before.chars().count() > SHOWN_UNOPENED, "{}: {before}", letter.name);
        }
    }
}

/// What is read of the HTML, without what marks it up.
fn visible(html: &str) -> String {
    let body = html.split("<body").nth(1).unwrap();
    let texts = body.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text.trim()));
    texts.collect::<Vec<_>>().join(" ")
}
