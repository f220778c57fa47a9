//! An event as patterns see it: its leaves, each with its path and the elements of lists it lies in.

use serde_json::Value;

/// The leaves of an event. Objects and lists are none, so an empty list has no leaf at all.
pub(super) struct Leaves<'event>(Vec<Leaf<'event>>);

/// A text, number, boolean or null in an event.
pub(super) struct Leaf<'event> {
    path: String,
    pub(super) value: &'event Value,
    /// The lists it lies in, the outermost first: the number of the list in the event, and that of the element.
    elements: Vec<(usize, usize)>,
}

impl Leaf<'_> {
    /// Whether both lie in the same element of every list they share.
    pub(super) fn is_beside(&self, other: &Leaf<'_>) -> bool {
        self.elements
            .iter()
            .all(|(list, element)| other.elements.iter().all(|(shared, at)| list != shared || element == at))
    }
}

impl<'event> Leaves<'event> {
    /// The leaves of an event.
    pub(super) fn of(event: &'event Value) -> Self {
        let mut reading = Reading { leaves: Vec::new(), elements: Vec::new(), lists: 0 };
        reading.read(event, "");
        Self(reading.leaves)
    }

    /// The leaves at a path, such as `detail.state`.
    pub(super) fn at(&self, path: &str) -> impl Iterator<Item = &Leaf<'event>> {
        self.0.iter().filter(move |leaf| leaf.path == path)
    }
}

struct Reading<'event> {
    leaves: Vec<Leaf<'event>>,
    elements: Vec<(usize, usize)>,
    lists: usize,
}

impl<'event> Reading<'event> {
    fn read(&mut self, value: &'event Value, path: &str) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.read(value, &path);
                }
            }
            Value::Array(items) => {
                let list = self.lists;
                self.lists += 1;
                for (element, item) in items.iter().enumerate() {
                    self.elements.push((list, element));
                    self.read(item, path);
                    self.elements.pop();
                }
            }
            _ => self.leaves.push(Leaf { path: path.to_owned(), value, elements: self.elements.clone() }),
        }
    }
}
