//! `ImageName`: family, version and kind of an image from its file name.
//!
//! A file name is evidence of intent only: what a unit runs is what `show version` prints. A name
//! that two releases fit is read as both, never as the likelier one.

mod asdm;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case};
use nom::character::complete::{char, digit1, u16};
use nom::combinator::{all_consuming, value};
use nom::multi::many_m_n;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::AsaVersion;
use crate::version::as_text;

/// The file name of an ASA, PIX or ASDM image, compared without case.
///
/// Prints as it was written, without the file system in front.
///
/// ```
/// use asa_failover_core::AsaVersion;
/// use asa_failover_core::image::{ImageFamily, ImageName};
///
/// let image: ImageName = "disk0:/asa9162-smp-k8.bin".parse()?;
/// assert_eq!(image.version(), Some(AsaVersion::new(9, 16, 2, 0)));
/// assert_eq!(image.family(), ImageFamily::AsaSmp);
/// assert_eq!(image.to_string(), "asa9162-smp-k8.bin");
///
/// let asdm: ImageName = "asdm-7221.bin".parse()?;
/// assert_eq!(asdm.version(), None); // 7.22(1) or 7.2(2)1: see `ImageName::reading`
/// # Ok::<(), asa_failover_core::image::ParseImageError>(())
/// ```
#[derive(Clone, Debug)]
pub struct ImageName {
    file: String,
    family: ImageFamily,
    reading: ImageReading,
}

/// Which platforms a file is made for, and how it is signed, as its name says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ImageFamily {
    /// `asa825-59-k8.bin`: single-core ASA 5500.
    AsaK8,
    /// `asa917-25-smp-k8.bin`: multi-core ASA 5500, 5500-X, ASASM, ASAv.
    AsaSmp,
    /// `asa992-32-lfbff-k8.SPA`: signed; 5506-X, 5508-X, 5516-X, ISA 3000.
    AsaLfbff,
    /// `asav962-7.qcow2`: the disk of a new virtual machine, never an upgrade.
    AsavDisk,
    /// `cisco-asa-fp1k.9.16.3.SPA`: Firepower 1000.
    Fp1k,
    /// `cisco-asa-fp2k.9.8.4.SPA`: Firepower 2100.
    Fp2k,
    /// `cisco-asa-fp3k.9.17.1.SPA`: Secure Firewall 3100.
    Fp3k,
    /// `cisco-asa-fp4200.9.20.1.SPA`: Secure Firewall 4200.
    Fp4200,
    /// `cisco-asa-csf1200.9.22.1.1.SPA`: Secure Firewall 1200.
    Csf1200,
    /// `cisco-asa.9.8.2.SPA.csp`: application package of Firepower 4100 and 9300.
    FxosPackage,
    /// `pix722.bin`: PIX 500.
    Pix,
    /// `asdm-782-151.bin`: the device manager, not an image to boot.
    Asdm,
    /// `asdm-openjre-7181-152.bin`: the device manager with its own runtime.
    AsdmOpenjre,
}

/// What the digits of a name say.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ImageReading {
    /// One version.
    One(AsaVersion),
    /// Two versions fit and both exist: `asdm-7221.bin`. The release on the device or `show version`
    /// decides.
    Undecided {
        /// With a minor of two digits: 7.22(1).
        wide: AsaVersion,
        /// With a minor of one digit and an interim: 7.2(2)1.
        narrow: AsaVersion,
    },
}

impl ImageName {
    /// The name as it was written, without the file system in front.
    pub fn as_str(&self) -> &str {
        &self.file
    }

    /// What the file is made for.
    pub const fn family(&self) -> ImageFamily {
        self.family
    }

    /// What its digits say.
    pub const fn reading(&self) -> ImageReading {
        self.reading
    }

    /// The version, where the name names one.
    pub const fn version(&self) -> Option<AsaVersion> {
        match self.reading {
            ImageReading::One(version) => Some(version),
            ImageReading::Undecided { .. } => None,
        }
    }
}

impl ImageFamily {
    /// Whether this is the device manager rather than an image to boot.
    pub const fn is_asdm(self) -> bool {
        matches!(self, Self::Asdm | Self::AsdmOpenjre)
    }
}

