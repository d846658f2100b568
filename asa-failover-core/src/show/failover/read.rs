//! The walk through `show failover`: which line belongs to which block.

use std::collections::BTreeMap;

use nom::Parser;

use super::rule::{self, GroupLine};
use super::{Failover, Group, Host, Serials, Side, Versions};
use crate::show::noise;
use crate::show::token::{self, is_blank, role, space};
use crate::show::walk::{Line, Walk};
use crate::show::{Block, Expected, ParseError, Printed, Reading};
use crate::unit::GroupId;

const ON_OR_OFF: &str = "Failover On|Off";
const THIS_HOST: &str = "This host: ROLE - STATE";
const OTHER_HOST: &str = "Other host: ROLE - STATE";

/// At the very end of a text a state may have lost words: `Active` of `Active Drain`.
const WHOLE: &str = "a line end behind the state";

/// A filter hides the line that says that a unit is not well.
const UNFILTERED: &str = "the command without a filter";

/// Reads the output of `show failover`.
///
/// ```
/// use asa_failover_core::show::{self, Side};
/// use asa_failover_core::unit::{GroupId, Standing};
///
/// let reading = show::failover(
///     "Failover On \n\
///      Version: Ours 9.16(4)57, Mate 9.16(4)67\n\
///      \tThis host: Primary - Active \n\
///      \tOther host: Secondary - Bulk Sync \n",
/// )?;
/// assert_eq!(reading.value.standing(Side::Other, GroupId::UNIT), Some(&Standing::BulkSync));
/// # Ok::<(), show::ParseError>(())
/// ```
///
/// The lines it knows, form by form:
///
/// ```text
/// Failover On
/// Failover unit Primary
/// Failover LAN Interface: folink GigabitEthernet0/2 (up)
/// Reconnect timeout 0:00:00
/// Unit Poll frequency 1 seconds, holdtime 15 seconds
/// Interface Poll frequency 5 seconds, holdtime 25 seconds
/// Interface Policy 1
/// Monitored Interfaces 3 of 1049 maximum
/// MAC Address Move Notification Interval not set
/// failover replication http
/// Version: Ours 9.16(4)57, Mate 9.16(4)67
/// Serial Number: Ours JAD000000A1, Mate JAD000000A2
/// Last Failover at: 15:04:07 UTC Feb 21 2024
///         This host: Primary - Active
///                 Active time: 2896 (sec)
///                 slot 0: ASA5525 hw/sw rev (1.0/9.16(4)57) status (Up Sys)
///                   Interface outside (203.0.113.1/2001:db8::1): Normal (Monitored)
///                 slot 1: SFR5525 hw/sw rev (N/A/5.4.1-211) status (Up/Up)
///                   ASA FirePOWER, 5.4.1-211, Up, (Monitored)
///         Other host: Secondary - Standby Ready
///                 Active time: 0 (sec)
///                 slot 1: snort rev (1.0)  status (up)
///                 slot 2: empty
///                 snort poll success:18962 miss:0
///
/// Stateful Failover Logical Update Statistics
///         Link : state GigabitEthernet0/3 (up)
///         Stateful Obj    xmit       xerr       rcv        rerr
///         TCP conn        13524250579 0          214505     0
///         Logical Update Queue Information
///                         Cur     Max     Total
///         Recv Q:         0       12      336
///         Xmit Q:         0       29      300
/// ```
///
/// ```text
/// Failover Off (pseudo-Standby)
/// Failover LAN Interface: not Configured
/// ```
///
/// ```text
/// Failover On
/// Group 1 last failover at: 13:40:18 UTC Apr 20 2024
///   This host:    Primary
///   Group 1       State:          Active
///                 Active time:    2896 (sec)
///                   admin Interface mgmt (192.0.2.11): Normal (Monitored)
///   Other host:   Secondary
///   Group 1       State:          Standby Ready
/// ```
///
/// Known from captures of 7.0 to 9.2x, of both topologies; `Cable status:` is from memory. FTD prints the
/// same form, and the guides of FWSM describe it; a PIX before 7.0 is remembered to say `Standby` of a unit
/// that is ready, which is no state known here. Who printed an output is told by `show version` alone: a
/// pair of FWSM or FTD is refused by that.
///
/// # Errors
///
/// [`ParseError`] where a known line is malformed or a single one printed twice, where `Failover
/// On|Off` is missing, or with failover on either host line, where a user context printed it, where the
/// echo shows that a filter was typed, and where the device refused the command.
pub fn failover(text: &str) -> Result<Reading<Failover>, ParseError> {
    let mut reader = Reader::new(Walk::new("show failover", text)?.blocking(rule::is_of_a_host));
    while let Some(line) = reader.walk.line()? {
        if !reader.claim(&line)? {
            reader.unclaimed(line)?;
        }
    }
    reader.finish()
}

