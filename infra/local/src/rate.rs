//! The rates of schedules, `rate(5 minutes)`.

use std::time::Duration;

/// The time between two runs, or nothing if the expression is no rate.
pub fn parse(expression: &str) -> Option<Duration> {
    let (count, unit) = expression.strip_prefix("rate(")?.strip_suffix(')')?.trim().split_once(' ')?;
    let count: u64 = count.parse().ok().filter(|count| *count > 0)?;
    let seconds = match unit.trim() {
        "minute" | "minutes" => 60,
        "hour" | "hours" => 3600,
        "day" | "days" => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(count * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_counted_in_minutes_hours_and_days() {
        assert_eq!(parse("rate(1 minute)"), Some(Duration::from_secs(60)));
        assert_eq!(parse("rate(5 minutes)"), Some(Duration::from_secs(300)));
        assert_eq!(parse("rate(2 days)"), Some(Duration::from_secs(172_800)));
    }

    #[test]
    fn anything_else_is_no_rate() {
        for expression in ["", "rate(0 minutes)", "rate(minute)", "rate(1 week)", "cron(0 10 * * ? *)", "rate(-1 hour)"]
        {
            assert_eq!(parse(expression), None, "{expression}");
        }
    }
}
