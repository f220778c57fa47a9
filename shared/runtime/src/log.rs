//! Logs: one JSON object a line, as CloudWatch Logs Insights reads them. `requestId`, `eventId` and `causeId` are on every line
//! that belongs to a request or an event, because they are fields of the spans around it.

use std::panic::{self, PanicHookInfo};

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
    panic::set_hook(Box::new(log_panic));
}

/// A panic is a line like any other, with the ids of what it happened in. The process ends after it.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let message = panic.payload_as_str().unwrap_or("without a message");
    let place = panic.location().map(ToString::to_string);
    tracing::error!(panic = message, place, "the function panicked");
}

#[cfg(test)]
mod tests {
    use std::io::{Read, pipe};
    use std::sync::Arc;

    use serde_json::Value;

    use super::*;

    #[test]
    fn a_panic_is_a_line_with_the_ids_of_its_request() {
        let (mut lines, writer) = pipe().unwrap();
        let subscriber = tracing_subscriber::fmt().json().flatten_event(true).with_writer(Arc::new(writer)).finish();
        let before = panic::take_hook();
        panic::set_hook(Box::new(log_panic));
        let outcome = tracing::subscriber::with_default(subscriber, || {
            let _request = tracing::info_span!("request", requestId = "r-1").entered();
            panic::catch_unwind(|| panic!("{} is no number", "seven"))
        });
        panic::set_hook(before);
        assert!(outcome.is_err());

        let mut line = String::new();
        lines.read_to_string(&mut line).unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["message"], "the function panicked");
        assert_eq!(line["level"], "ERROR");
        assert_eq!(line["panic"], "seven is no number");
        assert!(line["place"].as_str().unwrap().contains("log.rs:"), "{line}");
        assert_eq!(line["spans"][0]["requestId"], "r-1");
    }
}