/// What the lines below speak of.
#[derive(Clone, Copy)]
enum Place {
    Head,
    Host(Side),
    Statistics,
    Queues,
    /// A prompt came: what follows is not this output.
    Left,
}

struct Reader<'t> {
    walk: Walk<'t>,
    place: Place,
    /// The group that an active time belongs to, in the host block.
    group: Option<GroupId>,
    /// The slot that an application belongs to, in the host block.
    slot: Option<u32>,
    enabled: Option<bool>,
    /// Whether the line came; it may say that there is no such link.
    lan_link: Option<()>,
    state_link: Option<()>,
    unit_timers: Option<(u64, Option<u64>)>,
    interface_timers: Option<(u64, Option<u64>)>,
    /// The host lines whose unit has a state of its own.
    with_state: [Option<Line<'t>>; 2],
    facts: Failover,
}

impl<'t> Reader<'t> {
    fn new(walk: Walk<'t>) -> Self {
        Self {
            walk,
            place: Place::Head,
            group: None,
            slot: None,
            enabled: None,
            lan_link: None,
            state_link: None,
            unit_timers: None,
            interface_timers: None,
            with_state: [None; 2],
            facts: Failover {
                enabled: false,
                unit: None,
                lan_link: None,
                state_link: None,
                unit_poll_ms: None,
                unit_hold_ms: None,
                interface_poll_ms: None,
                interface_hold_ms: None,
                interface_policy: None,
                monitored_interfaces: None,
                http_replication: false,
                versions: None,
                serials: None,
                last_failover: None,
                this_host: None,
                other_host: None,
                groups: None,
                interfaces: Vec::with_capacity(6),
                modules: Vec::new(),
                applications: Vec::new(),
                statistics: Vec::with_capacity(32),
                queues: None,
            },
        }
    }

    /// Whether a rule claims the line.
    fn claim(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let claimed = match self.place {
            Place::Head => self.head(line)?,
            Place::Host(side) => self.in_host(line, side)?,
            Place::Statistics => self.statistic(line)?,
            Place::Queues => self.queue(line)?,
            Place::Left => return Ok(false),
        };
        Ok(claimed || self.host(line)? || self.group(line)? || self.heading(line)? || self.on_or_off(line)?)
    }

    /// Takes back a line that no rule claims. One in the form of a host's lines is kept as one of them
    /// wherever it stands: it has lost its host. So is a notice below the hosts that a standing turns.
    fn unclaimed(&mut self, line: Line<'t>) -> Result<(), ParseError> {
        let block = self.walk.block;
        // What the hosts' lines said is old by the end of their own output.
        let below = matches!(self.place, Place::Statistics | Place::Queues);
        if rule::is_of_a_host(line.text) || (below && noise::turns(line.text)) {
            self.walk.block = Block::Host;
            self.walk.unclaimed(line)?;
            self.walk.block = block;
            return Ok(());
        }
        if self.enabled.is_none() {
            let typed = noise::prompt(line.text).unwrap_or(line.text);
            if typed.starts_with("sh") && typed.contains('|') {
                return Err(line.error(Expected::Phrase(UNFILTERED), typed));
            }
        }
        if self.enabled.is_some() && noise::prompt(line.text).is_some_and(str::is_empty) {
            self.place = Place::Left;
        }
        self.walk.unclaimed(line)
    }

