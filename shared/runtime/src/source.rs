//! Where a request comes from, also behind a proxy.
//!
//! API Gateway says who called it. Behind a proxy that is the same address for everybody, so a proxy can prove itself by a secret, and is
//! then believed which address called it. It proves itself by a secret and not by its address, because everybody's distributions share the
//! addresses of CloudFront. Functions are given the hash of the secret only.
//!
//! What it trades: a trusted proxy can name any source. So it has to set the headers that are read here, or to remove them.

use std::net::IpAddr;

use aws_lc_rs::{constant_time, digest};
use lambda_http::RequestExt;
use lambda_http::http::HeaderMap;
use lambda_http::request::RequestContext;

use crate::Environment;

/// The hashes of the secrets by which proxies prove themselves.
const VARIABLE: &str = "TRUSTED_PROXY_SECRET_HASHES";

const SECRET: &str = "clientele-proxy-secret";

/// Who called CloudFront: an address, a colon and a port, for IPv6 as well
/// ([Adding CloudFront request headers](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/adding-cloudfront-headers.html)).
const VIEWER_ADDRESS: &str = "cloudfront-viewer-address";

/// Who called each proxy, the last one at the end. API Gateway adds who called it.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The length of a SHA-256 in hexadecimal digits.
const DIGITS: usize = 2 * digest::SHA256_OUTPUT_LEN;

/// The proxies that are believed which address called them.
#[derive(Clone, Default)]
pub struct TrustedProxies {
    hashes: Vec<String>,
}

/// A hash of a proxy's secret is not one.
#[derive(Debug, thiserror::Error)]
#[error("the environment variable {VARIABLE} is not a list of SHA-256 hashes in hexadecimal digits")]
pub struct MalformedHash;

impl TrustedProxies {
    /// Those that the environment names, which may be none.
    ///
    /// # Errors
    /// [`MalformedHash`]
    pub fn of(environment: &Environment) -> Result<Self, MalformedHash> {
        let listed = environment.get(VARIABLE).into_iter().flat_map(|hashes| hashes.split(','));
        let hashes: Vec<String> = listed.map(|hash| hash.trim().to_ascii_lowercase()).collect();
        let is_hash = |hash: &String| hash.len() == DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        if hashes.iter().all(is_hash) { Ok(Self { hashes }) } else { Err(MalformedHash) }
    }

    /// Where a request comes from: an IPv4 address, or the network of an IPv6 address. Empty if API Gateway does not say.
    pub(crate) fn source_of(&self, request: &lambda_http::Request) -> String {
        let caller = match request.request_context_ref() {
            Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref().unwrap_or_default(),
            _ => "",
        };
        let Ok(address) = caller.parse::<IpAddr>() else { return caller.to_owned() };
        if !self.trust(request.headers()) {
            return network(address);
        }
        let forwarded = forwarded(request.headers(), address.to_canonical());
        if forwarded.is_none() {
            tracing::warn!(proxy = caller, "a trusted proxy does not say which address called it");
        }
        network(forwarded.unwrap_or(address))
    }

    fn trust(&self, headers: &HeaderMap) -> bool {
        let Some(secret) = headers.get(SECRET) else { return false };
        let hash = hexadecimal(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref());
        let is_same =
            |known: &String| constant_time::verify_slices_are_equal(known.as_bytes(), hash.as_bytes()).is_ok();
        self.hashes.iter().any(is_same)
    }
}

/// The address that called a proxy, if what the proxy says of it is an address.
fn forwarded(headers: &HeaderMap, proxy: IpAddr) -> Option<IpAddr> {
    if let Some(viewer) = headers.get(VIEWER_ADDRESS) {
        let (address, _port) = viewer.to_str().ok()?.rsplit_once(':')?;
        return address.trim_matches(['[', ']']).parse().ok();
    }
    let addresses = headers.get(FORWARDED_FOR)?.to_str().ok()?.rsplit(',');
    let mut addresses = addresses.map(|address| address.trim().parse::<IpAddr>().ok());
    addresses.find(|address| address.map(|address| address.to_canonical()) != Some(proxy))?
}

