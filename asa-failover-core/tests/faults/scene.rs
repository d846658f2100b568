//! What a seed stands for: a pair, a goal, a policy, faults and deaths of the program.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use asa_failover_core::drive::{Forgetful, Unattended};
use asa_failover_core::goal::{Goal, OnDrift, Policy, Preempt, Procedure};
use asa_failover_core::link::Reach;
use asa_failover_core::plan::Plan;
use asa_failover_core::rehearse::rehearse_on;
use asa_failover_core::run::Records;
use asa_failover_core::twin::{
    self, Chance, Fault, PreemptAfterMove, ReloadStandbyOnOwner, RoleWhenNotReady, SessionEnd, Spec,
};
use asa_failover_core::unit::{GroupId, Role, Standing};

use crate::pairs::{image, planned, v};

/// A run to be.
pub(crate) struct Scene {
    pub(crate) plan: Plan,
    /// The pair as the plan found it, with its faults to come.
    pub(crate) pair: twin::Pair,
    /// Faults in the pair's time.
    pub(crate) faults: Vec<(Duration, Fault)>,
    /// Steps of the run after which the program dies, one after the other.
    pub(crate) deaths: Vec<u64>,
    /// One in so many exchanges goes wrong; none if there is no number.
    pub(crate) mishap_in: Option<u64>,
    /// Whether preempt takes a group home again after a commanded move.
    pub(crate) preempt_returns: bool,
    pub(crate) chance: Chance,
}

impl Scene {
    pub(crate) fn new(seed: u64) -> Self {
        let mut chance = Chance::new(seed.wrapping_mul(0x5851_F42D_4C95_7F2D));
        let (spec, goal, policy) = pair(&mut chance);
        let preempt_returns = spec.preempt_after_move == PreemptAfterMove::Returns;
        let calm = Rc::new(RefCell::new(twin::Pair::new(spec, seed)));
        let plan = planned(&calm, &goal, &policy);
        let mut pair = calm.borrow().clone();
        let began = pair.now();
        let quiet =
            rehearse_on(&plan, pair.clone(), Records::default(), &mut Forgetful, &mut Unattended).history;
        let moments: Vec<Duration> = quiet.iter().map(|happening| happening.at).collect();
        let last = moments.last().copied().unwrap_or(began).saturating_sub(began);
        let count = chance.below(4);
        let faults: Vec<_> = (0..count)
            .map(|_| {
                let at = if chance.one_in(2) {
                    // Around something that happens in a quiet run, or would.
                    let moment = chance.of(&moments).max(began);
                    (moment + Duration::from_millis(chance.below(9_000)))
                        .saturating_sub(Duration::from_secs(4))
                } else {
                    began + Duration::from_millis(chance.below(u64::try_from(last.as_millis()).unwrap()))
                };
                (at.max(began), fault(&mut chance))
            })
            .collect();
        let mut faults: Vec<_> =
            faults.into_iter().flat_map(|(at, fault)| healed(&mut chance, at, fault)).collect();
        faults.sort_by_key(|(at, _)| *at);
        for (at, fault) in &faults {
            pair.foresee(*at, fault.clone());
        }
        let deaths = (0..chance.below(6).saturating_sub(3)).map(|_| 1 + chance.below(500)).collect();
        let mishap_in = chance.one_in(2).then(|| 10 + chance.below(150));
        Self { plan, pair, faults, deaths, mishap_in, preempt_returns, chance }
    }
}

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let policy = self.plan.policy();
        write!(
            f,
            "  {:?} {:?} {:?} {:?}, deaths {:?}, mishap in {:?}\n  groups {:?}",
            policy.procedure,
            policy.preempt,
            policy.reach,
            policy.on_drift,
            self.deaths,
            self.mishap_in,
            self.plan.brief().groups
        )?;
        self.faults.iter().try_for_each(|(at, fault)| write!(f, "\n  {:.3} s: {fault:?}", at.as_secs_f64()))
    }
}

