//! A span of builds, written in a table as a semantic version requirement and an interim.

use semver::{Comparator, Op, VersionReq};

use crate::table::{Row, TableError};
use crate::{AsaVersion, Train};

/// Builds from one to another, both included. Kept as single numbers: a question compares hundreds.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Builds {
    least: u64,
    most: u64,
}

/// A build as one number, in the same order.
#[inline]
pub(super) const fn ordinal(build: AsaVersion) -> u64 {
    let AsaVersion { major, minor, maintenance, interim } = build;
    (major as u64) << 48 | (minor as u64) << 32 | (maintenance as u64) << 16 | interim as u64
}

impl Builds {
    /// Reads a requirement (`*`, `=9.1.7`, `>=8.3.0, <8.4.0`) and, of one release only, a range of its
    /// interims (`0`, `1..`, `..5`; empty: any).
    pub(super) fn read(row: &Row<'_>, releases: &str, interims: &str) -> Result<Self, TableError> {
        let builds = Self::of(row.text(releases)?).map_err(|problem| row.error(releases, problem))?;
        let text = row.text(interims)?;
        if text.is_empty() {
            return Ok(builds);
        }
        if builds.most - builds.least != u64::from(u16::MAX) {
            return Err(row.error(interims, "expected an interim beside one release (=9.1.7) only"));
        }
        let number = |digits: &str, open: u16| match digits {
            "" => Ok(open),
            digits => digits.parse().map_err(|_| {
                row.error(interims, format!("expected an interim such as 0, 1.. or ..5, found {text:?}"))
            }),
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (number(first, 0)?, number(last, u16::MAX)?);
        Ok(Self { least: builds.least + u64::from(first), most: builds.least + u64::from(last) })
    }

    /// The builds that a requirement matches, which have to lie side by side.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let expected = || format!("expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found {text:?}");
        let required = VersionReq::parse(text).map_err(|error| format!("{}: {error}", expected()))?;
        // What stands behind a plus semver leaves out without a word.
        if text.contains('+') {
            return Err(expected());
        }
        let mut builds = Self::ALL;
        for comparator in &required.comparators {
            let named = named(comparator).ok_or_else(expected)?;
            match comparator.op {
                Op::Exact => {
                    builds.least = builds.least.max(named.least);
                    builds.most = builds.most.min(named.most);
                }
                Op::GreaterEq => builds.least = builds.least.max(named.least),
                Op::Less => builds.most = builds.most.min(named.least.checked_sub(1).ok_or_else(expected)?),
                _ => return Err(expected()),
            }
        }
        if builds.least <= builds.most { Ok(builds) } else { Err(expected()) }
    }

    /// One build alone.
    pub(super) const fn only(build: AsaVersion) -> Self {
        Self { least: ordinal(build), most: ordinal(build) }
    }

    /// A release with all its interims.
    pub(super) const fn release(build: AsaVersion) -> Self {
        let least = ordinal(AsaVersion { interim: 0, ..build });
        Self { least, most: least | u16::MAX as u64 }
    }

    /// Every build of a train.
    pub(super) const fn train(train: Train) -> Self {
        let Train { major, minor } = train;
        Self {
            least: ordinal(AsaVersion::new(major, minor, 0, 0)),
            most: ordinal(AsaVersion::new(major, minor, u16::MAX, u16::MAX)),
        }
    }

    /// Whether there is a youngest one.
    pub(super) const fn is_bounded(&self) -> bool {
        self.most < Self::ALL.most
    }

    /// Every build there is.
    pub(super) const ALL: Self = Self { least: 0, most: u64::MAX };

    #[inline]
    pub(super) const fn has(&self, build: u64) -> bool {
        self.least <= build && build <= self.most
    }

    /// Whether a build is one of them.
    pub(super) const fn hold(&self, build: AsaVersion) -> bool {
        self.has(ordinal(build))
    }

    /// Whether any build of a range is meant, both ends included.
    #[inline]
    pub(super) const fn touches(&self, first: u64, last: u64) -> bool {
        self.least <= last && first <= self.most
    }
}

/// The builds of the release or the train that a comparator names.
fn named(comparator: &Comparator) -> Option<Builds> {
    let number = |number: u64| u16::try_from(number).ok();
    // An interim has no place in a requirement: semver would take it for a pre-release.
    if !comparator.pre.is_empty() {
        return None;
    }
    let train = Train::new(number(comparator.major)?, number(comparator.minor?)?);
    let Some(maintenance) = comparator.patch else { return Some(Builds::train(train)) };
    let least = ordinal(AsaVersion::new(train.major, train.minor, number(maintenance)?, 0));
    Some(Builds { least, most: least | u64::from(u16::MAX) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_range_has_what_semver_says() {
        let texts = ["*", "=9.1", "<9.1", "=9.1.7", ">=9.1.3", "<9.2.0", ">=8.3.0, <8.4.0", "<9.1.3"];
        proptest!(|(major in 7_u16..10, minor in 0_u16..5, maintenance in 0_u16..9, interim in 0_u16..3)| {
            let build = AsaVersion::new(major, minor, maintenance, interim);
            for text in texts {
                let semver = VersionReq::parse(text).unwrap().matches(&build.to_semver());
                prop_assert_eq!(Builds::of(text).unwrap().has(ordinal(build)), semver, "{} {}", text, build);
            }
        });
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in [
            "9.1.7",
            "~9.1.7",
            ">9.1.7",
            "=9",
            ">=9.2.0, <9.1.0",
            "=9.1.2, =9.1.3",
            ">=9.2.0, =9.1.4",
            "<9.1.3-57",
            "=99999.1.1",
            "<0.0.0",
        ] {
            assert_eq!(
                Builds::of(text),
                Err(format!("expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found {text:?}"))
            );
        }
        assert!(Builds::of("nine").unwrap_err().contains("unexpected character"));
    }
}
