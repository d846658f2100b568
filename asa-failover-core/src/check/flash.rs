//! Images and boot lists on each unit.

use super::Findings;
use crate::command::Algorithm;
use crate::compat::{Compat, Suits, Verdict};
use crate::flash::DiskFile;
use crate::goal::{Goal, Image};
use crate::image::ImageName;
use crate::pair::{Pair, Unit};
use crate::show::{Dir, FileKind};
use crate::version::AsaVersion;

use super::way::model_name;

const DIR: Option<&str> = Some("dir");
const STARTUP: Option<&str> = Some("show startup-config");

/// The image the goal gives for a release, by the release its file name carries.
pub(crate) fn image_of(goal: &Goal, version: AsaVersion) -> Option<&Image> {
    goal.images.iter().find(|image| {
        image
            .file
            .name()
            .parse::<ImageName>()
            .is_ok_and(|name| !name.family().is_asdm() && name.version() == Some(version))
    })
}

/// The file a unit booted, as `show version` names it, in the spelling of a boot entry.
pub(crate) fn booted_file(unit: &Unit) -> Option<DiskFile> {
    let image = unit.version.value.image.as_deref()?;
    // A virtual ASA names its boot partition: `boot:/asa9162-smp-k8.bin`, `(hd0,1)/asa952-smp-k8.bin`.
    let on_disk = image.strip_prefix("boot:/").or_else(|| image.strip_prefix("(hd0,1)/"));
    on_disk.map_or_else(|| image.parse().ok(), |name| format!("disk0:/{name}").parse().ok())
}

fn size_in(dir: &Dir, file: &DiskFile) -> Option<u64> {
    let mut files = dir.files.iter().filter(|row| row.kind == FileKind::File);
    files.find(|row| row.name == file.path()).map(|row| row.size)
}

/// The listing of the file system that a file belongs on; one that is not there says nothing of the file.
fn listing_for<'a>(unit: &'a Unit, file: &DiskFile, findings: &mut Findings<'_>) -> Option<&'a Dir> {
    let listing = unit.listing(file.disk_number());
    // No `dir` at all is found missing with the other captures.
    if listing.is_none() && !unit.flash.is_empty() {
        let listed: Vec<_> = unit.flash.iter().map(|dir| dir.filesystem.as_str()).collect();
        let text = format!(
            "dir lists {}, and {file} belongs on {}; capture dir {}",
            listed.join(" and "),
            file.disk(),
            file.disk().trim_end_matches('/')
        );
        findings.block("pair.capture", Some(unit.role), text, DIR);
    }
    listing
}

/// Every stop has an image that fits, with a digest, on flash or with an address to fetch it from.
pub(super) fn images(
    pair: &Pair,
    goal: &Goal,
    compat: &Compat,
    verdict: &Verdict,
    findings: &mut Findings<'_>,
) {
    for image in &goal.images {
        if image.file.name().parse::<ImageName>().is_err() {
            let text = format!("the name of {} does not say which release it is", image.file);
            findings.block("image.name", None, text, None);
        }
    }
    for hop in &verdict.path {
        let Some(image) = image_of(goal, hop.to) else {
            let place = if hop.to == goal.target { "the target" } else { "a stop on the way" };
            findings.block("image.none", None, format!("no image is given for {}, {place}", hop.to), None);
            continue;
        };
        suits(pair, compat, image, findings);
        digest(hop.from, image, findings);
        for unit in pair.units() {
            on_flash(unit, image, findings);
        }
    }
}

fn suits(pair: &Pair, compat: &Compat, image: &Image, findings: &mut Findings<'_>) {
    let (Some(model), Ok(name)) =
        (model_name(pair).and_then(|name| compat.model(name)), image.file.name().parse::<ImageName>())
    else {
        return;
    };
    match model.suits(&name) {
        Suits::Yes => {}
        Suits::No(why) => findings.block(
            "image.platform",
            None,
            format!("{} does not fit {}: {why}", image.file, model.name),
            None,
        ),
        Suits::Unknown(why) => findings.condition(
            "image.platform.unknown",
            None,
            format!("whether {} fits {} is not known: {why}", image.file, model.name),
            None,
        ),
    }
}

/// The best digest a unit can compute before it runs this image.
pub(crate) fn algorithm(running: AsaVersion) -> Option<Algorithm> {
    use crate::compat::abilities;
    if abilities::sha512_available(running) {
        Some(Algorithm::Sha512)
    } else if abilities::verify_available(running) {
        Some(Algorithm::Md5)
    } else {
        None
    }
}

