//! The account that the template is deployed to: this machine.

/// The region that every ARN names.
pub const REGION: &str = "eu-central-1";

/// The account that every ARN names.
pub const ACCOUNT: &str = "000000000000";

/// Where the cloud answers.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The AWS services.
    pub services: String,
    /// The HTTP API.
    pub api: String,
}
