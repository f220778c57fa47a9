//! Reads YAML with CloudFormation's short tags into nodes in the long form: `!Ref Table` becomes `{Ref: Table}`.
//!
//! What YAML 1.2 and the YAML 1.1 of SAM and CloudFormation understand differently is refused: `OFF` without quotes is a text
//! to one and false to the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};
use serde_json::Number;

use super::node::{Content, Entry, Node};
use super::place::{Place, TemplateError};

/// Plain scalars that are truths in YAML 1.1 alone.
const TRUTHS_OF_YAML_1_1: [&str; 4] = ["on", "off", "yes", "no"];

/// Reads a file. `name` is how errors call it.
pub(super) fn read(text: &str, name: &str) -> Result<Node, TemplateError> {
    let mut composer = Composer { file: name.into(), events: Parser::new_from_str(text), anchors: BTreeMap::new() };
    loop {
        match composer.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (Event::StreamEnd, span) => return Err(composer.place(&span).error("the file is empty")),
            (event, span) => return composer.node(event, &span),
        }
    }
}

struct Composer<Events> {
    file: Arc<str>,
    events: Events,
    anchors: BTreeMap<usize, Node>,
}

impl<'text, Events: Iterator<Item = Result<(Event<'text>, Span), ScanError>>> Composer<Events> {
    fn place(&self, span: &Span) -> Place {
        Place::new(Arc::clone(&self.file), span.start.line())
    }

    fn next(&mut self) -> Result<(Event<'text>, Span), TemplateError> {
        match self.events.next() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(Place::new(Arc::clone(&self.file), error.marker().line()).error(error.info())),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn node(&mut self, event: Event<'text>, span: &Span) -> Result<Node, TemplateError> {
        let place = self.place(span);
        let (content, anchor, tag) = match event {
            Event::Alias(anchor) => {
                let unknown = || place.error("an alias stands in its own anchor");
                return self.anchors.get(&anchor).cloned().ok_or_else(unknown);
            }
            Event::Scalar(text, style, anchor, tag) => (scalar(&text, style, tag.is_some(), &place)?, anchor, tag),
            Event::SequenceStart(anchor, tag) => (Content::List(self.items()?), anchor, tag),
            Event::MappingStart(anchor, tag) => (Content::Map(self.entries()?), anchor, tag),
            _ => return Err(place.error("a value is expected here")),
        };
        let node = Node::new(place, content);
        let node = match tag {
            Some(tag) => intrinsic(&tag, node)?,
            None => node,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(node)
    }

    fn items(&mut self) -> Result<Vec<Node>, TemplateError> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(items),
                (event, span) => items.push(self.node(event, &span)?),
            }
        }
    }

    fn entries(&mut self) -> Result<Vec<Entry>, TemplateError> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if event == Event::MappingEnd {
                return Ok(entries);
            }
            let Node { place, content } = self.node(event, &span)?;
            let key = Node::new(place.clone(), content).text()?;
            if key == "<<" {
                return Err(place.error("CloudFormation knows no merges (`<<`)"));
            }
            if entries.iter().any(|entry| entry.key == key) {
                return Err(place.error(format!("`{key}` is there twice")));
            }
            let (event, span) = self.next()?;
            let value = self.node(event, &span)?;
            entries.push(Entry { key, place, value });
        }
    }
}

fn scalar(text: &str, style: ScalarStyle, tagged: bool, place: &Place) -> Result<Content, TemplateError> {
    if style != ScalarStyle::Plain || tagged {
        return Ok(Content::Text(text.to_owned()));
    }
    if TRUTHS_OF_YAML_1_1.iter().any(|truth| text.eq_ignore_ascii_case(truth)) {
        return Err(place.error(format!("`{text}` has to be in quotes: to CloudFormation it is a truth")));
    }
    Ok(match text {
        "" | "~" | "null" | "Null" | "NULL" => Content::Null,
        "true" | "True" | "TRUE" => Content::Truth(true),
        "false" | "False" | "FALSE" => Content::Truth(false),
        _ => text.parse::<Number>().map_or_else(|_| Content::Text(text.to_owned()), Content::Number),
    })
}

