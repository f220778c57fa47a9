//! Conditions and updates in [DynamoDB's expression language](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html),
//! with a placeholder for every name and value.

use std::collections::HashMap;

use decision::{Expectation, Guard, Patch};
use serde_json::Value;

use crate::StoreError;
use crate::item::{Item, of_value};

type Names = HashMap<String, String>;

/// The condition of a write that has no update, with the names and values that it refers to.
pub(crate) fn condition(guard: &Guard) -> Result<(String, Option<Names>, Option<Item>), StoreError> {
    let mut placeholders = Placeholders::default();
    let condition = placeholders.condition(guard)?;
    let (names, values) = placeholders.split();
    Ok((condition, names, values))
}

/// Names and values that expressions refer to.
#[derive(Default)]
pub(crate) struct Placeholders {
    names: Names,
    values: Item,
}

impl Placeholders {
    /// What DynamoDB takes for the names and the values: nothing where there are none.
    pub(crate) fn split(self) -> (Option<Names>, Option<Item>) {
        let names = (!self.names.is_empty()).then_some(self.names);
        (names, (!self.values.is_empty()).then_some(self.values))
    }

    fn name(&mut self, name: &str) -> String {
        let placeholder = format!("#n{}", self.names.len());
        self.names.insert(placeholder.clone(), name.to_owned());
        placeholder
    }

    fn value(&mut self, value: &Value) -> Result<String, StoreError> {
        let placeholder = format!(":v{}", self.values.len());
        self.values.insert(placeholder.clone(), of_value(value)?);
        Ok(placeholder)
    }

    /// The condition that a guard stands for.
    pub(crate) fn condition(&mut self, guard: &Guard) -> Result<String, StoreError> {
        Ok(match guard {
            Guard::Absent => "attribute_not_exists(pk)".to_owned(),
            Guard::AbsentOrExpired(now) => {
                format!("attribute_not_exists(pk) OR expiresAt <= {}", self.value(&now.as_second().into())?)
            }
            Guard::Present => "attribute_exists(pk)".to_owned(),
            Guard::Version(version) => format!("version = {}", self.value(&(*version).into())?),
            Guard::Like(expectations) => {
                let terms: Vec<String> =
                    expectations.iter().map(|expectation| self.expectation(expectation)).collect::<Result<_, _>>()?;
                // An item that is not there is like nothing, whatever it is expected to lack.
                format!("attribute_exists(pk) AND {}", terms.join(" AND "))
            }
        })
    }

    fn expectation(&mut self, expectation: &Expectation) -> Result<String, StoreError> {
        Ok(match expectation {
            Expectation::Is(name, value) => format!("{} = {}", self.name(name), self.value(value)?),
            Expectation::IsNot(name, value) => format!("{} <> {}", self.name(name), self.value(value)?),
            Expectation::Missing(name) => format!("attribute_not_exists({})", self.name(name)),
        })
    }

    /// The update that a patch stands for.
    pub(crate) fn update(&mut self, patch: &Patch) -> Result<String, StoreError> {
        let mut set = Vec::new();
        for (name, value) in &patch.set {
            set.push(format!("{} = {}", self.name(name), self.value(value)?));
        }
        for (name, value) in &patch.set_if_missing {
            let name = self.name(name);
            set.push(format!("{name} = if_not_exists({name}, {})", self.value(value)?));
        }
        let remove: Vec<String> = patch.remove.iter().map(|name| self.name(name)).collect();
        let mut clauses = Vec::new();
        if !set.is_empty() {
            clauses.push(format!("SET {}", set.join(", ")));
        }
        if !remove.is_empty() {
            clauses.push(format!("REMOVE {}", remove.join(", ")));
        }
        Ok(clauses.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use decision::{Attributes, Place};

    use super::*;

    #[test]
    fn expressions_refer_to_every_name_and_value() {
        let mut placeholders = Placeholders::default();
        let patch = Patch {
            place: Place { pk: "P".into(), sk: "S".into() },
            set: Attributes::from_iter([("name".to_owned(), "Ada".into())]),
            set_if_missing: Attributes::from_iter([("since".to_owned(), 1.into())]),
            remove: vec!["label".into()],
            guard: None,
        };
        let update = placeholders.update(&patch).unwrap();
        assert_eq!(update, "SET #n0 = :v0, #n1 = if_not_exists(#n1, :v1) REMOVE #n2");
        let guard = Guard::Like(vec![Expectation::Is("state", "active".into()), Expectation::Missing("blockedAt")]);
        let condition = placeholders.condition(&guard).unwrap();
        assert_eq!(condition, "attribute_exists(pk) AND #n3 = :v2 AND attribute_not_exists(#n4)");
        let (names, values) = placeholders.split();
        assert_eq!((names.unwrap().len(), values.unwrap().len()), (5, 3));
    }
}
