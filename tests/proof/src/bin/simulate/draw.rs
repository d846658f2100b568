//! What a seed stands for: of its block the shape of the pair and the plan, of itself all the rest.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::compat::Compat;
use asa_failover_core::goal::{Goal, Image, OnDrift, Policy, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::live;
use asa_failover_core::plan::{Plan, plan};
use asa_failover_core::session::Login;
use asa_failover_core::transport::Terminals;
use asa_failover_core::transport::memory::Memory;
use asa_failover_core::twin::{
    CopyRefusal, Cut, Fault, FaultKind, LinkLoss, Loss, Mismatch, Pair, ReloadStandbyOnOwner,
    RoleWhenNotReady, SessionEnd, Spec, When,
};
use asa_failover_core::unit::{GroupId, Role, Standing};
use asa_failover_core::version::AsaVersion;

/// Chance that follows from a seed alone (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x5851_F42D_4C95_7F2D))
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }

    pub(crate) fn one_in(&mut self, bound: u64) -> bool {
        self.below(bound) == 0
    }

    /// One of the choices, of which there is at least one.
    pub(crate) fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        let at = usize::try_from(self.below(choices.len() as u64)).unwrap_or_default();
        #[expect(clippy::indexing_slicing, reason = "below the length of what is not empty")]
        choices[at].clone()
    }

    fn millis(&mut self, bound: u64) -> Duration {
        Duration::from_millis(self.below(bound))
    }
}

/// Models with the releases of their ways; each way is one that the guides allow.
const WAYS: [(&str, &[&str]); 7] = [
    ("ASA5525", &["9.8(4)", "9.8(4)48"]),
    ("ASA5525", &["9.8(4)", "9.12(4)"]),
    ("ASA5525", &["9.12(4)", "9.14(4)"]),
    ("ASA5525", &["9.1(7)4", "9.8(4)"]),
    ("ASA5520", &["8.2(5)", "8.4(7)"]),
    ("ASA5520", &["7.2(5)", "8.2(5)"]),
    ("ASA5520", &["7.0(8)", "7.1(2)", "7.2(5)"]),
];

/// Pairs of one shape with one plan.
pub(crate) struct Block {
    pub(crate) name: String,
    pub(crate) plan: Plan,
    spec: Spec,
}

/// A run to be.
pub(crate) struct Scene {
    pub(crate) pair: Pair,
    pub(crate) faults: Vec<(When, Fault)>,
    /// Steps after which the program that drives the run dies.
    pub(crate) deaths: Vec<u64>,
}

fn version(text: &str) -> AsaVersion {
    text.parse().unwrap_or(AsaVersion::new(0, 0, 0, 0))
}

fn image(spec: &Spec, version: AsaVersion, from: bool) -> (Image, String) {
    let file = spec.image(version);
    let url = format!("tftp://198.51.100.10/{}", file.name);
    let disk = format!("disk0:/{}", file.name).parse().expect("the name of an image is a file");
    let mut image = Image::new(disk).with_size(file.size);
    for digest in [&file.sha512, &file.md5] {
        image = image.with_digest(digest.parse().expect("the simulated pair's digest is one"));
    }
    if from {
        image = image.with_source(url.parse().expect("an address"));
    }
    (image, url)
}

impl Block {
    /// The shape and the plan of a block. Where the planner refuses a way, the next one is taken.
    pub(crate) fn new(number: u64) -> Self {
        let mut chance = Chance::new(number ^ 0xB10C);
        loop {
            if let Some(block) = Self::drawn(&mut chance) {
                return block;
            }
        }
    }

    fn drawn(chance: &mut Chance) -> Option<Self> {
        let (model, way) = chance.of(&WAYS);
        let stops: Vec<AsaVersion> = way.iter().map(|text| version(text)).collect();
        let (old, target) = (*stops.first()?, *stops.last()?);
        let mut spec = if chance.one_in(2) || old < version("8.0(2)") {
            Spec::active_standby(model, old).with_active(GroupId::UNIT, chance.of(&Role::BOTH))
        } else {
            let mut spec = Spec::active_active(model, old);
            for group in [1, 2].map(GroupId::new) {
                spec = spec.with_active(group, chance.of(&Role::BOTH));
                if chance.one_in(3) {
                    spec = spec.with_preempt(group, chance.of(&[0, 20, 45, 100]));
                }
            }
            spec
        };
        spec.stateful = !chance.one_in(8);
        let fetched = chance.one_in(3);
        let mut goal = Goal::new(target).with_accepted("image.hash.unavailable");
        goal.stops = stops.get(1..stops.len() - 1)?.to_vec();
        for stop in stops.iter().skip(1) {
            let (of, url) = image(&spec, *stop, fetched);
            spec = if fetched {
                let file = spec.image(*stop);
                spec.with_remote(&url, file)
            } else {
                spec.with_staged(*stop)
            };
            goal = goal.with_image(of);
        }
        let policy = policy(chance);
        let pair = Rc::new(RefCell::new(Pair::new(spec.clone(), 1)));
        let mut transport = Terminals::new(Memory::new(pair), Login::default());
        let facts = live::read(&mut transport, policy.reach, &[]).ok()?;
        let plan = plan(&facts, &goal, Compat::bundled(), &policy).ok()?;
        let name = format!(
            "{model} {} groups {:?}, {}, {:?} {:?} {:?}",
            way.join(" to "),
            spec.groups
                .iter()
                .map(|group| (group.id.number(), group.active, group.preempt))
                .collect::<Vec<_>>(),
            if fetched { "fetched" } else { "staged" },
            policy.procedure,
            policy.reach,
            policy.on_drift
        );
        Some(Self { name, plan, spec })
    }

