//! HTML parts.

use decision::Secret;
use domain_registration::mails::ConfirmationEffect;
use domain_settings::Business;
use values::{Color, Language};

use crate::post;

#[test]
fn is_laid_out_as_written_down() {
    for (name, mail) in [
        ("with-a-link", post::confirm_address(ConfirmationEffect::OpensAccount)),
        ("with-a-code", post::device_code(Some("Firefox on Linux"))),
        ("with-a-quote", post::registration_rejected(Some("Wir arbeiten nur mit Reisebüros."))),
    ] {
        insta::assert_snapshot!(name, post::render(&mail, Language::De).html);
    }
}

#[test]
fn every_element_is_closed_in_order() {
    for letter in post::all() {
        let html = letter.rendered.html;
        let body = html.split("</style>").nth(1).unwrap();
        let mut open = vec!["html", "head"];
        for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let name = tag.split_whitespace().next().unwrap();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{html}"),
                None if name == "br" || name == "img" => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn suits_screen_readers_and_inboxes() {
    for letter in post::all() {
        let html = &letter.rendered.html;
        let language = letter.language.code();
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\" dir=\"ltr\">")));
        assert_eq!(html.matches("<table").count(), html.matches("<table role=\"presentation\"").count());
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("content=\"light dark\"") && html.contains("prefers-color-scheme: dark"));
        assert!(html.contains(&format!("<title>{}</title>", letter.rendered.subject.replace('\'', "&#39;"))));
        assert!(post::preview(&letter.rendered).chars().count() > 20);
    }
}

#[test]
fn a_link_is_a_button_and_an_address() {
    for letter in post::all() {
        let html = &letter.rendered.html;
        let (card, _) = html.split_once("<td class=\"quiet\" style=\"padding:20px").unwrap();
        let card = card.replace(&post::LOGO.replace('&', "&#38;"), "");
        // Where a code or a quote stands out, the link is a quiet one.
        let something_stands_out = letter.message.template == "device-code" || card.contains("<blockquote");
        let expected = match post::page(&letter.message.template) {
            Some(_) if something_stands_out => (1, 1),
            Some(_) => (2, 3),
            None => (0, 0),
        };
        assert_eq!((card.matches("<a ").count(), card.matches("://").count()), expected, "{card}");
        let is_opened_by_token = matches!(letter.message.secret, Some(Secret::Link { .. }));
        assert_eq!(html.matches(post::TOKEN).count(), if is_opened_by_token { 3 } else { 0 });
    }
}

#[test]
fn head_button_and_links_bear_the_color_of_the_business() {
    let html = |color: &str| {
        let business = Business { color: Color::parse(color).ok(), ..post::business("Nordlicht Reisen") };
        let sender = mail::Sender { business, ..post::sender() };
        mail::render(&post::in_language(&post::welcome(None), Language::De), &sender, None).unwrap().html
    };
    insta::assert_snapshot!("with-a-color", html("#ffd400"));
    let (plain, green) = (html(""), html("#0a6e5c"));
    assert!(!plain.contains("border-top:6px") && plain.contains("background-color:#1f58c7;"), "{plain}");
    for part in ["border-top:6px solid #0a6e5c;", "background-color:#0a6e5c;", "color:#0a6e5c;word-break"] {
        assert!(green.contains(part), "{part}: {green}");
    }
}

#[test]
fn nothing_is_loaded_but_the_logo() {
    for letter in post::all() {
        let html = letter.rendered.html;
        for loading in ["url(", "<link", "<script", "@import", "srcset"] {
            assert!(!html.contains(loading), "{loading}");
        }
        let loaded =
            format!("<img class=\"logo\" src=\"{}\" alt=\"Nordlicht Reisen\"", post::LOGO.replace('&', "&#38;"));
        assert!(html.contains(&loaded) && html.matches("src=").count() == 1, "{html}");
    }
}

#[test]
fn the_name_stands_where_there_is_no_logo() {
    let business = Business { logo_url: None, ..post::business("Nordlicht Reisen") };
    let sender = mail::Sender { business, ..post::sender() };
    let html = mail::render(&post::in_language(&post::welcome(None), Language::En), &sender, None).unwrap().html;
    assert!(!html.contains("src=") && !html.contains("<img"), "{html}");
    let (above, _) = html.split_once("<td class=\"card").unwrap();
    assert!(above.contains(";\">Nordlicht Reisen</td>"), "{above}");
}

#[test]
fn the_footer_has_what_is_known_of_the_business() {
    let full = post::business("Nordlicht Reisen");
    let unknown = Business::named(full.name.clone());
    for (business, expected) in [(full, 1), (unknown, 0)] {
        let sender = mail::Sender { business, ..post::sender() };
        let html = mail::render(&post::in_language(&post::welcome(None), Language::En), &sender, None).unwrap().html;
        let (_, footer) = html.split_once("This mail was sent automatically by Nordlicht Reisen.").unwrap();
        for part in [
            "Nordlicht Reisen<br>Hafenstraße 12<br>20457 Hamburg</p>",
            "href=\"mailto:service@nordlicht.example.com\" style=\"color:#566173;\">service@nordlicht.example.com</a>",
            "href=\"tel:+49401234567\" style=\"color:#566173;\">+49401234567</a>",
            "href=\"https://www.nordlicht.example.com/\" style=\"color:#566173;\">nordlicht.example.com</a>",
            "href=\"https://nordlicht.example.com/agb\" style=\"color:#566173;\">Terms and conditions</a>",
            "href=\"https://nordlicht.example.com/datenschutz\" style=\"color:#566173;\">Privacy policy</a>",
        ] {
            assert_eq!(footer.matches(part).count(), expected, "{part}: {footer}");
        }
        assert_eq!(footer.matches("<p").count(), expected * 2);
    }
}

#[test]
fn what_was_typed_is_escaped() {
    let typed = "<img src=x onerror=\"alert('hi')\"> { $business }";
    let escaped = "&#60;img src=x onerror=&#34;alert(&#39;hi&#39;)&#34;&#62; { $business }";
    let business =
        Business { address: vec![post::text(typed)], logo_url: None, ..post::business("Salt & <b>Pepper</b>") };
    let sender = mail::Sender { business, ..post::sender() };
    for mail in [post::welcome(Some(typed)), post::registration_rejected(Some(typed)), post::device_code(Some(typed))] {
        for language in Language::ALL {
            let rendered = mail::render(&post::in_language(&mail, language), &sender, post::secret(&mail)).unwrap();
            assert_eq!(rendered.html.matches(escaped).count(), 2, "{}", rendered.html);
            assert!(rendered.html.contains("Salt &#38; &#60;b&#62;Pepper&#60;/b&#62;"));
            assert!(!rendered.html.contains("<img") && !rendered.html.contains("<b>"));
            assert!(rendered.text.replace('\n', " ").contains(typed), "{}", rendered.text);
            assert!(rendered.subject.contains("Salt & <b>Pepper</b>"));
        }
    }
}