    /// `Failover On`, `Failover Off (pseudo-Standby)`
    fn on_or_off(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let Some(word) = line.text.strip_prefix("Failover ").map(str::trim_ascii_start) else {
            return Ok(false);
        };
        let (enabled, rest) = match (word.strip_prefix("On"), word.strip_prefix("Off")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Ok(false),
        };
        let rest = rest.trim_ascii_start();
        let aside = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let whole = rest.is_empty() || aside.is_some_and(|aside| !aside.contains(['(', ')']));
        if whole {
            line.put(&mut self.enabled, ON_OR_OFF, enabled)?;
        }
        Ok(whole)
    }

    /// The settings above the hosts.
    fn head(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let facts = &mut self.facts;
        let text = line.text;
        let first = text.bytes().next();
        if first == Some(b'F') {
            if let Some(rest) = text.strip_prefix("Failover LAN Interface:") {
                line.put(&mut self.lan_link, "Failover LAN Interface:", ())?;
                let expected = "a link, or `not Configured`";
                facts.lan_link = line.all(rest.trim_ascii_start(), expected, rule::link)?;
            } else if let Some(rest) = text.strip_prefix("Failover unit") {
                let role = line.all(rest, "a role", |i| (space, role).parse(i))?.1;
                line.put(&mut facts.unit, "Failover unit", role)?;
            } else {
                return Ok(false);
            }
        } else if let Some(rest) = text.strip_prefix("Unit Poll frequency ") {
            let timers = line.all(rest.trim_ascii_start(), "a poll and a hold time", rule::poll_and_hold)?;
            line.put(&mut self.unit_timers, "Unit Poll frequency", timers)?;
        } else if let Some(rest) = text.strip_prefix("Interface Poll frequency ") {
            let timers = line.all(rest.trim_ascii_start(), "a poll and a hold time", rule::poll_and_hold)?;
            line.put(&mut self.interface_timers, "Interface Poll frequency", timers)?;
        } else if let Some(rest) = text.strip_prefix("Interface Policy ") {
            line.put(&mut facts.interface_policy, "Interface Policy", token::text(rest))?;
        } else if let Some(rest) = text.strip_prefix("Monitored Interfaces ") {
            let monitored = line.form(rest.trim_ascii_start(), "N of N maximum", rule::monitored)?;
            line.put(&mut facts.monitored_interfaces, "Monitored Interfaces", monitored)?;
        } else if let Some(rest) = text.strip_prefix("Version:") {
            let both = "`Ours` and `Mate` with a version each";
            let (ours, mate) = line.all(rest.trim_ascii_start(), both, rule::ours_and_mate)?;
            let versions = Versions { ours: Printed::new(ours), mate: mate.map(Printed::new) };
            line.put(&mut facts.versions, "Version:", versions)?;
        } else if let Some(rest) = text.strip_prefix("Serial Number:") {
            let both = "`Ours` and `Mate` with a serial number each";
            let (ours, mate) = line.all(rest.trim_ascii_start(), both, rule::ours_and_mate)?;
            let serials = Serials { ours: Printed::new(ours), mate: mate.map(Printed::new) };
            line.put(&mut facts.serials, "Serial Number:", serials)?;
        } else if let Some(rest) = text.strip_prefix("Last Failover at:") {
            if rest.is_empty() {
                return Err(line.error(Expected::Phrase("a time"), rest));
            }
            line.put(&mut facts.last_failover, "Last Failover at:", token::text(rest))?;
        } else if text == "failover replication http" {
            facts.http_replication = true;
        } else {
            const WITHOUT_FACTS: [&str; 3] =
                ["MAC Address Move Notification Interval ", "Reconnect timeout ", "Cable status:"];
            let known = WITHOUT_FACTS.iter().any(|known| text.starts_with(known));
            return Ok(self.walk.without_fact(known));
        }
        Ok(true)
    }