    /// The run of a seed. One in sixteen has no faults.
    pub(crate) fn scene(&self, seed: u64, chance: &mut Chance) -> Scene {
        let mut spec = self.spec.clone();
        spec.timings.boot = Duration::from_secs(60 + chance.below(60));
        spec.timings.hold = chance.of(&[800, 5_000, 15_000, 45_000].map(Duration::from_millis));
        spec.round_trip = chance.of(&[0, 0, 20, 150].map(Duration::from_millis));
        spec.role_when_not_ready =
            chance.of(&[RoleWhenNotReady::Refuse, RoleWhenNotReady::Ignore, RoleWhenNotReady::AcceptAndDrop]);
        spec.reload_standby_on_owner = chance.of(&[
            ReloadStandbyOnOwner::Refuse,
            ReloadStandbyOnOwner::Ignore,
            ReloadStandbyOnOwner::Reload,
        ]);
        spec.session_end = chance.of(&[SessionEnd::Close, SessionEnd::Hang]);
        spec.link_loss = chance.of(&[LinkLoss::BothStay, LinkLoss::StandbyClaims]);
        let mut faults = Vec::new();
        let mut deaths = Vec::new();
        if !seed.is_multiple_of(16) {
            for _ in 0..3 + chance.below(3) {
                let fault = fault(&self.spec, chance);
                faults.push((when(chance), fault));
            }
            for _ in 0..chance.below(6).saturating_sub(3) {
                deaths.push(1 + chance.below(300));
            }
        }
        let mut pair = Pair::new(spec, seed);
        for (when, fault) in &faults {
            pair.foresee_when(when.clone(), fault.clone());
        }
        Scene { pair, faults, deaths }
    }
}

fn policy(chance: &mut Chance) -> Policy {
    let (procedure, reach) = chance.of(&[
        (Procedure::Hardened, Reach::BothAddresses),
        (Procedure::Hardened, Reach::ActiveOnly),
        (Procedure::Published, Reach::BothAddresses),
    ]);
    let mut policy = Policy::default()
        .with_procedure(procedure)
        .with_reach(reach)
        .with_on_drift(chance.of(&[OnDrift::Halt, OnDrift::Adapt]));
    // Long enough for these pairs; the longer ones of the default only make a lost cause last.
    policy.boot_s = 400;
    policy.sync_s = 400;
    policy.silence_s = 200;
    policy.copy_s = 400;
    policy.soak_s = 30;
    policy.preempt_s = 60;
    policy.poll_s = 10;
    policy
}

fn when(chance: &mut Chance) -> When {
    let role = chance.of(&Role::BOTH);
    let nth = 1 + u32::try_from(chance.below(3)).unwrap_or_default();
    let after = if chance.one_in(2) { Duration::ZERO } else { chance.millis(4_000) };
    match chance.below(4) {
        0 => When::At(chance.millis(900_000)),
        1 => {
            let heads = [
                "failover reload",
                "no failover active",
                "failover active",
                "write memory",
                "boot",
                "reload",
            ];
            When::Typed { role: None, head: chance.of(&heads).to_owned(), nth: nth.min(2), after }
        }
        2 => {
            let standings = [
                Standing::Disabled,
                Standing::Negotiation,
                Standing::ColdStandby,
                Standing::SyncConfig,
                Standing::BulkSync,
                Standing::StandbyReady,
                Standing::Active,
            ];
            When::Stands { role, standing: chance.of(&standings), nth: nth.min(2), after }
        }
        _ => When::Read { role, nth: nth + u32::try_from(chance.below(40)).unwrap_or_default() },
    }
}

