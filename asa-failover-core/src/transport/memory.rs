//! The simulated pair as a byte connection: no socket, virtual time.
//!
//! Waiting costs nothing: a read with nothing there lets the pair's time pass up to its next event. What
//! is typed takes half of the pair's round trip to arrive, and what answers it the other half.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use super::{Bytes, NotOpened, Received, Written};
use crate::link::{Endpoint, Refused};
use crate::twin::{Address, LineId, NoAnswer, Pair};

/// Connections to a [`Pair`] that others may look at and let time pass for.
#[derive(Clone, Debug)]
pub struct Memory {
    pair: Rc<RefCell<Pair>>,
    packets: Packets,
    waiting: BTreeMap<LineId, Waiting>,
}

/// How what a unit says is cut into packets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Packets {
    /// All that is there at once.
    Whole,
    /// So many bytes at most.
    Of(usize),
    /// Of any size, by chance that follows from this seed.
    Seeded(u64),
}

/// What a session has to come.
#[derive(Clone, Debug, Default)]
struct Waiting {
    bytes: Vec<u8>,
    arrives: Duration,
    /// Something was typed since the last bytes came.
    typed: bool,
}

impl Memory {
    /// Connections to this pair.
    pub fn new(pair: Rc<RefCell<Pair>>) -> Self {
        Self { pair, packets: Packets::Whole, waiting: BTreeMap::new() }
    }

    /// The same connections, with what a unit says cut into packets.
    pub fn with_packets(mut self, packets: Packets) -> Self {
        self.packets = packets;
        self
    }
}

impl Packets {
    /// How many of so many bytes the next packet has.
    fn next(&mut self, there: usize) -> usize {
        match self {
            Self::Whole => there,
            Self::Of(most) => there.min((*most).max(1)),
            Self::Seeded(state) => {
                // A linear congruence, whose upper bits are good enough to cut a text.
                *state =
                    state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let size = (*state >> 33) % 97;
                there.min(usize::try_from(size).unwrap_or_default().max(1))
            }
        }
    }
}

impl Bytes for Memory {
    type Handle = LineId;

    fn now(&self) -> Duration {
        self.pair.borrow().now()
    }

    fn address(&self, endpoint: Endpoint) -> String {
        endpoint.to_string()
    }

    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<LineId, NotOpened> {
        let mut pair = self.pair.borrow_mut();
        let address = match endpoint {
            Endpoint::Active => Address::Active,
            Endpoint::Standby => Address::Standby,
        };
        pair.dial(address, until).and_then(|()| pair.connect(address)).map_err(|why| match why {
            NoAnswer::Late => NotOpened::TimedOut,
            why => Refused::Unreachable { address: endpoint.to_string(), why: why.to_string() }.into(),
        })
    }

    fn write(&mut self, handle: &mut LineId, bytes: &[u8], _until: Duration) -> Written {
        let mut pair = self.pair.borrow_mut();
        let arrives = pair.now().saturating_add(pair.round_trip() / 2);
        pair.advance_to(arrives);
        pair.write(*handle, bytes);
        self.waiting.entry(*handle).or_default().typed = true;
        Written::All
    }

    fn read(&mut self, handle: &mut LineId, until: Duration) -> Received {
        let mut pair = self.pair.borrow_mut();
        let waiting = self.waiting.entry(*handle).or_default();
        loop {
            if !waiting.bytes.is_empty() {
                pair.advance_to(waiting.arrives.min(until));
                if waiting.arrives > until {
                    return Received::Nothing;
                }
                let size = self.packets.next(waiting.bytes.len());
                let rest = waiting.bytes.split_off(size);
                return Received::Bytes(std::mem::replace(&mut waiting.bytes, rest));
            }
            let received = pair.read(*handle);
            let now = pair.now();
            if !received.bytes.is_empty() {
                let way =
                    if std::mem::take(&mut waiting.typed) { pair.round_trip() / 2 } else { Duration::ZERO };
                *waiting = Waiting { bytes: received.bytes, arrives: now.saturating_add(way), typed: false };
                continue;
            }
            if !received.open {
                return Received::Closed;
            }
            if now >= until {
                return Received::Nothing;
            }
            // An event that is due and leaves nothing to read must not stop the clock.
            let next = pair.next_wake().filter(|next| *next > now).unwrap_or(until);
            pair.advance_to(next.min(until));
        }
    }