    /// `This host: Primary - Active`
    fn host(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let text = line.text;
        let (side, rest, name) = if let Some(rest) = text.strip_prefix("This host:") {
            (Side::This, rest, THIS_HOST)
        } else if let Some(rest) = text.strip_prefix("Other host:") {
            (Side::Other, rest, OTHER_HOST)
        } else if text.starts_with("This context:") || text.starts_with("Peer context:") {
            let expected = "`This host` and `Other host`, as the system execution space prints them";
            return Err(line.error(Expected::Phrase(expected), text));
        } else {
            return Ok(false);
        };
        let host = line.all(rest.trim_ascii_start(), "a role and a state", rule::host)?;
        if host.state.is_some() {
            if self.walk.is_cut() {
                return Err(line.error(Expected::Phrase(WHOLE), line.text));
            }
            let [this, other] = &mut self.with_state;
            *(if side == Side::This { this } else { other }) = Some(*line);
        }
        let role = host.role;
        let slot = match side {
            Side::This => &mut self.facts.this_host,
            Side::Other => &mut self.facts.other_host,
        };
        line.put(slot, name, host)?;
        match (self.place, side) {
            (Place::Head, Side::This) if self.enabled.is_some() => {
                // Two outputs in one: the settings of a unit and the hosts of its mate.
                if self.facts.unit.is_some_and(|unit| unit != role) {
                    self.walk.block = Block::Host;
                    self.walk.keep(*line);
                }
            }
            (Place::Host(Side::This), Side::Other) => {
                // Both units with one role are no pair.
                if self.facts.this_host.as_ref().is_some_and(|this| this.role == role) {
                    self.walk.keep(*line);
                }
            }
            (_, Side::This) => return Err(line.error(Expected::Line(ON_OR_OFF), text)),
            (_, Side::Other) => return Err(line.error(Expected::Line(THIS_HOST), text)),
        }
        self.place = Place::Host(side);
        self.group = None;
        self.slot = None;
        self.walk.block = Block::Host;
        Ok(true)
    }

    /// `Group 1 last failover at: 13:40:18 UTC Dec 9 2004`, `Group 1 State: Active`
    fn group(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let rest = line.text.strip_prefix("Group").filter(|rest| rest.starts_with([' ', '\t']));
        let Some(rest) = rest else { return Ok(false) };
        let (id, said) = line.all(rest, "a group and its state", rule::group)?;
        if matches!(said, GroupLine::LastFailover(_)) && !matches!(self.place, Place::Head) {
            return Ok(false);
        }
        let group = self.facts.groups.get_or_insert_with(BTreeMap::new).entry(id).or_default();
        match (said, self.place) {
            (GroupLine::LastFailover(at), _) => {
                line.put(&mut group.last_failover, "Group N last failover at:", token::text(at))?;
            }
            (GroupLine::State(words), Place::Host(side)) => {
                if self.walk.is_cut() {
                    return Err(line.error(Expected::Phrase(WHOLE), line.text));
                }
                let state = &mut group.host_mut(side).state;
                line.put(state, "Group N State:", rule::standing(words))?;
                self.group = Some(id);
            }
            (GroupLine::State(_), _) => {
                return Err(line.error(Expected::Line(THIS_HOST), line.text));
            }
        }
        Ok(true)
    }

    /// The lines below a host.
    fn in_host(&mut self, line: &Line<'t>, side: Side) -> Result<bool, ParseError> {
        const INTERFACE: &str = "an interface, its address in parentheses, and its state";
        let text = line.text;
        let first = text.bytes().position(is_blank);
        if let Some((context, behind)) = first.and_then(|at| text.split_at_checked(at)) {
            let (context, rest) = if context == "Interface" {
                (None, text.strip_prefix("Interface"))
            } else {
                (Some(context), behind.trim_ascii_start().strip_prefix("Interface"))
            };
            // A prompt is no context's name.
            let named = context.is_none_or(|context| !context.contains(['#', '>']));
            if let Some(rest) = rest.filter(|rest| named && rest.starts_with([' ', '\t'])) {
                let row = line.all(rest, INTERFACE, |i| rule::interface(i, side, context))?;
                let rows = &mut self.facts.interfaces;
                if rows.len() == rows.capacity() {
                    rows.reserve(self.walk.as_many_as(line));
                }
                rows.push(row);
                return Ok(true);
            }
        }
        if let Some(rest) = text.strip_prefix("slot").filter(|rest| rest.starts_with([' ', '\t'])) {
            let module = line.all(rest, "a slot and its module", |i| rule::module(i, side))?;
            self.slot = Some(module.slot);
            self.facts.modules.push(module);
        } else if let Some(rest) = text.strip_prefix("Active time:") {
            let seconds = line.all(rest.trim_ascii_start(), "a number of seconds", rule::active_seconds)?;
            let slot = match self.group.and_then(|id| self.facts.groups.as_mut()?.get_mut(&id)) {
                Some(group) => Some(&mut group.host_mut(side).active_seconds),
                None => self.facts.host_mut(side).map(|host| &mut host.active_seconds),
            };
            if let Some(slot) = slot {
                line.put(slot, "Active time:", seconds)?;
            }
        } else if let Some(row) = self.slot.and_then(|slot| rule::application(text, side, slot)) {
            self.facts.applications.push(row);
        } else {
            return Ok(self.walk.without_fact(rule::is_poll_count(text)));
        }
        Ok(true)
    }

