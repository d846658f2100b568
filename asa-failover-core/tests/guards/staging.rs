//! Images: room for them, the way that they are fetched by, and when one is believed to be whole.

use asa_failover_core::command::Command;
use asa_failover_core::decide::{Decision, Reason, Send};
use asa_failover_core::link::Via;
use asa_failover_core::unit::Role;

use super::pairs::situation::{Situation, before_first_reload, halts};
use super::pairs::{URL, v};

const FILE: &str = "disk0:/asa984-48-smp-k8.bin";

fn copy() -> Command {
    Command::Copy { from: URL.parse().unwrap(), to: FILE.parse().unwrap() }
}

/// A unit lacks the image, which it can fetch, and has so many bytes free for its 1,000.
fn lacking(role: Role, free: Option<u64>) -> Situation {
    let mut situation = before_first_reload();
    let image = &mut situation.brief.stops[1].image;
    image.from = Some(URL.parse().unwrap());
    image.size = Some(1_005);
    for unit in Role::BOTH {
        let flash = &mut situation.unit(unit).flash.get_mut(&0).unwrap().value;
        flash.files.insert("asa984-48-smp-k8.bin".to_owned(), 1_005);
        flash.free = free;
        if unit == role {
            flash.files.remove("asa984-48-smp-k8.bin");
        }
        for checked in situation.unit(unit).digests.values_mut() {
            checked.value.size = Some(1_005);
        }
    }
    situation
}

/// An image and a tenth of it have to fit; where nobody said how large it is, the unit's own check has to do.
#[test]
fn an_image_needs_room() {
    for role in Role::BOTH {
        for free in [None, Some(1_105), Some(9_000)] {
            let decided = lacking(role, free).decide();
            let Decision::Send(send) = &decided else { panic!("{decided:?}") };
            assert_eq!((send.unit, send.target, &send.command), (role, role, &copy()));
        }
        let reason = halts(lacking(role, Some(1_104)).decide());
        let full = Reason::FlashFull { unit: role, file: FILE.to_owned(), free: 1_104, needed: 1_105 };
        assert_eq!(reason, full);
        let mut unknown = lacking(role, Some(1));
        unknown.brief.stops[1].image.size = None;
        assert!(matches!(unknown.decide(), Decision::Send(Send { command: Command::Copy { .. }, .. })));
    }
}

/// What a unit computed is none where its answer names no digest.
#[test]
fn an_image_without_a_digest_is_not_proven() {
    for role in Role::BOTH {
        let mut situation = before_first_reload();
        for checked in situation.unit(role).digests.values_mut() {
            checked.value.digest = None;
        }
        let Reason::ImageDiffers { unit, found, .. } = halts(situation.decide()) else { panic!() };
        assert_eq!((unit, found.as_str()), (role, "no digest in the answer"));
    }
}

/// The mate fetches its own through the unit that leads, where both releases know how.
#[test]
fn the_mate_fetches_through_the_unit_that_leads() {
    let via = |role, versions: [&str; 2]| {
        let mut situation = lacking(role, None);
        for (unit, version) in Role::BOTH.into_iter().zip(versions) {
            situation.unit(unit).build.as_mut().unwrap().value.version = Some(v(version));
            situation.memory.versions.insert(unit, v(version));
        }
        situation.brief.stops[0].version = v(versions[0]);
        if let Decision::Send(send) = situation.decide() { Some(send.via) } else { None }
    };
    assert_eq!(via(Role::Primary, ["9.8(4)"; 2]), Some(Via::Direct));
    assert_eq!(via(Role::Secondary, ["9.8(4)"; 2]), Some(Via::Mate));
    assert_eq!(via(Role::Secondary, ["8.0(2)"; 2]), Some(Via::Mate));
    assert_eq!(via(Role::Secondary, ["7.2(5)"; 2]), Some(Via::Direct));
    assert_eq!(via(Role::Secondary, ["7.2(5)", "9.8(4)48"]), Some(Via::Direct));
}

/// Without a digest and a size a file that is there may be a part of itself: a copy that was not seen to end is not
/// believed, one that ended is.
#[test]
fn a_copy_that_was_not_seen_to_end_is_not_believed() {
    for role in Role::BOTH {
        for (fails, works, is_believed) in
            [(0, 0, true), (1, 0, false), (2, 0, false), (1, 1, true), (0, 1, true)]
        {
            let mut situation = before_first_reload();
            let stop = &mut situation.brief.stops[1];
            (stop.check, stop.image.size) = (None, None);
            stop.image.from = Some(URL.parse().unwrap());
            let tried =
                serde_json::json!({ "times": fails, "took_effect": works, "heard": "the reply was lost" });
            let key = (1, role, copy());
            situation.memory.tries.insert(key.clone(), serde_json::from_value(tried).unwrap());
            let decided = situation.decide();
            if is_believed {
                assert!(matches!(decided, Decision::Send(_)), "{fails} {works}: {decided:?}");
            } else {
                let reason = halts(decided);
                let text = format!("{} on {role} had no effect: the reply was lost", copy());
                assert_eq!(reason.to_string(), text);
            }
            // With a size there is a proof, and without an address nothing was copied by us.
            situation.brief.stops[1].image.from = None;
            assert!(matches!(situation.decide(), Decision::Send(_)));
            situation.brief.stops[1].image.from = Some(URL.parse().unwrap());
            let flash = &situation.unit(role).flash[&0].value;
            situation.brief.stops[1].image.size = flash.files.get("asa984-48-smp-k8.bin").copied();
            assert!(matches!(situation.decide(), Decision::Send(_)));
        }
    }
}