    fn close(&mut self, handle: LineId) {
        self.waiting.remove(&handle);
        self.pair.borrow_mut().hang_up(handle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Command;
    use crate::link::{SessionId, Via};
    use crate::session::Login;
    use crate::transport::{Connect, Exchange, Terminals, Transport};
    use crate::twin::{Fault, Spec};
    use crate::unit::{GroupId, Role};

    const LONG: Duration = Duration::from_secs(60);

    fn pair(spec: Spec) -> (Rc<RefCell<Pair>>, Terminals<Memory>) {
        let pair = Rc::new(RefCell::new(Pair::new(spec, 1)));
        let sessions = Terminals::new(Memory::new(Rc::clone(&pair)), Login::with_enable("canary".into()));
        (pair, sessions)
    }

    fn spec(version: &str) -> Spec {
        let mut spec = Spec::active_standby("ASA5525", version.parse().unwrap());
        spec.enable_secret = Some("canary".to_owned());
        spec
    }

    #[track_caller]
    fn opened(sessions: &mut Terminals<Memory>, endpoint: Endpoint, label: &str) -> SessionId {
        match sessions.connect(endpoint, LONG) {
            Connect::Opened { session, prompt } if prompt.label == label => session,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn replied(sessions: &mut Terminals<Memory>, session: SessionId, via: Via, command: &Command) -> String {
        match sessions.exchange(session, via, command, LONG.into()) {
            Exchange::Replied { output, .. } => output,
            other => panic!("{other:?} {:?}", sessions.last_trouble()),
        }
    }

    #[test]
    fn both_units_are_read_and_the_clock_hardly_moves() {
        for version in ["7.2(5)", "8.4(7)", "9.8(4)"] {
            let (pair, mut sessions) = pair(spec(version));
            let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
            let standby = opened(&mut sessions, Endpoint::Standby, "fw/sec/stby");
            let output = replied(&mut sessions, active, Via::Direct, &Command::ShowFailover);
            assert!(output.contains("This host: Primary - Active"), "{output}");
            let output = replied(&mut sessions, standby, Via::Direct, &Command::ShowFailover);
            assert!(output.contains("This host: Secondary - Standby Ready"), "{output}");
            assert!(!output.contains("show failover") && !output.contains('#'), "{output}");
            assert!(pair.borrow().now() < Duration::from_secs(1), "{:?}", pair.borrow().now());
        }
    }

    #[test]
    fn packets_of_any_size_are_read_alike() {
        let read = |packets| {
            let pair = Rc::new(RefCell::new(Pair::new(spec("9.8(4)"), 1)));
            let memory = Memory::new(Rc::clone(&pair)).with_packets(packets);
            let mut sessions = Terminals::new(memory, Login::with_enable("canary".into()));
            let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
            replied(&mut sessions, active, Via::Direct, &Command::ShowFailover)
        };
        let whole = read(Packets::Whole);
        assert!(whole.contains("This host: Primary - Active"), "{whole}");
        let cuts = (1..20).map(Packets::Seeded).chain([Packets::Of(1), Packets::Of(7)]);
        for packets in cuts {
            assert_eq!(read(packets), whole, "{packets:?}");
        }
    }

    #[test]
    fn a_line_and_its_answer_take_their_way() {
        let mut spec = spec("9.8(4)");
        spec.round_trip = Duration::from_millis(150);
        let (pair, mut sessions) = pair(spec);
        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
        let began = pair.borrow().now();
        assert!(began >= Duration::from_millis(150) * 8, "{began:?}");
        replied(&mut sessions, active, Via::Direct, &Command::ShowFailover);
        // The echo is read before Enter is typed; then the prompt is given a moment to be the last word.
        let took = pair.borrow().now().saturating_sub(began).as_millis();
        assert!((300..320).contains(&took), "{took} ms");
        let soon = pair.borrow().now() + Duration::from_millis(900);
        let late = sessions.connect(Endpoint::Standby, Duration::from_millis(900));
        assert!(matches!(late, Connect::TimedOut), "{late:?}");
        assert_eq!(pair.borrow().now(), soon);
    }

    #[test]
    fn a_line_wider_than_the_terminal_is_typed_and_runs() {
        let (_pair, mut sessions) = pair(spec("9.8(4)"));
        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
        let file = "disk0:/a-name-that-is-so-long-that-the-line-is-cut.bin".parse().unwrap();
        let command = Command::Verify { algorithm: crate::command::Algorithm::Sha512, file };
        let output = replied(&mut sessions, active, Via::Mate, &command);
        assert!(output.contains("No such file"), "{output}");
    }

    #[test]
    fn a_switch_ends_the_sessions_whose_address_moves() {
        let (pair, mut sessions) = pair(spec("9.8(4)"));
        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
        let switch = Command::NoFailoverActive(GroupId::UNIT);
        let ended = sessions.exchange(active, Via::Direct, &switch, LONG.into());
        assert!(matches!(ended, Exchange::Dropped | Exchange::Replied { .. }), "{ended:?}");
        let next = sessions.exchange(active, Via::Direct, &Command::ShowMode, LONG.into());
        assert_eq!(next, Exchange::Dropped);
        pair.borrow_mut().advance_to(Duration::from_secs(30));
        opened(&mut sessions, Endpoint::Active, "fw/sec/act");
    }

    #[test]
    fn a_wrong_enable_password_is_typed_once_and_the_session_given_up() {
        let mut spec = spec("9.8(4)");
        spec.enable_secret = Some("another".to_owned());
        let (_pair, mut sessions) = pair(spec);
        let Connect::Refused(why) = sessions.connect(Endpoint::Active, LONG) else { panic!("opened") };
        let message = "active address: no privileged prompt: the enable password was not accepted";
        assert_eq!(why.to_string(), message);
        assert_eq!(sessions.open_sessions(), 0);
    }

    #[test]
    fn five_sessions_a_unit_and_none_is_kept_by_one_that_was_closed() {
        let (_pair, mut sessions) = pair(spec("9.8(4)"));
        let all: Vec<_> = (0..5).map(|_| opened(&mut sessions, Endpoint::Active, "fw/pri/act")).collect();
        let Connect::Refused(why) = sessions.connect(Endpoint::Active, LONG) else { panic!("opened") };
        assert_eq!(why.to_string(), "active address: the unit has five sessions already");
        sessions.close(all[0]);
        opened(&mut sessions, Endpoint::Active, "fw/pri/act");
    }

    #[test]
    fn in_multiple_mode_the_system_space_is_reached_and_the_pager_stays_off() {
        let mut spec = Spec::active_active("ASA5525", "9.8(4)".parse().unwrap());
        spec.enable_secret = Some("canary".to_owned());
        let (_pair, mut sessions) = pair(spec);
        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act/admin");
        let moved = sessions.exchange(active, Via::Direct, &Command::ChangetoSystem, LONG.into());
        let Exchange::Replied { prompt, .. } = moved else { panic!("{moved:?}") };
        assert_eq!(prompt.label, "fw/pri/act");
        let output = replied(&mut sessions, active, Via::Direct, &Command::ShowFailover);
        assert!(output.contains("Group 2"), "{output}");
    }

    #[test]
    fn a_session_that_is_cut_or_falls_silent_ends_without_a_reply() {
        let (pair, mut sessions) = pair(spec("9.8(4)"));
        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
        pair.borrow_mut().inject(Fault::SessionLoss(Role::Primary));
        let cut = sessions.exchange(active, Via::Direct, &Command::ShowVersion, LONG.into());
        assert_eq!(cut, Exchange::Dropped);

        let active = opened(&mut sessions, Endpoint::Active, "fw/pri/act");
        pair.borrow_mut().inject(Fault::Silent(Role::Primary));
        let before = pair.borrow().now();
        let silent = sessions.exchange(active, Via::Direct, &Command::ShowVersion, LONG.into());
        assert_eq!(silent, Exchange::TimedOut);
        assert_eq!(pair.borrow().now(), before + LONG);
    }

    #[test]
    fn a_pager_that_cannot_be_switched_off_is_no_session() {
        let (pair, mut sessions) = pair(spec("9.8(4)"));
        pair.borrow_mut().inject(Fault::AuthorizationFails("terminal pager".to_owned()));
        let Connect::Refused(why) = sessions.connect(Endpoint::Active, LONG) else { panic!("opened") };
        assert!(why.to_string().contains("terminal pager 0 was answered"), "{why}");
        assert!(why.to_string().contains("Command authorization failed"), "{why}");
    }
}
