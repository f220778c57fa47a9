//! Which language to answer in, from `Accept-Language`
//! ([RFC 9110, section 12.5.4](https://www.rfc-editor.org/rfc/rfc9110#section-12.5.4)).

use values::Language;

/// The language that the header prefers among those spoken here; English if there is none.
pub(crate) fn preferred(accept_language: Option<&str>) -> Language {
    let ranges = accept_language.unwrap_or_default().split(',').filter_map(|range| {
        let (code, parameters) = range.split_once(';').unwrap_or((range, ""));
        let quality = match parameters.trim().strip_prefix("q=") {
            Some(quality) => quality.parse().ok()?,
            None => 1.0_f32,
        };
        Some((Language::from_code(code.trim())?, quality))
    });
    let mut best = (Language::default(), 0.0);
    for (language, quality) in ranges {
        if quality > best.1 {
            best = (language, quality);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_most_wanted_of_those_spoken() {
        for (header, language) in [
            (None, Language::En),
            (Some("de"), Language::De),
            (Some("de-CH,fr;q=0.9"), Language::De),
            (Some("es,fr;q=0.4,de;q=0.6,*;q=0.1"), Language::De),
            (Some("es"), Language::En),
            (Some("fr;q=0"), Language::En),
            (Some("fr;q=nonsense, de;q=0.1"), Language::De),
        ] {
            assert_eq!(preferred(header), language, "{header:?}");
        }
    }
}