impl fmt::Display for ImageFamily {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::AsaK8 => "asa...-k8.bin",
            Self::AsaSmp => "asa...-smp-k8.bin",
            Self::AsaLfbff => "asa...-lfbff-k8.SPA",
            Self::AsavDisk => "asav....qcow2",
            Self::Fp1k => "cisco-asa-fp1k....SPA",
            Self::Fp2k => "cisco-asa-fp2k....SPA",
            Self::Fp3k => "cisco-asa-fp3k....SPA",
            Self::Fp4200 => "cisco-asa-fp4200....SPA",
            Self::Csf1200 => "cisco-asa-csf1200....SPA",
            Self::FxosPackage => "cisco-asa....SPA.csp",
            Self::Pix => "pix....bin",
            Self::Asdm => "asdm-....bin",
            Self::AsdmOpenjre => "asdm-openjre-....bin",
        })
    }
}

impl FromStr for ImageName {
    type Err = ParseImageError;

    /// Reads a bare name, or one behind a file system: `disk0:/`, `flash:/`, `boot:/`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let file = text.rsplit_once(":/").map_or(text, |(_, path)| path);
        let file = file.rsplit('/').next().unwrap_or(file);
        let (_, (family, reading)) = all_consuming(alt((asdm::asdm, pix, bundle, asav, asa)))
            .parse(file)
            .map_err(|_| ParseImageError { found: text.to_owned() })?;
        Ok(Self { file: file.to_owned(), family, reading })
    }
}

impl fmt::Display for ImageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.file)
    }
}

impl ImageName {
    fn key(&self) -> impl Iterator<Item = u8> {
        self.file.bytes().map(|byte| byte.to_ascii_lowercase())
    }
}

impl PartialEq for ImageName {
    fn eq(&self, other: &Self) -> bool {
        self.file.eq_ignore_ascii_case(&other.file)
    }
}

impl Eq for ImageName {}

impl Hash for ImageName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().for_each(|byte| byte.hash(state));
    }
}

impl Ord for ImageName {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(other.key())
    }
}

impl PartialOrd for ImageName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

as_text!(ImageName);

/// Why a text is not the name of an image.
#[derive(Clone, Debug, Eq, Error, PartialEq)]
#[error("expected an image name such as asa9-16-4-57-lfbff-k8.SPA, found {found:?}")]
pub struct ParseImageError {
    found: String,
}

type Named<'a> = IResult<&'a str, (ImageFamily, ImageReading)>;

/// `asa825-59-k8.bin`, `asa9-16-4-smp-k8.bin`, `asa992-32-lfbff-k8.SPA`
fn asa(i: &str) -> Named<'_> {
    let (i, version) = preceded(tag_no_case("asa"), hyphenated).parse(i)?;
    let (i, family) = alt((
        value(ImageFamily::AsaSmp, tag_no_case("-smp-k8.bin")),
        value(ImageFamily::AsaLfbff, tag_no_case("-lfbff-k8.spa")),
        value(ImageFamily::AsaK8, tag_no_case("-k8.bin")),
    ))
    .parse(i)?;
    Ok((i, (family, ImageReading::One(version))))
}

/// `asav962-7.qcow2`
fn asav(i: &str) -> Named<'_> {
    let (i, version) = preceded(tag_no_case("asav"), hyphenated).parse(i)?;
    value((ImageFamily::AsavDisk, ImageReading::One(version)), tag_no_case(".qcow2")).parse(i)
}

/// `pix804-32.bin`
fn pix(i: &str) -> Named<'_> {
    let (i, version) = preceded(tag_no_case("pix"), hyphenated).parse(i)?;
    value((ImageFamily::Pix, ImageReading::One(version)), tag_no_case(".bin")).parse(i)
}

