//! Subjects and text parts.

use domain_customers::Kind;
use domain_registration::mails::ConfirmationEffect;
use domain_settings::Business;
use values::Language;

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
        let page = match letter.message.template.as_str() {
            "confirm-address" | "confirm-registration" => Some("confirm"),
            "password-reset" => Some("reset-password"),
            "confirm-new-address" => Some("account/confirm-address"),
            "employee-invitation" => Some("join"),
            "staff-invitation" => Some("staff/accept-invitation"),
            _ => None,
        };
        let expected = page.map(|page| format!("https://clientele.example.com/{page}?token={}", post::TOKEN));
        let links = letter.rendered.text.lines().filter(|line| line.contains("://"));
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
fn the_signature_has_the_postal_address_if_there_is_one() {
    let homeless = Business { address: Vec::new(), ..post::business("Nordlicht Reisen") };
    for (business, expected) in [
        (post::business("Nordlicht Reisen"), "\n\nNordlicht Reisen\nHafenstraße 12\n20457 Hamburg\n"),
        (homeless, "This mail was sent automatically by Nordlicht Reisen.\n"),
    ] {
        let sender = mail::Sender { business, ..post::sender() };
        let text = mail::render(&post::in_language(&post::welcome(None), Language::En), &sender, None).unwrap().text;
        let (_, signature) = text.split_once("\n\n-- \n").unwrap();
        assert!(signature.ends_with(expected), "{text}");
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