fn intrinsic(tag: &Tag, argument: Node) -> Result<Node, TemplateError> {
    let place = argument.place.clone();
    let (key, value) = match (tag.handle.as_str(), tag.suffix.as_str()) {
        ("!", name @ ("Ref" | "Condition")) => (name.to_owned(), argument),
        ("!", "GetAtt") => ("Fn::GetAtt".to_owned(), path(argument)?),
        ("!", name) => (format!("Fn::{name}"), argument),
        _ => return Err(place.error(format!("the tag `{tag}` is not one of CloudFormation's"))),
    };
    Ok(Node::new(place.clone(), Content::Map(vec![Entry { key, place, value }])))
}

/// `Table.Arn` as the list that the long form has.
fn path(argument: Node) -> Result<Node, TemplateError> {
    let Content::Text(path) = &argument.content else { return Ok(argument) };
    let Some((resource, attribute)) = path.split_once('.') else {
        return Err(argument.error(format!("`!GetAtt {path}` names no attribute")));
    };
    let part = |text: &str| Node::of_text(argument.place.clone(), text);
    Ok(Node::new(argument.place.clone(), Content::List(vec![part(resource), part(attribute)])))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sentence(text: &str) -> String {
        read(text, "template.yaml").unwrap_err().to_string()
    }

    #[test]
    fn short_tags_become_the_long_form() {
        let node = read("a: !Ref Table\nb: !GetAtt Table.Arn\nc: !Sub 'x-${Table}'\n", "template.yaml").unwrap();
        assert_eq!(
            node.json(),
            json!({"a": {"Ref": "Table"}, "b": {"Fn::GetAtt": ["Table", "Arn"]}, "c": {"Fn::Sub": "x-${Table}"}})
        );
    }

    #[test]
    fn scalars_are_what_cloudformation_makes_of_them() {
        let node = read("[1, 1.5, true, '1', text, 2012-10-17, null, 'OFF']", "template.yaml").unwrap();
        assert_eq!(node.json(), json!([1, 1.5, true, "1", "text", "2012-10-17", null, "OFF"]));
        assert_eq!(read("a: >-\n  one\n  line\n", "template.yaml").unwrap().json(), json!({"a": "one line"}));
    }

    #[test]
    fn an_alias_is_what_its_anchor_marks_and_stands_where_it_does() {
        let node = read("a: &table\n  - !Ref Table\nb: *table\n", "template.yaml").unwrap();
        assert_eq!(node.json(), json!({"a": [{"Ref": "Table"}], "b": [{"Ref": "Table"}]}));
        let alias = &node.get("b").unwrap().items().unwrap()[0];
        assert_eq!(alias.error("here").to_string(), "template.yaml:2: here.");
    }

    #[test]
    fn what_is_wrong_is_one_sentence_with_its_place() {
        let broken = sentence("Resources:\n  A: [1, 2\n  B: 3\n");
        assert!(broken.starts_with("template.yaml:") && !broken.contains('\n'), "{broken}");
        assert_eq!(sentence("a: 1\nb: 2\na: 3\n"), "template.yaml:3: `a` is there twice.");
        assert_eq!(sentence("a: &x {b: 1}\nc: {<<: *x}\n"), "template.yaml:2: CloudFormation knows no merges (`<<`).");
        assert_eq!(
            sentence("a:\n  Mode: OFF\n"),
            "template.yaml:2: `OFF` has to be in quotes: to CloudFormation it is a truth."
        );
        assert_eq!(sentence("a: !GetAtt Table\n"), "template.yaml:1: `!GetAtt Table` names no attribute.");
        assert_eq!(sentence(""), "template.yaml:1: the file is empty.");
    }
}
