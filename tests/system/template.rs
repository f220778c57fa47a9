//! The templates, the lists of functions and the OpenAPI document name the same things, and parameters do what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use local::{AREAS, Options};
use serde_json::json;

use crate::world::{ADMINISTRATOR, World};

use crate::routes;

#[test]
fn every_function_is_deployed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../functions");
    for area in AREAS {
        let template = std::fs::read_to_string(folder.join(area.name).join("template.yaml")).unwrap();
        let deployed: BTreeSet<&str> =
            template.lines().filter_map(|line| line.trim().strip_prefix("Handler: ")).map(str::trim).collect();
        let written: BTreeSet<&str> = area.functions.iter().map(|function| function.handler).collect();
        assert_eq!(deployed, written, "{}", area.name);
    }
}

#[test]
fn every_route_of_the_api_is_documented_and_every_documented_path_has_a_route() {
    let is_of_the_api = |route: &String| route.contains(" /v1/") || route.contains(" /.well-known/");
    let document = crate::openapi::document();
    let documented = document["paths"].as_object().unwrap().iter().flat_map(|(path, operations)| {
        operations.as_object().unwrap().keys().map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    assert_eq!(
        routes::routes().into_iter().filter(is_of_the_api).collect::<BTreeSet<_>>(),
        documented.collect::<BTreeSet<_>>()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_to_the_public_url_or_else_to_the_domain_of_the_api() {
    for (public_url, leads_to) in [
        ("", "https://customers.example.com/"),
        ("https://www.example.com/account", "https://www.example.com/account/"),
    ] {
        let given = [("ApiDomainName", "customers.example.com"), ("ApiHostedZoneId", "Z1"), ("PublicUrl", public_url)];
        let parameters = BTreeMap::from(given.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let world = World::start_with(Options { parameters, ..Options::default() }).await;
        world.cloud.invoke("invite_administrator", &json!({"email": ADMINISTRATOR})).await.unwrap();
        world.cloud.settle().await.unwrap();
        let text = world.cloud.mailbox().remove(0).text;
        assert!(text.contains(leads_to), "{text}");
    }
}
