//! Resolves CloudFormation's intrinsic functions, as CloudFormation would for a stack of this machine.
//!
//! Names, ARNs and addresses are made up but consistent: what `!GetAtt Table.Arn` gives a policy is what the endpoint holds
//! against a call. Whatever cannot be resolved is an error that names the resource it stands in.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{ACCOUNT, Addresses, REGION, TemplateError};

/// The name of the stack, for templates that use `AWS::StackName`.
const STACK: &str = "clientele";

/// Resolves values of one document.
pub(super) struct Resolver<'document> {
    document: &'document Value,
    parameters: BTreeMap<String, Value>,
    addresses: &'document Addresses,
}

impl<'document> Resolver<'document> {
    /// Parameters are taken from `overrides` first, then from their defaults.
    pub(super) fn new(
        document: &'document Value,
        overrides: &BTreeMap<String, String>,
        addresses: &'document Addresses,
    ) -> Self {
        let mut parameters = BTreeMap::new();
        for (name, declaration) in entries(&document["Parameters"]) {
            let given = overrides.get(name).map(|value| Value::String(value.clone()));
            if let Some(value) = given.or_else(|| declaration.get("Default").cloned()) {
                parameters.insert(name.clone(), parameter(value, &declaration["Type"]));
            }
        }
        Self { document, parameters, addresses }
    }

    /// The value with every intrinsic function replaced by what it gives. `at` is the logical id it belongs to.
    pub(super) fn resolve(&self, value: &Value, at: &str) -> Result<Value, TemplateError> {
        Ok(self.resolve_or_drop(value, at)?.unwrap_or(Value::Null))
    }

    /// Whether a named condition holds.
    pub(super) fn condition(&self, name: &str, at: &str) -> Result<bool, TemplateError> {
        match self.document["Conditions"].get(name) {
            Some(condition) => self.truth(condition, at),
            None => Err(TemplateError::at(at, format!("the condition `{name}` is not in the template"))),
        }
    }

