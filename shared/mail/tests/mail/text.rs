//! Subjects and text parts.

use domain::Language;

use crate::post;

#[test]
fn reads_as_written_down() {
    for (mail, language, rendered) in post::all() {
        let name = format!("{}-{}", mail.template(), language.code());
        insta::assert_snapshot!(name, format!("Subject: {}\n\n{}", rendered.subject, rendered.text));
    }
}

#[test]
fn a_link_stands_on_a_line_of_its_own() {
    let links = |rendered: &mail::Rendered| -> Vec<String> {
        rendered.text.lines().filter(|line| line.contains("://")).map(str::to_owned).collect()
    };
    for (mail, _, rendered) in post::all() {
        let expected = match mail.template() {
            "confirm-address" => vec![format!("https://clientele.example.com/confirm?token={}", post::TOKEN)],
            "staff-invitation" => {
                vec![format!("https://clientele.example.com/staff/accept-invitation?token={}", post::TOKEN)]
            }
            _ => vec![],
        };
        assert_eq!(links(&rendered), expected);
    }
}

#[test]
fn a_public_url_may_do_without_its_slash_and_a_long_link_stays_whole() {
    let sender = mail::Sender { public_url: "https://clientele.example.com".to_owned(), ..post::sender() };
    let token = "t".repeat(400);
    let rendered = mail::render(&post::confirm_address(), Language::En, &sender, Some(&token)).unwrap();
    let link = format!("https://clientele.example.com/confirm?token={token}");
    assert!(rendered.text.lines().any(|line| line == link), "{}", rendered.text);
}

#[test]
fn prose_fits_the_width_of_a_mail() {
    let long = post::welcome("Maria Magdalena Theodora Wilhelmina von und zu Hohenlohe-Waldenburg-Schillingsfürst");
    let greeted = Language::ALL.map(|language| post::render(&long, language).text);
    for text in post::all().map(|(_, _, rendered)| rendered.text).chain(greeted) {
        for line in text.lines().filter(|line| !line.starts_with("https://")) {
            assert!(line.chars().count() <= 78, "{line}");
        }
    }
}

#[test]
fn what_was_typed_stays_on_its_line() {
    let sender = mail::Sender { business_name: "Nordlicht\r\nBcc: everyone@example.com".to_owned(), ..post::sender() };
    let mail = post::welcome("Zoë\n\nYour account is closed. Call:\u{2028}\u{202e}0123\u{85}");
    for language in Language::ALL {
        let paragraphs = |text: &str| text.split("\n\n").count();
        let expected = post::render(&post::welcome("Zoë"), language).text;
        let rendered = mail::render(&mail, language, &sender, None).unwrap();
        assert!(!rendered.subject.contains(char::is_control), "{:?}", rendered.subject);
        assert_eq!(paragraphs(&rendered.text), paragraphs(&expected), "{}", rendered.text);
        assert!(rendered.text.lines().next().is_some_and(|line| line.contains("Zoë  Your account is closed.")));
        assert!(!rendered.text.contains(['\r', '\u{2028}', '\u{202e}', '\u{85}']));
    }
}

#[test]
fn no_direction_marks_are_left_by_the_sentences() {
    for (_, _, rendered) in post::all() {
        for part in [rendered.subject, rendered.text, rendered.html] {
            assert!(!part.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']), "{part:?}");
        }
    }
}
