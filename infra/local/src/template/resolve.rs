//! Resolves CloudFormation's intrinsic functions, as CloudFormation would for a stack of this machine.
//!
//! Names, ARNs and addresses are made up but consistent: what `!GetAtt Table.Arn` gives a policy is what the endpoint holds
//! against a call. Whatever cannot be resolved is an error that says where it stands.

use std::collections::BTreeMap;

use super::account::{ACCOUNT, Addresses, REGION};
use super::document::Document;
use super::kinds;
use super::node::{Content, Entry, Node};
use super::place::{Place, TemplateError};

/// What the nested stacks of a stack give out, by their logical ids.
pub(super) type Outputs = BTreeMap<String, BTreeMap<String, Node>>;

/// Resolves values of one stack.
pub(super) struct Resolver<'stack> {
    pub(super) document: &'stack Document,
    pub(super) stack: &'stack str,
    pub(super) parameters: &'stack BTreeMap<String, Node>,
    pub(super) nested: Outputs,
    pub(super) addresses: &'stack Addresses,
}

impl Resolver<'_> {
    /// The value with every intrinsic function replaced by what it gives; nothing for `AWS::NoValue`.
    pub(super) fn resolve_or_drop(&self, node: &Node) -> Result<Option<Node>, TemplateError> {
        let content = match &node.content {
            Content::Map(entries) => match node.only_entry().filter(|entry| is_intrinsic(&entry.key)) {
                Some(function) => return self.apply(function, node),
                None => Content::Map(self.entries(entries)?),
            },
            Content::List(items) => {
                let items = items.iter().map(|item| self.resolve_or_drop(item));
                Content::List(items.filter_map(Result::transpose).collect::<Result<_, _>>()?)
            }
            scalar => scalar.clone(),
        };
        Ok(Some(Node::new(node.place.clone(), content)))
    }

    /// The value with every intrinsic function replaced by what it gives.
    pub(super) fn resolve(&self, node: &Node) -> Result<Node, TemplateError> {
        Ok(self.resolve_or_drop(node)?.unwrap_or_else(|| Node::new(node.place.clone(), Content::Null)))
    }

    /// Whether the condition holds that this names.
    pub(super) fn condition(&self, name: &Node) -> Result<bool, TemplateError> {
        let text = name.text()?;
        match self.document.find("Conditions", &text) {
            Some(condition) => self.truth(condition),
            None => Err(name.error(format!("the condition `{text}` is not in the template"))),
        }
    }

    /// The physical name of a resource: the one its properties give it, or its logical id.
    pub(super) fn name_of(&self, id: &str) -> Result<String, TemplateError> {
        let named = self.resource(id).and_then(|resource| {
            let property = match kind(resource) {
                "AWS::DynamoDB::Table" => "TableName",
                "AWS::SQS::Queue" => "QueueName",
                "AWS::Serverless::Function" => "FunctionName",
                "AWS::SNS::Topic" => "TopicName",
                "AWS::Logs::LogGroup" => "LogGroupName",
                "AWS::IAM::ManagedPolicy" => "ManagedPolicyName",
                "AWS::IAM::Role" => "RoleName",
                _ => "Name",
            };
            resource.get("Properties")?.get(property)
        });
        named.map_or_else(|| Ok(id.to_owned()), |name| self.resolve(name)?.text())
    }

    /// What `Ref` gives of a resource.
    pub(super) fn reference_to(&self, id: &str, resource: &Node) -> Result<String, TemplateError> {
        let name = self.name_of(id)?;
        Ok(match kind(resource) {
            "AWS::SQS::Queue" => format!("{}/{ACCOUNT}/{name}", self.addresses.services),
            "AWS::SNS::Topic" => format!("arn:aws:sns:{REGION}:{ACCOUNT}:{name}"),
            "AWS::IAM::ManagedPolicy" => format!("arn:aws:iam::{ACCOUNT}:policy/{name}"),
            "AWS::Serverless::Application" => format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{name}/local"),
            _ => name,
        })
    }

    /// The ARN of a role.
    pub(super) fn arn_of_role(&self, id: &str) -> Result<String, TemplateError> {
        Ok(format!("arn:aws:iam::{ACCOUNT}:role/{}", self.name_of(id)?))
    }

    /// What `Fn::GetAtt` gives of a resource, if it has such an attribute.
    fn attribute(&self, id: &str, resource: &Node, attribute: &str) -> Result<Option<Node>, TemplateError> {
        if let Some(output) = attribute.strip_prefix("Outputs.") {
            return Ok(self.nested.get(id).and_then(|outputs| outputs.get(output)).cloned());
        }
        let name = self.name_of(id)?;
        let arn = |rest: String| Some(format!("arn:aws:{rest}"));
        let value = match (kind(resource), attribute) {
            ("AWS::DynamoDB::Table", "Arn") => arn(format!("dynamodb:{REGION}:{ACCOUNT}:table/{name}")),
            ("AWS::DynamoDB::Table", "StreamArn") => resource
                .get("Properties")
                .and_then(|properties| properties.get("StreamSpecification"))
                .and_then(|_| arn(format!("dynamodb:{REGION}:{ACCOUNT}:table/{name}/stream/local"))),
            ("AWS::SQS::Queue", "Arn") => arn(format!("sqs:{REGION}:{ACCOUNT}:{name}")),
            ("AWS::SQS::Queue", "QueueUrl") => Some(format!("{}/{ACCOUNT}/{name}", self.addresses.services)),
            ("AWS::SQS::Queue", "QueueName") | ("AWS::Events::EventBus", "Name") => Some(name),
            ("AWS::Events::EventBus", "Arn") => arn(format!("events:{REGION}:{ACCOUNT}:event-bus/{name}")),
            ("AWS::Serverless::Function", "Arn") => arn(format!("lambda:{REGION}:{ACCOUNT}:function:{name}")),
            ("AWS::Serverless::HttpApi", "ApiEndpoint") => Some(self.addresses.api.clone()),
            ("AWS::IAM::Role", "Arn") => Some(self.arn_of_role(id)?),
            ("AWS::KMS::Key", "Arn") => arn(format!("kms:{REGION}:{ACCOUNT}:key/{id}")),
            (kind, _) => kinds::find(kind)
                .filter(|kind| kind.attributes.contains(&attribute))
                .and_then(|_| arn(format!("local:{REGION}:{ACCOUNT}:{name}/{attribute}"))),
        };
        Ok(value.map(|value| Node::of_text(resource.place.clone(), value)))
    }

    fn resource(&self, id: &str) -> Option<&Node> {
        self.document.find("Resources", id)
    }

    fn entries(&self, entries: &[Entry]) -> Result<Vec<Entry>, TemplateError> {
        let entries = entries.iter().map(|entry| {
            let value = self.resolve_or_drop(&entry.value)?;
            Ok(value.map(|value| Entry { value, key: entry.key.clone(), place: entry.place.clone() }))
        });
        entries.filter_map(Result::transpose).collect()
    }

    fn apply(&self, function: &Entry, whole: &Node) -> Result<Option<Node>, TemplateError> {
        let argument = &function.value;
        let text = |text: String| Node::of_text(argument.place.clone(), text);
        Ok(Some(match function.key.as_str() {
            "Ref" => return self.reference(&argument.text()?, &argument.place),
            "Fn::If" => return self.choose(argument),
            "Fn::GetAtt" => {
                let path: Vec<String> = argument.texts()?;
                self.attribute_of(&path.join("."), &argument.place)?
            }
            "Fn::Sub" => text(self.substitute(argument)?),
            "Fn::Join" => text(self.join(argument)?),
            "Fn::Select" => self.select(argument)?,
            "Fn::Split" => self.split(argument)?,
            "Fn::FindInMap" => self.find_in_map(argument)?,
            "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => {
                Node::new(whole.place.clone(), Content::Truth(self.truth(whole)?))
            }
            name => return Err(whole.error(format!("the function `{name}` is not one that this cloud resolves"))),
        }))
    }

    /// What `Ref` gives. SAM adds the stage of an HTTP API, `HttpApi.Stage`.
    fn reference(&self, name: &str, place: &Place) -> Result<Option<Node>, TemplateError> {
        let text = match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::Region" => REGION.to_owned(),
            "AWS::AccountId" => ACCOUNT.to_owned(),
            "AWS::Partition" => "aws".to_owned(),
            "AWS::URLSuffix" => "amazonaws.com".to_owned(),
            "AWS::StackName" => self.stack.to_owned(),
            "AWS::StackId" => format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{}/local", self.stack),
            _ if self.is_stage(name) => "$default".to_owned(),
            _ => match (self.resource(name), self.parameters.get(name)) {
                (Some(resource), _) => self.reference_to(name, resource)?,
                (None, Some(value)) => return Ok(Some(Node::new(place.clone(), value.content.clone()))),
                (None, None) if self.document.find("Parameters", name).is_some() => {
                    return Err(place.error(format!("the parameter `{name}` has no default and was not given")));
                }
                (None, None) => return Err(place.error(format!("`{name}` is neither a parameter nor a resource"))),
            },
        };
        Ok(Some(Node::of_text(place.clone(), text)))
    }

    fn is_stage(&self, name: &str) -> bool {
        let api = name.strip_suffix(".Stage").and_then(|id| self.resource(id));
        api.is_some_and(|api| kind(api) == "AWS::Serverless::HttpApi")
    }

    fn attribute_of(&self, path: &str, place: &Place) -> Result<Node, TemplateError> {
        let (id, attribute) = path.split_once('.').unwrap_or((path, ""));
        let Some(resource) = self.resource(id) else {
            return Err(place.error(format!("`!GetAtt {path}` names a resource that is not in the template")));
        };
        let unknown = || place.error(format!("`!GetAtt {path}` names an attribute this cloud does not know"));
        let value = self.attribute(id, resource, attribute)?.ok_or_else(unknown)?;
        Ok(Node::new(place.clone(), value.content))
    }

    fn substitute(&self, argument: &Node) -> Result<String, TemplateError> {
        let (pattern, own) = match &argument.content {
            Content::List(parts) if parts.len() == 2 => (parts[0].text()?, Some(self.resolve(&parts[1])?)),
            _ => (argument.text()?, None),
        };
        let mut result = String::new();
        let mut rest = pattern.as_str();
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                return Err(argument.error(format!("`{pattern}` opens `${{` and does not close it")));
            };
            result.push_str(before);
            result.push_str(&self.substitution(name.trim(), own.as_ref(), &argument.place)?);
            rest = after;
        }
        result.push_str(rest);
        Ok(result)
    }

    fn substitution(&self, name: &str, own: Option<&Node>, place: &Place) -> Result<String, TemplateError> {
        if let Some(literal) = name.strip_prefix('!') {
            return Ok(format!("${{{literal}}}"));
        }
        match own.and_then(|own| own.get(name)) {
            Some(value) => value.text(),
            None if name.contains('.') => self.attribute_of(name, place)?.text(),
            None => self.reference(name, place)?.map_or_else(|| Ok(String::new()), |value| value.text()),
        }
    }

    fn choose(&self, argument: &Node) -> Result<Option<Node>, TemplateError> {
        match argument.items()? {
            [condition, when, otherwise] => {
                self.resolve_or_drop(if self.condition(condition)? { when } else { otherwise })
            }
            _ => Err(argument.error("`Fn::If` needs a condition and two values")),
        }
    }

    fn join(&self, argument: &Node) -> Result<String, TemplateError> {
        match self.resolve(argument)?.items()? {
            [separator, items] => Ok(items.texts()?.join(&separator.text()?)),
            _ => Err(argument.error("`Fn::Join` needs a separator and a list")),
        }
    }

    fn split(&self, argument: &Node) -> Result<Node, TemplateError> {
        match self.resolve(argument)?.items()? {
            [separator, whole] => {
                let (separator, whole) = (separator.text()?, whole.text()?);
                let parts = whole.split(&separator).map(|part| Node::of_text(argument.place.clone(), part));
                Ok(Node::new(argument.place.clone(), Content::List(parts.collect())))
            }
            _ => Err(argument.error("`Fn::Split` needs a separator and a text")),
        }
    }

    fn select(&self, argument: &Node) -> Result<Node, TemplateError> {
        match self.resolve(argument)?.items()? {
            [index, items] => {
                let chosen = items.items()?.get(index.number::<usize>()?).cloned();
                chosen.ok_or_else(|| argument.error("`Fn::Select` chooses nothing from its list"))
            }
            _ => Err(argument.error("`Fn::Select` needs a number and a list")),
        }
    }

    fn find_in_map(&self, argument: &Node) -> Result<Node, TemplateError> {
        let path = self.resolve(argument)?.texts()?;
        let found = match path.as_slice() {
            [map, first, second] => {
                self.document.find("Mappings", map).and_then(|map| map.get(first)).and_then(|map| map.get(second))
            }
            _ => None,
        };
        let nothing = || argument.error(format!("`Fn::FindInMap` finds nothing under {}", path.join(" / ")));
        found.cloned().ok_or_else(nothing)
    }

    fn truth(&self, condition: &Node) -> Result<bool, TemplateError> {
        let malformed = || condition.error("this is not a condition");
        let Entry { key, value: argument, .. } = condition.only_entry().ok_or_else(malformed)?;
        match (key.as_str(), argument.one_or_more()) {
            ("Condition", _) => self.condition(argument),
            ("Fn::Equals", [left, right]) => Ok(self.resolve(left)?.text()? == self.resolve(right)?.text()?),
            ("Fn::Not", [condition]) => Ok(!self.truth(condition)?),
            ("Fn::And", conditions) => {
                conditions.iter().try_fold(true, |truth, condition| Ok(self.truth(condition)? && truth))
            }
            ("Fn::Or", conditions) => {
                conditions.iter().try_fold(false, |truth, condition| Ok(self.truth(condition)? || truth))
            }
            _ => Err(malformed()),
        }
    }
}