fn digest(running: AsaVersion, image: &Image, findings: &mut Findings<'_>) {
    let file = &image.file;
    match algorithm(running) {
        None => findings.condition(
            "image.hash.unavailable",
            None,
            format!("{running} is believed to have no verify command (before 7.2(1)): only the size of {file} can be checked on the units"),
            None,
        ),
        Some(algorithm) => match image.digest(algorithm) {
            None => findings.condition(
                "image.digest.none",
                None,
                format!("no {algorithm} is given for {file}: a broken or foreign image would be found only when it boots"),
                None,
            ),
            Some(digest) if digest.algorithm() != algorithm => {
                findings.warn("image.digest.md5", None, format!("{file} is checked by MD5 alone; {running} could check SHA-512"), None);
            }
            Some(_) => {}
        },
    }
    if image.size.is_none() {
        findings.warn(
            "image.size.none",
            None,
            format!("no size is given for {file}; flash space cannot be judged before the copy"),
            None,
        );
    }
}

fn on_flash(unit: &Unit, image: &Image, findings: &mut Findings<'_>) {
    let file = &image.file;
    let Some(dir) = listing_for(unit, file, findings) else { return };
    match (size_in(dir, file), image.size) {
        (Some(found), Some(published)) if found != published => {
            let text =
                format!("{file} has {found} bytes, the published image has {published}; replace the file");
            findings.block("image.size", Some(unit.role), text, DIR);
        }
        (Some(_), _) => verified(unit, image, findings),
        (None, _) if image.from.is_none() => {
            let text = format!("{file} is not on flash; copy it there, or give an address to fetch it from");
            findings.block("image.absent", Some(unit.role), text, DIR);
        }
        (None, size) => {
            let needed = size.map_or(0, |size| size.saturating_add(size / 10));
            if let Some(free) = dir.free_bytes
                && free < needed
            {
                let text = format!("{free} bytes are free, {needed} are needed to fetch {file}; make room");
                findings.block("flash.full", Some(unit.role), text, DIR);
            }
        }
    }
}

/// A digest that was captured already has to be the published one.
fn verified(unit: &Unit, image: &Image, findings: &mut Findings<'_>) {
    for verify in unit
        .verified
        .iter()
        .filter(|verify| verify.file.parse::<DiskFile>().is_ok_and(|file| file == image.file))
    {
        let Some(found) = crate::decide::digest_of(verify) else { continue };
        if let Some(published) =
            image.digest(found.algorithm()).filter(|published| published.algorithm() == found.algorithm())
            && *published != found
        {
            let text = format!(
                "{} has the {} {found}, the published image has {published}; replace the file",
                image.file,
                found.algorithm()
            );
            findings.block("image.digest", Some(unit.role), text, Some("verify"));
        }
    }
}

/// Register, boot entries and the image to go back to.
pub(super) fn boot(pair: &Pair, findings: &mut Findings<'_>) {
    for unit in pair.units() {
        if !crate::decide::Build::of(&unit.version.value).register_good {
            let register = unit.version.value.config_register.as_deref().unwrap_or_default();
            let text = format!(
                "configuration register {register} makes the unit ignore its startup configuration; set config-register 0x1"
            );
            findings.block("boot.register", Some(unit.role), text, Some("show version"));
        }
        for entry in unit.startup_boot.iter().flat_map(|boot| &boot.system) {
            if entry.parse::<DiskFile>().is_err() {
                let text = format!("boot entry {entry:?} is no file on flash; remove it by hand first");
                findings.block("boot.entry", Some(unit.role), text, STARTUP);
            }
        }
        match booted_file(unit) {
            None => findings.block(
                "boot.image",
                Some(unit.role),
                "show version names no image on flash that was booted",
                Some("show version"),
            ),
            Some(file) => {
                let listing = listing_for(unit, &file, findings);
                if listing.is_some_and(|dir| size_in(dir, &file).is_none()) {
                    let text = format!(
                        "the running image {file} is not on flash any more, so there is no way back; put it there"
                    );
                    findings.block("boot.way-back", Some(unit.role), text, DIR);
                }
            }
        }
        let (running, startup) = (
            unit.running_boot.as_ref().map(|boot| &boot.system),
            unit.startup_boot.as_ref().map(|boot| &boot.system),
        );
        if let (Some(running), Some(startup)) = (running, startup)
            && running != startup
        {
            let text =
                "the boot list is not saved; the plan saves the whole configuration, whoever changed it";
            findings.warn("config.unsaved", Some(unit.role), text, STARTUP);
        }
    }
}
