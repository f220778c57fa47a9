//! Faults of DynamoDB, in its own words: too many requests, transactions that meet, and keys of a batch that are left for later.

use http::StatusCode;
use serde_json::{Value, json};

use super::super::Reply;
use crate::faults::Dice;

/// The type of an error, as DynamoDB spells it.
pub(super) fn coded(kind: &str) -> String {
    format!("com.amazonaws.dynamodb.v20120810#{kind}")
}

/// A call that is refused before it is looked at, if a fault strikes.
pub(super) fn refusal(dice: &Dice, operation: &str, body: &Value) -> Option<Reply> {
    if dice.strike(|faults| faults.dynamodb_throttling) {
        let message = "The level of configured provisioned throughput for the table was exceeded";
        let kind = coded("ProvisionedThroughputExceededException");
        return Some(Reply::error(StatusCode::BAD_REQUEST, &kind, message));
    }
    if operation == "TransactWriteItems" && dice.strike(|faults| faults.transaction_conflict) {
        return Some(conflict(body));
    }
    None
}

/// A cancelled transaction: another one is at work on its first item.
fn conflict(body: &Value) -> Reply {
    let items = body["TransactItems"].as_array().map_or(1, Vec::len).max(1);
    let reason = |index| match index {
        0 => json!({"Code": "TransactionConflict", "Message": "Transaction is ongoing for the item"}),
        _ => json!({"Code": "None"}),
    };
    let reasons: Vec<Value> = (0..items).map(reason).collect();
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason["Code"].as_str()).collect();
    let message =
        format!("Transaction cancelled, please refer cancellation reasons for specific reasons [{}]", codes.join(", "));
    let kind = coded("TransactionCanceledException");
    let mut reply = Reply::error(StatusCode::BAD_REQUEST, &kind, &message);
    reply.body = json!({"__type": kind, "Message": message, "CancellationReasons": reasons}).to_string();
    reply
}

/// A token that stood for something else.
pub(super) fn mismatch() -> Reply {
    let message = "The request uses the same client token as a previous, but non-identical request.";
    Reply::error(StatusCode::BAD_REQUEST, &coded("IdempotentParameterMismatchException"), message)
}

/// Takes keys out of a `BatchGetItem`, of each table all but the first, and returns them as the answer's `UnprocessedKeys`. A batch
/// of one key is never left unprocessed: DynamoDB would refuse it.
pub(super) fn leave_unprocessed(body: &mut Value) -> Option<Value> {
    let mut unprocessed = json!({});
    for (table, request) in body["RequestItems"].as_object_mut().into_iter().flatten() {
        let Some(keys) = request["Keys"].as_array_mut().filter(|keys| keys.len() > 1) else { continue };
        let left = keys.split_off(1);
        unprocessed[table] = request.clone();
        unprocessed[table]["Keys"] = left.into();
    }
    Some(unprocessed).filter(|unprocessed| unprocessed.as_object().is_some_and(|tables| !tables.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_of_several_keys_is_done_in_part() {
        let mut body =
            json!({"RequestItems": {"main": {"Keys": [1, 2, 3], "ConsistentRead": true}, "other": {"Keys": [4]}}});
        let left = leave_unprocessed(&mut body).unwrap();
        assert_eq!(left, json!({"main": {"Keys": [2, 3], "ConsistentRead": true}}));
        assert_eq!(body["RequestItems"]["main"]["Keys"], json!([1]));
        assert_eq!(leave_unprocessed(&mut body), None);
    }
}