    /// A resource of the template, as it is written, if it is of this type.
    pub(super) fn resource(&self, id: &str, of_kind: &str) -> Option<&'document Value> {
        self.document["Resources"].get(id).filter(|resource| kind(resource) == of_kind)
    }

    /// The physical name of a resource: the one its properties give it, or its logical id.
    pub(super) fn name_of(&self, id: &str) -> Result<String, TemplateError> {
        let resource = &self.document["Resources"][id];
        let property = match kind(resource) {
            "AWS::DynamoDB::Table" => "TableName",
            "AWS::SQS::Queue" => "QueueName",
            "AWS::Serverless::Function" => "FunctionName",
            "AWS::SNS::Topic" => "TopicName",
            "AWS::Logs::LogGroup" => "LogGroupName",
            "AWS::IAM::ManagedPolicy" => return Ok(id.to_owned()),
            _ => "Name",
        };
        match resource["Properties"].get(property) {
            Some(name) => Ok(self.resolve(name, id)?.as_str().unwrap_or(id).to_owned()),
            None => Ok(id.to_owned()),
        }
    }

    fn resolve_or_drop(&self, value: &Value, at: &str) -> Result<Option<Value>, TemplateError> {
        Ok(Some(match value {
            Value::Object(object) if object.len() == 1 => {
                let (name, argument) = object.iter().next().expect("one entry was counted");
                match name.as_str() {
                    "Ref" => return self.reference(text(argument, name, at)?, at),
                    "Fn::If" => return self.choose(argument, at),
                    name if name.starts_with("Fn::") => self.apply(name, argument, at)?,
                    _ => self.object(object, at)?,
                }
            }
            Value::Object(object) => self.object(object, at)?,
            Value::Array(items) => {
                let items = items.iter().map(|item| self.resolve_or_drop(item, at));
                Value::Array(items.filter_map(Result::transpose).collect::<Result<_, _>>()?)
            }
            plain => plain.clone(),
        }))
    }

    fn object(&self, object: &Map<String, Value>, at: &str) -> Result<Value, TemplateError> {
        let mut resolved = Map::new();
        for (name, value) in object {
            if let Some(value) = self.resolve_or_drop(value, at)? {
                resolved.insert(name.clone(), value);
            }
        }
        Ok(Value::Object(resolved))
    }

    fn apply(&self, name: &str, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        match name {
            "Fn::GetAtt" => self.attribute_of(argument, at),
            "Fn::Sub" => self.substitute(argument, at),
            "Fn::Join" => self.join(argument, at),
            "Fn::Select" => self.select(argument, at),
            "Fn::Split" => self.split(argument, at),
            "Fn::FindInMap" => self.find_in_map(argument, at),
            "Fn::Equals" | "Fn::Not" | "Fn::And" | "Fn::Or" => {
                self.truth(&Value::Object(Map::from_iter([(name.to_owned(), argument.clone())])), at).map(Value::Bool)
            }
            _ => Err(TemplateError::at(at, format!("the function `{name}` is not one that this cloud resolves"))),
        }
    }

    fn reference(&self, name: &str, at: &str) -> Result<Option<Value>, TemplateError> {
        Ok(Some(match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::Region" => REGION.into(),
            "AWS::AccountId" => ACCOUNT.into(),
            "AWS::Partition" => "aws".into(),
            "AWS::URLSuffix" => "amazonaws.com".into(),
            "AWS::StackName" => STACK.into(),
            "AWS::StackId" => format!("arn:aws:cloudformation:{REGION}:{ACCOUNT}:stack/{STACK}/local").into(),
            "ServerlessHttpApi" => name.into(),
            _ if self.document["Resources"].get(name).is_some() => self.reference_to_resource(name)?.into(),
            _ => match self.parameters.get(name) {
                Some(value) => value.clone(),
                None if self.document["Parameters"].get(name).is_some() => {
                    let sentence = format!("the parameter `{name}` has no default and was not given");
                    return Err(TemplateError::at(at, sentence));
                }
                None => return Err(TemplateError::at(at, format!("`{name}` is neither a parameter nor a resource"))),
            },
        }))
    }

    fn reference_to_resource(&self, id: &str) -> Result<String, TemplateError> {
        let name = self.name_of(id)?;
        Ok(match kind(&self.document["Resources"][id]) {
            "AWS::SQS::Queue" => format!("{}/{ACCOUNT}/{name}", self.addresses.services),
            "AWS::SNS::Topic" => format!("arn:aws:sns:{REGION}:{ACCOUNT}:{name}"),
            _ => name,
        })
    }

    fn attribute_of(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        let path = match argument {
            Value::String(path) => path.clone(),
            Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."),
            _ => String::new(),
        };
        let Some((id, attribute)) = path.split_once('.') else {
            return Err(TemplateError::at(at, "`Fn::GetAtt` needs a resource and an attribute".to_owned()));
        };
        if self.document["Resources"].get(id).is_none() {
            return Err(TemplateError::at(
                at,
                format!("`!GetAtt {path}` names a resource that is not in the template"),
            ));
        }
        let unknown = || TemplateError::at(at, format!("`!GetAtt {path}` names an attribute this cloud does not know"));
        self.attribute(id, attribute)?.map(Value::String).ok_or_else(unknown)
    }

    fn attribute(&self, id: &str, attribute: &str) -> Result<Option<String>, TemplateError> {
        let name = self.name_of(id)?;
        let arn = |rest: String| Some(format!("arn:aws:{rest}"));
        let resource = &self.document["Resources"][id];
        Ok(match (kind(resource), attribute) {
            ("AWS::DynamoDB::Table", "Arn") => arn(format!("dynamodb:{REGION}:{ACCOUNT}:table/{name}")),
            ("AWS::DynamoDB::Table", "StreamArn") if resource["Properties"].get("StreamSpecification").is_some() => {
                arn(format!("dynamodb:{REGION}:{ACCOUNT}:table/{name}/stream/local"))
            }
            ("AWS::SQS::Queue", "Arn") => arn(format!("sqs:{REGION}:{ACCOUNT}:{name}")),
            ("AWS::SQS::Queue", "QueueName") => Some(name),
            ("AWS::SQS::Queue", "QueueUrl") => Some(format!("{}/{ACCOUNT}/{name}", self.addresses.services)),
            ("AWS::Events::EventBus", "Arn") => arn(format!("events:{REGION}:{ACCOUNT}:event-bus/{name}")),
            ("AWS::Events::EventBus", "Name") => Some(name),
            ("AWS::Serverless::Function", "Arn") => arn(format!("lambda:{REGION}:{ACCOUNT}:function:{name}")),
            ("AWS::Serverless::HttpApi", "ApiEndpoint") => Some(self.addresses.api.clone()),
            ("AWS::SNS::Topic", "TopicArn") => arn(format!("sns:{REGION}:{ACCOUNT}:{name}")),
            ("AWS::Logs::LogGroup", "Arn") => arn(format!("logs:{REGION}:{ACCOUNT}:log-group:{name}:*")),
            ("AWS::KMS::Key", "Arn") => arn(format!("kms:{REGION}:{ACCOUNT}:key/{id}")),
            ("AWS::IAM::Role", "Arn") => arn(format!("iam::{ACCOUNT}:role/{name}")),
            _ => None,
        })
    }

    fn substitute(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        let (pattern, own) = match argument {
            Value::String(pattern) => (pattern.as_str(), Value::Null),
            Value::Array(parts) if parts.len() == 2 => (text(&parts[0], "Fn::Sub", at)?, self.resolve(&parts[1], at)?),
            _ => return Err(TemplateError::at(at, "`Fn::Sub` needs a text".to_owned())),
        };
        let mut result = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                return Err(TemplateError::at(at, format!("`{pattern}` opens `${{` and does not close it")));
            };
            result.push_str(before);
            result.push_str(&self.substitution(name.trim(), &own, at)?);
            rest = after;
        }
        result.push_str(rest);
        Ok(result.into())
    }

    fn substitution(&self, name: &str, own: &Value, at: &str) -> Result<String, TemplateError> {
        if let Some(literal) = name.strip_prefix('!') {
            return Ok(format!("${{{literal}}}"));
        }
        let value = match own.get(name) {
            Some(value) => value.clone(),
            None if name.contains('.') => self.attribute_of(&name.into(), at)?,
            None => self.reference(name, at)?.unwrap_or_default(),
        };
        Ok(super::scalar(&value).unwrap_or_default())
    }

    fn choose(&self, argument: &Value, at: &str) -> Result<Option<Value>, TemplateError> {
        match argument.as_array().map(Vec::as_slice) {
            Some([Value::String(condition), when, otherwise]) => {
                self.resolve_or_drop(if self.condition(condition, at)? { when } else { otherwise }, at)
            }
            _ => Err(TemplateError::at(at, "`Fn::If` needs a condition and two values".to_owned())),
        }
    }

    fn join(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        match self.resolve(argument, at)?.as_array().map(Vec::as_slice) {
            Some([Value::String(separator), Value::Array(items)]) => {
                Ok(items.iter().filter_map(super::scalar).collect::<Vec<_>>().join(separator).into())
            }
            _ => Err(TemplateError::at(at, "`Fn::Join` needs a separator and a list".to_owned())),
        }
    }

    fn split(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        match self.resolve(argument, at)?.as_array().map(Vec::as_slice) {
            Some([Value::String(separator), Value::String(whole)]) => {
                Ok(whole.split(separator.as_str()).map(Value::from).collect())
            }
            _ => Err(TemplateError::at(at, "`Fn::Split` needs a separator and a text".to_owned())),
        }
    }

    fn select(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        let argument = self.resolve(argument, at)?;
        let chosen = match argument.as_array().map(Vec::as_slice) {
            Some([index, Value::Array(items)]) => {
                super::scalar(index).and_then(|index| index.parse::<usize>().ok()).and_then(|index| items.get(index))
            }
            _ => None,
        };
        chosen.cloned().ok_or_else(|| TemplateError::at(at, "`Fn::Select` chooses nothing from its list".to_owned()))
    }

    fn find_in_map(&self, argument: &Value, at: &str) -> Result<Value, TemplateError> {
        let path: Vec<String> =
            self.resolve(argument, at)?.as_array().into_iter().flatten().filter_map(super::scalar).collect();
        let found = path.iter().try_fold(&self.document["Mappings"], |value, name| value.get(name));
        found
            .filter(|_| path.len() == 3)
            .cloned()
            .ok_or_else(|| TemplateError::at(at, format!("`Fn::FindInMap` finds nothing under {}", path.join(" / "))))
    }

    fn truth(&self, condition: &Value, at: &str) -> Result<bool, TemplateError> {
        let malformed = || TemplateError::at(at, format!("`{condition}` is not a condition"));
        let (name, argument) = condition.as_object().and_then(|object| object.iter().next()).ok_or_else(malformed)?;
        let list = argument.as_array().map(Vec::as_slice).unwrap_or_default();
        match (name.as_str(), list) {
            ("Condition", _) => self.condition(text(argument, name, at)?, at),
            ("Fn::Equals", [left, right]) => {
                Ok(super::scalar(&self.resolve(left, at)?) == super::scalar(&self.resolve(right, at)?))
            }
            ("Fn::Not", [condition]) => Ok(!self.truth(condition, at)?),
            ("Fn::And", conditions) => {
                conditions.iter().try_fold(true, |truth, condition| Ok(self.truth(condition, at)? && truth))
            }
            ("Fn::Or", conditions) => {
                conditions.iter().try_fold(false, |truth, condition| Ok(self.truth(condition, at)? || truth))
            }
            _ => Err(malformed()),
        }
    }
}

