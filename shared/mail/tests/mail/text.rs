//! Subjects and text parts.

use decision::{Page, Secret};
use domain_accounts::CompanyRole;
use domain_customers::Kind;
use domain_registration::mails::ConfirmationEffect;
use domain_settings::Business;
use values::{Language, WebAddress};

use crate::post;

#[test]
fn reads_as_written_down() {
    for letter in post::all() {
        let (subject, text) = (&letter.rendered.subject, &letter.rendered.text);
        let read = format!("Subject: {subject}\nPreview: {}\n\n{text}", post::preview(&letter.rendered));
        insta::assert_snapshot!(format!("{}-{}", letter.name, letter.language.code()), read);
    }
}

#[test]
fn a_link_stands_on_a_line_of_its_own() {
    for letter in post::all() {
        let token = match letter.message.secret {
            Some(Secret::Link { .. }) => format!("?token={}", post::TOKEN),
            _ => String::new(),
        };
        let page = post::page(&letter.message.template);
        let expected = page.map(|page| format!("https://clientele.example.com/{page}{token}"));
        let (body, _) = letter.rendered.text.split_once("\n\n-- \n").unwrap();
        let links = body.lines().filter(|line| line.contains("://"));
        assert!(links.eq(expected.as_deref()), "{}", letter.rendered.text);
    }
}

#[test]
fn a_public_url_may_do_without_its_slash_and_a_long_link_stays_whole() {
    let sender = mail::Sender { public_url: "https://clientele.example.com".to_owned(), ..post::sender() };
    let token = "t".repeat(400);
    let mail = post::confirm_address(ConfirmationEffect::OpensAccount);
    let rendered = mail::render(&post::in_language(&mail, Language::En), &sender, Some(&token)).unwrap();
    let link = format!("https://clientele.example.com/confirm?token={token}");
    assert!(rendered.text.lines().any(|line| line == link), "{}", rendered.text);
}

#[test]
fn a_page_that_this_code_does_not_know_is_no_link() {
    let mail = decision::Message { page: Some(Page::Unknown), ..post::welcome(None) };
    for language in Language::ALL {
        let rendered = post::render(&mail, language);
        let (body, _) = rendered.text.split_once("\n\n-- \n").unwrap();
        assert!(!body.contains("://") && !rendered.html.contains("class=\"button\""), "{body}");
    }
}

#[test]
fn prose_fits_the_width_of_a_mail() {
    let name = "Maria Magdalena Theodora Wilhelmina von und zu Hohenlohe-Waldenburg-Schillingsfürst";
    let wordy = [
        post::welcome(Some(name)),
        post::approval_awaited(name, Kind::Person),
        post::device_code(Some(name)),
        post::registration_rejected(Some(&"Because ".repeat(50))),
    ];
    let wordy = wordy.iter().flat_map(|mail| Language::ALL.map(|language| post::render(mail, language).text));
    for text in post::all().map(|letter| letter.rendered.text).chain(wordy) {
        for line in text.lines().filter(|line| !line.starts_with("https://")) {
            assert!(line.chars().count() <= 78, "{line}");
        }
    }
}

#[test]
fn a_reason_is_a_paragraph_of_its_own() {
    let mail = post::registration_rejected(Some(&format!("{} Sorry.", "We are full.".repeat(10))));
    for language in Language::ALL {
        let text = post::render(&mail, language).text;
        let quoted: Vec<&str> = text.split("\n\n").filter(|paragraph| paragraph.contains("We are full.")).collect();
        assert_eq!(quoted.len(), 1, "{text}");
        assert!(quoted.iter().all(|paragraph| paragraph.lines().all(|line| line.starts_with("    "))), "{text}");
    }
}

#[test]
fn the_lines_of_a_reason_stay_apart() {
    let mail = post::registration_rejected(Some("We are full.\nTry again in May.\n\n--\n<b>Ada</b>"));
    let rendered = post::render(&mail, Language::En);
    assert!(
        rendered.text.contains("\n    We are full.\n    Try again in May.\n    \n    --\n    <b>Ada</b>\n"),
        "{}",
        rendered.text
    );
    assert!(
        rendered
            .html
            .contains(">We are full.<br>Try again in May.<br><br>--<br>&#60;b&#62;Ada&#60;/b&#62;</blockquote>"),
        "{}",
        rendered.html
    );
}

#[test]
fn an_approval_that_an_earlier_release_stored_has_no_reason_and_is_sent() {
    let mut stored = serde_json::to_value(post::registration_approved(None, None)).unwrap();
    stored["facts"].as_object_mut().unwrap().remove("reason").unwrap();
    let stored = serde_json::from_value(stored).unwrap();
    for language in Language::ALL {
        let now = post::render(&post::registration_approved(None, None), language);
        assert_eq!(post::render(&stored, language).text, now.text);
    }
}