/// `cisco-asa-fp1k.9.16.4.57.SPA`, `cisco-asa.9.8.2.SPA.csp`
fn bundle(i: &str) -> Named<'_> {
    let (i, family) = preceded(
        tag_no_case("cisco-asa"),
        alt((
            value(ImageFamily::Fp1k, tag_no_case("-fp1k.")),
            value(ImageFamily::Fp2k, tag_no_case("-fp2k.")),
            value(ImageFamily::Fp3k, tag_no_case("-fp3k.")),
            value(ImageFamily::Fp4200, tag_no_case("-fp4200.")),
            value(ImageFamily::Csf1200, tag_no_case("-csf1200.")),
            value(ImageFamily::FxosPackage, tag(".")),
        )),
    )
    .parse(i)?;
    let (i, numbers) = many_m_n(3, 4, terminated(u16, char('.'))).parse(i)?;
    let end = if family == ImageFamily::FxosPackage { "spa.csp" } else { "spa" };
    let (i, _) = tag_no_case(end).parse(i)?;
    Ok((i, (family, ImageReading::One(from_numbers(i, &numbers)?))))
}

/// A digit block and what follows it behind hyphens: `825-59`, `9162`, `914-1-30`, `9-16-3-19`.
fn hyphenated(i: &str) -> IResult<&str, AsaVersion> {
    let refused = || nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify));
    let (rest, block) = digit1.parse(i)?;
    let (rest, behind) = many_m_n(0, 3, preceded(char('-'), u16)).parse(rest)?;
    let (first, last) = (block.get(..1), block.get(block.len().saturating_sub(1)..));
    let (Some(first), Some(last)) = (first, last) else { return Err(refused()) };
    let number = |digits: &str| digits.parse::<u16>().map_err(|_| refused());
    let mut numbers = vec![number(first)?];
    match (block.len(), behind.len()) {
        // asa9-16-4, asa9-16-3-19
        (1, 2 | 3) => {}
        // asa914-1-30
        (3, 2) => numbers.push(number(block.get(1..).ok_or_else(refused)?)?),
        // asa825, asa825-59, asa9162, asa9101-11: the last digit is the maintenance
        (3 | 4, 0 | 1) => {
            numbers.push(number(block.get(1..block.len() - 1).ok_or_else(refused)?)?);
            numbers.push(number(last)?);
        }
        _ => return Err(refused()),
    }
    numbers.extend(behind);
    Ok((rest, from_numbers(i, &numbers)?))
}

