//! How soon a password is found by somebody who tries the likely ones first.
//!
//! A password is taken apart into words, patterns and single characters. Each piece takes a number of guesses, the password as many
//! as the product of its pieces, and of all ways to take it apart the one with the fewest guesses counts. That is the method of
//! [zxcvbn](https://www.usenix.org/conference/usenixsecurity16/technical-sessions/presentation/wheeler).
//!
//! The crate of that name knows more words, and makes an artifact 2.4 MB larger, where all of them have to stay under 7; this
//! adds 0.1 MB. Instead of more lists it takes any run of letters that could be a word for one. Held beside each other at 10⁸
//! guesses: of 18,000 names and words with a capital, a year or a digit, 2 % pass here and none there, all of them long; of lists of
//! common passwords with the usual decorations none passes here and some do there; of random passwords of twelve letters and
//! digits two in a thousand are refused here and none there. Tests hold it against two lists of common passwords.

/// 10⁸ guesses: out of reach for whoever tries passwords on a login that is limited, and three weeks of a processor for whoever has
/// stolen the hash.
const ENOUGH: f32 = 8.0;

/// Words in lower case, the most common first: the
/// [20,000 most common passwords that Royce Williams counted](https://gist.github.com/roycewilliams/226886fd01572964e1431ac8afc999ce),
/// as Django ships them; the 10,000 most common of the
/// [ten million of Mark Burnett](https://xato.net/today-i-am-releasing-ten-million-passwords-b6278bbe7495), as zxcvbn ships them; of both
/// those of at least four characters; and names of months, days, seasons, cities and the like in English, German and French. Left out is
/// what shorter words and patterns already give away, such as `password1`.
const WORDS: &str = include_str!("../data/common-words.txt");

/// Shorter words of names and addresses are in many passwords by chance.
const SHORTEST_PERSONAL_WORD: usize = 3;

const SHORTEST_PATTERN: usize = 3;

/// The letters of a word that is on no list, but in a dictionary. Longer runs of letters are several words.
const LETTERS_OF_A_WORD: std::ops::RangeInclusive<usize> = 7..=12;

/// A dictionary of 50,000 words.
const ANY_WORD: f32 = 4.7;

/// Keys in a row, in a column or up and down, on American, German and French keyboards, and what else is known by heart.
const ROWS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qwertzuiopü",
    "asdfghjklöä",
    "yxcvbnm",
    "azertyuiop",
    "qsdfghjklm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "147258369",
    "!@#$%^&*()",
    "!\"§$%&/()=",
];

/// Why a password would soon be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// Most of it is common words.
    Common,
    /// Most of it belongs to its owner.
    Personal,
    /// Most of it is repetitions, sequences, keys in a row or dates.
    Pattern,
    /// Nothing of it is known, but there is too little of it.
    Short,
}

/// A part of a password, with the decimal logarithm of the guesses that it takes.
#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    guesses: f32,
    weakness: Weakness,
}

/// Why the password would soon be found, if it would. Whoever guesses knows the `personal` words.
pub(crate) fn weakness(password: &str, personal: &[&str]) -> Option<Weakness> {
    let as_typed: Vec<char> = password.chars().collect();
    let typed: Vec<char> = as_typed.iter().map(|character| lower_case(*character)).collect();
    let mut pieces = Vec::new();
    find_unknown(&as_typed, &mut pieces);
    let personal = personal.join(" ").to_lowercase();
    let personal = personal.split(|character: char| !character.is_alphanumeric());
    for word in personal.filter(|word| word.chars().count() >= SHORTEST_PERSONAL_WORD) {
        find_word(word, 1.0, Weakness::Personal, &typed, &mut pieces);
    }
    let known = Known::of(&typed);
    for (rank, word) in (1_u16..).zip(WORDS.lines()) {
        if known.may_have(word) {
            find_word(word, f32::from(rank).log10(), Weakness::Common, &typed, &mut pieces);
        }
    }
    find_patterns(&typed, &mut pieces);
    let cheapest = cheapest(typed.len(), &pieces);
    let guesses: f32 = cheapest.iter().map(|piece| piece.guesses).sum();
    (guesses < ENOUGH).then(|| reason(&cheapest))
}

/// One character, so that places stay what they are.
fn lower_case(character: char) -> char {
    character.to_lowercase().next().unwrap_or(character)
}

/// Notes single characters, and runs of letters that are as long as a word and written like one: all in one case, or with a capital.
/// Scripts without cases write words without gaps, and are not looked at.
fn find_unknown(as_typed: &[char], pieces: &mut Vec<Piece>) {
    let has_case = |character: char| character.is_lowercase() || character.is_uppercase();
    let mut start = 0;
    for run in as_typed.chunk_by(|one, next| has_case(*one) == has_case(*next)) {
        let is_capital = |at: usize| at > 0 && run[at].is_uppercase() && run[at - 1].is_lowercase();
        for (at, character) in run.iter().enumerate() {
            // A capital after a small letter tells of chance, or of a further word.
            let guesses = if is_capital(at) { 1.5 } else { alone(lower_case(*character)) };
            pieces.push(Piece { start: start + at, end: start + at + 1, guesses, weakness: Weakness::Short });
        }
        let is_word =
            run[1..].iter().all(|letter| letter.is_lowercase()) || run.iter().all(|letter| letter.is_uppercase());
        let end = start + run.len();
        if has_case(run[0]) && is_word && LETTERS_OF_A_WORD.contains(&run.len()) {
            pieces.push(Piece { start, end, guesses: ANY_WORD, weakness: Weakness::Short });
        }
        start = end;
    }
}