#[test]
fn the_signature_has_what_is_known_of_the_business() {
    let full = post::business("Nordlicht Reisen");
    let unknown = Business::named(full.name.clone());
    let long = format!("https://nordlicht.example.com/{}", "a".repeat(80));
    let site = Business { website: WebAddress::parse(&long).ok(), ..unknown.clone() };
    for (business, expected) in [
        (
            full,
            "\n\nNordlicht Reisen\nHafenstraße 12\n20457 Hamburg\nE-mail: service@nordlicht.example.com\n\
             Telephone: +49401234567\nWebsite: https://www.nordlicht.example.com/\n\
             Terms and conditions: https://nordlicht.example.com/agb\n\
             Privacy policy: https://nordlicht.example.com/datenschutz\n",
        ),
        (unknown, "This mail was sent automatically by Nordlicht Reisen.\n"),
        (site, &*format!("\n\nNordlicht Reisen\nWebsite:\n{long}\n")),
    ] {
        let sender = mail::Sender { business, ..post::sender() };
        let text = mail::render(&post::in_language(&post::welcome(None), Language::En), &sender, None).unwrap().text;
        let (_, signature) = text.split_once("\n\n-- \n").unwrap();
        assert!(signature.ends_with(expected), "{text}");
    }
}

#[test]
fn who_is_blocked_reads_whom_to_ask() {
    let full = post::business("Nordlicht Reisen");
    let by_phone = Business { email: None, ..full.clone() };
    let unknown = Business::named(full.name.clone());
    for (business, expected) in [
        (full, "please contact Nordlicht Reisen: service@nordlicht.example.com"),
        (by_phone, "please contact Nordlicht Reisen: +49401234567"),
        (unknown, "please contact Nordlicht Reisen."),
    ] {
        let sender = mail::Sender { business, ..post::sender() };
        let text = mail::render(&post::account_blocked(), &sender, None).unwrap().text;
        let (body, _) = text.split_once("\n\nKind regards").unwrap();
        assert!(body.replace('\n', " ").ends_with(expected), "{text}");
    }
}

#[test]
fn a_company_is_named_unless_its_name_looks_like_advertising() {
    for (name, is_named) in [("Segeltörn & Söhne", true), ("Booking.com B.V.", false), ("Call 0800 5551234", false)] {
        for language in Language::ALL {
            let rendered = post::render(&post::employee_invitation(name, CompanyRole::Member), language);
            assert_eq!(rendered.text.replace('\n', " ").contains(name), is_named, "{}", rendered.text);
        }
    }
}

#[test]
fn what_was_typed_stays_on_its_line() {
    let paragraphs = |text: &str| text.split("\n\n").count();
    let business = Business {
        address: vec![post::text("Hafenstraße 12\u{2028}\u{2028}Call:\u{202e}0123")],
        ..post::business("Nordlicht\u{2028}Bcc: everyone@example.com")
    };
    let sender = mail::Sender { business, ..post::sender() };
    let typed = "Zoë\u{2028}\u{2028}Your account is closed. Call:\u{2029}\u{202e}0123";
    for (mail, expected) in [
        (post::welcome(Some(typed)), post::welcome(Some("Zoë"))),
        (post::registration_rejected(Some(typed)), post::registration_rejected(Some("Zoë"))),
        (post::device_code(Some(typed)), post::device_code(Some("Zoë"))),
        (post::new_registration(typed, Kind::Person), post::new_registration("Zoë", Kind::Person)),
        (
            post::address_changed("z…@example.com\r\n\r\nYour account is closed."),
            post::address_changed("z…@example.com"),
        ),
    ] {
        for language in Language::ALL {
            let rendered = mail::render(&post::in_language(&mail, language), &sender, post::secret(&mail)).unwrap();
            let wanted = paragraphs(&post::render(&expected, language).text);
            assert_eq!(paragraphs(&rendered.text), wanted, "{}", rendered.text);
            for part in [rendered.subject, rendered.text.replace('\n', " "), rendered.html.replace('\n', " ")] {
                assert!(
                    !part.contains(char::is_control) && !part.contains(['\u{2028}', '\u{2029}', '\u{202e}']),
                    "{part:?}"
                );
            }
        }
    }
}

#[test]
fn no_direction_marks_are_left_by_the_sentences() {
    for letter in post::all() {
        for part in [letter.rendered.subject, letter.rendered.text, letter.rendered.html] {
            assert!(!part.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{part:?}");
        }
    }
}

#[test]
fn nobody_is_shouted_at() {
    for letter in post::all() {
        assert!(
            !letter.rendered.subject.contains('!') && !letter.rendered.text.contains('!'),
            "{}",
            letter.rendered.text
        );
    }
}
