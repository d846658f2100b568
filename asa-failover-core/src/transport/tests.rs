//! Sessions over recorded dialogs: login, exchange, loss, time-out, and what is given up.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use super::script::Script;
use super::*;
use crate::command::Mode;
use crate::session::{Login, Trouble};
use crate::unit::GroupId;

const LONG: Duration = Duration::from_secs(60);

const LOGIN: &str = "\
# shape: login with history lines, enable with asterisk echo
User admin logged in to fw
Logins over the last 1 days: 2.  Last login: 03:49:07 UTC May 29 2022 from 192.0.2.10
Failed logins since the last login: 0.  
Type help or '?' for a list of available commands.
fw/pri/act> enable
Password: ********
fw/pri/act# terminal pager 0
";

fn sessions(rest: &str) -> Terminals<Script> {
    sessions_in(Script::new().with(Endpoint::Active, &format!("{LOGIN}{rest}")))
}

fn sessions_in(script: Script) -> Terminals<Script> {
    Terminals::new(script, Login::with_enable("canary-enable".into()))
}

#[track_caller]
fn opened(sessions: &mut Terminals<Script>) -> SessionId {
    match sessions.connect(Endpoint::Active, LONG) {
        Connect::Opened { session, prompt } => {
            assert_eq!((prompt.label.as_str(), prompt.mode), ("fw/pri/act", Mode::Privileged));
            session
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn replies(sessions: &mut Terminals<Script>, session: SessionId, command: &Command) -> String {
    match sessions.exchange(session, Via::Direct, command, LONG.into()) {
        Exchange::Replied { output, .. } => output,
        other => panic!("{other:?} {:?} {:?}", sessions.last_trouble(), sessions.bytes().differences()),
    }
}

#[test]
fn a_recorded_upgrade_is_played_whatever_the_size_of_its_pieces() {
    let rest = "\
fw/pri/act# show mode
Security context mode: single 
fw/pri/act# write memory
Building configuration...
Cryptochecksum: ce770b8f 9a7ce38e fc682db4 81d2bf45 

8009 bytes copied in 0.290 secs
[OK]
fw/pri/act# failover reload-standby
fw/pri/act# 
Beginning configuration replication: Sending to mate.
End Configuration Replication to mate
<Enter>
fw/pri/act# no failover active

fw/pri/act# 
\tSwitching to Standby
(connection lost)
";
    for piece in [1, 3, 1000] {
        let script = Script::new().with(Endpoint::Active, &format!("{LOGIN}{rest}")).in_pieces_of(piece);
        let mut sessions = sessions_in(script);
        let session = opened(&mut sessions);
        assert_eq!(replies(&mut sessions, session, &Command::ShowMode), "Security context mode: single \n");
        assert!(replies(&mut sessions, session, &Command::WriteMemory).ends_with("[OK]\n"));
        let output = replies(&mut sessions, session, &Command::ReloadStandby);
        assert!(output.contains("End Configuration Replication to mate"), "{output}");
        let last =
            sessions.exchange(session, Via::Direct, &Command::NoFailoverActive(GroupId::UNIT), LONG.into());
        assert_eq!(last, Exchange::Dropped);
        assert_eq!(sessions.bytes().differences(), []);
        assert_eq!(sessions.open_sessions(), 0);
    }
}

#[test]
fn a_lost_session_stays_lost_and_its_number_is_not_used_again() {
    let script = Script::new()
        .with(Endpoint::Active, &format!("{LOGIN}fw/pri/act# show mode\n(connection lost)\n"))
        .with(Endpoint::Active, &format!("{LOGIN}fw/pri/act# \n"));
    let mut sessions = sessions_in(script);
    let first = opened(&mut sessions);
    assert_eq!(sessions.exchange(first, Via::Direct, &Command::ShowMode, LONG.into()), Exchange::Dropped);
    assert_eq!(sessions.exchange(first, Via::Direct, &Command::ShowMode, LONG.into()), Exchange::Dropped);
    let second = opened(&mut sessions);
    assert_ne!(first, second);
    assert_eq!(sessions.exchange(first, Via::Direct, &Command::ShowMode, LONG.into()), Exchange::Dropped);
    assert_eq!(sessions.open_sessions(), 1);
    sessions.close(second);
    assert_eq!(sessions.open_sessions(), 0);
}

#[test]
fn a_reply_that_does_not_come_ends_the_session_at_the_deadline() {
    let mut sessions = sessions("fw/pri/act# show version\nCisco Adaptive Security Appliance\n");
    let session = opened(&mut sessions);
    let before = sessions.bytes().now();
    let within = Duration::from_secs(7);
    assert_eq!(
        sessions.exchange(session, Via::Direct, &Command::ShowVersion, within.into()),
        Exchange::TimedOut
    );
    assert_eq!(sessions.bytes().now(), before + within);
    assert_eq!(sessions.open_sessions(), 0);
}

#[test]
fn a_reload_is_confirmed_and_its_save_question_is_not_answered() {
    let confirmed = "\
fw/pri/act# reload
Proceed with reload? [confirm] <Enter>
fw/pri/act# 
***
*** --- START GRACEFUL SHUTDOWN ---
(connection lost)
";
    let mut sessions = sessions(confirmed);
    let session = opened(&mut sessions);
    assert_eq!(sessions.exchange(session, Via::Direct, &Command::Reload, LONG.into()), Exchange::Dropped);

    let modified = "\
fw/pri/act# reload
System config has been modified. Save? [Y]es/[N]o:<Y>
";
    let mut sessions = self::sessions(modified);
    let session = opened(&mut sessions);
    let question = "System config has been modified. Save? [Y]es/[N]o:".to_owned();
    let exchange = sessions.exchange(session, Via::Direct, &Command::Reload, LONG.into());
    assert_eq!(exchange, Exchange::Asked { question });
    assert_eq!(sessions.open_sessions(), 0);
}

#[test]
fn a_login_that_fails_names_the_address_and_no_secret() {
    let wrong = "\
fw> enable
Password: 
Invalid password
Password: 
";
    let mut sessions = sessions_in(Script::new().with(Endpoint::Active, wrong));
    let Connect::Refused(why) = sessions.connect(Endpoint::Active, LONG) else { panic!("opened") };
    let message = "active address: no privileged prompt: the enable password was not accepted";
    assert_eq!(why.to_string(), message);
    assert!(!why.is_curable_by_waiting());
    assert!(matches!(sessions.last_trouble(), Some(Trouble::NoPrivilege(_))));
    assert!(!format!("{:?} {why:?}", sessions.last_trouble()).contains("canary"));
    assert_eq!(sessions.open_sessions(), 0);
}

#[test]
fn a_unit_that_closes_before_its_prompt_or_does_not_answer_is_unreachable() {
    let mut sessions = sessions_in(Script::new().with(Endpoint::Active, "welcome\n(connection lost)\n"));
    for message in [
        "active address: closed by the unit before a prompt came",
        "active address: the script has no further connection",
    ] {
        let Connect::Refused(why) = sessions.connect(Endpoint::Active, LONG) else { panic!("opened") };
        assert_eq!(why.to_string(), message);
        assert!(why.is_curable_by_waiting());
    }
}

#[test]
fn a_login_that_never_ends_times_out() {
    let mut sessions = sessions_in(Script::new().with(Endpoint::Active, "Please wait...\n"));
    assert_eq!(sessions.connect(Endpoint::Active, Duration::from_secs(30)), Connect::TimedOut);
    assert_eq!(sessions.bytes().now(), Duration::from_secs(30));
}

/// A connection on which the next reading takes so much longer; a machine that sleeps over it reads all the same.
struct Slow {
    script: Script,
    lag: Duration,
    next: Rc<Cell<Duration>>,
    /// So much longer it takes behind the next Enter.
    behind_enter: Rc<Cell<Duration>>,
    sleeps: bool,
    ends: Rc<RefCell<Vec<Ended>>>,
}

/// How a connection was ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Ended {
    InOrder,
    GivenUp,
}

impl Slow {
    fn new(script: Script, sleeps: bool) -> Self {
        let (next, behind_enter, ends) = (Rc::default(), Rc::default(), Rc::default());
        Self { script, lag: Duration::ZERO, next, behind_enter, sleeps, ends }
    }
}

impl Bytes for Slow {
    type Handle = <Script as Bytes>::Handle;

    fn now(&self) -> Duration {
        self.script.now() + self.lag
    }

    fn address(&self, endpoint: Endpoint) -> String {
        self.script.address(endpoint)
    }

    fn open(&mut self, endpoint: Endpoint, until: Duration) -> Result<Self::Handle, NotOpened> {
        self.script.open(endpoint, until)
    }

    fn write(&mut self, handle: &mut Self::Handle, bytes: &[u8], until: Duration) -> Written {
        if bytes == b"\r" {
            self.next.set(self.next.get() + self.behind_enter.take());
        }
        self.script.write(handle, bytes, until)
    }

    fn read(&mut self, handle: &mut Self::Handle, until: Duration) -> Received {
        let left = until.saturating_sub(self.now());
        let late = self.next.get().min(if self.sleeps { Duration::MAX } else { left });
        self.lag += late;
        self.next.set(self.next.get().saturating_sub(late));
        if self.next.get() > Duration::ZERO {
            Received::Nothing
        } else {
            self.script.read(handle, until.saturating_sub(self.lag))
        }
    }

    fn close(&mut self, handle: Self::Handle) {
        self.ends.borrow_mut().push(Ended::InOrder);
        self.script.close(handle);
    }

    fn abandon(&mut self, handle: Self::Handle) {
        self.ends.borrow_mut().push(Ended::GivenUp);
        self.script.close(handle);
    }
}

/// What a line was decided on grows old while its unit does not show it: then it is not run.
#[test]
fn a_line_is_entered_in_its_time_or_not_at_all() {
    let in_time = Within { reply: LONG, enter: Some(Duration::from_secs(2)) };
    let dialog = format!(
        "{LOGIN}fw/pri/act# show version\nfw/pri/act# no failover active\nfw/pri/act# write memory\nfw/pri/act# "
    );
    let enters = |millis: u64, sleeps: bool| {
        let script = Script::new().with(Endpoint::Active, &dialog);
        let slow = Slow::new(script, sleeps);
        let next = Rc::clone(&slow.next);
        let mut sessions = Terminals::new(slow, Login::with_enable("canary-enable".into()));
        let Connect::Opened { session, .. } = sessions.connect(Endpoint::Active, LONG) else { panic!() };
        next.set(Duration::from_secs(20));
        let read = sessions.exchange(session, Via::Direct, &Command::ShowVersion, LONG.into());
        assert!(
            matches!(read, Exchange::Replied { .. }),
            "one that may be entered at any time has the time of its reply"
        );
        next.set(Duration::from_millis(millis));
        let switch = Command::NoFailoverActive(GroupId::UNIT);
        let exchange = sessions.exchange(session, Via::Direct, &switch, in_time);
        let entered = matches!(exchange, Exchange::Replied { .. });
        if entered {
            next.set(Duration::from_millis(millis));
            let saved = sessions.exchange(session, Via::Direct, &Command::WriteMemory, in_time);
            assert!(matches!(saved, Exchange::Replied { .. }));
        } else {
            assert_eq!(exchange, Exchange::TimedOut);
            let why =
                "typed \"no failover active\", and the unit did not show it in time; Enter was not sent";
            assert_eq!(sessions.last_trouble().unwrap().to_string(), why);
            assert_eq!(sessions.open_sessions(), 0);
        }
        entered
    };
    for sleeps in [false, true] {
        assert_eq!(
            [0, 1_999, 2_000, 40_000].map(|millis| enters(millis, sleeps)),
            [true, true, false, false]
        );
    }
}

/// What makes a unit reboot is the answer to its question: it has the time of the line, whatever the machine does meanwhile.
#[test]
fn a_question_that_comes_late_is_not_answered() {
    let dialog = format!(
        "{LOGIN}fw/pri/act# reload\nProceed with reload? [confirm] <Enter>\nfw/pri/act# \n(connection lost)\n"
    );
    let in_time = Within { reply: LONG, enter: Some(Duration::from_secs(2)) };
    for sleeps in [false, true] {
        for (millis, is_answered) in
            [(0, true), (1_000, true), (1_400, true), (1_600, false), (2_000, false), (40_000, false)]
        {
            let script = Script::new().with(Endpoint::Active, &dialog);
            let slow = Slow::new(script, sleeps);
            let behind_enter = Rc::clone(&slow.behind_enter);
            let mut sessions = Terminals::new(slow, Login::with_enable("canary-enable".into()));
            let Connect::Opened { session, .. } = sessions.connect(Endpoint::Active, LONG) else { panic!() };
            behind_enter.set(Duration::from_millis(millis));
            let exchange = sessions.exchange(session, Via::Direct, &Command::Reload, in_time);
            assert_eq!(exchange == Exchange::Dropped, is_answered, "{millis} {sleeps}: {exchange:?}");
            if !is_answered {
                assert_eq!(exchange, Exchange::TimedOut);
                let why = "typed \"reload\", and the unit asked too late to be answered";
                assert_eq!(sessions.last_trouble().unwrap().to_string(), why);
            }
        }
    }
}

/// What is still on its way to a unit is thrown away with the session where something was given up, and nowhere else: a unit
/// that misses the end of a session keeps it, of which it has few.
#[test]
fn a_session_ends_in_order_unless_something_was_given_up() {
    let within = Duration::from_secs(5);
    let in_time = Within { reply: within, enter: Some(Duration::from_secs(2)) };
    let ended = |rest: &str, command: &Command, late: Duration| {
        let slow = Slow::new(Script::new().with(Endpoint::Active, &format!("{LOGIN}{rest}")), false);
        let (next, ends) = (Rc::clone(&slow.next), Rc::clone(&slow.ends));
        let mut sessions = Terminals::new(slow, Login::with_enable("canary-enable".into()));
        let Connect::Opened { session, .. } = sessions.connect(Endpoint::Active, LONG) else { panic!() };
        next.set(late);
        let enter = in_time.enter.filter(|_| *command != Command::ShowMode);
        let exchange = sessions.exchange(session, Via::Direct, command, Within { enter, ..in_time });
        drop(sessions);
        (exchange, ends.take())
    };
    let show = "fw/pri/act# show mode\n";
    let replied = ended(&format!("{show}fw/pri/act# \n"), &Command::ShowMode, Duration::ZERO);
    assert_eq!((matches!(replied.0, Exchange::Replied { .. }), replied.1), (true, vec![Ended::InOrder]));

    // Enter may be on its way still where a notice looks like a question.
    let asks = "fw/pri/act# reload\nSystem config has been modified. Save? [Y]es/[N]o:<Y>\n";
    let asked = ended(asks, &Command::Reload, Duration::ZERO);
    assert_eq!((matches!(asked.0, Exchange::Asked { .. }), asked.1), (true, vec![Ended::GivenUp]));
    let given_up = |exchange| (exchange, vec![Ended::GivenUp]);
    assert_eq!(ended(show, &Command::ShowMode, Duration::ZERO), given_up(Exchange::TimedOut), "no prompt");
    let (late, save) = (Duration::from_secs(3), "fw/pri/act# write memory\nfw/pri/act# \n");
    assert_eq!(ended(save, &Command::WriteMemory, late), given_up(Exchange::TimedOut), "not shown");
    let lost = format!("{show}(connection lost)\n");
    assert_eq!(ended(&lost, &Command::ShowMode, Duration::ZERO), given_up(Exchange::Dropped));
}

/// A login that fails leaves nothing on its way that a unit would act on.
#[test]
fn a_login_that_fails_ends_in_order() {
    let slow = Slow::new(Script::new().with(Endpoint::Active, "Please wait...\n"), false);
    let ends = Rc::clone(&slow.ends);
    let mut sessions = Terminals::new(slow, Login::default());
    assert_eq!(sessions.connect(Endpoint::Active, LONG), Connect::TimedOut);
    assert_eq!(ends.take(), [Ended::InOrder]);
}