/// What one subscriber has to itself: an IPv4 address, or the first 64 bits of an IPv6 address.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:{fourth:x}::/64")
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lambda_http::Body;
    use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequestContext;

    use super::*;
    use crate::Clock;

    const PROXY: &str = "198.51.100.7";
    const SECRET_OF_PROXY: &str = "a secret of the proxy";

    fn proxies(hashes: &str) -> Result<TrustedProxies, MalformedHash> {
        let variables = BTreeMap::from([(VARIABLE.to_owned(), hashes.to_owned())]);
        TrustedProxies::of(&Environment::new(variables, Clock::system()))
    }

    fn hash(secret: &str) -> String {
        hexadecimal(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref())
    }

    /// The source of a request that `caller` makes, where the one secret is known.
    fn source(caller: &str, headers: &[(&str, &str)]) -> String {
        let mut request = lambda_http::http::Request::builder();
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut context = ApiGatewayV2httpRequestContext::default();
        context.http.source_ip = Some(caller.to_owned());
        let request = request.body(Body::Empty).unwrap();
        let request = request.with_request_context(RequestContext::ApiGatewayV2(context));
        proxies(&hash(SECRET_OF_PROXY)).unwrap().source_of(&request)
    }

    fn behind_proxy(header: &str, value: &str) -> String {
        source(PROXY, &[(SECRET, SECRET_OF_PROXY), (header, value)])
    }

    #[test]
    fn hashes_are_checked_when_a_function_starts() {
        let rotated = format!("{}, {}", hash("old"), hash("new").to_ascii_uppercase());
        assert_eq!(proxies(&rotated).unwrap().hashes, [hash("old"), hash("new")]);
        assert!(proxies("").unwrap().hashes.is_empty());
        for malformed in [SECRET_OF_PROXY, ",", &hash("old")[1..], &format!("{},", hash("old"))] {
            assert!(proxies(malformed).is_err(), "{malformed}");
        }
    }

    #[test]
    fn one_subscriber_is_one_source() {
        assert_eq!(source("192.0.2.1", &[]), "192.0.2.1");
        assert_eq!(source("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::/64");
        assert_eq!(source("::ffff:192.0.2.1", &[]), "192.0.2.1");
    }

    #[test]
    fn only_the_secret_makes_a_proxy_trusted() {
        for secret in ["", "guessed", &hash(SECRET_OF_PROXY)] {
            for (header, value) in [(FORWARDED_FOR, "192.0.2.1"), (VIEWER_ADDRESS, "192.0.2.1:5000")] {
                assert_eq!(source(PROXY, &[(header, value)]), PROXY);
                assert_eq!(source(PROXY, &[(SECRET, secret), (header, value)]), PROXY, "{secret}");
            }
        }
    }

    #[test]
    fn the_last_address_before_the_proxy_is_the_source() {
        assert_eq!(behind_proxy(FORWARDED_FOR, "203.0.113.9, 192.0.2.1, 198.51.100.7"), "192.0.2.1");
        assert_eq!(behind_proxy(FORWARDED_FOR, "192.0.2.1"), "192.0.2.1");
        assert_eq!(behind_proxy(FORWARDED_FOR, "2001:db8:1:2::9, ::ffff:198.51.100.7"), "2001:db8:1:2::/64");
    }

    #[test]
    fn cloudfront_says_which_viewer_called() {
        assert_eq!(behind_proxy(VIEWER_ADDRESS, "192.0.2.1:46532"), "192.0.2.1");
        assert_eq!(behind_proxy(VIEWER_ADDRESS, "2001:db8:1:2:3:4:5:6:46532"), "2001:db8:1:2::/64");
        assert_eq!(behind_proxy(VIEWER_ADDRESS, "[2001:db8:1:2::9]:46532"), "2001:db8:1:2::/64");
        let headers = [(SECRET, SECRET_OF_PROXY), (FORWARDED_FOR, "203.0.113.9"), (VIEWER_ADDRESS, "192.0.2.1:1")];
        assert_eq!(source(PROXY, &headers), "192.0.2.1");
    }

    #[test]
    fn a_proxy_that_does_not_say_who_called_is_the_source_itself() {
        assert_eq!(source(PROXY, &[(SECRET, SECRET_OF_PROXY)]), PROXY);
        for malformed in ["", "unknown", "203.0.113.9, unknown", "198.51.100.7", "203.0.113.9, 192.0.2.1:80"] {
            assert_eq!(behind_proxy(FORWARDED_FOR, malformed), PROXY, "{malformed}");
        }
        for malformed in ["", "192.0.2.1", "unknown:80"] {
            assert_eq!(behind_proxy(VIEWER_ADDRESS, malformed), PROXY, "{malformed}");
        }
    }
}
