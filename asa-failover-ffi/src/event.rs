//! What a run is told, as a struct of C.

use asa_failover_core::link::{Endpoint, Refused, SessionId};
use asa_failover_core::run::record::Link;
use asa_failover_core::run::{Answer, Event, record};
use asa_failover_core::session::{Prompt, prompt};

use crate::options::Sizing;
use crate::status::{Entering as _, Failure, asaf_status, entering};
use crate::text::asaf_str;

/// What happened.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_event_kind {
    /// The run begins. No other field counts.
    Start = 1,
    /// The run goes on: `text` is its journal, every line of it.
    Resume = 2,
    /// A session stands: `session`, and in `prompt` the prompt it stands at.
    Connected = 3,
    /// No session came about: `endpoint`, `refusal`, and why in `text`.
    Refused = 4,
    /// The unit answered: `session`, the output in `text`, and the prompt after it in `prompt`.
    Replied = 5,
    /// The unit asked what the command does not permit: `session`, the question in `text`. Nothing
    /// was answered, and the session was given up.
    Questioned = 6,
    /// The session is gone: `session`.
    Dropped = 7,
    /// What was asked for did not happen in time, or a sleep is over.
    TimedOut = 8,
    /// The record is durable.
    Recorded = 9,
    /// The record is not durable, and why in `text`.
    RecordFailed = 10,
    /// The operator's word: `answer`.
    Answered = 11,
    /// Stop in good order; the last action was not performed. A record is made durable and answered as that all the same.
    /// A line that changes something counts as one that may have run, where `NOT_SENT` was not told first.
    Stop = 12,
    /// The health probe has ended: traffic is well where `text` is empty, else it says why not.
    Probed = 13,
    /// Nothing of a line that changes something was typed, and nothing will be. Where a byte of it was written nobody knows
    /// whether it ran: that is `DROPPED` or `TIMED_OUT`.
    NotSent = 14,
}
entering!(asaf_event_kind: Start, Resume, Connected, Refused, Replied, Questioned, Dropped, TimedOut,
    Recorded, RecordFailed, Answered, Stop, Probed, NotSent);

/// An address of the pair, by the standing whose address it is configured to be.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_endpoint {
    /// None.
    None = 0,
    /// The address of the active unit (of group 1 in Active/Active).
    Active = 1,
    /// The address of the standby unit.
    Standby = 2,
}
entering!(asaf_endpoint: Active, Standby);

impl From<Endpoint> for asaf_endpoint {
    fn from(endpoint: Endpoint) -> Self {
        match endpoint {
            Endpoint::Active => Self::Active,
            Endpoint::Standby => Self::Standby,
        }
    }
}

/// Whether trying again later may help.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_refusal {
    /// Nothing answers, or the connection broke before the login was done.
    Unreachable = 1,
    /// Host key, login, privilege: waiting does not cure it, and the run halts.
    Final = 2,
}
entering!(asaf_refusal: Unreachable, Final);

/// The operator's word.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_answer {
    /// Go on.
    Go = 1,
    /// Halt here.
    Halt = 2,
}
entering!(asaf_answer: Go, Halt);

/// An event. Fields that its kind does not name are not looked at.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_event {
    /// `sizeof(asaf_event)`
    pub size: usize,
    /// An `asaf_event_kind`.
    pub kind: u32,
    /// A number that the caller chose for the session and uses for no other one.
    pub session: u32,
    /// An `asaf_endpoint`.
    pub endpoint: u32,
    /// An `asaf_refusal`.
    pub refusal: u32,
    /// An `asaf_answer`.
    pub answer: u32,
    /// Output, question, journal, or why.
    pub text: asaf_str,
    /// The prompt a session stands at: `fw/pri/act# `.
    pub prompt: asaf_str,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers and raw pointers only.
unsafe impl Sizing for asaf_event {
    const NAME: &'static str = "asaf_event";
}

impl asaf_event {
    /// The event, and for one that resumes where its journal goes on.
    ///
    /// # Safety
    ///
    /// Every text of it is readable.
    pub(crate) unsafe fn event(&self) -> Result<(Event, Option<Link>), Failure> {
        // SAFETY: as promised to this function; an unused text may hold anything and is not read.
        let text = || unsafe { self.text.read("event.text") };
        let session = SessionId(self.session);
        let event = match asaf_event_kind::checked(self.kind, "event.kind")? {
            asaf_event_kind::Start => Event::Start,
            asaf_event_kind::Resume => {
                let (records, link, _) = record::decode(text()?.as_bytes())?;
                let event = if records.records.is_empty() { Event::Start } else { Event::Resume(records) };
                return Ok((event, Some(link)));
            }
            asaf_event_kind::Connected => {
                // SAFETY: as promised to this function.
                Event::Connected { session, prompt: unsafe { self.prompt() }? }
            }
            asaf_event_kind::Refused => {
                let endpoint = match asaf_endpoint::checked(self.endpoint, "event.endpoint")? {
                    asaf_endpoint::Standby => Endpoint::Standby,
                    asaf_endpoint::None | asaf_endpoint::Active => Endpoint::Active,
                };
                let why = text()?.to_owned();
                let why = match asaf_refusal::checked(self.refusal, "event.refusal")? {
                    asaf_refusal::Unreachable => Refused::Unreachable { address: endpoint.to_string(), why },
                    asaf_refusal::Final => Refused::Setup(why),
                };
                Event::Refused { endpoint, why }
            }
            asaf_event_kind::Replied => {
                // SAFETY: as promised to this function.
                let prompt = unsafe { self.prompt() }?;
                Event::Replied { session, output: text()?.to_owned(), prompt }
            }
            asaf_event_kind::Questioned => Event::Questioned { session, question: text()?.to_owned() },
            asaf_event_kind::Dropped => Event::Dropped { session },
            asaf_event_kind::TimedOut => Event::TimedOut,
            asaf_event_kind::Recorded => Event::Recorded,
            asaf_event_kind::RecordFailed => Event::RecordFailed(text()?.to_owned()),
            asaf_event_kind::Answered => Event::Answered(answer_of(self.answer)?),
            asaf_event_kind::Stop => Event::Stop,
            asaf_event_kind::NotSent => Event::NotSent,
            asaf_event_kind::Probed => {
                let why = text()?;
                Event::Probed(if why.is_empty() { Ok(()) } else { Err(why.to_owned()) })
            }
        };
        Ok((event, None))
    }

    /// # Safety
    ///
    /// The prompt is readable.
    unsafe fn prompt(&self) -> Result<Prompt, Failure> {
        // SAFETY: as promised to this function.
        let text = unsafe { self.prompt.read("event.prompt") }?;
        prompt(text).ok_or_else(|| {
            let message = format!("event.prompt: expected a prompt such as \"fw/pri/act# \", found {text:?}");
            Failure::new(asaf_status::BadPrompt, message)
        })
    }
}

pub(crate) fn answer_of(answer: u32) -> Result<Answer, Failure> {
    Ok(match asaf_answer::checked(answer, "event.answer")? {
        asaf_answer::Go => Answer::Go,
        asaf_answer::Halt => Answer::Halt,
    })
}
