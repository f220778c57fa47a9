//! Reads the YAML of a template, with CloudFormation's short tags, into plain JSON in the long form.

use serde_json::{Map, Value};
use serde_norway::Value as Yaml;
use serde_norway::value::TaggedValue;

use super::TemplateError;

/// The document as JSON: `!Ref Table` becomes `{"Ref": "Table"}`.
pub(super) fn read(text: &str, name: &str) -> Result<Value, TemplateError> {
    let yaml: Yaml = serde_norway::from_str(text).map_err(|error| syntax(name, &error))?;
    plain(yaml).map_err(|sentence| TemplateError::new(format!("{name}: {sentence}")))
}

fn syntax(name: &str, error: &serde_norway::Error) -> TemplateError {
    let place = error.location().map(|at| format!(":{}:{}", at.line(), at.column())).unwrap_or_default();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    TemplateError::new(format!("{name}{place}: {message}."))
}

fn plain(value: Yaml) -> Result<Value, String> {
    Ok(match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(truth) => Value::Bool(truth),
        Yaml::Number(number) => serde_json::to_value(number).map_err(|_| "a number is not finite.".to_owned())?,
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(plain).collect::<Result<_, _>>()?),
        Yaml::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| Ok((name_of(key)?, plain(value)?)));
            Value::Object(entries.collect::<Result<_, String>>()?)
        }
        Yaml::Tagged(tagged) => intrinsic(*tagged)?,
    })
}

fn name_of(key: Yaml) -> Result<String, String> {
    match key {
        Yaml::String(text) => Ok(text),
        Yaml::Number(number) => Ok(number.to_string()),
        Yaml::Bool(truth) => Ok(truth.to_string()),
        _ => Err("a key of a mapping is neither text nor a number.".to_owned()),
    }
}

fn intrinsic(tagged: TaggedValue) -> Result<Value, String> {
    let tag = tagged.tag.to_string();
    let name = tag.trim_start_matches('!');
    let argument = plain(tagged.value)?;
    let (name, argument) = match (name, &argument) {
        ("Ref" | "Condition", _) => (name.to_owned(), argument),
        ("GetAtt", Value::String(path)) => {
            let (resource, attribute) = path.split_once('.').ok_or(format!("`!GetAtt {path}` names no attribute."))?;
            ("Fn::GetAtt".to_owned(), serde_json::json!([resource, attribute]))
        }
        _ => (format!("Fn::{name}"), argument),
    };
    Ok(Value::Object(Map::from_iter([(name, argument)])))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn short_tags_become_the_long_form() {
        let document = read("a: !Ref Table\nb: !GetAtt Table.Arn\nc: !Sub 'x-${Table}'\n", "template.yaml").unwrap();
        assert_eq!(
            document,
            json!({"a": {"Ref": "Table"}, "b": {"Fn::GetAtt": ["Table", "Arn"]}, "c": {"Fn::Sub": "x-${Table}"}})
        );
    }

    #[test]
    fn broken_yaml_is_one_sentence_with_its_place() {
        let error = read("Resources:\n  A: [1, 2\n  B: 3\n", "template.yaml").unwrap_err().to_string();
        assert!(error.starts_with("template.yaml:3:"), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
}
