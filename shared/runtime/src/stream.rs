//! What a function that reads a stream answers.

use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};

/// Asks for the records from the first of these sequence numbers on to be handed over again
/// ([partial batch responses](https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html)); for nothing
/// if there are none.
pub fn not_handled(sequence_numbers: impl IntoIterator<Item = String>) -> DynamoDbEventResponse {
    let failure = |sequence_number| {
        let mut failure = DynamoDbBatchItemFailure::default();
        failure.item_identifier = Some(sequence_number);
        failure
    };
    let mut response = DynamoDbEventResponse::default();
    response.batch_item_failures = sequence_numbers.into_iter().map(failure).collect();
    response
}