fn from_numbers<'a>(i: &'a str, numbers: &[u16]) -> Result<AsaVersion, nom::Err<nom::error::Error<&'a str>>> {
    match *numbers {
        [major, minor, maintenance] => Ok(AsaVersion::new(major, minor, maintenance, 0)),
        [major, minor, maintenance, interim] => Ok(AsaVersion::new(major, minor, maintenance, interim)),
        _ => Err(nom::Err::Error(nom::error::Error::new(i, nom::error::ErrorKind::Verify))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn image(text: &str) -> ImageName {
        text.parse().unwrap()
    }

    #[test]
    fn every_example_reads_as_its_numbers() {
        let examples = include_str!("../tests/data/version_examples.csv");
        let mut images = 0;
        for row in csv::Reader::from_reader(examples.as_bytes()).records() {
            let row = row.unwrap();
            let Some(kind) = row[1].strip_prefix("image-") else { continue };
            let numbers: Vec<u16> = (2..6).map(|column| row[column].parse().unwrap()).collect();
            let version = AsaVersion::new(numbers[0], numbers[1], numbers[2], numbers[3]);
            let read = image(&row[0]);
            match read.reading() {
                ImageReading::One(one) => assert_eq!((one, kind), (version, kind), "{read}"),
                ImageReading::Undecided { narrow, .. } => {
                    assert_eq!((narrow, kind), (version, "asdm-ambiguous"), "{read}");
                }
            }
            let fits = match kind {
                "k8" => read.family() == ImageFamily::AsaK8,
                "smp" => read.family() == ImageFamily::AsaSmp,
                "lfbff" => read.family() == ImageFamily::AsaLfbff,
                "qcow2" => read.family() == ImageFamily::AsavDisk,
                "pix" => read.family() == ImageFamily::Pix,
                "asdm" | "asdm-ambiguous" => read.family().is_asdm(),
                "fxos" => read.as_str().to_ascii_lowercase().starts_with("cisco-asa"),
                _ => false,
            };
            assert!(fits, "{read}: {:?} for {kind}", read.family());
            assert_eq!(image(&read.to_string()), read);
            images += 1;
        }
        assert_eq!(images, 283);
    }

    #[test]
    fn a_name_that_two_asdm_builds_fit_is_undecided() {
        let read = image("asdm-7221.bin");
        let (wide, narrow) = (AsaVersion::new(7, 22, 1, 0), AsaVersion::new(7, 2, 2, 1));
        assert_eq!(read.reading(), ImageReading::Undecided { wide, narrow });
        assert_eq!(read.version(), None);
        assert_eq!(image("asdm-7221-151.bin").version(), Some(AsaVersion::new(7, 22, 1, 151)));
    }

    #[test]
    fn bundles_name_their_platform() {
        for (name, family) in [
            ("cisco-asa-fp1k.9.16.3.SPA", ImageFamily::Fp1k),
            ("cisco-asa-fp2k.9.8.4.SPA", ImageFamily::Fp2k),
            ("cisco-asa-fp3k.9.17.1.SPA", ImageFamily::Fp3k),
            ("cisco-asa-fp4200.9.20.1.SPA", ImageFamily::Fp4200),
            ("cisco-asa-csf1200.9.22.1.1.SPA", ImageFamily::Csf1200),
            ("cisco-asa.9.8.2.SPA.csp", ImageFamily::FxosPackage),
            ("asdm-openjre-7181-152.bin", ImageFamily::AsdmOpenjre),
        ] {
            assert_eq!(image(name).family(), family);
        }
    }

    #[test]
    fn names_compare_without_case_and_without_the_file_system() {
        let (one, other) = (image("flash:/asa924-6-smp-K8.bin"), image("ASA924-6-SMP-k8.BIN"));
        assert_eq!(one, other);
        assert_eq!(one.cmp(&other), Ordering::Equal);
        assert_eq!(one.to_string(), "asa924-6-smp-K8.bin");
    }

    #[test]
    fn what_is_no_image_is_named() {
        for text in [
            "",
            "asa.bin",
            "asa98-k8.bin",
            "asa91612-smp-k8.bin",
            "asa9-16-smp-k8.bin",
            "asa914-1-30-2-smp-k8.bin",
            "asa9162-smp-k8.bin.old",
            "asa99999-99999-k8.bin",
            "asav9162.vhdx",
            "cisco-asa.9.8.2.SPA",
            "cisco-asa-fp1k.9.16.SPA",
            "cisco-ftd-fp1k.7.2.0-82.SPA",
            "anyconnect-win-4.10.pkg",
        ] {
            let error = text.parse::<ImageName>().unwrap_err().to_string();
            let expected = "expected an image name such as asa9-16-4-57-lfbff-k8.SPA, found";
            assert_eq!(error, format!("{expected} {text:?}"));
        }
    }

    proptest! {
        #[test]
        fn a_hyphenated_name_gives_back_its_numbers(numbers in (7..=9_u16, 0..=24_u16, 1..=8_u16, 1..=235_u16)) {
            let (major, minor, maintenance, interim) = numbers;
            let read = image(&format!("asa{major}-{minor}-{maintenance}-{interim}-lfbff-k8.SPA"));
            let version = AsaVersion::new(major, minor, maintenance, interim);
            prop_assert_eq!(read.version(), Some(version));
            prop_assert_eq!(image(&read.to_string()), read);
        }

        #[test]
        fn a_compact_name_gives_back_its_numbers(numbers in (7..=9_u16, 0..=24_u16, 1..=8_u16, 0..=235_u16)) {
            let (major, minor, maintenance, interim) = numbers;
            let read = image(&format!("disk0:/asa{major}{minor}{maintenance}-{interim}-smp-k8.bin"));
            let version = AsaVersion::new(major, minor, maintenance, interim);
            prop_assert_eq!(read.version(), Some(version));
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,60}") {
            if let Ok(read) = text.parse::<ImageName>() {
                prop_assert_eq!(read.to_string().parse(), Ok(read));
            }
        }
    }
}
