//! The library's own version, ASA releases by value, and image names.

use asa_failover_core::AsaVersion;
use asa_failover_core::image::{ImageFamily, ImageName, ImageReading};

use crate::guard::{Detail, Out, guard, guard_value};
use crate::handle::{self, handle};
use crate::status::{Failure, asaf_error, asaf_status};
use crate::text::{asaf_str, asaf_text};

/// The ABI this header describes: compare it with `asaf_abi_version()` at the start of a program.
pub const ASAF_ABI_VERSION: u32 = 1;

/// The ABI of the library that is loaded. Another number than `ASAF_ABI_VERSION` is another ABI.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_abi_version() -> u32 {
    guard_value(ASAF_ABI_VERSION, || ASAF_ABI_VERSION)
}

/// The version of the library as text, such as `0.1.0`. It is never freed.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_version_text() -> asaf_str {
    guard_value(asaf_str::NONE, || asaf_str::lend(env!("CARGO_PKG_VERSION")))
}

/// How many handles are handed out and not freed, over all kinds: to find leaks.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_live_handles() -> usize {
    guard_value(usize::MAX, handle::live)
}

/// One ASA (or PIX, or ASDM) build: 9.16(4)57. All zero stands for none.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_version {
    /// The 9 of 9.16(4)57.
    pub major: u16,
    /// The 16.
    pub minor: u16,
    /// The 4.
    pub maintenance: u16,
    /// The 57; 0 for the maintenance release itself.
    pub interim: u16,
}

impl From<AsaVersion> for asaf_version {
    fn from(version: AsaVersion) -> Self {
        let AsaVersion { major, minor, maintenance, interim } = version;
        Self { major, minor, maintenance, interim }
    }
}

impl From<asaf_version> for AsaVersion {
    fn from(version: asaf_version) -> Self {
        Self::new(version.major, version.minor, version.maintenance, version.interim)
    }
}

/// Reads a version in any of its spellings: `9.1(7)4`, `9.1(7.4)`, `9.1.7.4`, `9.1.7`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_version_parse(
    text: asaf_str,
    out: *mut asaf_version,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `text` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, text) = unsafe { (Out::at(out, "out")?, text.read("text")?) };
        out.put(text.parse::<AsaVersion>()?.into());
        Ok(())
    })
}

/// Compares two builds as numbers: negative, 0 or positive as `a` is older, the same or newer.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_version_compare(a: asaf_version, b: asaf_version) -> i32 {
    guard_value(0, || AsaVersion::from(a).cmp(&b.into()) as i32)
}

/// The canonical spelling, 9.16(4)57. The caller frees the text.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_version_format(
    version: asaf_version,
    out: *mut *mut asaf_text,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        out.give(AsaVersion::from(version).to_string());
        Ok(())
    })
}

/// What kind of image a file name stands for.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_image_family {
    /// Another one than this header knows.
    Other = 0,
    /// `asa825-59-k8.bin`
    AsaK8 = 1,
    /// `asa917-25-smp-k8.bin`
    AsaSmp = 2,
    /// `asa992-32-lfbff-k8.SPA`
    AsaLfbff = 3,
    /// `asav962-7.qcow2`
    AsavDisk = 4,
    /// `cisco-asa-fp1k.9.16.3.SPA`
    Fp1k = 5,
    /// `cisco-asa-fp2k.9.8.4.SPA`
    Fp2k = 6,
    /// `cisco-asa-fp3k.9.17.1.SPA`
    Fp3k = 7,
    /// `cisco-asa-fp4200.9.20.1.SPA`
    Fp4200 = 8,
    /// `cisco-asa-csf1200.9.22.1.1.SPA`
    Csf1200 = 9,
    /// `cisco-asa.9.8.2.SPA.csp`
    FxosPackage = 10,
    /// `pix722.bin`
    Pix = 11,
    /// `asdm-782-151.bin`
    Asdm = 12,
    /// `asdm-openjre-7181-152.bin`
    AsdmOpenjre = 13,
}

impl From<ImageFamily> for asaf_image_family {
    fn from(family: ImageFamily) -> Self {
        match family {
            ImageFamily::AsaK8 => Self::AsaK8,
            ImageFamily::AsaSmp => Self::AsaSmp,
            ImageFamily::AsaLfbff => Self::AsaLfbff,
            ImageFamily::AsavDisk => Self::AsavDisk,
            ImageFamily::Fp1k => Self::Fp1k,
            ImageFamily::Fp2k => Self::Fp2k,
            ImageFamily::Fp3k => Self::Fp3k,
            ImageFamily::Fp4200 => Self::Fp4200,
            ImageFamily::Csf1200 => Self::Csf1200,
            ImageFamily::FxosPackage => Self::FxosPackage,
            ImageFamily::Pix => Self::Pix,
            ImageFamily::Asdm => Self::Asdm,
            ImageFamily::AsdmOpenjre => Self::AsdmOpenjre,
            _ => Self::Other,
        }
    }
}

/// The file name of an image.
pub struct asaf_image_name {
    _opaque: [u8; 0],
}
handle!(asaf_image_name, ImageName);

/// Reads the name of an image file, with or without the file system in front.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_image_name_parse(
    text: asaf_str,
    out: *mut *mut asaf_image_name,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `text` is readable and `out` is NULL or writable, by the caller's contract.
        let (out, text) = unsafe { (Out::handle(out)?, text.read("text")?) };
        out.give(text.parse()?);
        Ok(())
    })
}

/// What the file is made for.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_image_name_family(
    name: *const asaf_image_name,
    out: *mut asaf_image_family,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        out.put(handle::borrow(name, "name")?.family().into());
        Ok(())
    })
}

/// The version that the name says. Two versions may fit (`asdm-7221.bin` is 7.22(1) or 7.2(2)1):
/// index 1 is the second reading, and `ASAF_STATUS_ABSENT` says that there is none.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_image_name_version(
    name: *const asaf_image_name,
    index: usize,
    out: *mut asaf_version,
) -> asaf_status {
    guard(Detail::NONE, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::at(out, "out") }?;
        let readings = match handle::borrow(name, "name")?.reading() {
            ImageReading::One(version) => vec![version],
            ImageReading::Undecided { wide, narrow } => vec![wide, narrow],
            _ => Vec::new(),
        };
        let version = readings.get(index).ok_or_else(|| Failure::index("readings", index, readings.len()))?;
        out.put((*version).into());
        Ok(())
    })
}

/// Frees an image name. NULL is ignored.
#[unsafe(no_mangle)]
pub extern "C" fn asaf_image_name_free(name: *mut asaf_image_name) -> asaf_status {
    guard(Detail::NONE, || handle::release(name))
}
