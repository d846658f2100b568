//! Enums over the device's own words, with an arm for words that are not known.

/// Gives such an enum its reading and printing. Every enum has an arm `Other(String)`; no other arm
/// is ever chosen for text that is not exactly its own.
macro_rules! words {
    ($name:ident: $($known:ident = $text:literal),+ $(,)?) => {
        impl $name {
            /// Reads the device's words; any text is one, at worst an unknown one.
            pub fn of(words: &str) -> Self {
                Self::known(words).unwrap_or_else(|| Self::Other(words.to_owned()))
            }

            fn known(words: &str) -> Option<Self> {
                match words {
                    $($text => Some(Self::$known),)+
                    _ => None,
                }
            }

            /// The words as the device prints them.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$known => $text,)+
                    Self::Other(words) => words,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as serde::Deserialize>::deserialize(deserializer).map(|words| Self::of(&words))
            }
        }
    };
}
pub(super) use words;
