//! ASA release numbers: `AsaVersion` and the `Train` it belongs to.
//!
//! A release is `MAJOR.MINOR(MAINTENANCE)INTERIM`, as a device prints it. Documents and registries
//! spell the same build in other ways; all of them are read, one is printed.

use std::fmt;
use std::str::FromStr;

use nom::branch::alt;
use nom::character::complete::{char, u16};
use nom::combinator::{all_consuming, map, opt};
use nom::sequence::{delimited, pair, preceded, separated_pair};
use nom::{IResult, Parser};
use thiserror::Error;

/// One ASA (or PIX, or ASDM) build, ordered as numbers: 9.9 comes before 9.10.
///
/// Interim order is not time order: 9.4(1)200 was built a year before 9.4(1)13 (source `asafw`), so
/// a higher interim does not prove that every fix of a lower one is inside.
///
/// ```
/// use asa_failover_core::AsaVersion;
///
/// let running: AsaVersion = "9.16(4)57".parse()?;
/// assert!(running < "9.16(4)67".parse()?);
/// assert_eq!("9.1(7.4)".parse::<AsaVersion>()?.to_string(), "9.1(7)4");
/// # Ok::<(), asa_failover_core::version::ParseVersionError>(())
/// ```
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "every combination of the four numbers is a valid build")]
pub struct AsaVersion {
    /// The 9 of 9.16(4)57.
    pub major: u16,
    /// The 16 of 9.16(4)57.
    pub minor: u16,
    /// The 4 of 9.16(4)57; 0 marks a pre-release build.
    pub maintenance: u16,
    /// The 57 of 9.16(4)57; 0 for the maintenance release itself.
    pub interim: u16,
}

impl AsaVersion {
    /// Puts a build together from its four numbers.
    pub const fn new(major: u16, minor: u16, maintenance: u16, interim: u16) -> Self {
        Self { major, minor, maintenance, interim }
    }

    /// The train of this build: 9.16 of 9.16(4)57.
    pub const fn train(self) -> Train {
        Train { major: self.major, minor: self.minor }
    }

    /// Whether this is a build from before the first release of its train: 7.2(0)55.
    pub const fn is_pre_release(self) -> bool {
        self.maintenance == 0
    }

    /// The `major.minor.maintenance` part as a semantic version.
    ///
    /// The interim is left out on purpose: semver would carry it as build metadata, which
    /// requirement matching ignores. Compare whole builds with [`AsaVersion`] itself.
    pub fn to_semver(self) -> semver::Version {
        semver::Version::new(self.major.into(), self.minor.into(), self.maintenance.into())
    }
}

/// Reads the spelling that a device prints, and those of documents and registries:
/// `9.1(7)4`, `9.1(7.4)`, `9.1.7.4`, `9.1.7`.
impl FromStr for AsaVersion {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        all_consuming(version)
            .parse(text)
            .map(|(_, version)| version)
            .map_err(|_| ParseVersionError { kind: Kind::Version, found: text.to_owned() })
    }
}

impl fmt::Display for AsaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { major, minor, maintenance, interim } = *self;
        let release = format_args!("{major}.{minor}({maintenance})");
        match (interim, f.width()) {
            (0, None) => f.write_fmt(release),
            (_, None) => write!(f, "{release}{interim}"),
            (0, Some(_)) => f.pad(&release.to_string()),
            (_, Some(_)) => f.pad(&format!("{release}{interim}")),
        }
    }
}

impl fmt::Debug for AsaVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AsaVersion({self})")
    }
}

/// A release train, `major.minor`: the releases that mix freely by the maintenance rule.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(clippy::exhaustive_structs, reason = "every pair of numbers is a valid train")]
pub struct Train {
    /// The 9 of 9.16.
    pub major: u16,
    /// The 16 of 9.16.
    pub minor: u16,
}

impl Train {
    /// Puts a train together from its two numbers.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }
}

impl FromStr for Train {
    type Err = ParseVersionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        all_consuming(train)
            .parse(text)
            .map(|(_, train)| train)
            .map_err(|_| ParseVersionError { kind: Kind::Train, found: text.to_owned() })
    }
}

impl fmt::Display for Train {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let train = format_args!("{}.{}", self.major, self.minor);
        if f.width().is_none() { f.write_fmt(train) } else { f.pad(&train.to_string()) }
    }
}

