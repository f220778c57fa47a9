//! Templates that are nested, included and put together, and what is said of those that are not understood.

use std::path::{Path, PathBuf};

use local::{LocalCloud, Options, TemplateSource};
use reqwest::StatusCode;
use serde_json::json;

use crate::trial::TRIAL;
use crate::{found, put};

const ROOT: &str = "template.yaml";
const AREA: &str = "trial/template.yaml";
const ROUTES: &str = "trial/routes.yaml";

fn options(template: PathBuf) -> Options {
    Options { template: TemplateSource::File(template), areas: vec![TRIAL], ..Options::default() }
}

fn templates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cloud/nested")
}

/// What is said of the templates when a piece of one of them is another.
async fn sentence(file: &str, piece: &str, other: &str) -> String {
    let folder = crate::folder(&format!("nested-{}", uuid::Uuid::new_v4()));
    std::fs::create_dir_all(folder.join("trial")).unwrap();
    for name in [ROOT, AREA, ROUTES] {
        let mut text = std::fs::read_to_string(templates().join(name)).unwrap();
        if name == file {
            assert!(text.contains(piece), "{piece}");
            text = text.replacen(piece, other, 1);
        }
        std::fs::write(folder.join(name), text).unwrap();
    }
    let outcome = LocalCloud::start(options(folder.join(ROOT))).await;
    std::fs::remove_dir_all(&folder).unwrap();
    outcome.err().map(|error| error.to_string()).unwrap_or_default()
}

#[tokio::test]
async fn parameters_and_policies_reach_the_functions_of_a_nested_stack() {
    let cloud = LocalCloud::start(options(templates().join(ROOT))).await.unwrap();
    assert_eq!(put(&cloud, "item-1", &[]).await, (StatusCode::CREATED, "stored item-1".to_owned()));
    assert_eq!(put(&cloud, "other-1", &[]).await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(put(&cloud, "item-2", &[("x-do", "delete")]).await.0, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(found(&cloud, "item-1").await && !found(&cloud, "other-1").await);
    assert!(cloud.invoke("read", &json!({"id": "item-1"})).await.is_ok());
}

#[tokio::test]
async fn a_parameter_of_the_whole_is_passed_on() {
    let parameters = [("Prefix".to_owned(), "other-".to_owned())].into();
    let cloud = LocalCloud::start(Options { parameters, ..options(templates().join(ROOT)) }).await.unwrap();
    assert_eq!(put(&cloud, "other-1", &[]).await.0, StatusCode::CREATED);
    assert_eq!(put(&cloud, "item-1", &[]).await.0, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn what_is_not_understood_is_named_with_its_file_and_line() {
    let cases = [
        (
            (AREA, "AWS::Serverless::Function", "AWS::Serverless::Functoin"),
            "trial/template.yaml:21: `AWS::Serverless::Functoin` is not a type of resource that this cloud knows.",
        ),
        (
            (AREA, "Handler: store", "Handler: store\n      MemorySiz: 128"),
            "trial/template.yaml:26: `MemorySiz` is not something this cloud knows here.",
        ),
        ((AREA, "!Ref Keys", "!Ref Kyes"), "trial/template.yaml:13: `Kyes` is neither a parameter nor a resource."),
        (
            (AREA, "Handler: store", "Handler: stroe"),
            "trial/template.yaml:25: the area `trial` has no function `stroe`.",
        ),
        (
            (AREA, "${Stack}_http_store", "${AWS::StackName}_http_store"),
            "trial/routes.yaml:17: there is no function named `clientele_http_store`.",
        ),
        ((AREA, "Effect: Allow", "Effect: Alow"), "trial/template.yaml:12: `Alow` is neither Allow nor Deny."),
        (
            (AREA, "ForAllValues:StringLike", "ForAllValues:StringLik"),
            "trial/template.yaml:13: the condition `ForAllValues:StringLik` is not one that this cloud decides.",
        ),
        (
            (ROOT, "        Keys: !Sub ${Prefix}*\n", ""),
            "template.yaml:39: the parameter `Keys` of the nested template is not passed on.",
        ),
        ((ROOT, "Keys: !Sub", "Kyes: !Sub"), "template.yaml:43: the nested template has no parameter `Kyes`."),
        (
            (ROOT, "Location: trial/template.yaml", "Location: trail/template.yaml"),
            "template.yaml:37: `trail/template.yaml` cannot be read: No such file or directory (os error 2).",
        ),
        (
            (ROOT, "!GetAtt Trial.Outputs.Read", "!GetAtt Trial.Outputs.Raed"),
            "template.yaml:51: `!GetAtt Trial.Outputs.Raed` names an attribute this cloud does not know.",
        ),
        (
            (ROOT, "DependsOn: Trial", "DependsOn: Trail"),
            "template.yaml:19: `Trail` is not a resource of this template.",
        ),
        (
            (ROOT, "Condition: HasNothing", "Condition: HasNothnig"),
            "template.yaml:46: the condition `HasNothnig` is not in the template.",
        ),
        (
            (ROOT, "TopicName: nothing", "TopicNaem: nothing"),
            "template.yaml:47: `TopicNaem` is not something this cloud knows here.",
        ),
        (
            (ROOT, "_http_*", "_https_*"),
            "trial/routes.yaml:15: this role may not invoke \
             `arn:aws:lambda:eu-central-1:000000000000:function:clientele_http_store`.",
        ),
        (
            (ROOT, "Service: apigateway.amazonaws.com", "Service: events.amazonaws.com"),
            "trial/routes.yaml:15: API Gateway is not trusted with this role.",
        ),
        (
            (ROUTES, "integrations/store'", "integrations/stroe'"),
            "trial/routes.yaml:8: there is no integration `#/components/x-amazon-apigateway-integrations/stroe`.",
        ),
        ((ROUTES, "    put:", "    putt:"), "trial/routes.yaml:5: `putt` is not a method that this cloud knows."),
        ((ROUTES, "      type: aws_proxy\n", ""), "trial/routes.yaml:12: `type` is missing."),
    ];
    for ((file, piece, other), expected) in cases {
        assert_eq!(sentence(file, piece, other).await, expected);
    }
}
