//! Why a run stops before its goal, and what is safe to do then.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::memory::Awaited;
use crate::unit::{GroupId, Role, Serial};
use crate::version::AsaVersion;

/// Why a run halts. Each has a code that does not change, [`Reason::code`].
#[derive(Clone, Debug, Deserialize, Eq, Error, Hash, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// The operator asked for it.
    #[error("stopped by the operator")]
    Stopped,
    /// The journal cannot be written: nothing more is sent.
    #[error("the journal cannot be written: {0}")]
    JournalFailed(String),
    /// Records become durable, or lines are typed, so late that what they rest on is old by then.
    #[error("{0} lines in a row could not be typed before what they rested on was old; none of them was")]
    TooLate(u32),
    /// The journal was resumed too often.
    #[error("the journal was resumed {0} times; read the pair and plan again")]
    TooManyResumes(u32),
    /// The records to resume from do not fit the plan.
    #[error("the journal does not belong to this plan: {0}")]
    JournalDiffers(String),
    /// A connection is refused for a reason that waiting does not cure.
    #[error("no session: {0}")]
    NoSession(String),
    /// A session answers for a unit that is not of the pair.
    #[error("the unit with serial number {0} answers, which is not of this pair")]
    WrongUnit(Serial),
    /// A session does not stand where commands of ours belong.
    #[error("the session on {0} is not in the system execution space")]
    WrongSpace(Role),
    /// A wait has reached its deadline.
    #[error("{} within {deadline_s} s: {why}", awaited_text(*awaited))]
    Deadline {
        /// What was waited for.
        awaited: Awaited,
        /// How long, in seconds.
        deadline_s: u64,
        /// What stood in the way last.
        why: String,
    },
    /// The pair lost its readiness again and again.
    #[error("the pair lost its readiness {times} times: {why}")]
    Flaps {
        /// How often.
        times: u32,
        /// What stood in the way last.
        why: String,
    },
    /// A unit runs a release that is not on the way.
    #[error("{unit} runs {found}, which is not on the way of this plan")]
    OffTheWay {
        /// The unit.
        unit: Role,
        /// What it runs.
        found: String,
    },
    /// A group is not where our commands and preempt explain.
    #[error("{group} moved to {to} without a command of this run")]
    MovedUnasked {
        /// The group.
        group: GroupId,
        /// The unit that is active for it now.
        to: Role,
    },
    /// A unit runs another release than our reloads explain.
    #[error("{unit} runs {found} without a reload of this run; {expected} was expected")]
    ReleaseMoved {
        /// The unit.
        unit: Role,
        /// What it ran when the plan was made, or after our reload.
        expected: AsaVersion,
        /// What it runs.
        found: AsaVersion,
    },
    /// A boot list is not what it was, and our lines do not explain it.
    #[error("the boot list of {unit} was changed by somebody else: expected {expected:?}, found {found:?}")]
    BootListMoved {
        /// The unit.
        unit: Role,
        /// The entries that our lines explain.
        expected: String,
        /// The entries found.
        found: String,
    },
    /// Preempt of a group is not what it was, and our lines do not explain it.
    #[error(
        "preempt of {group} was changed on {unit} by somebody else: expected {expected:?}, found {found:?}"
    )]
    PreemptMoved {
        /// The unit.
        unit: Role,
        /// The group.
        group: GroupId,
        /// The line that the plan found.
        expected: String,
        /// The line found.
        found: String,
    },
    /// A unit restarted on the old release.
    #[error("{unit} restarted and still runs {version}; it is not reloaded again")]
    StillOld {
        /// The unit.
        unit: Role,
        /// What it runs.
        version: AsaVersion,
    },
    /// A unit already restarted once in this hop.
    #[error("{0} was already reloaded in this hop; it is not reloaded again")]
    ReloadedAlready(Role),
    /// A command was tried as often as allowed and had no effect.
    #[error("{command} on {unit} had no effect: {heard}")]
    NoEffect {
        /// The unit it ran on.
        unit: Role,
        /// The line.
        command: String,
        /// What the unit said.
        heard: String,
    },
    /// A command took effect, and was undone again and again.
    #[error("{command} on {unit} took effect {times} times and was undone each time")]
    Undone {
        /// The unit it ran on.
        unit: Role,
        /// The line.
        command: String,
        /// How often.
        times: u32,
    },
    /// Readings do not come in as fast as they grow old.
    #[error("{0} lines in a row led to no decision: replies take longer than a reading may be old")]
    TooSlow(u32),
    /// An image is not on a unit's flash and there is no address to fetch it from.
    #[error("{file} is not on the flash of {unit}, and no address to fetch it from is given")]
    ImageMissing {
        /// The unit.
        unit: Role,
        /// The file.
        file: String,
    },
    /// An image on flash is not the published one.
    #[error("{file} on {unit} is not the published image: {found}, expected {expected}")]
    ImageDiffers {
        /// The unit.
        unit: Role,
        /// The file.
        file: String,
        /// Size or digest as published.
        expected: String,
        /// Size or digest on flash.
        found: String,
    },
    /// The flash has no room for an image.
    #[error("the flash of {unit} has {free} bytes free, {needed} are needed for {file}")]
    FlashFull {
        /// The unit.
        unit: Role,
        /// The file.
        file: String,
        /// Free bytes.
        free: u64,
        /// Needed bytes, with a tenth to spare.
        needed: u64,
    },
    /// A unit would not read its startup configuration.
    #[error("the configuration register of {0} makes it ignore its startup configuration")]
    Register(Role),
    /// A boot entry names no file on flash, so it can neither be kept nor removed by us.
    #[error("the boot entry {entry:?} of {unit} is no file on flash; remove it by hand")]
    ForeignBootEntry {
        /// The unit.
        unit: Role,
        /// The entry as printed.
        entry: String,
    },
    /// Somebody scheduled a reload.
    #[error("a reload is scheduled on {0}; cancel it with reload cancel, or wait for it")]
    ReloadScheduled(Role),
    /// The change window is over.
    #[error("the change window of {0} s is over")]
    WindowOver(u64),
    /// What the next command begins would not finish in the change window.
    #[error("{left_s} s are left of the change window, and what comes next typically takes {needs_s} s")]
    WindowShort {
        /// Seconds it typically takes.
        needs_s: u64,
        /// Seconds left.
        left_s: u64,
    },
    /// The caller's health probe says that traffic is not well on the new release.
    #[error("the health probe says that traffic is not well on the new release: {0}")]
    Unhealthy(String),
    /// The operator answered no.
    #[error("the operator chose not to go on")]
    Declined,
    /// An event does not fit what the run asked for: a fault of the caller.
    #[error("unexpected event {event} while {doing}")]
    Unexpected {
        /// The event.
        event: String,
        /// What the run had asked for.
        doing: String,
    },
}

