//! One template file: its sections, with what it includes put in place, as CloudFormation does before it looks at anything else.

use std::path::{Path, PathBuf};

use super::node::{Content, Entry, Node};
use super::place::TemplateError;
use super::yaml;

/// The sections that are there besides globals and resources. Metadata is for people, and where anchors stand; rules hold where
/// the stack is deployed.
const SECTIONS: [&str; 9] = [
    "AWSTemplateFormatVersion",
    "Transform",
    "Description",
    "Metadata",
    "Parameters",
    "Mappings",
    "Rules",
    "Conditions",
    "Outputs",
];

/// A template file.
#[derive(Debug)]
pub(super) struct Document {
    name: String,
    folder: Option<PathBuf>,
    root: Node,
}

impl Document {
    /// Reads a template. What it includes lies in `folder`; a template without a folder can include nothing.
    pub(super) fn read(text: &str, name: &str, folder: Option<&Path>) -> Result<Self, TemplateError> {
        let mut document =
            Self { name: name.to_owned(), folder: folder.map(Path::to_owned), root: yaml::read(text, name)? };
        let fields = document.root.fields()?;
        let globals = fields.get("Globals").map(Node::fields).transpose()?;
        if let Some(globals) = globals {
            globals.get("Function");
            globals.finish(&[])?;
        }
        fields.require("Resources")?;
        fields.finish(&SECTIONS)?;
        document.root = document.expanded(&document.root)?;
        Ok(document)
    }

    /// The template at a location that this one names.
    pub(super) fn nested(&self, location: &Node) -> Result<Self, TemplateError> {
        let (path, text) = self.file(location)?;
        let name = Path::new(&self.name).with_file_name(location.text()?);
        Self::read(&text, &name.to_string_lossy(), path.parent())
    }

    /// The entries of a section, none if it is not there.
    pub(super) fn section(&self, name: &str) -> Result<&[Entry], TemplateError> {
        self.root.get(name).map_or(Ok(&[]), Node::entries)
    }

    /// An entry of a section.
    pub(super) fn find(&self, section: &str, name: &str) -> Option<&Node> {
        self.root.get(section)?.get(name)
    }

    /// What every function has that does not say otherwise.
    pub(super) fn globals(&self) -> Option<&Node> {
        self.find("Globals", "Function")
    }

    fn file(&self, location: &Node) -> Result<(PathBuf, String), TemplateError> {
        let name = location.text()?;
        let Some(folder) = &self.folder else {
            return Err(location.error(format!("`{name}` cannot be found: this template is no file")));
        };
        let path = folder.join(&name);
        match std::fs::read_to_string(&path) {
            Ok(text) => Ok((path, text)),
            Err(error) => Err(location.error(format!("`{name}` cannot be read: {error}"))),
        }
    }

    /// The node with what it includes by `AWS::Include`.
    fn expanded(&self, node: &Node) -> Result<Node, TemplateError> {
        let content = match &node.content {
            Content::List(items) => {
                Content::List(items.iter().map(|item| self.expanded(item)).collect::<Result<_, _>>()?)
            }
            Content::Map(entries) => match node.only_entry() {
                Some(entry) if entry.key == "Fn::Transform" => return self.included(&entry.value),
                _ => Content::Map(entries.iter().map(|entry| self.expanded_entry(entry)).collect::<Result<_, _>>()?),
            },
            scalar => scalar.clone(),
        };
        Ok(Node::new(node.place.clone(), content))
    }

    fn expanded_entry(&self, entry: &Entry) -> Result<Entry, TemplateError> {
        Ok(Entry { value: self.expanded(&entry.value)?, ..entry.clone() })
    }

    fn included(&self, transform: &Node) -> Result<Node, TemplateError> {
        let fields = transform.fields()?;
        let name = fields.require("Name")?;
        if name.text()? != "AWS::Include" {
            return Err(name.error(format!("the transform `{}` is not one that this cloud knows", name.text()?)));
        }
        let parameters = fields.require("Parameters")?.fields()?;
        let location = parameters.require("Location")?;
        parameters.finish(&[])?;
        fields.finish(&[])?;
        let (_, text) = self.file(location)?;
        yaml::read(&text, &Path::new(&self.name).with_file_name(location.text()?).to_string_lossy())
    }
}
