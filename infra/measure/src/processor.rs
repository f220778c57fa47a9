//! Processor time of this process; the standard library has wall time alone.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// The processor time that this process has used.
pub(crate) fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(time).unwrap_or_default()
}