/// The type of a resource, nothing if it has none.
pub(super) fn kind(resource: &Node) -> &str {
    match resource.get("Type").map(|kind| &kind.content) {
        Some(Content::Text(kind)) => kind,
        _ => "",
    }
}

fn is_intrinsic(key: &str) -> bool {
    key == "Ref" || key.starts_with("Fn::")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{parameters, yaml};
    use super::*;

    const TEMPLATE: &str = r#"
Parameters:
  PublicUrl: {Type: String, Default: ''}
  Sender: {Type: String}
  Days: {Type: Number, Default: 30}
Conditions:
  HasUrl: !Not [!Equals [!Ref PublicUrl, '']]
  Both: !And [!Condition HasUrl, !Equals [!Ref Days, '30']]
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {TableName: !Sub '${AWS::StackName}-main'}}
  Letters: {Type: AWS::SQS::Queue}
  Area: {Type: AWS::Serverless::Application}
"#;

    fn resolve(value: &str, overrides: &[(&str, &str)]) -> Result<Value, String> {
        let overrides = overrides.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let document = Document::read(TEMPLATE, "template.yaml", None).unwrap();
        let function = yaml::read("clientele-relay", "outputs.yaml").unwrap();
        let resolver = Resolver {
            document: &document,
            stack: "clientele",
            parameters: &parameters::of_root(&document, &overrides).unwrap(),
            nested: BTreeMap::from([("Area".to_owned(), BTreeMap::from([("Function".to_owned(), function)]))]),
            addresses: &Addresses { services: "http://endpoint".to_owned(), api: "http://api".to_owned() },
        };
        let value = yaml::read(value, "value.yaml").unwrap();
        resolver.resolve(&value).map(|value| value.json()).map_err(|error| error.to_string())
    }

    #[test]
    fn references_and_attributes() {
        assert_eq!(resolve("!Ref Table", &[]).unwrap(), "clientele-main");
        assert_eq!(resolve("!Ref Letters", &[]).unwrap(), "http://endpoint/000000000000/Letters");
        let index = resolve("!Sub '${Table.Arn}/index/due'", &[]).unwrap();
        assert_eq!(index, format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/clientele-main/index/due"));
        assert_eq!(resolve("!Join ['-', [a, !Ref Days]]", &[]).unwrap(), "a-30");
        assert_eq!(resolve("!Sub '${!Literal}'", &[]).unwrap(), "${Literal}");
        assert_eq!(resolve("!GetAtt Area.Outputs.Function", &[]).unwrap(), "clientele-relay");
        assert_eq!(resolve("!Sub '${Area.Outputs.Function}!'", &[]).unwrap(), "clientele-relay!");
    }

    #[test]
    fn conditions_choose_and_no_value_drops() {
        let value = "url: !If [Both, !Ref PublicUrl, !Ref AWS::NoValue]";
        assert_eq!(resolve(value, &[]).unwrap(), json!({}));
        assert_eq!(resolve(value, &[("PublicUrl", "http://here")]).unwrap(), json!({"url": "http://here"}));
    }

    #[test]
    fn what_cannot_be_resolved_is_a_sentence_with_its_place() {
        let sentence = |value| resolve(value, &[]).unwrap_err();
        assert_eq!(sentence("a:\n  !Ref Tabel"), "value.yaml:2: `Tabel` is neither a parameter nor a resource.");
        assert_eq!(sentence("!Ref Sender"), "value.yaml:1: the parameter `Sender` has no default and was not given.");
        assert_eq!(
            sentence("!GetAtt Table.Size"),
            "value.yaml:1: `!GetAtt Table.Size` names an attribute this cloud does not know."
        );
        assert_eq!(
            sentence("!GetAtt Area.Outputs.Functoin"),
            "value.yaml:1: `!GetAtt Area.Outputs.Functoin` names an attribute this cloud does not know."
        );
        assert_eq!(sentence("!Cidr []"), "value.yaml:1: the function `Fn::Cidr` is not one that this cloud resolves.");
        assert_eq!(sentence("!If [HasUlr, a, b]"), "value.yaml:1: the condition `HasUlr` is not in the template.");
    }
}
