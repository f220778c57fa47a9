//! Queues, where others name them.

use super::node::Node;
use super::place::TemplateError;

/// The name of the queue that a destination for failures leads to.
pub(super) fn of_destination(config: &Node) -> Result<String, TemplateError> {
    let fields = config.fields()?;
    let on_failure = fields.require("OnFailure")?;
    fields.finish(&[])?;
    let fields = on_failure.fields()?;
    let queue = of_arn(fields.require("Destination")?);
    fields.finish(&["Type"])?;
    queue
}

/// The name of the queue that an ARN names.
pub(super) fn of_arn(arn: &Node) -> Result<String, TemplateError> {
    let text = arn.text()?;
    let name = text.strip_prefix("arn:aws:sqs:").and_then(|arn| arn.rsplit(':').next());
    name.map(str::to_owned).ok_or_else(|| arn.error(format!("`{text}` is not the ARN of a queue")))
}
