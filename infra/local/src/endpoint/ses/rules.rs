//! What SES refuses about a mail before it looks for whom to send it to.
//!
//! The rules are those of [SendEmail](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html), of the
//! [headers](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html) and
//! [tags](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html) in it, and of
//! [sender names](https://docs.aws.amazon.com/ses/latest/APIReference/API_SendEmail.html). Where AWS leaves open what becomes of a
//! fault (a subject outside ASCII without a character set arrives garbled), it is refused.

use email_address::{EmailAddress, Options};
use serde_json::Value;

/// The most recipients of a mail.
const MOST_RECIPIENTS: usize = 50;

/// The most headers that a request may add.
const MOST_HEADERS: usize = 15;

/// The longest name of a header.
const LONGEST_HEADER_NAME: usize = 126;

/// The longest value of a header.
const LONGEST_HEADER_VALUE: usize = 870;

/// The longest line of a mail without its end ([RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1)).
const LONGEST_LINE: usize = 998;

/// The longest address ([RFC 5321](https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1), and what SES says of a source).
const LONGEST_ADDRESS: usize = 320;

/// The longest name or value of a tag, and the most of them.
const LONGEST_TAG: usize = 256;
const MOST_TAGS: usize = 50;

/// Finds what SES refuses about a request.
///
/// # Errors
/// What SES says.
pub(super) fn check(body: &Value, from: &str, recipients: &[String]) -> Result<(), String> {
    if from.is_empty() || recipients.is_empty() {
        return Err("a sender and a recipient are needed".to_owned());
    }
    if recipients.len() > MOST_RECIPIENTS {
        return Err(format!("Recipient count exceeds {MOST_RECIPIENTS}"));
    }
    mailbox("FromEmailAddress", from)?;
    recipients.iter().try_for_each(|recipient| mailbox("ToAddresses", recipient))?;
    let reply_to = body["ReplyToAddresses"].as_array().into_iter().flatten().filter_map(Value::as_str);
    reply_to.into_iter().try_for_each(|address| mailbox("ReplyToAddresses", address))?;
    let content = &body["Content"]["Simple"];
    text("Subject", &content["Subject"])?;
    text("Body.Text", &content["Body"]["Text"])?;
    text("Body.Html", &content["Body"]["Html"])?;
    if content["Subject"]["Data"].as_str().is_some_and(|subject| subject.contains(['\r', '\n'])) {
        return Err("Subject must be one line".to_owned());
    }
    if content["Subject"]["Data"].as_str().is_some_and(|subject| subject.len() > LONGEST_LINE) {
        return Err(format!("Subject is longer than {LONGEST_LINE} bytes"));
    }
    headers(&content["Headers"])?;
    tags(&body["EmailTags"])
}

/// A mailbox: an address, or a display name and an address in angle brackets.
fn mailbox(field: &str, mailbox: &str) -> Result<(), String> {
    let (name, address) = match mailbox.rsplit_once('<') {
        Some((name, address)) => (name.trim(), address.strip_suffix('>').unwrap_or(address)),
        None => ("", mailbox),
    };
    if !name.is_ascii() {
        return Err(format!("{field}: the display name {name} must be encoded as RFC 2047 has it"));
    }
    if !is_phrase(name) {
        return Err(format!("{field}: the display name {name} must be quoted"));
    }
    let plain = address.is_ascii() && address.len() <= LONGEST_ADDRESS;
    let strict = Options::default().without_display_text().without_domain_literal().with_required_tld();
    if plain && EmailAddress::parse_with_options(address, strict).is_ok() {
        return Ok(());
    }
    Err(format!("{field}: {address} is not an address with a domain such as name@example.com"))
}

/// Whether this is a phrase of [RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-3.2.5): a quoted text, or words of which
/// none has characters that mean something in an address.
fn is_phrase(name: &str) -> bool {
    let Some(quoted) = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')) else {
        return !name.contains(['(', ')', '<', '>', '[', ']', ':', ';', '@', '\\', ',', '"'])
            && !name.contains(|character: char| character.is_ascii_control());
    };
    let mut escaped = false;
    for character in quoted.chars() {
        match character {
            _ if character.is_ascii_control() => return false,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return false,
            _ => {}
        }
    }
    !escaped
}

/// A text of the mail. Without a character set it is ASCII.
fn text(field: &str, content: &Value) -> Result<(), String> {
    let data = content["Data"].as_str().unwrap_or_default();
    if data.is_ascii() || content["Charset"].is_string() {
        return Ok(());
    }
    Err(format!("{field} has characters outside ASCII and no Charset"))
}

