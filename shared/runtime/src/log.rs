//! Logs: one JSON object a line, as CloudWatch Logs Insights reads them. `requestId`, `eventId` and `causeId` are on every line
//! that belongs to a request or an event, because they are fields of the spans around it.

use tracing_subscriber::EnvFilter;

/// Starts logging to standard output, at the level that `RUST_LOG` says.
pub(crate) fn start() {
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(true)
        .with_env_filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")))
        .init();
}
