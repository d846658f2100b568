//! What happened on a simulated pair, in order: the only source of the [oracle](super::oracle).

use std::time::Duration;

use serde::{Serialize, Serializer};

use super::fault::FaultKind;
use super::mismatch::Mismatch;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// One event of the pair's life.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Happening {
    /// Virtual time; in milliseconds where it is serialised.
    #[serde(rename = "at_ms", serialize_with = "milliseconds")]
    pub at: Duration,
    /// The unit it happened on; what happens to the links is told by the primary.
    pub role: Role,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum What {
    /// A unit's standing for a group at virtual time zero.
    Began {
        /// The group.
        group: GroupId,
        /// Its standing on this unit.
        standing: Standing,
    },
    /// A line was typed at a prompt and is carried out on this unit.
    Typed {
        /// The line, without its end.
        line: String,
        /// How it came to the unit.
        via: Via,
        /// Serial number of this unit.
        serial: String,
    },
    /// The standing of a group changed on this unit.
    Standing {
        /// The group.
        group: GroupId,
        /// What it was.
        from: Standing,
        /// What it is now.
        to: Standing,
        /// Why.
        cause: Cause,
    },
    /// The unit begins to forward a group.
    ForwardingBegan {
        /// The group.
        group: GroupId,
        /// Why.
        cause: Cause,
    },
    /// The unit ceases to forward a group.
    ForwardingEnded {
        /// The group.
        group: GroupId,
        /// Why.
        cause: Cause,
    },
    /// What a unit runs, and its saved boot list, at virtual time zero.
    Runs {
        /// The release.
        version: AsaVersion,
        /// The boot list of its startup configuration.
        boot: Vec<String>,
    },
    /// A unit took a group over before it had its configuration and its connections.
    StateLost {
        /// The group.
        group: GroupId,
        /// Why it took over.
        cause: Cause,
        /// What the taker's standing was.
        taken_in: Standing,
    },
    /// A reload of this unit was accepted.
    ReloadRequested {
        /// Who asked for it.
        cause: Cause,
    },
    /// The unit went down.
    Down {
        /// Why.
        cause: Cause,
    },
    /// The unit came up.
    Up {
        /// The release it runs.
        version: AsaVersion,
    },
    /// The unit found nothing to boot and stays down.
    Dead,
    /// The unit's startup configuration was written.
    Saved {
        /// Its boot list.
        boot: Vec<String>,
    },
    /// The boot list of the unit's running configuration changed.
    BootListChanged {
        /// The list now.
        boot: Vec<String>,
    },
    /// A file arrived on the unit's flash.
    FileCopied {
        /// Its name.
        name: String,
        /// Whether it is undamaged.
        sound: bool,
    },
    /// A file left the unit's flash.
    FileDeleted {
        /// Its name.
        name: String,
    },
    /// Failover was switched off (false) or on (true) on this unit. While it is off the unit shows of no group
    /// where it is.
    Failover(bool),
    /// The failover link went down (false) or came up (true).
    FailoverLink(bool),
    /// The state link went down (false) or came up (true).
    StateLink(bool),
    /// A role command was accepted and changed nothing.
    RoleCommandIgnored,
    /// A question was answered on a session.
    Answered {
        /// The question, as printed.
        question: String,
        /// What was typed.
        answer: String,
    },
    /// Whoever drives a run on this pair says how far it is.
    Claimed(Claim),
    /// This unit and its mate found that they differ, and switched failover off.
    Parted {
        /// In what they differ.
        mismatch: Mismatch,
    },
    /// A line was typed and did not arrive: its session, or the unit, was lost just before. Where it was
    /// typed to a session that no longer speaks, it is what was typed at once, without its end.
    LineLost {
        /// The line, without its end.
        line: String,
        /// How it would have come to this unit.
        via: Via,
    },
    /// The answer to the last line that was typed on a session did not reach whoever typed it.
    AnswerLost,
    /// A fault did something. What it did follows, at this time or later.
    Struck {
        /// Which kind.
        fault: FaultKind,
    },
}

/// What whoever drives a run says of it.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Claim {
    /// It begins.
    Started,
    /// The goal is reached.
    Completed,
    /// The run stopped before its goal.
    Halted {
        /// Its code.
        code: String,
    },
    /// Whoever drives it died.
    Killed,
    /// Whoever drives it wrote down that this line comes next on this unit, and died before it typed it.
    Intended {
        /// The unit that was to carry it out.
        unit: Role,
        /// The line, without its end.
        line: String,
    },
    /// It goes on from its journal.
    Resumed,
}

/// How a line came to the unit that carries it out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Via {
    /// On a session that was opened to an address of the pair.
    Session(super::Address),
    /// By `failover exec` on the other unit.
    MateExec,
    /// On the console, by someone else.
    Console,
}

/// Why a standing changed, or a unit went down.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Cause {
    /// `[no] failover active`.
    CommandedSwitch,
    /// `preempt` brought a group home.
    Preempt,
    /// `reload` on the unit.
    Reload,
    /// `failover reload-standby` on the mate.
    ReloadStandby,
    /// A reload that was scheduled.
    ScheduledReload,
    /// An injected fault, or what follows from one.
    Fault,
    /// The mate was not heard for the hold time.
    HelloLost,
    /// No unit was active.
    NoActiveUnit,
    /// The unit boots and joins its mate.
    Boot,
    /// `write standby`, or failover switched on again.
    Resync,
    /// Both units were active and heard each other again.
    SplitBrainHealed,
}

/// A duration as whole milliseconds.
pub(super) fn milliseconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u64(time.as_millis().try_into().unwrap_or(u64::MAX))
}
