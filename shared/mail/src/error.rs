//! Why a mail could not be rendered.

/// A mail could not be rendered. Trying again does not help.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The mail has a link or a code, but there is no token for the link, or no code.
    #[error("the mail `{template}` brings a secret and none was given")]
    MissingSecret {
        /// The name of the mail's template.
        template: String,
    },
    /// There is a token or a code, but the mail has neither link nor code.
    #[error("the mail `{template}` brings no secret and one was given")]
    UnexpectedSecret {
        /// The name of the mail's template.
        template: String,
    },
    /// A sentence is missing, or mentions a fact that it was not told.
    #[error("the sentence `{key}` cannot be said in {language}")]
    Words {
        /// The sentence.
        key: String,
        /// The language's code.
        language: &'static str,
        /// What is wrong with it. Boxed because the library does not name its error.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The HTML layout failed.
    #[error("the HTML layout failed")]
    Layout(#[from] askama::Error),
}
