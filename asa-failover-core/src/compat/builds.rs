//! A span of builds, written in a table as a semantic version requirement and an interim.

use semver::{Comparator, Op, VersionReq};

use crate::table::{Row, TableError};
use crate::{AsaVersion, Train};

const OLDEST: AsaVersion = AsaVersion::new(0, 0, 0, 0);
const YOUNGEST: AsaVersion = AsaVersion::new(u16::MAX, u16::MAX, u16::MAX, u16::MAX);

/// Builds from one to another, both included.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) struct Builds {
    least: AsaVersion,
    most: AsaVersion,
}

impl Builds {
    /// Reads a requirement (`*`, `=9.1.7`, `>=8.3.0, <8.4.0`) and, of one release only, a range of its
    /// interims (`0`, `1..`, `..5`; empty: any).
    pub(super) fn read(row: &Row<'_>, releases: &str, interims: &str) -> Result<Self, TableError> {
        let text = row.text(releases)?;
        let mut builds = Self::of(text).map_err(|problem| row.error(releases, problem))?;
        let text = row.text(interims)?;
        if text.is_empty() {
            return Ok(builds);
        }
        if (builds.least.maintenance, builds.least.train()) != (builds.most.maintenance, builds.most.train()) {
            return Err(row.error(interims, "expected an interim beside one release (=9.1.7) only"));
        }
        let number = |digits: &str, open: u16| match digits {
            "" => Ok(open),
            digits => digits.parse().map_err(|_| {
                row.error(interims, format!("expected an interim such as 0, 1.. or ..5, found {text:?}"))
            }),
        };
        let (least, most) = text.split_once("..").unwrap_or((text, text));
        builds.least.interim = number(least, 0)?;
        builds.most.interim = number(most, u16::MAX)?;
        Ok(builds)
    }

    /// The builds that a requirement matches, which have to lie side by side.
    pub(super) fn of(text: &str) -> Result<Self, String> {
        let expected = || format!("expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found {text:?}");
        let required = VersionReq::parse(text).map_err(|error| error.to_string())?;
        let mut builds = Self { least: OLDEST, most: YOUNGEST };
        for comparator in &required.comparators {
            let release = release(comparator).ok_or_else(expected)?;
            match comparator.op {
                Op::Exact => builds = Self { least: release, most: last_of(release) },
                Op::GreaterEq => builds.least = builds.least.max(release),
                Op::Less => builds.most = builds.most.min(before(release).ok_or_else(expected)?),
                _ => return Err(expected()),
            }
        }
        if builds.least <= builds.most { Ok(builds) } else { Err(expected()) }
    }

    /// One build alone.
    pub(super) const fn only(build: AsaVersion) -> Self {
        Self { least: build, most: build }
    }

    /// Every build of a train.
    pub(super) const fn train(train: Train) -> Self {
        let Train { major, minor } = train;
        Self {
            least: AsaVersion::new(major, minor, 0, 0),
            most: AsaVersion::new(major, minor, u16::MAX, u16::MAX),
        }
    }

    /// Every build there is.
    pub(super) const ALL: Self = Self { least: OLDEST, most: YOUNGEST };

    #[inline]
    pub(super) fn has(&self, build: AsaVersion) -> bool {
        self.least <= build && build <= self.most
    }
}

fn release(comparator: &Comparator) -> Option<AsaVersion> {
    let number = |number: u64| u16::try_from(number).ok();
    let (minor, maintenance) = (comparator.minor?, comparator.patch?);
    Some(AsaVersion::new(number(comparator.major)?, number(minor)?, number(maintenance)?, 0))
}

fn last_of(release: AsaVersion) -> AsaVersion {
    AsaVersion { interim: u16::MAX, ..release }
}

/// The last build that could stand before a release.
fn before(release: AsaVersion) -> Option<AsaVersion> {
    const MOST: u16 = u16::MAX;
    let AsaVersion { major, minor, maintenance, .. } = release;
    match (maintenance.checked_sub(1), minor.checked_sub(1)) {
        (Some(maintenance), _) => Some(AsaVersion::new(major, minor, maintenance, MOST)),
        (None, Some(minor)) => Some(AsaVersion::new(major, minor, MOST, MOST)),
        (None, None) => major.checked_sub(1).map(|major| AsaVersion::new(major, MOST, MOST, MOST)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_range_has_what_semver_says() {
        let texts = ["*", "=9.1.7", ">=9.1.3", "<9.2.0", ">=8.3.0, <8.4.0", "<9.1.3"];
        proptest!(|(major in 7_u16..10, minor in 0_u16..5, maintenance in 0_u16..9, interim in 0_u16..3)| {
            let build = AsaVersion::new(major, minor, maintenance, interim);
            for text in texts {
                let semver = VersionReq::parse(text).unwrap().matches(&build.to_semver());
                prop_assert_eq!(Builds::of(text).unwrap().has(build), semver, "{} {}", text, build);
            }
        });
    }

    #[test]
    fn what_is_no_span_is_refused() {
        for text in ["9.1.7", "~9.1.7", ">9.1.7", "=9.1", ">=9.2.0, <9.1.0", "=99999.1.1", "<0.0.0"] {
            assert_eq!(
                Builds::of(text),
                Err(format!("expected a range such as *, =9.1.7 or >=8.3.0, <8.4.0, found {text:?}"))
            );
        }
        assert!(Builds::of("nine").unwrap_err().contains("unexpected character"));
    }
}
