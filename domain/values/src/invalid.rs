//! Why a value was not accepted.

/// Why a value was not accepted. The code is stable and part of the API; the sentence that people read is made from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Invalid {
    /// Nothing was given.
    #[error("is required")]
    Required,
    /// Fewer characters than needed.
    #[error("must have at least {0} characters")]
    TooShort(usize),
    /// More characters than allowed.
    #[error("must have at most {0} characters")]
    TooLong(usize),
    /// Line breaks and other control characters.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// Not an e-mail address that mail can be sent to.
    #[error("must be an e-mail address such as name@example.com")]
    EmailAddress,
    /// Not a telephone number in international format.
    #[error("must be a telephone number in international format such as +49 30 1234567")]
    PhoneNumber,
    /// Not an `https` address.
    #[error("must be an address that begins with https://")]
    WebAddress,
    /// More entries than allowed.
    #[error("must have at most {0} entries")]
    TooMany(usize),
    /// Among the passwords that are tried first.
    #[error("is one of the most common passwords")]
    CommonPassword,
    /// A password that is close to the name or the address.
    #[error("must not be made of your name or address")]
    PersonalPassword,
    /// Only for companies.
    #[error("is only for companies")]
    OnlyForCompanies,
    /// Only for customers.
    #[error("is only for customers")]
    OnlyForCustomers,
    /// What it is already.
    #[error("is the one you have")]
    Unchanged,
    /// Of another type or form than expected, in the parser's own words.
    #[error("{0}")]
    Malformed(String),
    /// An id, cursor or token that was not made here.
    #[error("is not one that was made here")]
    Unknown,
    /// A number outside its range.
    #[error("must be between {0} and {1}")]
    OutOfRange(u32, u32),
}

impl Invalid {
    /// The stable code, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort(_) => "too-short",
            Self::TooLong(_) => "too-long",
            Self::ControlCharacter => "control-character",
            Self::EmailAddress => "not-an-email-address",
            Self::PhoneNumber => "not-a-phone-number",
            Self::WebAddress => "not-a-web-address",
            Self::TooMany(_) => "too-many",
            Self::CommonPassword => "common-password",
            Self::PersonalPassword => "personal-password",
            Self::OnlyForCompanies => "only-for-companies",
            Self::OnlyForCustomers => "only-for-customers",
            Self::Unchanged => "unchanged",
            Self::Malformed(_) => "malformed",
            Self::Unknown => "unknown",
            Self::OutOfRange(..) => "out-of-range",
        }
    }
}
