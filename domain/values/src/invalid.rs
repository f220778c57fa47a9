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
    /// Blanks and invisible characters, and nothing else.
    #[error("must have visible characters")]
    Invisible,
    /// Control characters, and those that turn the direction of reading.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// Not an e-mail address that mail can be sent to.
    #[error("must be an e-mail address such as name@example.com")]
    EmailAddress,
    /// Not a telephone number in international format.
    #[error("must be a telephone number in international format such as +49 30 1234567")]
    PhoneNumber,
    /// Not a VAT number of a country that is known, or with a wrong check digit.
    #[error("must be a VAT number with its country code such as DE136695976")]
    VatNumber,
    /// Not the number of an entry in a register of companies.
    #[error("must be a registration number such as HRB 12345")]
    RegistrationNumber,
    /// Not an `https` address.
    #[error("must be an address that begins with https://")]
    WebAddress,
    /// Not a colour.
    #[error("must be a colour such as #1f58c7")]
    Color,
    /// Not the name of a role.
    #[error("must be lower-case words joined by hyphens")]
    RoleName,
    /// More entries than allowed.
    #[error("must have at most {0} entries")]
    TooMany(usize),
    /// A password that is guessed early, because it is common or little more than common words.
    #[error("is a common password, or made of common words")]
    CommonPassword,
    /// A password that is guessed early once its owner or the business is known.
    #[error("must not be made of your name, your address or the name of the business")]
    PersonalPassword,
    /// A password that is guessed early, because it follows a pattern.
    #[error("is made of repetitions, sequences, keys in a row or dates")]
    PredictablePassword,
    /// A password that is guessed early, because there is too little of it.
    #[error("is too short for what it is made of")]
    SimplePassword,
    /// Only for companies.
    #[error("is only for companies")]
    OnlyForCompanies,
    /// Only for customers.
    #[error("is only for customers")]
    OnlyForCustomers,
    /// What it is already.
    #[error("is the one you have")]
    Unchanged,
    /// A password that is not the one that counts.
    #[error("is not the right password")]
    WrongPassword,
    /// Given together with another field in whose place it stands.
    #[error("must not be given together with {0}")]
    NotTogether(&'static str),
    /// Of another type or form than expected, in the parser's own words.
    #[error("{0}")]
    Malformed(String),
    /// An id, cursor or token that was not made here.
    #[error("is not one that was made here")]
    Unknown,
    /// Not one of these words.
    #[error("must be one of {}", .0.join(", "))]
    NotOneOf(Vec<String>),
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
            Self::Invisible => "invisible",
            Self::ControlCharacter => "control-character",
            Self::EmailAddress => "not-an-email-address",
            Self::PhoneNumber => "not-a-phone-number",
            Self::VatNumber => "not-a-vat-number",
            Self::RegistrationNumber => "not-a-registration-number",
            Self::WebAddress => "not-a-web-address",
            Self::Color => "not-a-color",
            Self::RoleName => "not-a-role-name",
            Self::TooMany(_) => "too-many",
            Self::CommonPassword => "common-password",
            Self::PersonalPassword => "personal-password",
            Self::PredictablePassword => "predictable-password",
            Self::SimplePassword => "simple-password",
            Self::OnlyForCompanies => "only-for-companies",
            Self::OnlyForCustomers => "only-for-customers",
            Self::Unchanged => "unchanged",
            Self::WrongPassword => "wrong-password",
            Self::NotTogether(_) => "not-together",
            Self::Malformed(_) => "malformed",
            Self::Unknown | Self::NotOneOf(_) => "unknown",
            Self::OutOfRange(..) => "out-of-range",
        }
    }
}
