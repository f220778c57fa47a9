//! AWS clients that start fast.
//!
//! Region and credentials come from the environment that Lambda sets, so none of the chain of sources that `aws-config` tries is
//! needed. TLS trusts the [certificate authorities of Amazon](https://www.amazontrust.com/repository/) only, which saves loading the
//! hundred-odd of the operating system at each cold start and narrows who could stand between a function and AWS. Whoever needs
//! other roots (a network that inspects traffic) names a PEM file in `AWS_CA_BUNDLE` or `SSL_CERT_FILE`.
//!
//! An endpoint other than AWS's is named as in all SDKs, by
//! [`AWS_ENDPOINT_URL` or `AWS_ENDPOINT_URL_<SERVICE>`](https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).

mod deferred;
mod http;
mod trust;

pub use deferred::Deferred;

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use runtime::{Environment, Error};

use crate::http::Http;
use crate::trust::Trust;

/// What all clients of one function share: one connection pool, one set of credentials.
pub struct Aws {
    configuration: SdkConfig,
    environment: Environment,
}

macro_rules! clients {
    ($($(#[$doc:meta])* $name:ident = $sdk:ident, $variable:literal;)*) => {
        impl Aws {$(
            $(#[$doc])*
            pub fn $name(&self) -> Deferred<$sdk::Client> {
                let (shared, endpoint) = (self.configuration.clone(), self.endpoint($variable));
                Deferred::new(move || {
                    let mut configuration = $sdk::config::Builder::from(&shared);
                    configuration.set_endpoint_url(endpoint);
                    $sdk::Client::from_conf(configuration.build())
                })
            }
        )*}
    };
}

clients! {
    /// A client of DynamoDB.
    dynamodb = aws_sdk_dynamodb, "AWS_ENDPOINT_URL_DYNAMODB";
    /// A client of DynamoDB Streams.
    dynamodb_streams = aws_sdk_dynamodbstreams, "AWS_ENDPOINT_URL_DYNAMODB_STREAMS";
    /// A client of EventBridge.
    eventbridge = aws_sdk_eventbridge, "AWS_ENDPOINT_URL_EVENTBRIDGE";
    /// A client of SQS.
    sqs = aws_sdk_sqs, "AWS_ENDPOINT_URL_SQS";
}

impl Aws {
    /// Prepares what clients share. They are made when they are first used.
    ///
    /// # Errors
    /// When region or credentials are not in the environment, or a named file of certificates cannot be read.
    pub fn new(environment: &Environment) -> Result<Self, Error> {
        let credentials = Credentials::new(
            environment.require("AWS_ACCESS_KEY_ID")?,
            environment.require("AWS_SECRET_ACCESS_KEY")?,
            environment.get("AWS_SESSION_TOKEN").map(str::to_owned),
            None,
            "the environment",
        );
        let configuration = SdkConfig::builder()
            .region(Region::new(environment.require("AWS_REGION")?.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .http_client(Http::new(Trust::of(environment)?))
            .sleep_impl(TokioSleep::new())
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(50)))
            .timeout_config(timeouts())
            // The protection watches each body at each poll, and none outlives the timeout of its attempt.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
            .build();
        Ok(Self { configuration, environment: environment.clone() })
    }

    /// A client of SES. It never tries again by itself: SES cannot tell that it has been given the same mail twice.
    pub fn ses(&self) -> Deferred<aws_sdk_sesv2::Client> {
        let (shared, endpoint) = (self.configuration.clone(), self.endpoint("AWS_ENDPOINT_URL_SESV2"));
        Deferred::new(move || {
            let mut configuration = aws_sdk_sesv2::config::Builder::from(&shared);
            configuration.set_endpoint_url(endpoint);
            configuration.set_retry_config(Some(RetryConfig::disabled()));
            aws_sdk_sesv2::Client::from_conf(configuration.build())
        })
    }

    fn endpoint(&self, variable: &str) -> Option<String> {
        self.environment.get(variable).or_else(|| self.environment.get("AWS_ENDPOINT_URL")).map(str::to_owned)
    }
}

/// Short enough that a lost packet costs one retry and not the request: DynamoDB answers in milliseconds.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_millis(1_000))
        .operation_attempt_timeout(Duration::from_millis(3_000))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn environment(more: &[(&str, &str)]) -> Environment {
        let usual = [("AWS_REGION", "eu-central-1"), ("AWS_ACCESS_KEY_ID", "id"), ("AWS_SECRET_ACCESS_KEY", "secret")];
        let variables: BTreeMap<String, String> =
            usual.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Environment::new(variables, runtime::Clock::system())
    }

    /// A missing connector or an unreadable root shows only when a call is made.
    #[tokio::test]
    async fn a_call_over_tls_gets_as_far_as_the_network() {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let endpoint = format!("https://127.0.0.1:{port}");
        let aws = Aws::new(&environment(&[("AWS_ENDPOINT_URL", &endpoint)])).unwrap();
        let error = aws.dynamodb().list_tables().send().await.unwrap_err();
        let failure = error.as_service_error().map_or_else(|| format!("{error:?}"), |error| format!("{error:?}"));
        assert!(failure.contains("ConnectionRefused") || failure.contains("Connection refused"), "{failure}");
    }

    #[test]
    fn what_is_missing_is_named() {
        let nothing = Environment::new(BTreeMap::new(), runtime::Clock::system());
        assert!(Aws::new(&nothing).is_err_and(|error| error.to_string().contains("AWS_ACCESS_KEY_ID")));
        let bundle = environment(&[("AWS_CA_BUNDLE", "/nowhere.pem")]);
        assert!(Aws::new(&bundle).is_err_and(|error| error.to_string().contains("/nowhere.pem")));
    }
}