/// The type of a resource.
pub(super) fn kind(resource: &Value) -> &str {
    resource["Type"].as_str().unwrap_or_default()
}

/// The entries of a mapping, none if it is not there.
pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn text<'value>(value: &'value Value, function: &str, at: &str) -> Result<&'value str, TemplateError> {
    value.as_str().ok_or_else(|| TemplateError::at(at, format!("`{function}` needs a text")))
}

fn parameter(value: Value, kind: &Value) -> Value {
    let kind = kind.as_str().unwrap_or_default();
    match super::scalar(&value) {
        Some(text) if kind == "CommaDelimitedList" || kind.starts_with("List<") => {
            text.split(',').map(|item| Value::from(item.trim())).collect()
        }
        Some(text) => text.into(),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn document() -> Value {
        json!({
            "Parameters": {"PublicUrl": {"Default": ""}, "Sender": {}, "Days": {"Type": "Number", "Default": 30}},
            "Conditions": {
                "HasUrl": {"Fn::Not": [{"Fn::Equals": [{"Ref": "PublicUrl"}, ""]}]},
                "Both": {"Fn::And": [{"Condition": "HasUrl"}, {"Fn::Equals": [{"Ref": "Days"}, "30"]}]},
            },
            "Resources": {
                "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {"TableName": {"Fn::Sub": "${AWS::StackName}-main"}}},
                "Letters": {"Type": "AWS::SQS::Queue"},
            },
        })
    }

    fn resolve(value: Value, overrides: &[(&str, &str)]) -> Result<Value, String> {
        let overrides = overrides.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let document = document();
        let addresses = Addresses { services: "http://endpoint".to_owned(), api: "http://api".to_owned() };
        Resolver::new(&document, &overrides, &addresses).resolve(&value, "LogIn").map_err(|error| error.to_string())
    }

    #[test]
    fn references_and_attributes() {
        assert_eq!(resolve(json!({"Ref": "Table"}), &[]).unwrap(), "clientele-main");
        assert_eq!(resolve(json!({"Ref": "Letters"}), &[]).unwrap(), "http://endpoint/000000000000/Letters");
        let index = resolve(json!({"Fn::Sub": "${Table.Arn}/index/due"}), &[]).unwrap();
        assert_eq!(index, format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/clientele-main/index/due"));
        assert_eq!(resolve(json!({"Fn::Join": ["-", ["a", {"Ref": "Days"}]]}), &[]).unwrap(), "a-30");
        assert_eq!(resolve(json!({"Fn::Sub": "${!Literal}"}), &[]).unwrap(), "${Literal}");
    }

    #[test]
    fn conditions_choose_and_no_value_drops() {
        let value = json!({"url": {"Fn::If": ["Both", {"Ref": "PublicUrl"}, {"Ref": "AWS::NoValue"}]}});
        assert_eq!(resolve(value.clone(), &[]).unwrap(), json!({}));
        assert_eq!(resolve(value, &[("PublicUrl", "http://here")]).unwrap(), json!({"url": "http://here"}));
    }

    #[test]
    fn what_cannot_be_resolved_is_a_sentence_naming_the_resource() {
        let sentence = |value| resolve(value, &[]).unwrap_err();
        assert_eq!(sentence(json!({"Ref": "Tabel"})), "LogIn: `Tabel` is neither a parameter nor a resource.");
        assert_eq!(
            sentence(json!({"Ref": "Sender"})),
            "LogIn: the parameter `Sender` has no default and was not given."
        );
        assert_eq!(
            sentence(json!({"Fn::GetAtt": ["Table", "Size"]})),
            "LogIn: `!GetAtt Table.Size` names an attribute this cloud does not know."
        );
        assert_eq!(
            sentence(json!({"Fn::Cidr": []})),
            "LogIn: the function `Fn::Cidr` is not one that this cloud resolves."
        );
    }
}
