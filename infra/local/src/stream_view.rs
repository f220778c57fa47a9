//! What a stream shows of a change. The embedded database keeps the image before and the image after of every change, because lagging
//! indexes are made from them; whoever reads the stream sees what the template says.

use serde_json::{Value, json};

/// The view that the database keeps.
const KEPT: &str = "NEW_AND_OLD_IMAGES";

/// The request that creates a table in the database, with a stream that keeps everything if the template asks for one at all.
pub(crate) fn keeping_everything(creation: &Value) -> Value {
    let mut creation = creation.clone();
    if creation["StreamSpecification"]["StreamViewType"].is_string() {
        creation["StreamSpecification"]["StreamViewType"] = KEPT.into();
    }
    creation
}

/// Takes out of a record what is not in its stream's view.
pub(crate) fn restrict(record: &mut Value, view: &str) {
    let Some(change) = record["dynamodb"].as_object_mut() else { return };
    if !matches!(view, "OLD_IMAGE" | "NEW_AND_OLD_IMAGES") {
        change.remove("OldImage");
    }
    if !matches!(view, "NEW_IMAGE" | "NEW_AND_OLD_IMAGES") {
        change.remove("NewImage");
    }
    change.insert("StreamViewType".to_owned(), json!(view));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_shows_its_images_alone() {
        for (view, shown) in [
            ("KEYS_ONLY", vec!["Keys"]),
            ("NEW_IMAGE", vec!["Keys", "NewImage"]),
            ("OLD_IMAGE", vec!["Keys", "OldImage"]),
            (KEPT, vec!["Keys", "NewImage", "OldImage"]),
        ] {
            let mut record = json!({"dynamodb": {"Keys": {}, "NewImage": {}, "OldImage": {}}});
            restrict(&mut record, view);
            let change = record["dynamodb"].as_object_mut().unwrap();
            assert_eq!(change.remove("StreamViewType").unwrap(), view);
            assert_eq!(change.keys().collect::<Vec<_>>(), shown);
        }
    }
}
