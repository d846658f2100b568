//! The simulated pair without text: what a reading shows, as values.
//!
//! A campaign of millions of runs has no time for a terminal. A glance types a line on a session as a
//! terminal would (it is in the history, it takes its round trips, faults meet it) and gives what the unit
//! has to say as values where that is read at every poll, and the bare text of the answer everywhere else.
//! Faults that act on bytes (a cut, a notice, the pager) fall back on the terminal's own bytes.

use std::time::Duration;

use super::commands::{Question, Reply, Then};
use super::fault::{FaultKind, Occasion};
use super::health::{ModuleState, PortState};
use super::history::{Via, What};
use super::line::{Input, Level, Place};
use super::spec::{InterfaceSpec, Spec};
use super::{Address, LineId, NoAnswer, Pair, texts};
use crate::text::Text;
use crate::unit::{GroupId, Role, Standing};
use crate::version::AsaVersion;

/// A reading that is answered without the grammar.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Reading {
    Failover,
    Version,
    Files,
    Boot,
    StartupBoot,
    Preempt,
    Reload,
}

impl Reading {
    fn of(line: &str) -> Option<Self> {
        Some(match line {
            "show failover" => Self::Failover,
            "show version" => Self::Version,
            "dir disk0:/" => Self::Files,
            "show running-config boot" => Self::Boot,
            "show startup-config | include boot system" => Self::StartupBoot,
            "show running-config failover" => Self::Preempt,
            "show reload" => Self::Reload,
            _ => return None,
        })
    }
}

/// What became of a line.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Glance {
    /// The unit answered and waits for the next line.
    Shown {
        /// What it said.
        shown: Shown,
        /// Where it waits.
        at: GlanceAt,
    },
    /// The unit asks this, and waits.
    Asked(String),
    /// The session is gone.
    Gone,
    /// Nothing came in time.
    Silent,
}

/// The level at which a unit waits for a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum GlanceAt {
    /// `>`
    User,
    /// `#`
    Privileged,
    /// `(config)#`
    Config,
    /// `(config-fover-group)#`
    Group,
}

/// What a unit said.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Shown {
    /// `show failover` in the system space, or in single mode.
    Failover(ShownFailover),
    /// `show version` in the system space, or in single mode.
    Version {
        /// The release that runs.
        version: AsaVersion,
        /// The serial number.
        serial: String,
        /// Seconds since the start of the software.
        uptime: u64,
    },
    /// `dir disk0:/`
    Files {
        /// Each file, with its size in bytes.
        files: Vec<(String, u64)>,
        /// Bytes free.
        free: u64,
    },
    /// The boot list: `show running-config boot`, or the boot lines of `show startup-config`.
    Boot(Vec<String>),
    /// `show running-config failover`: each group, with the unit it prefers and the delay in seconds of its preempt if
    /// it has one.
    Preempt(Vec<(GroupId, Option<(Role, u32)>)>),
    /// `show reload`: whether one is scheduled.
    Reload(bool),
    /// Anything else, as text.
    Text(String),
}

/// What a unit shows of a group.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ShownGroup {
    /// The group.
    pub id: GroupId,
    /// The unit's own standing.
    pub own: Standing,
    /// That of its mate as it shows it.
    pub mate: Standing,
    /// When the own standing last changed, as printed.
    pub changed: Text,
}

/// What a unit shows of an interface of its own.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum ShownInterface {
    /// `Normal`
    Normal,
    /// `Normal (Waiting)`
    Waiting,
    /// `Failed`, `No Traffic`, `Testing`, `No Link` or `Link Down`, whatever stands behind it
    Failed,
}

