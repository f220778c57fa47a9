//! Lists of common passwords, of which none may be chosen.

use identity::Password;

/// Those of at least eight characters among the 10,000 most common of the
/// [ten million passwords of Mark Burnett](https://xato.net/today-i-am-releasing-ten-million-passwords-b6278bbe7495), as zxcvbn ships
/// them. Their words are among those that passwords are searched for.
const BURNETT: &str = include_str!("lists/burnett.txt");

/// Those of at least eight characters in Openwall's
/// [password list](https://www.openwall.com/passwords/wordlists/), as John the Ripper ships it. Of its words only `winniethepooh` had to be added to
/// those.
const OPENWALL: &str = include_str!("lists/openwall.txt");

fn accepted(list: impl Iterator<Item = String>) -> Vec<String> {
    list.filter(|password| Password::choose(password.clone(), &[]).is_ok()).collect()
}

#[test]
fn none_of_a_common_list_is_accepted() {
    for list in [BURNETT, OPENWALL] {
        assert!(list.lines().count() > 500);
        assert_eq!(accepted(list.lines().map(str::to_owned)), [""; 0]);
    }
}

#[test]
fn nor_is_one_with_the_usual_decoration() {
    let capital = |word: &str| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
    let decorated = BURNETT.lines().take(100).flat_map(|word| {
        let capital = capital(word);
        [
            format!("{capital}1"),
            format!("{capital}123!"),
            format!("{word}2024"),
            format!("{word}!!"),
            format!("1{word}"),
            capital.replace('a', "@").replace('o', "0").replace('e', "3"),
            format!("{word}{word}"),
        ]
    });
    assert_eq!(accepted(decorated), [""; 0]);
}
