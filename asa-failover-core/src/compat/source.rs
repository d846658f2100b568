//! Where a statement comes from, and how far it carries.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a row, a rule or an answer rests on.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Basis {
    /// A text of the vendor, or a scan of one.
    Vendor,
    /// Somebody's dated copy of a vendor text.
    Copy,
    /// Read off firmware files, devices or registries of record.
    Measured,
    /// Computed from other rows.
    Derived,
    /// A site's own row.
    Site,
    /// Remembered, with no source found: it adds caution and never permits.
    Memory,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Vendor => "vendor text",
            Self::Copy => "copy of a vendor text",
            Self::Measured => "measured",
            Self::Derived => "derived",
            Self::Site => "a site's own row",
            Self::Memory => "memory",
        })
    }
}

/// A source that rows name by its key.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Source {
    /// The key that rows use: `seed-111867`.
    pub key: String,
    /// Title and section.
    pub title: String,
    /// Address, empty where the source is not public under one.
    pub url: String,
    /// What kind of source it is: `vendor`, `third-party copy`, `registry of record`, ...
    pub kind: String,
    /// How far it is trusted, in words.
    pub trust: String,
}
