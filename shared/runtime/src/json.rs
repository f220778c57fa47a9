//! JSON bodies, read as what an endpoint asks for.
//!
//! What is wrong with a body is told in words of JSON, never in those of our types: serde's own errors name structs and fields of
//! Rust. Besides, an empty text counts as absent where a value may be left out ([`Blank::IsAbsent`]), as forms send it. What it
//! trades: nested values are scanned once for each level they lie deep.

use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::value::RawValue;

/// As deep as `serde_json` goes.
const DEEPEST: u8 = 127;

/// What an empty text means where a value may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blank {
    /// The same as nothing.
    IsAbsent,
    /// An empty text.
    IsText,
}

/// Why a body is not read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// It is not JSON.
    NotJson,
    /// The value at a path such as `company.legalName` is not as it has to be; an empty path is the whole body.
    Value(String, Fault),
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is not there.
    Missing,
    /// Nothing of that name is asked for.
    NotAsked,
    /// It is of another type.
    Not(Type),
    /// It is none of these words.
    NotOneOf(&'static [&'static str]),
    /// What the type itself says, such as the type of an id.
    Other(String),
}

/// The types of JSON, null apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Text,
    Number,
    Boolean,
    Object,
    List,
}

/// Reads a body.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8], blank: Blank) -> Result<T, Unreadable> {
    let text: &RawValue = serde_json::from_slice(body).map_err(|_| Unreadable::NotJson)?;
    let value = Value { text: text.get(), depth: 0, blank };
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().to_string();
        let Error { fault, name } = error.into_inner();
        let beside = name.filter(|name| fault == Fault::Missing || path.rsplit('.').next() != Some(name));
        let parts = [Some(path).filter(|path| path != "."), beside];
        Unreadable::Value(parts.into_iter().flatten().collect::<Vec<_>>().join("."), fault)
    })
}

/// A value of the body, not yet read.
#[derive(Clone, Copy)]
struct Value<'de> {
    text: &'de str,
    depth: u8,
    blank: Blank,
}

/// What is wrong, and the name of the member if it is one of the value at hand.
#[derive(Debug)]
struct Error {
    fault: Fault,
    name: Option<String>,
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self { fault, name: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.fault)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Fault::Other(message.to_string()).into()
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::custom("is of another type")
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self::custom("is out of range")
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self::custom("has another length")
    }

    fn missing_field(name: &'static str) -> Self {
        Self { fault: Fault::Missing, name: Some(name.to_owned()) }
    }

    fn unknown_field(name: &str, _: &'static [&'static str]) -> Self {
        Self { fault: Fault::NotAsked, name: Some(name.to_owned()) }
    }

    fn unknown_variant(_: &str, words: &'static [&'static str]) -> Self {
        Fault::NotOneOf(words).into()
    }

    fn duplicate_field(name: &'static str) -> Self {
        Self { fault: Fault::Other("is given twice".to_owned()), name: Some(name.to_owned()) }
    }
}

impl<'de> Value<'de> {
    /// None for null.
    fn kind(self) -> Option<Type> {
        match self.text.as_bytes().first() {
            Some(b'"') => Some(Type::Text),
            Some(b'{') => Some(Type::Object),
            Some(b'[') => Some(Type::List),
            Some(b't' | b'f') => Some(Type::Boolean),
            Some(b'n') | None => None,
            Some(_) => Some(Type::Number),
        }
    }

    fn is(self, kind: Type) -> Result<Self, Error> {
        if self.kind() == Some(kind) { Ok(self) } else { Err(Fault::Not(kind).into()) }
    }

    fn parse<T: Deserialize<'de>>(self) -> Result<T, Error> {
        serde_json::from_str(self.text).map_err(Error::custom)
    }

    fn inner(self, text: &'de RawValue) -> Self {
        Self { text: text.get(), depth: self.depth + 1, blank: self.blank }
    }

    fn enter(self) -> Result<Self, Error> {
        if self.depth < DEEPEST { Ok(self) } else { Err(Error::custom("is nested too deeply")) }
    }

    fn object<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Members(members) = self.enter()?.parse()?;
        visitor.visit_map(MapDeserializer::new(members.into_iter().map(|(name, text)| (name, self.inner(text)))))
    }

    fn list<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let items: Vec<&'de RawValue> = self.enter()?.parse()?;
        visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(|text| self.inner(text))))
    }

    fn number<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number: serde_json::Number = self.parse()?;
        match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), _, _) => visitor.visit_u64(number),
            (_, Some(number), _) => visitor.visit_i64(number),
            (_, _, Some(number)) => visitor.visit_f64(number),
            _ => Err(Fault::Not(Type::Number).into()),
        }
    }
}

/// The members of an object in their order. One that is given twice is there twice, and noticed by whoever reads them.
struct Members<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = access.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

