//! What came out of it: a table in Markdown, and which aims were missed.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::time::Duration;

use crate::boot::Boot;
use crate::subject::Subject;

/// How large an artifact may be, unpacked.
const LARGEST: u64 = 7_000_000;

/// How many times as long as the function that does nothing a function may take to get ready.
const SLOWEST: f64 = 1.6;

/// How many times as long a function may take until its first answer, if that takes two reads.
const SLOWEST_ANSWER: f64 = 2.5;

/// A function, measured.
pub(crate) struct Measured {
    area: &'static str,
    handler: &'static str,
    reads_twice: bool,
    size: u64,
    ready: Times,
    first_answer: Times,
}

/// The same thing, timed many times.
struct Times {
    median: Duration,
    minimum: Duration,
}

/// All that was measured, the function that does nothing first.
pub(crate) struct Report(Vec<Measured>);

impl Measured {
    /// Sums up the cold starts of a function.
    pub(crate) fn new(subject: &Subject, boots: &[Boot]) -> io::Result<Self> {
        Ok(Self {
            area: subject.area,
            handler: subject.handler,
            reads_twice: subject.reads_twice(),
            size: subject.artifact.metadata()?.len(),
            ready: Times::of(boots.iter().map(|boot| boot.ready)),
            first_answer: Times::of(boots.iter().map(|boot| boot.first_answer)),
        })
    }
}

impl Times {
    fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<Duration> = times.collect();
        times.sort_unstable();
        let at = |index: usize| times.get(index).copied().unwrap_or_default();
        let (below, above) = (at(times.len().saturating_sub(1) / 2), at(times.len() / 2));
        Self { median: (below + above) / 2, minimum: at(0) }
    }

    fn ratio(&self, bare: &Self) -> f64 {
        self.median.as_secs_f64() / bare.median.as_secs_f64()
    }
}

impl Report {
    pub(crate) fn new(measured: Vec<Measured>) -> Self {
        Self(measured)
    }

    /// A sentence for each aim that was missed.
    pub(crate) fn missed(&self) -> Vec<String> {
        let Some((bare, areas)) = self.0.split_first() else { return Vec::new() };
        let too_large = areas.iter().filter(|area| area.size > LARGEST).map(|Measured { area, size, .. }| {
            format!("{area} is too large: {} MB, and it should be at most {} MB", megabytes(*size), megabytes(LARGEST))
        });
        let ready = areas.iter().map(|area| (area.area, "gets ready", area.ready.ratio(&bare.ready), SLOWEST));
        let read_twice = areas.iter().filter(|area| area.reads_twice);
        let answers =
            read_twice.map(|area| (area.area, "answers", area.first_answer.ratio(&bare.first_answer), SLOWEST_ANSWER));
        let too_slow = ready.chain(answers).filter(|(.., ratio, most)| ratio > most);
        let too_slow = too_slow.map(|(area, does, ratio, most)| {
            format!("{area} {does} too slowly: {ratio:.2} × bare, and it should be at most {most} × bare")
        });
        too_large.chain(too_slow).collect()
    }
}

impl Display for Report {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Some(bare) = self.0.first() else { return Ok(()) };
        writeln!(
            formatter,
            "| artifact | function | size | ready: median | minimum | × bare | first answer: median | minimum | × bare |\n\
             |---|---|--:|--:|--:|--:|--:|--:|--:|"
        )?;
        for Measured { area, handler, size, ready, first_answer, .. } in &self.0 {
            let function = if handler.is_empty() { String::new() } else { format!("`{handler}`") };
            writeln!(
                formatter,
                "| {area} | {function} | {} MB | {} | {} | {:.2} | {} | {} | {:.2} |",
                megabytes(*size),
                milliseconds(ready.median),
                milliseconds(ready.minimum),
                ready.ratio(&bare.ready),
                milliseconds(first_answer.median),
                milliseconds(first_answer.minimum),
                first_answer.ratio(&bare.first_answer),
            )?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a size is shown with two digits after the point")]
fn megabytes(bytes: u64) -> String {
    format!("{:.2}", bytes as f64 / 1e6)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