    /// The headings below the hosts, and the link that the statistics name.
    fn heading(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let text = line.text;
        if text.starts_with("Stateful Failover Logical Update Statistics") || text.starts_with("Stateful Obj")
        {
            self.below(Place::Statistics);
        } else if text == "Logical Update Queue Information" {
            self.below(Place::Queues);
        } else if let Some(rest) = text.strip_prefix("Link :") {
            line.put(&mut self.state_link, "Link :", ())?;
            let expected = "a link, or `Unconfigured.`";
            self.facts.state_link = line.all(rest.trim_ascii_start(), expected, rule::link)?;
            self.below(Place::Statistics);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn below(&mut self, place: Place) {
        self.place = place;
        self.walk.block = Block::Elsewhere;
    }

    fn statistic(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        if let Some(row) = rule::whole_statistic(line.text) {
            self.facts.statistics.push(row);
            return Ok(true);
        }
        let Some(row) = rule::statistic(line.text) else { return Ok(false) };
        let row = line.all(line.text, "a name and four numbers", |_| row)?;
        self.facts.statistics.push(row);
        Ok(true)
    }

    fn queue(&mut self, line: &Line<'t>) -> Result<bool, ParseError> {
        let (text, three) = (line.text, "three numbers");
        let queues = &mut self.facts.queues;
        if let Some(rest) = text.strip_prefix("Recv Q:") {
            let queue = line.all(rest, three, rule::queue)?;
            line.put(&mut queues.get_or_insert_default().recv, "Recv Q:", queue)?;
        } else if let Some(rest) = text.strip_prefix("Xmit Q:") {
            let queue = line.all(rest, three, rule::queue)?;
            line.put(&mut queues.get_or_insert_default().xmit, "Xmit Q:", queue)?;
        } else {
            return Ok(text.split_ascii_whitespace().eq(["Cur", "Max", "Total"]));
        }
        Ok(true)
    }

    fn finish(self) -> Result<Reading<Failover>, ParseError> {
        let Self { mut walk, mut facts, with_state, .. } = self;
        facts.enabled = self.enabled.ok_or_else(|| walk.missing(ON_OR_OFF))?;
        if facts.enabled {
            for (host, name) in [(&facts.this_host, THIS_HOST), (&facts.other_host, OTHER_HOST)] {
                host.as_ref().ok_or_else(|| walk.missing(name))?;
            }
        }
        (facts.unit_poll_ms, facts.unit_hold_ms) = split(self.unit_timers);
        (facts.interface_poll_ms, facts.interface_hold_ms) = split(self.interface_timers);
        if facts.groups.is_some() {
            walk.block = Block::Host;
            for line in with_state.into_iter().flatten() {
                // That of a host whose mate has the same role is kept already.
                if !walk.has_kept(&line) {
                    walk.keep(line);
                }
            }
            for host in [&mut facts.this_host, &mut facts.other_host].into_iter().flatten() {
                (host.state, host.active_seconds) = (None, None);
            }
        }
        walk.reading(facts)
    }
}

fn split(timers: Option<(u64, Option<u64>)>) -> (Option<u64>, Option<u64>) {
    timers.map_or((None, None), |(poll, hold)| (Some(poll), hold))
}

impl Failover {
    const fn host_mut(&mut self, side: Side) -> Option<&mut Host> {
        match side {
            Side::This => self.this_host.as_mut(),
            Side::Other => self.other_host.as_mut(),
        }
    }
}

impl Group {
    const fn host_mut(&mut self, side: Side) -> &mut super::GroupHost {
        match side {
            Side::This => &mut self.this_host,
            Side::Other => &mut self.other_host,
        }
    }
}
