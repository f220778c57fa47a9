//! Proof of who someone is: passwords, access tokens, the tokens in mails and cookies, and the keys behind them.
//!
//! Nothing here is stored in a form that could be used by whoever reads the table: passwords are hashed, tokens are derived
//! from ids with a key ([`TokenKeys`]) or signed ([`AccessTokens`]), and answers kept for retries are sealed ([`seal_answer`]).

mod access_token;
mod answer;
mod keys;
mod password;
mod strength;
mod token;

pub use access_token::{ACCESS_TOKEN_LIFETIME, AccessClaims, AccessTokens, InvalidAccessToken};
pub use answer::{AnswerNotOpened, hashed_name, open_answer, seal_answer};
pub use keys::{KeyRing, PublicKey, Rotation, SigningKey, TokenKey, rotate};
pub use password::{Password, hash_password, verify_password};
pub use token::{RefreshToken, TokenKeys};
