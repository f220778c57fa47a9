//! HTML parts.

use domain::Language;

use crate::post;

#[test]
fn is_laid_out_as_written_down() {
    insta::assert_snapshot!(post::render(&post::confirm_address(), Language::De).html);
}

#[test]
fn every_element_is_closed_in_order() {
    for (_, _, rendered) in post::all() {
        let body = rendered.html.split("</style>").nth(1).unwrap();
        let mut open = vec!["html", "head"];
        for tag in body.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
            let name = tag.split_whitespace().next().unwrap();
            match name.strip_prefix('/') {
                Some(closed) => assert_eq!(open.pop(), Some(closed), "{}", rendered.html),
                None if name == "br" => {}
                None => open.push(name),
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn suits_screen_readers_and_inboxes() {
    for (_, language, rendered) in post::all() {
        let html = &rendered.html;
        assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{}\" dir=\"ltr\">", language.code())));
        assert_eq!(html.matches("<table").count(), html.matches("<table role=\"presentation\"").count());
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("content=\"light dark\"") && html.contains("prefers-color-scheme: dark"));
        assert!(html.contains(&format!("<title>{}</title>", rendered.subject.replace('\'', "&#39;"))));
    }
}

#[test]
fn a_link_is_a_button_and_an_address() {
    for (mail, _, rendered) in post::all() {
        let expected = if mail.link().is_some() { (2, 3) } else { (0, 0) };
        assert_eq!((rendered.html.matches("<a ").count(), rendered.html.matches("://").count()), expected);
        assert_eq!(rendered.html.matches(post::TOKEN).count(), expected.1);
    }
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    for (_, _, rendered) in post::all() {
        for loading in ["src=", "url(", "<link", "<script", "@import"] {
            assert!(!rendered.html.contains(loading), "{loading}");
        }
    }
}

#[test]
fn what_was_typed_is_escaped() {
    let sender = mail::Sender { business_name: "Salt & <b>Pepper</b>".to_owned(), ..post::sender() };
    let mail = post::welcome("<img src=x onerror=\"alert('hi')\"> { $business }");
    for language in Language::ALL {
        let rendered = mail::render(&mail, language, &sender, None).unwrap();
        assert!(rendered.html.contains("&#60;img src=x onerror=&#34;alert(&#39;hi&#39;)&#34;&#62; { $business }"));
        assert!(rendered.html.contains("Salt &#38; &#60;b&#62;Pepper&#60;/b&#62;"));
        assert!(!rendered.html.contains("<img") && !rendered.html.contains("<b>"));
        assert!(rendered.text.contains("<img src=x onerror=\"alert('hi')\"> { $business }"), "{}", rendered.text);
        assert!(rendered.subject.contains("Salt & <b>Pepper</b>"));
    }
}
