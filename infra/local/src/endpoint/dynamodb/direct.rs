//! The embedded database, asked directly.

use dynoxide::Database;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What the database answers, if it can do what it is asked.
pub(super) fn directly(database: &Database, operation: &str, body: &Value) -> Option<String> {
    match operation {
        "GetItem" => done(body, |request| database.get_item(request)),
        "PutItem" => done(body, |request| database.put_item(request)),
        "UpdateItem" => done(body, |request| database.update_item(request)),
        "DeleteItem" => done(body, |request| database.delete_item(request)),
        "Query" => done(body, |request| database.query(request)),
        "BatchGetItem" => done(body, |request| database.batch_get_item(request)),
        "TransactWriteItems" => done(body, |request| database.transact_write_items(request)),
        _ => None,
    }
}

fn done<Request: DeserializeOwned, Response: Serialize>(
    body: &Value,
    ask: impl FnOnce(Request) -> dynoxide::Result<Response>,
) -> Option<String> {
    let response = ask(Request::deserialize(body).ok()?).ok()?;
    serde_json::to_string(&response).ok()
}
