//! The OpenAPI document: generated from the code, committed, served.

use std::path::Path;

use reqwest::Method;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApiBuilder};

use crate::world::World;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");

/// The document that the code describes.
pub(crate) fn document() -> Value {
    let access_token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let components = ComponentsBuilder::new().security_scheme("accessToken", SecurityScheme::Http(access_token));
    let info = InfoBuilder::new()
        .title("Clientele")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some("Customer management without servers."));
    let mut document = OpenApiBuilder::new().info(info).components(Some(components.build())).build();
    for area in [
        registration::Api::openapi(),
        access::Api::openapi(),
        customers::Api::openapi(),
        employees::Api::openapi(),
        settings::Api::openapi(),
        staff::Api::openapi(),
        api::Api::openapi(),
    ] {
        document.merge(area);
    }
    serde_json::to_value(document).unwrap()
}

#[test]
fn the_committed_document_is_what_the_code_describes() {
    let described = format!("{:#}\n", document());
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(COMMITTED, &described).unwrap();
    }
    let committed = std::fs::read_to_string(Path::new(COMMITTED)).unwrap();
    assert!(
        described == committed,
        "docs/openapi.json is out of date: UPDATE_OPENAPI=1 cargo test -p end-to-end openapi"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served() {
    let world = World::start().await;
    let served = world.send(world.request(Method::GET, "/v1/openapi.json")).await.expect(200);
    assert!(served.body == document(), "what is served is not what the code describes");
    let health = world.send(world.request(Method::GET, "/v1/health")).await.expect(200);
    assert_eq!(health.body, serde_json::json!({"status": "ok"}));
}