/// What a character takes of which nothing is known. Letters are mostly parts of words that are on no list.
fn alone(character: char) -> f32 {
    match character {
        'a'..='z' => 0.75,
        // The signs that sentences have.
        ' ' | '!' | '?' | '.' | ',' | '-' => 1.0,
        _ if character.is_alphanumeric() => 1.0,
        _ => 1.5,
    }
}

/// The bytes that a word can have to be in a password. Beyond ASCII, any.
struct Known([bool; 256]);

impl Known {
    fn of(typed: &[char]) -> Self {
        let has = |meant: char| typed.iter().any(|typed| *typed == meant || stands_for(*typed, meant));
        Self(std::array::from_fn(|code| code > 127 || u8::try_from(code).is_ok_and(|code| has(char::from(code)))))
    }

    fn may_have(&self, word: &str) -> bool {
        word.bytes().all(|byte| self.0[usize::from(byte)])
    }
}

/// Notes wherever the word is, also where digits and signs stand for its letters.
fn find_word(word: &str, guesses: f32, weakness: Weakness, typed: &[char], pieces: &mut Vec<Piece>) {
    let word: Vec<char> = word.chars().collect();
    for (start, window) in typed.windows(word.len()).enumerate() {
        let matches = |(typed, meant): (&char, &char)| typed == meant || stands_for(*typed, *meant);
        if window.iter().zip(&word).all(matches) {
            // Twice as many guesses, or three times, for letters that something else stands for.
            let guesses = if window == word { guesses } else { guesses + 0.5 };
            pieces.push(Piece { start, end: start + word.len(), guesses, weakness });
        }
    }
}

fn stands_for(typed: char, meant: char) -> bool {
    match typed {
        '4' | '@' => meant == 'a',
        '8' => meant == 'b',
        '3' | '€' => meant == 'e',
        '6' | '9' => meant == 'g',
        '1' | '!' | '|' => matches!(meant, 'i' | 'l'),
        '0' => meant == 'o',
        '5' | '$' => meant == 's',
        '7' | '+' => meant == 't',
        '2' => meant == 'z',
        _ => false,
    }
}

fn find_patterns(typed: &[char], pieces: &mut Vec<Piece>) {
    let mut note = |start, end, guesses| pieces.push(Piece { start, end, guesses, weakness: Weakness::Pattern });
    for start in 0..typed.len() {
        let rest = &typed[start..];
        let run = ROWS.iter().map(|row| run_length(rest, row)).max().unwrap_or_default();
        if run >= SHORTEST_PATTERN {
            // About a hundred keys and directions to begin with.
            note(start, start + run, 2.0);
        }
        for length in SHORTEST_PATTERN..=rest.len() {
            let part = &rest[..length];
            if let Some(block) = repeated_block(part) {
                let block_guesses = date(block).unwrap_or_else(|| block.iter().copied().map(alone).sum());
                note(start, start + length, block_guesses + (length as f32 / block.len() as f32).log10());
            }
            if let Some(guesses) = date(part) {
                note(start, start + length, guesses);
            }
        }
    }
}

/// How many characters from the first on follow one another in a row, to the right or to the left.
fn run_length(typed: &[char], row: &str) -> usize {
    let row: Vec<char> = row.chars().collect();
    let run = |at: usize| {
        let right = row[at..].iter();
        let left = row[..=at].iter().rev();
        let right = right.zip(typed).take_while(|(key, typed)| key == typed).count();
        right.max(left.zip(typed).take_while(|(key, typed)| key == typed).count())
    };
    (0..row.len()).map(run).max().unwrap_or_default()
}

/// The shortest block of which the part is made, if it is there at least twice.
fn repeated_block(part: &[char]) -> Option<&[char]> {
    let lengths = (1..=part.len() / 2).filter(|length| part.len().is_multiple_of(*length));
    lengths.map(|length| &part[..length]).find(|block| part.chunks(block.len()).all(|chunk| chunk == *block))
}

/// What a date takes: a year of the last or this century, a day, or both.
fn date(part: &[char]) -> Option<f32> {
    let (Some(first), Some(last)) = (part.first(), part.last()) else { return None };
    let is_separator = |character: &char| matches!(character, '.' | '-' | '/' | ' ');
    if part.len() > "31.12.1999".len() || is_separator(first) || is_separator(last) {
        return None;
    }
    let digits: Option<Vec<u32>> =
        part.iter().filter(|character| !is_separator(character)).map(|character| character.to_digit(10)).collect();
    match digits?.as_slice() {
        year @ [_, _, _, _] if is_year(year) => Some(2.0),
        day @ [_, _, _, _] if is_day(day) => Some(2.5),
        [day @ .., _, _] | [_, _, day @ ..] if day.len() == 4 && is_day(day) => Some(4.5),
        date if date.len() == 8 => {
            let (left, right) = date.split_at(4);
            let is_date = is_day(left) && is_year(right) || is_year(left) && is_day(right);
            is_date.then_some(4.5)
        }
        _ => None,
    }
}