/// What a unit says of failover.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ShownFailover {
    /// Whether failover is on. If not, nothing but this, the unit and the failover link is shown.
    pub enabled: bool,
    /// The unit that shows it.
    pub role: Role,
    /// Whether the failover link carries.
    pub failover_link: bool,
    /// Whether the state link carries; none: there is none.
    pub state_link: Option<bool>,
    /// Each group.
    pub groups: Vec<ShownGroup>,
    /// Own serial number and the mate's, where the era shows them.
    pub serials: Option<(Text, Option<Text>)>,
    /// Own interfaces, with what is shown of each; one of a context is `context/name`.
    pub interfaces: Vec<(Text, ShownInterface)>,
    /// The chassis, and the service module if there is one: slot and model as in `0 ASA5525`, and whether it is up.
    pub modules: Vec<(Text, bool)>,
    /// What the state link lost.
    pub lost: u64,
}

/// What interfaces and modules are called in a glance: put together once, and shown at every poll.
#[derive(Clone, Debug)]
pub(super) struct Names {
    interfaces: Vec<Text>,
    chassis: Text,
    module: Option<Text>,
}

impl Names {
    pub(super) fn of(spec: &Spec) -> Self {
        let interface = |of: &InterfaceSpec| match &of.context {
            None => of.name.as_str().into(),
            Some(context) => format!("{context}/{}", of.name).into(),
        };
        let slot = spec.slot().0;
        Self {
            interfaces: spec.interfaces.iter().map(interface).collect(),
            chassis: format!("{slot} {}", spec.model).into(),
            module: spec.module.as_ref().map(|name| format!("{} {name}", slot + 1).into()),
        }
    }
}

impl Pair {
    /// Opens a session as a login leaves it: enabled, without a pager.
    ///
    /// # Errors
    /// As [`Pair::connect`].
    pub fn glance_open(&mut self, address: Address) -> Result<LineId, NoAnswer> {
        let id = self.open_line(address)?;
        if let Some(line) = self.lines.get_mut(&id) {
            line.place.level = Level::Privileged;
            line.place.pager = 0;
            line.out.clear();
        }
        Ok(id)
    }

    /// Types a line on a session and waits for its answer, until this time at the latest.
    pub fn glance(&mut self, id: LineId, line: &str, until: Duration) -> Glance {
        let half = self.spec.round_trip / 2;
        // The echo is read before Enter is typed.
        self.advance_to((self.now + half * 3).min(until));
        let place = self.place(id);
        if !self.answers(id) {
            self.note_lost(&place, line);
            return self.unanswered(id, until);
        }
        let ills = &self.unit(place.role).ills;
        if ills.cut_after.is_some() || ills.notice_in.is_some() || place.pager != 0 {
            return self.glance_at_bytes(id, line, until);
        }
        self.speaking = Some((id, String::new()));
        let answer = match self.look(&place, line) {
            Some(seen) => seen,
            None => Err(self.run_silently(id, line)),
        };
        let arrived = !matches!(&answer, Err(Reply { then: Then::Lost, .. }));
        self.speaking = None;
        if self.unit_mut(place.role).ills.lose_reply.take().is_some() {
            self.struck(place.role, FaultKind::LoseReply);
            self.end_session(id);
        }
        let glance = match answer {
            Ok(shown) => self.waits(id, shown),
            Err(reply) => self.outcome(id, reply, until),
        };
        self.advance_to((self.now + half).min(until));
        if self.answers(id) {
            return glance;
        }
        if arrived {
            self.note(place.role, What::AnswerLost);
        }
        self.unanswered(id, until)
    }

    /// Answers the question that a session asks.
    pub fn glance_answer(&mut self, id: LineId, answer: &str, until: Duration) -> Glance {
        self.advance_to((self.now + self.spec.round_trip).min(until));
        let Some(line) = self.lines.get_mut(&id).filter(|line| line.open && !line.mute) else {
            return self.unanswered(id, until);
        };
        let Input::Ask(question) = std::mem::replace(&mut line.input, Input::Line) else {
            return Glance::Gone;
        };
        let reply = self.reply_to(id, &question, answer);
        self.outcome(id, reply, until)
    }

    fn reply_to(&mut self, id: LineId, question: &Question, answer: &str) -> Reply {
        let place = self.place(id);
        self.note_answer(place.role, question, answer);
        self.answered(&place, question, answer.trim())
    }

