//! Logs: one JSON object a line, as CloudWatch Logs Insights reads them. `requestId`, `eventId` and `causeId` are on every line
//! that belongs to a request or an event, because they are fields of the spans around it.

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging to standard output, at the level that `RUST_LOG` says, such as `info` or `warn,access=debug`.
pub(crate) fn start() {
    let wanted = std::env::var("RUST_LOG").ok().and_then(|levels| levels.parse().ok());
    let levels = wanted.unwrap_or_else(|| Targets::new().with_default(LevelFilter::INFO));
    let lines =
        tracing_subscriber::fmt::layer().json().flatten_event(true).with_current_span(false).with_span_list(true);
    tracing_subscriber::registry().with(levels).with(lines).init();
}
