//! A value as the device printed it, beside what our types make of it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::Text;

/// A text that ought to be a `T`: kept as printed, read where it can be.
///
/// A lab build's version or a serial number blotted out in a copy is no `T`; its text is kept, and
/// [`Printed::value`] is `None`, so nothing that asks for a `T` is satisfied by it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Printed<T> {
    text: Text,
    value: Option<T>,
}

impl<T> Printed<T> {
    /// The text as the device printed it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What the text says, `None` where it is not a `T`.
    pub const fn value(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

impl<T: FromStr> Printed<T> {
    /// Takes a printed text; any text is one.
    pub fn new(text: &str) -> Self {
        Self { text: text.into(), value: text.parse().ok() }
    }
}

impl<T> fmt::Display for Printed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T> Serialize for Printed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de, T: FromStr> Deserialize<'de> for Printed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::new(&text))
    }
}