    /// A line carried out without its echo.
    fn run_silently(&mut self, id: LineId, line: &str) -> Reply {
        let mut place = self.place(id);
        let reply = self.run_line(&mut place, line);
        if let Some(line) = self.lines.get_mut(&id) {
            line.place = place;
        }
        reply
    }

    fn outcome(&mut self, id: LineId, reply: Reply, until: Duration) -> Glance {
        match reply.then {
            Then::Prompt | Then::PromptFirst | Then::Invalid => self.waits(id, Shown::Text(reply.text)),
            Then::Ask(question) => {
                let text = question.text(self.spec.wording).trim().to_owned();
                self.set_input(id, Input::Ask(question));
                Glance::Asked(text)
            }
            Then::Work(work) => {
                let done = self.now + work.pace * work.steps;
                self.advance_to(done.min(until));
                if done > until || !self.answers(id) {
                    return self.unanswered(id, until);
                }
                let text = self.finish(&work.finish);
                self.waits(id, Shown::Text(format!("{}{}{text}", reply.text, work.mark)))
            }
            Then::Lost => self.unanswered(id, until),
            Then::Enable | Then::Login | Then::Bye => Glance::Gone,
        }
    }

    fn waits(&self, id: LineId, shown: Shown) -> Glance {
        let at = match self.place(id).level {
            Level::User => GlanceAt::User,
            Level::Privileged => GlanceAt::Privileged,
            Level::Config => GlanceAt::Config,
            Level::Group(_) => GlanceAt::Group,
        };
        Glance::Shown { shown, at }
    }

    fn answers(&self, id: LineId) -> bool {
        self.speaks(id) && !self.unit(self.place(id).role).ills.silent
    }

    /// Waits for an answer that does not come.
    fn unanswered(&mut self, id: LineId, until: Duration) -> Glance {
        while self.lines.get(&id).is_some_and(|line| line.open) && self.now < until {
            let next = self.next_wake().filter(|next| *next > self.now).unwrap_or(until);
            self.advance_to(next.min(until));
        }
        if self.lines.get(&id).is_some_and(|line| line.open) { Glance::Silent } else { Glance::Gone }
    }

    /// The line as a terminal types it, with all that stands between it and the prompt.
    fn glance_at_bytes(&mut self, id: LineId, line: &str, until: Duration) -> Glance {
        self.type_bytes(id, line.as_bytes());
        self.type_bytes(id, b"\r");
        let mut text = String::new();
        loop {
            let received = self.take_bytes(id);
            text.push_str(&String::from_utf8_lossy(&received.bytes).replace('\r', ""));
            let prompt = self.prompt(&self.place(id));
            if let Some(output) = text.strip_suffix(&prompt).filter(|_| received.open) {
                let output = output.split_once('\n').map_or("", |(_, output)| output).to_owned();
                return self.waits(id, Shown::Text(output));
            }
            // A terminal gives a session up whose pager is on.
            if !received.open || text.ends_with("<--- More --->") {
                return Glance::Gone;
            }
            if self.now >= until {
                return Glance::Silent;
            }
            let next = self.next_wake().filter(|next| *next > self.now).unwrap_or(until);
            self.advance_to(next.min(until));
        }
    }

    /// What the readings of every poll show, and others that are asked for often, without the grammar; none:
    /// it is to be had as any line is.
    fn look(&mut self, place: &Place, line: &str) -> Option<Result<Shown, Reply>> {
        let (inner, mate) = match line.strip_prefix("failover exec mate ") {
            Some(inner) => (inner, true),
            None => (line, false),
        };
        let reading = Reading::of(inner)?;
        if place.context.is_some() || place.level == Level::User {
            return None;
        }
        let role = if mate { place.role.mate() } else { place.role };
        if mate {
            let passes_on = self.unit(place.role).version.major >= 8;
            if !passes_on || !self.hears_mate(place.role) || self.is_refused(place, line) {
                return None;
            }
        }
        if self.is_refused(place, inner) {
            return None;
        }
        let via = if mate { Via::MateExec } else { place.via };
        let there = Place { role, via, ..place.clone() };
        self.meet(Occasion::Typed(place.role, line));
        if self.is_lost(place) {
            self.note_lost(place, line);
            return Some(Err(Reply::lost()));
        }
        if mate {
            self.meet(Occasion::Typed(role, inner));
            if self.is_lost(&there) {
                self.note_lost(&there, inner);
                return Some(Ok(Shown::Text(self.worded(&texts::UNREACHABLE, &[]))));
            }
        }
        self.note_typed(&there, inner);
        let shown = self.shown(role, reading);
        if reading == Reading::Failover {
            self.meet(Occasion::Answered(role));
        }
        Some(Ok(shown))
    }