impl fmt::Debug for Train {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Train({self})")
    }
}

/// Why a text is not a release number.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected {kind}, found {found:?}")]
pub struct ParseVersionError {
    kind: Kind,
    found: String,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    Version,
    Train,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Version => "an ASA version such as 9.16(4)57",
            Self::Train => "a release train such as 9.16",
        })
    }
}

fn train(i: &str) -> IResult<&str, Train> {
    map(separated_pair(u16, char('.'), u16), |(major, minor)| Train { major, minor }).parse(i)
}

/// One build in any spelling, at the start of a text.
pub(crate) fn version(i: &str) -> IResult<&str, AsaVersion> {
    let behind = pair(delimited(char('('), u16, char(')')), map(opt(u16), Option::unwrap_or_default));
    let inside = delimited(char('('), separated_pair(u16, char('.'), u16), char(')'));
    let dotted =
        pair(preceded(char('.'), u16), map(opt(preceded(char('.'), u16)), Option::unwrap_or_default));
    map(pair(train, alt((behind, inside, dotted))), |(train, (maintenance, interim))| AsaVersion {
        major: train.major,
        minor: train.minor,
        maintenance,
        interim,
    })
    .parse(i)
}

macro_rules! as_text {
    ($($type:ty),+) => {$(
        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }
    )+};
}
pub(crate) use as_text;
as_text!(AsaVersion, Train);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_order_builds_where_text_would_not() {
        let [low, high] = ["9.16(4)7", "9.16(4)67"].map(|text| text.parse::<AsaVersion>().unwrap());
        assert!(low < high && "9.16(4)67" < "9.16(4)7");
    }

    #[test]
    fn what_is_not_a_version_is_named() {
        for text in
            ["", "9", "9.16", "9.16(4", "9.16(4)57 ", "9.16(4)a", "9.16(4)57x", "99999.1(1)", "9.1(7.4)2"]
        {
            let error = text.parse::<AsaVersion>().unwrap_err().to_string();
            assert_eq!(error, format!("expected an ASA version such as 9.16(4)57, found {text:?}"));
        }
    }

    /// What of an example is a version: the whole text, or the part of a line that a reader cuts out.
    fn of_example<'t>(text: &'t str, kind: &str) -> &'t str {
        let text = text.trim_end().trim_end_matches(" <context>").trim_end_matches(" <system>");
        match kind {
            "show version" => text.rsplit(' ').next().unwrap(),
            "show failover" => match text.strip_prefix("hw/sw rev (") {
                Some(revisions) => revisions.strip_suffix(')').unwrap().split_once('/').unwrap().1,
                None => text.split("Ours ").nth(1).unwrap().split(',').next().unwrap(),
            },
            _ => text,
        }
    }

    #[test]
    fn every_example_reads_as_its_numbers_or_not_at_all() {
        let examples = include_str!("../tests/data/version_examples.csv");
        let (mut versions, mut refused) = (0, 0);
        for row in csv::Reader::from_reader(examples.as_bytes()).records() {
            let row = row.unwrap();
            let (text, kind) = (of_example(&row[0], &row[1]), &row[1]);
            let numbers: Vec<u16> = (2..6).filter_map(|column| row[column].parse().ok()).collect();
            match (kind, numbers.as_slice()) {
                (image, _) if image.starts_with("image-") => {}
                ("train", [major, minor]) => assert_eq!(text.parse(), Ok(Train::new(*major, *minor))),
                // Spellings of third parties, with numbers or without any.
                ("loose", _) | (_, []) => {
                    assert!(text.parse::<AsaVersion>().is_err(), "{text:?}");
                    refused += 1;
                }
                (_, [major, minor, maintenance, interim]) => {
                    let build = AsaVersion::new(*major, *minor, *maintenance, *interim);
                    assert_eq!(text.parse(), Ok(build), "{text:?}");
                    assert_eq!(build.to_string().parse(), Ok(build));
                    versions += 1;
                }
                (_, numbers) => panic!("{text:?}: {numbers:?}"),
            }
        }
        assert_eq!((versions, refused), (54, 5));
    }

    #[test]
    fn semver_carries_no_interim() {
        let build = AsaVersion::new(9, 16, 4, 57);
        assert_eq!(build.to_semver(), semver::Version::new(9, 16, 4));
    }
}