fn is_year(digits: &[u32]) -> bool {
    matches!(digits, [1, 9, ..] | [2, 0, ..])
}

/// Whether it is a day and a month, in either order.
fn is_day(digits: &[u32]) -> bool {
    let [first, second, third, fourth] = *digits else { return false };
    let (left, right) = (first * 10 + second, third * 10 + fourth);
    let fits = |day, month| (1..=31).contains(&day) && (1..=12).contains(&month);
    fits(left, right) || fits(right, left)
}

/// The pieces from the first character to the last that take the fewest guesses.
fn cheapest(length: usize, pieces: &[Piece]) -> Vec<Piece> {
    let mut by_end: Vec<Vec<Piece>> = vec![Vec::new(); length + 1];
    for piece in pieces {
        by_end[piece.end].push(*piece);
    }
    // For each place, the guesses up to it and the piece that ends there.
    let mut best: Vec<(f32, Option<Piece>)> = vec![(0.0, None)];
    for ending in &by_end[1..] {
        let sums = ending.iter().map(|piece| (best[piece.start].0 + piece.guesses, Some(*piece)));
        best.push(sums.min_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or_default());
    }
    let last = best[length].1;
    std::iter::successors(last, |piece| best[piece.start].1).collect()
}

/// What most of the password is, apart from characters of which nothing is known.
fn reason(pieces: &[Piece]) -> Weakness {
    let characters = |weakness| -> usize {
        pieces.iter().filter(|piece| piece.weakness == weakness).map(|piece| piece.end - piece.start).sum()
    };
    [Weakness::Pattern, Weakness::Common, Weakness::Personal]
        .into_iter()
        .filter(|weakness| characters(*weakness) > 0)
        .max_by_key(|weakness| characters(*weakness))
        .unwrap_or(Weakness::Short)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PERSONAL: &[&str] = &["Ada Lovelace", "ada@analytical.example", "Nordlicht Reisen"];

    #[test]
    fn says_what_is_weak() {
        for (password, expected) in [
            ("Password123!", Weakness::Common),
            ("Summer2024!", Weakness::Common),
            ("Welcome1!", Weakness::Common),
            ("P@ssw0rd2023", Weakness::Common),
            ("iloveyouiloveyou", Weakness::Common),
            ("elephantgiraffe", Weakness::Common),
            ("Passwort123!", Weakness::Common),
            ("Frühling2025!", Weakness::Common),
            ("Willkommen1!", Weakness::Common),
            ("Bienvenue2024!", Weakness::Common),
            ("Février2025", Weakness::Common),
            ("Motdepasse1!", Weakness::Common),
            ("adalovelace", Weakness::Personal),
            ("Lovelace-123", Weakness::Personal),
            ("4n4lyt1c4l!!", Weakness::Personal),
            ("Nordlicht1", Weakness::Personal),
            ("NordlichtReisen2024!", Weakness::Personal),
            ("aaaaaaaaaaaaaaaaaaaa", Weakness::Pattern),
            ("        ", Weakness::Pattern),
            ("x7qx7qx7qx7qx7q", Weakness::Pattern),
            ("abcdefghijklmnop", Weakness::Pattern),
            ("lkjhgfdsapoiuytrewq", Weakness::Pattern),
            ("12.03.1985", Weakness::Pattern),
            ("1985-03-12", Weakness::Pattern),
            ("zkvjhwpf", Weakness::Short),
            ("Government2024!", Weakness::Short),
            ("Umspannwerk1!", Weakness::Short),
        ] {
            assert_eq!(weakness(password, PERSONAL), Some(expected), "{password}");
        }
    }

    #[test]
    fn lets_good_ones_pass() {
        for password in [
            "correct horse battery",
            "lovelace wrote notes",
            "staple battery horse",
            "yet another password",
            "密码是一只蓝色的鲸",
            "kT9#vQ2p!",
            "tr0ub4dor&3x",
            "Der Wal singt nachts",
            "la lune est un fromage",
            "пять зелёных собак",
            "b5f0c2e9a713",
        ] {
            assert_eq!(weakness(password, PERSONAL), None, "{password}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn more_of_what_nobody_knows_is_enough(password in "([a-z]{1,3}[0-9]{1,2}){6}") {
            prop_assert_eq!(weakness(&password, PERSONAL), None);
        }

        #[test]
        fn anything_can_be_judged(password in r"\PC{0,128}|[a-z0-9 ]{0,128}|(ab|1|é){0,60}") {
            let is_one_word = password.to_lowercase().chars().all(char::is_alphanumeric) && !password.contains('İ');
            let known = weakness(&password, &[&password]);
            prop_assert!(known.is_some() || !is_one_word || password.chars().count() < SHORTEST_PERSONAL_WORD);
        }
    }
}
