//! Names of the device manager: read, where four digits may stand for two releases, and made.

use nom::Parser;
use nom::bytes::complete::tag_no_case;
use nom::combinator::{opt, value};
use nom::sequence::preceded;

use super::{ImageFamily, ImageName, ImageReading, Named, hyphenated};
use crate::AsaVersion;

/// ASDM builds whose interim is known to stand in the digit block: 7.2(2)1 was `asdm-7221.bin` on a
/// device of 2016 (source `wrmem-2016`), years before 7.22(1) took the same name.
const NARROW_ASDM: [AsaVersion; 1] = [AsaVersion::new(7, 2, 2, 1)];

impl ImageName {
    /// The file name of an ASDM release by the vendor's pattern, of the family
    /// [`ImageFamily::Asdm`] or [`ImageFamily::AsdmOpenjre`].
    ///
    /// `None` for another family, and for a release that the digit block cannot hold (a major or
    /// maintenance of two digits, a minor of three). The name reads back as the release, or as two of
    /// which it is one: four digits without an interim are 7.22(1) or 7.2(2)1.
    ///
    /// ```
    /// use asa_failover_core::image::{ImageFamily, ImageName};
    ///
    /// let name = |text: &str, family| Some(ImageName::asdm(text.parse().ok()?, family)?.to_string());
    /// assert_eq!(name("7.18(1)152", ImageFamily::Asdm).as_deref(), Some("asdm-7181-152.bin"));
    /// assert_eq!(name("7.1(3)", ImageFamily::AsdmOpenjre).as_deref(), Some("asdm-openjre-713.bin"));
    /// assert_eq!(name("7.18(1)152", ImageFamily::AsaSmp), None);
    /// ```
    pub fn asdm(version: AsaVersion, family: ImageFamily) -> Option<Self> {
        let kind = match family {
            ImageFamily::Asdm => "asdm-",
            ImageFamily::AsdmOpenjre => "asdm-openjre-",
            _ => return None,
        };
        let AsaVersion { major, minor, maintenance, interim } = version;
        let behind = match interim {
            0 => String::new(),
            _ if NARROW_ASDM.contains(&version) => interim.to_string(),
            _ => format!("-{interim}"),
        };
        let name: Self = format!("{kind}{major}{minor}{maintenance}{behind}.bin").parse().ok()?;
        let holds = match name.reading {
            ImageReading::One(one) => one == version,
            ImageReading::Undecided { wide, narrow } => wide == version || narrow == version,
        };
        holds.then_some(name)
    }
}

/// `asdm-782-151.bin`, `asdm-openjre-7181-152.bin`
pub(super) fn asdm(i: &str) -> Named<'_> {
    let (i, runtime) = preceded(tag_no_case("asdm-"), opt(tag_no_case("openjre-"))).parse(i)?;
    let family = if runtime.is_some() { ImageFamily::AsdmOpenjre } else { ImageFamily::Asdm };
    let digits = i;
    let (i, wide) = hyphenated(i)?;
    let digits = digits.strip_suffix(i).unwrap_or(digits);
    let reading = match narrow(digits).filter(|version| NARROW_ASDM.contains(version)) {
        Some(narrow) => ImageReading::Undecided { wide, narrow },
        None => ImageReading::One(wide),
    };
    value((family, reading), tag_no_case(".bin")).parse(i)
}

/// Four digits as major, minor, maintenance, interim.
fn narrow(digits: &str) -> Option<AsaVersion> {
    let mut numbers = digits.chars().map(|digit| digit.to_digit(10).and_then(|n| u16::try_from(n).ok()));
    let mut next = || numbers.next().flatten();
    let version = AsaVersion::new(next()?, next()?, next()?, next()?);
    (digits.len() == 4).then_some(version)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn made(version: &str, family: ImageFamily) -> Option<String> {
        ImageName::asdm(version.parse().unwrap(), family).map(|name| name.to_string())
    }

    #[test]
    fn a_release_gives_the_name_that_was_seen() {
        for (version, name) in [
            ("5.0(1)", "asdm-501.bin"),
            ("6.4(5)", "asdm-645.bin"),
            ("7.1(3)", "asdm-713.bin"),
            ("7.8(2)151", "asdm-782-151.bin"),
            ("7.13(1)", "asdm-7131.bin"),
            ("7.18(1)152", "asdm-7181-152.bin"),
        ] {
            assert_eq!(made(version, ImageFamily::Asdm).as_deref(), Some(name));
        }
        let openjre = made("7.17(1)155", ImageFamily::AsdmOpenjre);
        assert_eq!(openjre.as_deref(), Some("asdm-openjre-7171-155.bin"));
    }

    #[test]
    fn the_two_releases_of_one_name_both_give_it() {
        for version in ["7.22(1)", "7.2(2)1"] {
            assert_eq!(made(version, ImageFamily::Asdm).as_deref(), Some("asdm-7221.bin"));
        }
        let name = ImageName::asdm(AsaVersion::new(7, 22, 1, 0), ImageFamily::Asdm).unwrap();
        assert_eq!(name.version(), None);
        // Four digits whose narrow reading was never met are the wide one alone.
        assert_eq!(made("7.1(3)1", ImageFamily::Asdm).as_deref(), Some("asdm-713-1.bin"));
    }

    #[test]
    fn what_a_name_cannot_hold_has_none() {
        for version in ["7.18(12)", "10.1(1)", "7.123(1)"] {
            assert_eq!(made(version, ImageFamily::Asdm), None, "{version}");
        }
        for family in [ImageFamily::AsaSmp, ImageFamily::Pix, ImageFamily::Fp1k] {
            assert_eq!(made("7.18(1)", family), None);
        }
    }

    proptest! {
        #[test]
        fn a_name_reads_back_as_its_release(
            numbers in (0..=12_u16, 0..=130_u16, 0..=12_u16, 0..=300_u16),
            openjre in any::<bool>(),
        ) {
            let (major, minor, maintenance, interim) = numbers;
            let version = AsaVersion::new(major, minor, maintenance, interim);
            let family = if openjre { ImageFamily::AsdmOpenjre } else { ImageFamily::Asdm };
            let name = ImageName::asdm(version, family);
            prop_assert_eq!(name.is_some(), major < 10 && minor < 100 && maintenance < 10);
            let Some(name) = name else { return Ok(()) };
            prop_assert_eq!(name.family(), family);
            match name.reading() {
                ImageReading::One(one) => prop_assert_eq!(one, version),
                ImageReading::Undecided { wide, narrow } => prop_assert!([wide, narrow].contains(&version)),
            }
            prop_assert_eq!(name.to_string().parse::<ImageName>(), Ok(name));
        }
    }
}