fn headers(headers: &Value) -> Result<(), String> {
    let headers = headers.as_array().map(Vec::as_slice).unwrap_or_default();
    if headers.len() > MOST_HEADERS {
        return Err(format!("Headers has more than {MOST_HEADERS} entries"));
    }
    for header in headers {
        let part = |part: &str| header[part].as_str().unwrap_or_default();
        let (name, value) = (part("Name"), part("Value"));
        let is_name = |character: char| character.is_ascii_graphic() && character != ':';
        if name.is_empty() || name.len() > LONGEST_HEADER_NAME || !name.chars().all(is_name) {
            return Err(format!("the header {name} is not called as a header can be"));
        }
        let is_value = |character: char| character == ' ' || character.is_ascii_graphic();
        if value.is_empty() || value.len() > LONGEST_HEADER_VALUE || !value.chars().all(is_value) {
            return Err(format!("the header {name} must have 1 to {LONGEST_HEADER_VALUE} printable ASCII characters"));
        }
    }
    Ok(())
}

fn tags(tags: &Value) -> Result<(), String> {
    let tags = tags.as_array().map(Vec::as_slice).unwrap_or_default();
    if tags.len() > MOST_TAGS {
        return Err(format!("EmailTags has more than {MOST_TAGS} entries"));
    }
    let is_tag = |text: &str| {
        let characters = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '-';
        !text.is_empty() && text.len() <= LONGEST_TAG && text.chars().all(characters)
    };
    let wrong = tags.iter().find(|tag| ["Name", "Value"].iter().any(|part| !tag[part].as_str().is_some_and(is_tag)));
    wrong.map_or(Ok(()), |tag| Err(format!("the tag {tag} has other characters than letters, digits, _ and -")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn request() -> Value {
        json!({
            "Content": {"Simple": {
                "Subject": {"Data": "Welcome", "Charset": "UTF-8"},
                "Body": {"Text": {"Data": "Hello"}, "Html": {"Data": "<p>Hello</p>"}},
                "Headers": [{"Name": "Auto-Submitted", "Value": "auto-generated"}],
            }},
            "EmailTags": [{"Name": "message", "Value": "msg_1"}],
        })
    }

    fn from(sender: &str) -> Result<(), String> {
        check(&request(), sender, &["ada@example.com".to_owned()])
    }

    #[test]
    fn sender_names_are_ascii_quoted_or_encoded() {
        for sender in [
            "clientele@example.com",
            "Clientele <clientele@example.com>",
            "\"Smith, Jones & Co.\" <clientele@example.com>",
            "\"The \\\"Shop\\\"\" <clientele@example.com>",
            "=?utf-8?B?TcO8bGxlcg==?= <clientele@example.com>",
        ] {
            assert_eq!(from(sender), Ok(()), "{sender}");
        }
        let error = from("\"Müller\" <clientele@example.com>").unwrap_err();
        assert_eq!(error, "FromEmailAddress: the display name \"Müller\" must be encoded as RFC 2047 has it");
        for sender in ["Smith, Jones <a@example.com>", "\"Shop <a@example.com>", "\"a\" b\" <a@example.com>"] {
            assert!(from(sender).unwrap_err().contains("must be quoted"), "{sender}");
        }
    }

    #[test]
    fn addresses_are_ascii_and_have_a_domain_with_a_dot() {
        for address in [
            "a@localhost",
            "a@",
            "@example.com",
            "a@[127.0.0.1]",
            "ü@example.com",
            "a@bücher.example",
            "a b@example.com",
        ] {
            assert!(from(address).unwrap_err().contains("is not an address"), "{address}");
            let error = check(&request(), "clientele@example.com", &[address.to_owned()]).unwrap_err();
            assert!(error.starts_with("ToAddresses: "), "{error}");
        }
        let many = vec!["ada@example.com".to_owned(); 51];
        assert_eq!(check(&request(), "clientele@example.com", &many).unwrap_err(), "Recipient count exceeds 50");
    }

    #[test]
    fn texts_headers_and_tags_are_held_to_their_limits() {
        let changed = |pointer: &str, value: Value| {
            let mut request = request();
            *request.pointer_mut(pointer).unwrap() = value;
            check(&request, "clientele@example.com", &["ada@example.com".to_owned()])
        };
        let header = |name: &str, value: &str| json!([{"Name": name, "Value": value}]);
        for (pointer, value, expected) in [
            ("/Content/Simple/Subject", json!({"Data": "Grüße"}), "no Charset"),
            ("/Content/Simple/Subject/Data", json!("x".repeat(999)), "longer than 998"),
            ("/Content/Simple/Subject/Data", json!("Hello\r\nBcc: eve@example.com"), "one line"),
            ("/Content/Simple/Body/Text", json!({"Data": "Grüße"}), "no Charset"),
            ("/Content/Simple/Headers", header("X-Note", &"x".repeat(871)), "1 to 870"),
            ("/Content/Simple/Headers", header("X-Note", "Grüße"), "1 to 870"),
            ("/Content/Simple/Headers", header("X Note", "x"), "not called"),
            ("/Content/Simple/Headers", header(&"X".repeat(127), "x"), "not called"),
            ("/EmailTags", json!([{"Name": "message", "Value": "a b"}]), "other characters"),
        ] {
            assert!(changed(pointer, value.clone()).unwrap_err().contains(expected), "{pointer} {value}");
        }
        assert_eq!(changed("/Content/Simple/Subject/Data", json!("Grüße")), Ok(()));
    }
}
