//! Software and platforms that are not driven are refused by name, whatever else fits.
#![expect(clippy::disallowed_methods, reason = "a test may read its captures")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::fs;
use std::path::Path;

use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Image, Policy};
use asa_failover_core::pair::{Captures, Pair};
use asa_failover_core::plan;
use asa_failover_core::plan::Refusal;

/// The captures of an invented pair; `edit` is applied to each `show version`.
fn captured(unit: &str, edit: impl Fn(String) -> String) -> Captures {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/captures/asa5525-9.8.4").join(unit);
    let read = |command: &str| {
        fs::read_to_string(folder.join(format!("{}.txt", command.replace(' ', "-")))).unwrap()
    };
    let mut captures: Captures = [
        "show failover",
        "show mode",
        "show running-config boot",
        "show startup-config",
        "dir",
        "show running-config failover",
        "show reload",
    ]
    .into_iter()
    .map(|command| (command.to_owned(), read(command)))
    .collect();
    captures.insert("show version".to_owned(), edit(read("show version")));
    captures
}

fn refused(edit: impl Fn(String) -> String + Copy) -> Refusal {
    let pair = Pair::from_captures(&captured("primary", edit), &captured("secondary", edit)).unwrap();
    let goal = Goal::new("9.8(4)48".parse().unwrap())
        .with_image(Image::new("disk0:/asa984-48-smp-k8.bin".parse().unwrap()).with_size(91_179_008))
        .with_accepted("image.digest.none");
    plan(&pair, &goal, Compat::bundled(), &Policy::default()).unwrap_err()
}

#[track_caller]
fn names(refusal: &Refusal, finding: &str) {
    assert!(refusal.to_string().contains(finding), "expected {finding:?} in:\n{refusal}");
}

#[test]
fn threat_defense_is_refused_by_name() {
    let refusal = refused(|text| {
        let head = "Cisco Adaptive Security Appliance Software Version 9.8(4) \n";
        assert!(text.contains(head));
        let ftd = "------------------[ fw ]------------------\n\
                   Model : Cisco ASA5525-X Threat Defense (75) Version 6.6.1 (Build 91)\n";
        let text = text.replace(head, ftd);
        let (before, hardware) = text.split_once("Hardware:").unwrap();
        format!("{before}{}", hardware.split_once('\n').unwrap().1)
    });
    names(
        &refusal,
        "BLOCK platform.product: Primary: runs Firepower Threat Defense, which is upgraded by its manager; use \
         that manager's own procedure [show version]",
    );
}

const RELEASE: &str = "Cisco Adaptive Security Appliance Software Version 9.8(4) \n";

#[test]
fn a_services_module_is_refused_by_name() {
    let refusal = refused(|text| text.replace(RELEASE, "FWSM Firewall Version 4.1(5) \n"));
    for unit in ["Primary", "Secondary"] {
        let finding = format!(
            "BLOCK platform.product: {unit}: is a Firewall Services Module, whose upgrade is not modelled"
        );
        names(&refusal, &finding);
    }
}

#[test]
fn a_pix_before_seven_is_refused_by_its_release() {
    let refusal = refused(|text| text.replace(RELEASE, "Cisco PIX Firewall Version 6.3(5) \n"));
    names(&refusal, "6.3(5)");
}

#[test]
fn a_platform_with_another_boot_procedure_is_refused_with_its_manual_procedure() {
    let refusal = refused(|text| text.replace("ASA5525,", "FPR-2130,"));
    names(
        &refusal,
        "BLOCK platform.boot-procedure: FPR-2130 is upgraded by its chassis (FXOS), which is not driven yet",
    );
    let refusal = refused(|text| text.replace("ASA5525,", "FPR-1120,"));
    names(&refusal, "BLOCK platform.boot-procedure: FPR-1120 keeps a single boot system entry");
}

#[test]
fn a_model_that_is_not_in_the_tables_is_refused() {
    let refusal = refused(|text| text.replace("ASA5525,", "ASA5599,"));
    names(&refusal, "BLOCK platform.model: the model ASA5599 is not in the tables [show version]");
}

/// What `failover exec mate` brought is the mate's: its flash must not stand for this unit's.
#[test]
fn a_reply_of_the_mate_beside_the_unit_s_own_is_a_problem() {
    let same = |text| text;
    let mut primary = captured("primary", same);
    let secondary = captured("secondary", same);
    primary.insert("failover exec mate dir".to_owned(), secondary["dir"].clone());
    let problem = Pair::from_captures(&primary, &secondary).unwrap_err().to_string();
    let expected = "Primary: dir and failover exec mate dir may be of two units; leave out the one that is not of Primary";
    assert_eq!(problem, expected);
    let sent_on =
        secondary.into_iter().map(|(command, text)| (format!("failover exec mate {command}"), text));
    Pair::from_captures(&captured("primary", same), &sent_on.collect()).unwrap();
}

/// A listing of another file system says nothing of the one that the image belongs on.
#[test]
fn a_listing_of_another_file_system_stands_for_none() {
    let same = |text| text;
    let with = |listings: &[(&str, &str)]| {
        let mut primary = captured("primary", same);
        let dir = primary.remove("dir").unwrap();
        for (command, filesystem) in listings {
            primary.insert((*command).to_owned(), dir.replace("Directory of disk0:/", filesystem));
        }
        let pair = Pair::from_captures(&primary, &captured("secondary", same)).unwrap();
        let goal = Goal::new("9.8(4)48".parse().unwrap())
            .with_image(Image::new("disk0:/asa984-48-smp-k8.bin".parse().unwrap()).with_size(91_179_008))
            .with_accepted("image.digest.none");
        match plan(&pair, &goal, Compat::bundled(), &Policy::default()) {
            Ok(_) => String::new(),
            Err(refusal) => refusal.to_string(),
        }
    };
    assert_eq!(with(&[("dir", "Directory of flash:/")]), "");
    assert_eq!(with(&[("dir", "Directory of disk0:/"), ("dir disk1:", "Directory of disk1:/")]), "");
    let refusal = with(&[("dir disk1:", "Directory of disk1:/")]);
    let expected = "BLOCK pair.capture: Primary: dir lists disk1:/, and disk0:/asa984-48-smp-k8.bin belongs on disk0:/; \
                    capture dir disk0: [dir]";
    assert!(refusal.contains(expected), "{refusal}");
    assert!(!refusal.contains("image.absent"), "{refusal}");
}