    fn shown(&self, role: Role, reading: Reading) -> Shown {
        let unit = self.unit(role);
        let boot =
            |names: &[String]| Shown::Boot(names.iter().map(|name| format!("disk0:/{name}")).collect());
        match reading {
            Reading::Failover => Shown::Failover(self.shown_failover(role)),
            Reading::Version => {
                let uptime = unit.uptime(self.now).as_secs();
                Shown::Version { version: unit.version, serial: unit.serial.clone(), uptime }
            }
            Reading::Files => {
                let files = unit.flash.iter().map(|file| (file.name.clone(), file.size)).collect();
                Shown::Files { files, free: unit.free() }
            }
            Reading::Boot => boot(&unit.running.boot),
            Reading::StartupBoot => boot(&unit.startup.boot),
            Reading::Preempt => {
                let groups =
                    unit.running.groups.iter().filter(|group| unit.running.lan && group.id != GroupId::UNIT);
                Shown::Preempt(
                    groups.map(|group| (group.id, group.preempt.map(|delay| (group.home, delay)))).collect(),
                )
            }
            Reading::Reload => Shown::Reload(unit.reload_at.is_some()),
        }
    }

    fn shown_failover(&self, role: Role) -> ShownFailover {
        let unit = self.unit(role);
        let mut shown = ShownFailover {
            enabled: unit.running.failover,
            role,
            failover_link: self.links.failover && unit.running.lan,
            state_link: None,
            groups: Vec::new(),
            serials: None,
            interfaces: Vec::new(),
            modules: Vec::new(),
            lost: 0,
        };
        if !shown.enabled {
            return shown;
        }
        let mate = self.mate_version(role);
        if unit.version >= AsaVersion::new(9, 6, 0, 0) {
            let serial = |role| Text::from(self.unit(role).serial.as_str());
            shown.serials = Some((serial(role), mate.map(|_| serial(role.mate()))));
        }
        shown.groups = unit
            .groups
            .iter()
            .map(|here| ShownGroup {
                id: here.id,
                own: here.standing.clone(),
                mate: self.seen_standing(role, here.id),
                changed: here.changed_at.clone(),
            })
            .collect();
        shown.modules.push((self.names.chassis.clone(), true));
        let module = self.names.module.iter();
        shown.modules.extend(module.map(|name| (name.clone(), self.module_state(role) == ModuleState::Up)));
        let waits = self.shows_waiting(role);
        let state = |index: usize, interface: &InterfaceSpec| match self.port_state(role, index) {
            PortState::LinkDown | PortState::NoLink => ShownInterface::Failed,
            _ if !interface.monitored => ShownInterface::Normal,
            PortState::Testing | PortState::Failed { .. } => ShownInterface::Failed,
            _ if self.fails_by(role, interface) => ShownInterface::Failed,
            _ if waits || interface.hears_nobody() => ShownInterface::Waiting,
            PortState::Waiting => ShownInterface::Waiting,
            PortState::Normal => ShownInterface::Normal,
        };
        let interfaces = self.names.interfaces.iter().zip(&self.spec.interfaces).enumerate();
        shown.interfaces = interfaces.map(|(index, (name, of))| (name.clone(), state(index, of))).collect();
        if self.spec.stateful {
            shown.state_link = Some(self.links.state);
            // Two rows of the statistics count what was lost.
            shown.lost = self.links.carried(self.now).1.as_secs() / 2 * 2;
        }
        shown
    }
}