fn pair(chance: &mut Chance) -> (Spec, Goal, Policy) {
    let old = v("9.8(4)");
    let new = v("9.8(4)48");
    let mut spec = if chance.one_in(2) {
        Spec::active_standby("ASA5525", old).with_active(GroupId::UNIT, chance.of(&Role::BOTH))
    } else {
        let mut spec = Spec::active_active("ASA5525", old)
            .with_active(GroupId::new(1), chance.of(&Role::BOTH))
            .with_active(GroupId::new(2), chance.of(&Role::BOTH));
        for group in [1, 2] {
            if chance.one_in(3) {
                spec = spec.with_preempt(GroupId::new(group), chance.of(&[0, 20, 45, 100]));
            }
        }
        spec
    };
    spec.timings.boot = Duration::from_secs(60 + chance.below(60));
    spec.role_when_not_ready =
        chance.of(&[RoleWhenNotReady::Refuse, RoleWhenNotReady::Ignore, RoleWhenNotReady::AcceptAndDrop]);
    spec.reload_standby_on_owner = chance.of(&[
        ReloadStandbyOnOwner::Refuse,
        ReloadStandbyOnOwner::Ignore,
        ReloadStandbyOnOwner::Reload,
    ]);
    if chance.one_in(4) {
        spec.preempt_after_move = PreemptAfterMove::Returns;
    }
    spec.session_end = chance.of(&[SessionEnd::Close, SessionEnd::Hang]);
    let staged = chance.one_in(2);
    let url = "tftp://198.51.100.10/asa984-48-smp-k8.bin";
    let mut wanted = image(&spec, new);
    if staged {
        spec = spec.with_staged(new);
    } else {
        let file = spec.image(new);
        spec = spec.with_remote(url, file);
        wanted = wanted.with_source(url.parse().unwrap());
    }
    let (procedure, reach) = chance.of(&[
        (Procedure::Hardened, Reach::BothAddresses),
        (Procedure::Hardened, Reach::ActiveOnly),
        (Procedure::Published, Reach::BothAddresses),
    ]);
    let mut policy = Policy::default()
        .with_procedure(procedure)
        .with_reach(reach)
        .with_on_drift(chance.of(&[OnDrift::Halt, OnDrift::Adapt]));
    // Long enough for this pair; the longer ones of the default only make a lost cause last.
    policy.boot_s = 400;
    (policy.sync_s, policy.sync_config_s, policy.bulk_sync_s) = (400, 400, 400);
    policy.silence_s = 120;
    policy.copy_s = 400;
    policy.soak_s = 30;
    policy.preempt_s = 60;
    if procedure == Procedure::Hardened && chance.one_in(2) {
        policy = policy.with_preempt(Preempt::Remove);
    }
    (spec, Goal::new(new).with_image(wanted), policy)
}

fn fault(chance: &mut Chance) -> Fault {
    let role = chance.of(&Role::BOTH);
    let group = chance.of(&[GroupId::UNIT, GroupId::new(1), GroupId::new(2)]);
    match chance.below(22) {
        0 | 1 => Fault::Crash(role),
        2 => Fault::FailoverLinkDown,
        3 => Fault::StateLinkDown,
        4..=6 => Fault::SpontaneousFailover(group),
        7 | 8 => Fault::SessionLoss(role),
        9 => Fault::NeverReturns(role),
        10 => Fault::ReturnsFailed(role),
        11 => Fault::StuckIn(role, Standing::SyncConfig),
        12 => Fault::CopyAborts(role),
        13 => Fault::FlashFull(role),
        14 => Fault::CorruptCopy(role),
        15 => Fault::SaveFails(role),
        16 => Fault::AuthorizationFails(
            chance
                .of(&[
                    "show failover",
                    "show version",
                    "boot",
                    "write",
                    "failover",
                    "configure",
                    "no ",
                    "dir",
                    "end",
                    "show",
                ])
                .to_owned(),
        ),
        17 => Fault::ScheduledReload(role, Duration::from_secs(1 + chance.below(600))),
        18 => Fault::Silent(role),
        19 => Fault::Notice(
            role,
            chance
                .of(&[
                    "%ASA-1-104002: (Primary) Switching to STANDBY - Other unit wants me Standby.",
                    "fw/pri/act# ",
                    "        This host: Primary - Active ",
                    "        Other host: Secondary - Standby Ready ",
                    "\tSwitching to Active",
                ])
                .to_owned(),
        ),
        _ => Fault::Console(
            role,
            chance
                .of(&[
                    "no failover",
                    "failover active",
                    "no failover active",
                    "failover reload-standby",
                    "no boot system disk0:/asa984-48-smp-k8.bin",
                    "boot system disk0:/asa984-smp-k8.bin",
                    "write memory",
                    "write standby",
                    "reload",
                    "reload in 5",
                ])
                .to_owned(),
        ),
    }
}

/// What breaks is sometimes mended.
fn healed(chance: &mut Chance, at: Duration, fault: Fault) -> Vec<(Duration, Fault)> {
    let later = at + Duration::from_millis(chance.below(120_000));
    let mended = match &fault {
        Fault::FailoverLinkDown => Some(Fault::FailoverLinkUp),
        Fault::StateLinkDown => Some(Fault::StateLinkUp),
        Fault::Silent(role) => Some(Fault::Heard(*role)),
        _ => None,
    };
    let mended = mended.filter(|_| !chance.one_in(4)).map(|mended| (later, mended));
    std::iter::once((at, fault)).chain(mended).collect()
}
