//! The HTTP client under all AWS clients: HTTP/1.1 over TLS, from one pool of connections.
//!
//! The SDK's own client also speaks HTTP/2 and goes through proxies. Nothing here does, since DynamoDB, EventBridge, SES and SQS are
//! reached directly and over HTTP/1.1, but all of it would be linked, and a cold start reads the artifact from disk. What the SDK
//! leaves to its HTTP client is done here instead: timeouts for connecting and reading, and saying what [kind of failure](failure)
//! one was, from which the SDK decides whether to try again. What it trades is the SDK's telemetry of connections, and proxies.
//!
//! TLS is prepared for the first request and not at start.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::{self, Debug, Formatter};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_runtime_api::client::connection::{CaptureSmithyConnection, ConnectionMetadata};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::connect::{
    CaptureConnection, Connect, HttpConnector as TcpConnector, HttpInfo, capture_connection,
};
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tower::{ServiceExt, service_fn};

use crate::trust::Trust;

type BoxError = Box<dyn Error + Send + Sync>;

/// The connections of all AWS clients of a function.
pub(crate) struct Http {
    trust: Trust,
    pools: Mutex<HashMap<Timeouts, SharedHttpConnector>>,
}

/// Connections made under other timeouts are other connections.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Timeouts {
    connect: Option<Duration>,
    read: Option<Duration>,
}

/// Connections to any number of hosts, kept for the next request.
struct Pool<Connector> {
    client: Client<Connector, SdkBody>,
    read_timeout: Option<Duration>,
}

/// What was waited for has not happened in time.
#[derive(Debug, thiserror::Error)]
#[error("no {awaited} within {limit:?}")]
struct TimedOut {
    awaited: &'static str,
    limit: Duration,
}

impl Http {
    /// No connection is made yet.
    pub(crate) fn new(trust: Trust) -> Self {
        Self { trust, pools: Mutex::default() }
    }

    fn pool(&self, timeouts: Timeouts) -> SharedHttpConnector {
        let mut tcp = TcpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let tls = HttpsConnector::from((tcp, self.trust.configuration()));
        let connector = service_fn(move |host| {
            let connecting = tls.clone().oneshot(host);
            Box::pin(in_time("connection", timeouts.connect, connecting))
        });
        let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).build(connector);
        SharedHttpConnector::new(Pool { client, read_timeout: timeouts.read })
    }
}

impl HttpClient for Http {
    fn http_connector(&self, settings: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        let timeouts = Timeouts { connect: settings.connect_timeout(), read: settings.read_timeout() };
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        pools.entry(timeouts).or_insert_with(|| self.pool(timeouts)).clone()
    }
}

impl<Connector: Connect + Clone + Send + Sync + 'static> HttpConnector for Pool<Connector> {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let mut request = match request.try_into_http1x() {
            Ok(request) => request,
            Err(error) => return HttpConnectorFuture::ready(Err(ConnectorError::user(error.into()))),
        };
        let connection = capture_connection(&mut request);
        if let Some(capture) = request.extensions().get::<CaptureSmithyConnection>() {
            capture.set_connection_retriever(move || metadata(&connection));
        }
        let answer = in_time("answer", self.read_timeout, self.client.request(request));
        HttpConnectorFuture::new(async {
            let answer = answer.await.map_err(failure)?.map(SdkBody::from_body_1_x);
            HttpResponse::try_from(answer).map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}

impl Debug for Http {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Http").finish_non_exhaustive()
    }
}

impl<Connector> Debug for Pool<Connector> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pool").field("read_timeout", &self.read_timeout).finish_non_exhaustive()
    }
}

