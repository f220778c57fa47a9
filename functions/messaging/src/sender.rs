//! The sender of a mail, as SES wants it written: [in ASCII](https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html).

use mail_builder::headers::Header;
use mail_builder::headers::address::Address;

/// An address with a display name ([RFC 5322](https://www.rfc-editor.org/rfc/rfc5322#section-3.4)), on one line. A name that is not
/// ASCII becomes encoded words ([RFC 2047](https://www.rfc-editor.org/rfc/rfc2047)).
pub(crate) fn sender(name: &str, address: &str) -> String {
    let mut header = Vec::new();
    Address::new_address(Some(name), address).write_header(&mut header, 0);
    String::from_utf8_lossy(&header).replace("\r\n", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_names_are_quoted_and_others_are_encoded_words() {
        assert_eq!(sender("Clientele", "a@example.com"), "\"Clientele\" <a@example.com>");
        assert_eq!(sender("Smith, \"Jones\" & Co.", "a@example.com"), "\"Smith, \\\"Jones\\\" & Co.\" <a@example.com>");
        assert_eq!(sender("Müller", "a@example.com"), "=?utf-8?Q?M=C3=BCller?= <a@example.com>");
        assert_eq!(sender("北京茶馆", "a@example.com"), "=?utf-8?B?5YyX5Lqs6Iy26aaG?= <a@example.com>");
    }

    #[test]
    fn long_names_become_several_words_of_at_most_75_characters_on_one_line() {
        for name in ["ä".repeat(100), "茶".repeat(100), "Tea & more ".repeat(9)] {
            let sender = sender(&name, "a@example.com");
            assert!(sender.is_ascii() && !sender.contains(['\r', '\n']), "{sender}");
            let (name, address) = sender.rsplit_once(' ').unwrap();
            assert_eq!(address, "<a@example.com>");
            assert!(name.starts_with('"') || name.split(' ').all(|word| word.len() <= 75), "{name}");
        }
    }
}