/// A fault, each kind as likely as any other.
fn fault(spec: &Spec, chance: &mut Chance) -> Fault {
    let role = chance.of(&Role::BOTH);
    let group = chance.of(&spec.groups).id;
    let bytes = u32::try_from(chance.below(3_000)).unwrap_or_default();
    match chance.of(FaultKind::ALL) {
        FaultKind::Crash => Fault::Crash(role),
        FaultKind::FailoverLinkDown => Fault::FailoverLinkDown,
        FaultKind::FailoverLinkUp => Fault::FailoverLinkUp,
        FaultKind::StateLinkDown => Fault::StateLinkDown,
        FaultKind::StateLinkUp => Fault::StateLinkUp,
        FaultKind::SpontaneousFailover => Fault::SpontaneousFailover(group),
        FaultKind::SplitBrain => Fault::SplitBrain,
        FaultKind::Preempt => Fault::Preempt(group),
        FaultKind::SessionLoss => Fault::SessionLoss(role),
        FaultKind::NeverReturns => Fault::NeverReturns(role),
        FaultKind::ReturnsFailed => Fault::ReturnsFailed(role),
        FaultKind::ReturnsOld => Fault::ReturnsOld(role),
        FaultKind::StaysOff => Fault::StaysOff(role),
        FaultKind::Replaced => Fault::Replaced(role, "JAD000000A9".to_owned()),
        FaultKind::StuckIn => {
            let standings = [Standing::Negotiation, Standing::ColdStandby, Standing::SyncConfig];
            let later = [Standing::SyncFileSystem, Standing::BulkSync];
            Fault::StuckIn(role, chance.of(&[standings.as_slice(), later.as_slice()].concat()))
        }
        FaultKind::RebootsAgain => Fault::RebootsAgain(role),
        FaultKind::SyncLocked => Fault::SyncLocked(role),
        FaultKind::Mismatched => {
            let differences = [Mismatch::Version, Mismatch::Licence, Mismatch::Chassis, Mismatch::Card];
            Fault::Mismatched(role, chance.of(&differences))
        }
        FaultKind::CopyAborts => Fault::CopyAborts(role),
        FaultKind::CopyRefused => {
            let ways = [CopyRefusal::TimedOut, CopyRefusal::NoFile, CopyRefusal::NotEnoughSpace];
            Fault::CopyRefused(role, chance.of(&ways))
        }
        FaultKind::FlashFull => Fault::FlashFull(role),
        FaultKind::CorruptCopy => Fault::CorruptCopy(role),
        FaultKind::SaveFails => Fault::SaveFails(role),
        FaultKind::SaveUnconfirmed => Fault::SaveUnconfirmed(role),
        FaultKind::SaveAsks => Fault::SaveAsks(role),
        FaultKind::SaveNotReplicated => Fault::SaveNotReplicated(role),
        FaultKind::AuthorizationFails => {
            let heads =
                ["show failover", "show version", "boot", "write", "failover", "configure", "no ", "dir"];
            Fault::AuthorizationFails(chance.of(&heads).to_owned())
        }
        FaultKind::ScheduledReload => {
            Fault::ScheduledReload(role, Duration::from_secs(1 + chance.below(600)))
        }
        FaultKind::Silent => Fault::Silent(role),
        FaultKind::Heard => Fault::Heard(role),
        FaultKind::CutAfter => Fault::CutAfter(role, bytes, chance.of(&[Cut::Reset, Cut::Hang])),
        FaultKind::LoseReply => Fault::LoseReply(role, chance.of(&[Loss::Before, Loss::After])),
        FaultKind::Notice => Fault::Notice(role, notice(chance)),
        FaultKind::NoticeIn => Fault::NoticeIn(role, bytes, notice(chance)),
        FaultKind::PagerOn => Fault::PagerOn(role),
        FaultKind::SessionsTaken => {
            Fault::SessionsTaken(role, u8::try_from(3 + chance.below(3)).unwrap_or_default())
        }
        FaultKind::PromptBecomes => Fault::PromptBecomes(role, "edge-7".to_owned()),
        FaultKind::Modified => Fault::Modified(role),
        _ => {
            let lines = [
                "no failover",
                "failover active",
                "no failover active",
                "failover reload-standby",
                "no boot system",
                "boot system disk0:/another.bin",
                "write memory",
                "write standby",
                "reload",
                "reload in 5",
            ];
            Fault::Console(role, chance.of(&lines).to_owned())
        }
    }
}

fn notice(chance: &mut Chance) -> String {
    let texts = [
        "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.",
        "fw/pri/act# ",
        "        This host: Primary - Active ",
        "        Other host: Secondary - Standby Ready ",
        "\tSwitching to Active",
    ];
    chance.of(&texts).to_owned()
}