impl<'de> IntoDeserializer<'de, Error> for Value<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! typed {
    ($($method:ident: $kind:ident;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.is(Type::$kind)?.deserialize_any(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Value<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.kind() {
            Some(Type::Text) => visitor.visit_string(self.parse()?),
            Some(Type::Number) => self.number(visitor),
            Some(Type::Boolean) => visitor.visit_bool(self.text == "true"),
            Some(Type::Object) => self.object(visitor),
            Some(Type::List) => self.list(visitor),
            None => visitor.visit_unit(),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_blank = self.blank == Blank::IsAbsent && self.text == "\"\"";
        if is_blank || self.kind().is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.is(Type::Object)?.object(visitor)
    }

    /// Our enumerations are words.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word: String = self.is(Type::Text).map_err(|_| Fault::NotOneOf(words))?.parse()?;
        visitor.visit_enum(word.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    typed! {
        deserialize_bool: Boolean;
        deserialize_i8: Number;
        deserialize_i16: Number;
        deserialize_i32: Number;
        deserialize_i64: Number;
        deserialize_u8: Number;
        deserialize_u16: Number;
        deserialize_u32: Number;
        deserialize_u64: Number;
        deserialize_f32: Number;
        deserialize_f64: Number;
        deserialize_str: Text;
        deserialize_string: Text;
        deserialize_map: Object;
        deserialize_seq: List;
    }

    forward_to_deserialize_any! { char bytes byte_buf unit unit_struct tuple tuple_struct identifier }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Form {
        name: String,
        age: Option<u8>,
        kind: Option<Kind>,
        company: Option<Company>,
        #[serde(default)]
        lines: Vec<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Company {
        legal_name: String,
        vat_number: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Person,
        Company,
    }

    fn fault(body: &str) -> (String, Fault) {
        match read::<Form>(body.as_bytes(), Blank::IsAbsent) {
            Err(Unreadable::Value(path, fault)) => (path, fault),
            other => panic!("{body}: {other:?}"),
        }
    }

    #[test]
    fn names_the_field_that_cannot_be_read() {
        for (body, field, expected) in [
            ("{}", "name", Fault::Missing),
            ("[]", "", Fault::Not(Type::Object)),
            (r#"["Ada"]"#, "", Fault::Not(Type::Object)),
            ("7", "", Fault::Not(Type::Object)),
            (r#"{"name":1}"#, "name", Fault::Not(Type::Text)),
            (r#"{"name":null}"#, "name", Fault::Not(Type::Text)),
            (r#"{"name":"a","age":"7"}"#, "age", Fault::Not(Type::Number)),
            (r#"{"name":"a","age":700}"#, "age", Fault::Other("is out of range".into())),
            (r#"{"name":"a","lines":"b"}"#, "lines", Fault::Not(Type::List)),
            (r#"{"name":"a","lines":["b",{}]}"#, "lines[1]", Fault::Not(Type::Text)),
            (r#"{"name":"a","company":{}}"#, "company.legalName", Fault::Missing),
            (r#"{"name":"a","company":[]}"#, "company", Fault::Not(Type::Object)),
            (r#"{"name":"a","company":{"legalName":[]}}"#, "company.legalName", Fault::Not(Type::Text)),
            (r#"{"name":"a","company":{"legalName":"b","ceo":1}}"#, "company.ceo", Fault::NotAsked),
            (r#"{"name":"a","nam":"b"}"#, "nam", Fault::NotAsked),
            (r#"{"name":"a","name":"b"}"#, "name", Fault::Other("is given twice".into())),
            (r#"{"name":"a","kind":"alien"}"#, "kind", Fault::NotOneOf(&["person", "company"])),
            (r#"{"name":"a","kind":1}"#, "kind", Fault::NotOneOf(&["person", "company"])),
            (r#"{"name":"a","kind":{"person":1}}"#, "kind", Fault::NotOneOf(&["person", "company"])),
        ] {
            assert_eq!(fault(body), (field.to_owned(), expected), "{body}");
        }
    }

    #[test]
    fn tells_json_from_what_is_not() {
        for body in ["", "{", r#"{"name":"a"} x"#, r#"{"name":"a","kind":1"#, "{'name':'a'}", "\"\u{1}\""] {
            assert!(matches!(read::<Form>(body.as_bytes(), Blank::IsAbsent), Err(Unreadable::NotJson)), "{body}");
        }
        assert!(matches!(read::<Form>(b"{\"name\":\"\xff\"}", Blank::IsAbsent), Err(Unreadable::NotJson)));
    }

    #[test]
    fn an_empty_text_is_absent_where_a_value_may_be_left_out() {
        let body = r#" {"name":"","age":"","kind":"","company":{"legalName":"b","vatNumber":""},"lines":[""]} "#;
        let form: Form = read(body.as_bytes(), Blank::IsAbsent).unwrap();
        let company = Company { legal_name: "b".into(), vat_number: None };
        let lines = vec![String::new()];
        assert_eq!(form, Form { name: String::new(), age: None, kind: None, company: Some(company), lines });
        let patched: Company = read(br#"{"legalName":"b","vatNumber":""}"#, Blank::IsText).unwrap();
        assert_eq!(patched.vat_number, Some(String::new()));
    }

    #[test]
    fn texts_are_read_as_they_are_written() {
        let form: Form = read(r#"{"name":"Zo\u00eb \"Z\" \ud83d\ude00 ß"}"#.as_bytes(), Blank::IsAbsent).unwrap();
        assert_eq!(form.name, "Zoë \"Z\" 😀 ß");
    }

    #[test]
    fn nothing_is_read_deeper_than_the_stack_bears() {
        let nested = format!("{}{}", "[".repeat(30_000), "]".repeat(30_000));
        assert!(read::<serde_json::Value>(nested.as_bytes(), Blank::IsAbsent).is_err());
    }
}