fn awaited_text(awaited: Awaited) -> String {
    match awaited {
        Awaited::Answer(role) => format!("{role} did not answer"),
        Awaited::Settled => "the pair did not settle".to_owned(),
        Awaited::Ready => "the pair did not stay ready".to_owned(),
        Awaited::Boot(role) => format!("{role} did not come back"),
        // Its mate may be what is not ready: the roles may have moved meanwhile.
        Awaited::Sync(role) => format!("after {role} came back the pair did not get ready"),
        Awaited::Config(role) => format!("{role} did not synchronise its configuration"),
        Awaited::Bulk(role) => format!("{role} did not synchronise its state"),
        Awaited::Module(role) => format!("the service module of {role} did not come up"),
        Awaited::Quiet => "a reload showed no effect".to_owned(),
        Awaited::Switch => "a switch did not show on both units".to_owned(),
        Awaited::Preempt(group) => format!("preempt did not move {group}"),
        Awaited::CaughtUp => "the mate did not catch up with the connections".to_owned(),
        Awaited::Soak => "the soak did not end".to_owned(),
        Awaited::Copy(role) => format!("a copy on {role} did not end"),
    }
}

impl Reason {
    /// A short code for programs: `deadline`, `image-differs`, ...
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stopped => "stopped",
            Self::JournalFailed(_) => "journal-failed",
            Self::TooManyResumes(_) => "too-many-resumes",
            Self::JournalDiffers(_) => "journal-differs",
            Self::NoSession(_) => "no-session",
            Self::WrongUnit(_) => "wrong-unit",
            Self::WrongSpace(_) => "wrong-space",
            Self::Deadline { .. } => "deadline",
            Self::Flaps { .. } => "flaps",
            Self::OffTheWay { .. } => "off-the-way",
            Self::MovedUnasked { .. } => "moved-unasked",
            Self::ReleaseMoved { .. } => "release-moved",
            Self::BootListMoved { .. } => "boot-list-moved",
            Self::PreemptMoved { .. } => "preempt-moved",
            Self::StillOld { .. } => "still-old",
            Self::ReloadedAlready(_) => "reloaded-already",
            Self::NoEffect { .. } => "no-effect",
            Self::Undone { .. } => "undone",
            Self::TooSlow(_) => "too-slow",
            Self::TooLate(_) => "too-late",
            Self::ImageMissing { .. } => "image-missing",
            Self::ImageDiffers { .. } => "image-differs",
            Self::FlashFull { .. } => "flash-full",
            Self::Register(_) => "register",
            Self::ForeignBootEntry { .. } => "foreign-boot-entry",
            Self::ReloadScheduled(_) => "reload-scheduled",
            Self::WindowOver(_) => "window-over",
            Self::WindowShort { .. } => "window-short",
            Self::Unhealthy(_) => "unhealthy",
            Self::Declined => "declined",
            Self::Unexpected { .. } => "unexpected",
        }
    }
}