async fn in_time<T, E: Into<BoxError>>(
    awaited: &'static str,
    limit: Option<Duration>,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, BoxError> {
    let Some(limit) = limit else { return work.await.map_err(Into::into) };
    let done = tokio::time::timeout(limit, work).await.map_err(|_| TimedOut { awaited, limit })?;
    done.map_err(Into::into)
}

/// The connection that a request went over: after a failure that may be the connection's, the SDK has it not used again.
fn metadata(captured: &CaptureConnection) -> Option<ConnectionMetadata> {
    let (mut extensions, poisoned) = (http::Extensions::new(), captured.clone());
    captured.connection_metadata().as_ref()?.get_extras(&mut extensions);
    let addresses = extensions.get::<HttpInfo>();
    let mut metadata = ConnectionMetadata::builder().proxied(false).poison_fn(move || {
        if let Some(connection) = poisoned.connection_metadata().as_ref() {
            connection.poison();
        }
    });
    metadata.set_local_addr(addresses.map(HttpInfo::local_addr)).set_remote_addr(addresses.map(HttpInfo::remote_addr));
    Some(metadata.build())
}

/// What kind of failure it was. The SDK tries again after timeouts and after failures of the network.
fn failure(error: BoxError) -> ConnectorError {
    let caused_by_network = cause::<std::io::Error>(&*error).is_some();
    if cause::<TimedOut>(&*error).is_some() {
        return ConnectorError::timeout(error);
    }
    match cause::<hyper::Error>(&*error) {
        Some(hyper) if hyper.is_timeout() => ConnectorError::timeout(error),
        Some(hyper) if hyper.is_user() => ConnectorError::user(error),
        Some(hyper) if hyper.is_closed() || hyper.is_canceled() || caused_by_network => ConnectorError::io(error),
        Some(hyper) if hyper.is_incomplete_message() => ConnectorError::other(error, Some(ErrorKind::TransientError)),
        Some(_) => ConnectorError::other(error, None),
        None if caused_by_network || cause::<ClientError>(&*error).is_some_and(ClientError::is_connect) => {
            ConnectorError::io(error)
        }
        None => ConnectorError::other(error, None),
    }
}

/// The first of these errors among an error and its causes.
fn cause<'a, E: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a E> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::Arc;

    use rcgen::{CertifiedKey, KeyPair};
    use rustls::crypto::aws_lc_rs;
    use rustls::pki_types::PrivateKeyDer;
    use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

    use super::*;

    const SOON: Option<Duration> = Some(Duration::from_millis(100));
    const NO_LIMITS: Timeouts = Timeouts { connect: None, read: None };

    async fn get(pool: &SharedHttpConnector, address: &str) -> Result<HttpResponse, ConnectorError> {
        pool.call(HttpRequest::get(address).unwrap()).await
    }

    fn pool(timeouts: Timeouts) -> SharedHttpConnector {
        Http::new(Trust::Amazon).pool(timeouts)
    }

    /// A host of which each connection does this.
    fn host(handle: impl Fn(TcpStream) + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || listener.incoming().for_each(|connection| handle(connection.unwrap())));
        address.to_string()
    }

    /// A host with this certificate, which answers once on each connection.
    fn secure_host(own: &CertifiedKey<KeyPair>) -> String {
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let tls = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key);
        let tls = Arc::new(tls.unwrap());
        host(move |connection| {
            let mut connection = StreamOwned::new(ServerConnection::new(tls.clone()).unwrap(), connection);
            if connection.read(&mut [0; 1024]).is_ok() {
                write!(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
            }
        })
    }

    #[tokio::test]
    async fn only_who_is_trusted_is_talked_to() {
        let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let address = format!("https://{}/", secure_host(&own));
        let mut roots = RootCertStore::empty();
        roots.add(own.cert.der().clone()).unwrap();
        let trusting = Http::new(Trust::Named(Arc::new(roots))).pool(NO_LIMITS);
        assert_eq!(get(&trusting, &address).await.unwrap().status().as_u16(), 200);
        let refused = get(&pool(NO_LIMITS), &address).await.unwrap_err();
        assert!(format!("{refused:?}").contains("UnknownIssuer"), "{refused:?}");
    }

    #[tokio::test]
    async fn a_connection_is_used_again() {
        let answers = |mut connection: TcpStream| {
            let port = connection.peer_addr().unwrap().port();
            while connection.read(&mut [0; 1024]).unwrap_or_default() > 0 {
                write!(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Port: {port}\r\n\r\n").unwrap();
            }
        };
        let (pool, address) = (pool(NO_LIMITS), format!("http://{}/", host(answers)));
        let mut ports = Vec::new();
        for _ in 0..2 {
            let answer = get(&pool, &address).await.unwrap();
            assert_eq!(answer.status().as_u16(), 200);
            ports.push(answer.headers().get("x-port").unwrap().to_owned());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert_eq!(ports[0], ports[1]);
    }

    #[tokio::test]
    async fn silence_is_a_timeout() {
        let silent = host(std::mem::forget);
        let unanswered = get(&pool(Timeouts { read: SOON, ..NO_LIMITS }), &format!("http://{silent}/")).await;
        assert!(unanswered.is_err_and(|error| error.is_timeout()));
        let unconnected = get(&pool(Timeouts { connect: SOON, ..NO_LIMITS }), &format!("https://{silent}/")).await;
        assert!(unconnected.is_err_and(|error| error.is_timeout()));
    }

    #[tokio::test]
    async fn a_network_that_fails_is_worth_another_try() {
        let closing = host(|mut connection| drop(connection.read(&mut [0; 1024])));
        let incomplete = get(&pool(NO_LIMITS), &format!("http://{closing}/")).await.unwrap_err();
        assert!(incomplete.is_io() || incomplete.as_other() == Some(ErrorKind::TransientError), "{incomplete:?}");
        let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert!(get(&pool(NO_LIMITS), &format!("http://{nobody}/")).await.is_err_and(|error| error.is_io()));
        let no_certificate = get(&pool(NO_LIMITS), &format!("https://{closing}/")).await;
        assert!(no_certificate.is_err_and(|error| error.is_io()));
    }
}
