//! `functions/routes.yaml`, the definition of the HTTP API: generated from the routes of the functions, committed, deployed.
//!
//! It is included in `template.yaml` by CloudFormation, which reads no short tags (`!Ref`) in what it includes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use local::AREAS;
use runtime::{Function, Route};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../functions/routes.yaml");

const HEAD: &str = "\
# Generated from the routes of the functions: UPDATE_ROUTES=1 cargo test -p end-to-end routes
openapi: 3.0.1
info: {title: {Ref: AWS::StackName}, version: '1.0'}
";

/// The Lambda functions that answer requests over HTTP.
fn functions() -> impl Iterator<Item = &'static Function> {
    AREAS.iter().flat_map(|area| area.functions).filter(|function| !function.routes.is_empty())
}

/// The routes of all functions, as in the OpenAPI document, `GET /v1/me`.
pub(crate) fn routes() -> BTreeSet<String> {
    functions().flat_map(|function| function.routes).map(|route| format!("{} {}", route.method, route.path)).collect()
}

fn definition() -> String {
    let mut paths: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
    for function in functions() {
        for Route { method, path } in function.routes {
            let other = paths.entry(path).or_default().insert(method, function.handler);
            assert_eq!(other, None, "{method} {path} is answered by {}", function.handler);
        }
    }
    let mut text = format!("{HEAD}paths:\n");
    for (path, operations) in paths {
        writeln!(text, "  {path}:").unwrap();
        for (method, handler) in operations {
            text.push_str(&operation(method, path, handler));
        }
    }
    text.push_str("components:\n  x-amazon-apigateway-integrations:\n");
    let handlers: BTreeSet<&str> = functions().map(|function| function.handler).collect();
    for handler in handlers {
        text.push_str(&integration(handler));
    }
    text
}

fn operation(method: &str, path: &str, handler: &str) -> String {
    let method = match method {
        "ANY" => "x-amazon-apigateway-any-method".to_owned(),
        method => method.to_lowercase(),
    };
    let parameters = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let parameters: Vec<String> =
        parameters.map(|name| format!("{{name: {name}, in: path, required: true}}")).collect();
    let parameters = match parameters.is_empty() {
        true => String::new(),
        false => format!("      parameters: [{}]\n", parameters.join(", ")),
    };
    format!(
        "    {method}:\n{parameters}      responses: {{}}\n      \
         x-amazon-apigateway-integration: {{$ref: '#/components/x-amazon-apigateway-integrations/{handler}'}}\n"
    )
}

/// An integration is invoked in a role, and its function is named instead of referred to: the functions of the nested stacks need
/// not be known to the stack that has the API.
fn integration(handler: &str) -> String {
    let uri = "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions";
    let function = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${AWS::StackName}_http";
    format!(
        "    {handler}:\n      type: aws_proxy\n      httpMethod: POST\n      payloadFormatVersion: '2.0'\n      \
         credentials: {{Fn::GetAtt: [HttpApiRole, Arn]}}\n      uri:\n        \
         Fn::Sub: {uri}/{function}_{handler}/invocations\n"
    )
}

#[test]
fn the_committed_definition_is_what_the_functions_say() {
    let generated = definition();
    if std::env::var_os("UPDATE_ROUTES").is_some() {
        std::fs::write(COMMITTED, &generated).unwrap();
    }
    let committed = std::fs::read_to_string(COMMITTED).unwrap();
    assert!(
        generated == committed,
        "functions/routes.yaml is out of date: UPDATE_ROUTES=1 cargo test -p end-to-end routes"
    );
}
