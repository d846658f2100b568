//! `derive` unrolled over the ideal pair: its decisions become steps.

use std::time::Duration;

use super::durations;
use super::ideal::Ideal;
use super::step::{Phase, Step};
use crate::check::{Finding, Severity};
use crate::command::{Command, Effect};
use crate::decide::{
    Awaited, Brief, Decision, Heard, Memory, Observed, Open, Question, Reason, Send, derive, forget, pair_of,
    preempt_spelled,
};
use crate::elapsed::Elapsed;
use crate::goal::Pause;
use crate::link::Via;
use crate::pair::Pair;
use crate::unit::Role;

/// More decisions than any plan needs: each hop takes some hundred.
const MOST_DECISIONS: usize = 100_000;

/// The steps of a plan for a pair that stands like this.
pub(super) fn steps(brief: &Brief, ideal: Ideal) -> Result<Vec<Step>, Finding> {
    Ok(Walk::new(brief, ideal).on(|_, _| {})?.steps)
}

/// The pair as it stands at each pause that the plan comes by, where its policy has them all.
pub(super) fn pauses(brief: &Brief, pair: &Pair) -> Result<Vec<(Question, Ideal)>, Finding> {
    let mut pauses = Vec::new();
    Walk::new(brief, Ideal::new(brief, pair))
        .on(|question, ideal| pauses.push((question.clone(), ideal.clone())))?;
    Ok(pauses)
}

/// A plan that would halt on an ideal pair is no plan. The window is the caller's; all else is a gap.
fn refused(reason: &Reason) -> Finding {
    let id = match reason {
        Reason::WindowOver(_) | Reason::WindowShort { .. } => "goal.window",
        _ => "plan.halts",
    };
    blocks(id, reason.to_string())
}

pub(super) fn blocks(id: &str, text: String) -> Finding {
    Finding {
        id: id.to_owned(),
        severity: Severity::Block,
        unit: None,
        text,
        command: None,
        acceptable: false,
    }
}

struct Walk<'a> {
    brief: &'a Brief,
    ideal: Ideal,
    observed: [Observed; 2],
    memory: Memory,
    now: Elapsed,
    steps: Vec<Step>,
    seq: u64,
}

impl<'a> Walk<'a> {
    fn new(brief: &'a Brief, ideal: Ideal) -> Self {
        Self {
            brief,
            ideal,
            observed: [Observed::default(), Observed::default()],
            memory: Memory::new(brief),
            now: Elapsed::ZERO,
            steps: Vec::new(),
            seq: 0,
        }
    }

    /// Goes on to the end, looking at each pause.
    fn on(mut self, mut paused: impl FnMut(&Question, &Ideal)) -> Result<Self, Finding> {
        for _ in 0..MOST_DECISIONS {
            match derive(self.brief, &self.observed, &self.memory, self.now) {
                Decision::Read { unit, command } => self.read(unit, &command),
                Decision::Send(send) => self.send(&send),
                Decision::Resolve(effect) => self.memory.resolve(self.brief, effect, self.now),
                Decision::Wait { awaited, until, .. } => self.wait(awaited, until),
                Decision::Ask(question) => {
                    paused(&question, &self.ideal);
                    self.ask(&question);
                }
                Decision::Probe => self.probe(),
                Decision::Complete => return Ok(self),
                Decision::Halt(reason) => return Err(refused(&reason)),
            }
        }
        Err(blocks("plan.halts", "the steps do not come to an end".to_owned()))
    }

    fn read(&mut self, unit: Role, command: &Command) {
        if let Command::Verify { .. } = command {
            let expect = "the published digest".to_owned();
            self.push(
                Phase::Stage,
                None,
                Some((unit, command, self.via(unit))),
                expect,
                durations::reply_s(command),
                self.brief.policy.verify_s,
            );
        }
        self.ideal.read(self.brief, unit, command, &mut self.observed, self.now);
        self.memory.saw(self.brief, &self.observed, self.now);
    }

    /// How the reading of a unit is typed when everything is as the plan has it.
    fn via(&self, unit: Role) -> Via {
        let leads = pair_of(&self.observed, unit).standing(self.brief.leading_group())
            == Some(&crate::unit::Standing::Active);
        if self.brief.policy.reach == crate::link::Reach::BothAddresses || leads {
            Via::Direct
        } else {
            Via::Mate
        }
    }

    fn send(&mut self, send: &Send) {
        self.seq += 1;
        let (phase, expect, worst_s) = self.describe(send);
        let typical_s = durations::reply_s(&send.command);
        if let Some(group) = send.command.group() {
            let (lead_in, expect) = (Command::FailoverGroup(group), "the settings of the group".to_owned());
            let line = Some((send.unit, &lead_in, send.via));
            self.push(phase, Some(send.rung), line, expect, typical_s, self.brief.policy.reply_s);
        }
        self.push(
            phase,
            Some(send.rung),
            Some((send.unit, &send.command, send.via)),
            expect,
            typical_s,
            worst_s,
        );
        let open = Open::new(self.seq, send, &self.observed, self.now);
        self.memory.begin(Open { heard: Some(Heard::Prompt), ..open });
        self.ideal.obey(self.brief, send, self.now);
        forget(&mut self.observed, send);
        if matches!(send.command, Command::ReloadStandby | Command::Reload) {
            self.push(
                Phase::Await,
                Some(send.rung),
                None,
                format!("{} restarts, runs the new release and is Standby Ready again", send.target),
                self.brief.reload_s,
                self.worst_s(),
            );
            self.now = self.now.after(Duration::from_secs(self.brief.reload_s));
        }
        self.now = self.now.after(Duration::from_secs(typical_s));
    }

    /// Seconds after which a reload has run into a deadline, whatever phase it hangs in.
    fn worst_s(&self) -> u64 {
        let policy = &self.brief.policy;
        let phases = [self.brief.boot_s(), policy.sync_config_s, policy.bulk_sync_s, policy.sync_s];
        phases.into_iter().fold(0, u64::saturating_add)
    }

    fn describe(&self, send: &Send) -> (Phase, String, u64) {
        let policy = &self.brief.policy;
        let (target, mate) = (send.target, send.target.mate());
        let home = send.rung > self.brief.summit();
        match &send.command {
            Command::Copy { .. } => {
                (Phase::Stage, format!("{target} fetches the image; its size is read back"), policy.copy_s)
            }
            Command::WriteMemory | Command::WriteMemoryAll => {
                let phase = if home { Phase::Finish } else { Phase::Boot };
                (
                    phase,
                    "[OK], and the boot list in the startup configuration of both units".to_owned(),
                    policy.save_s,
                )
            }
            Command::BootSystem(_) | Command::NoBootSystem(_) => {
                (Phase::Boot, "no answer; the boot list is read back".to_owned(), policy.reply_s)
            }
            Command::NoPreempt { group, was_s } => (
                Phase::Preempt,
                format!(
                    "no answer; read back on both units: {group} has no {} any more, so that it stays where it is put; the startup configuration keeps it",
                    preempt_spelled(Some(*was_s))
                ),
                policy.reply_s,
            ),
            Command::Preempt { group, delay_s } => (
                Phase::Preempt,
                format!(
                    "no answer; read back on both units: {group} has {} again, before anything is saved",
                    preempt_spelled(Some(*delay_s))
                ),
                policy.reply_s,
            ),
            Command::ReloadStandby => (
                Phase::Reload,
                format!("no answer; {target} restarts, {mate} carries all traffic without redundancy"),
                policy.reply_s,
            ),
            Command::Reload => (
                Phase::Reload,
                format!("Proceed with reload? [confirm], answered; {target} restarts"),
                policy.reply_s,
            ),
            _ => (
                Phase::Switch,
                format!(
                    "{target} is Active, {mate} Standby Ready, by the word of both; sessions to the moved address drop"
                ),
                policy.switch_s,
            ),
        }
    }

    fn wait(&mut self, awaited: Awaited, until: Elapsed) {
        let secs = until.since(self.now).as_secs();
        let text = match awaited {
            Awaited::Ready => {
                Some(("the pair is settled, reading after reading".to_owned(), self.brief.policy.sync_s))
            }
            Awaited::Soak => {
                Some(("the new release carries the traffic (soak)".to_owned(), self.brief.policy.soak_s))
            }
            Awaited::Preempt(group) => Some((
                format!("preempt moves {group}, or is sure not to any more"),
                self.brief.policy.preempt_s.saturating_add(
                    self.brief
                        .groups
                        .get(&group)
                        .and_then(|group| group.preempt)
                        .map_or(0, |(_, delay)| delay.into()),
                ),
            )),
            _ => None,
        };
        if let Some((expect, worst_s)) = text {
            match self.steps.last_mut() {
                Some(last) if last.phase == Phase::Await && last.expect == expect => last.typical_s += secs,
                _ => self.push(Phase::Await, None, None, expect, secs, worst_s),
            }
        }
        self.memory.wait(self.brief, awaited, self.now);
        self.now = until;
    }

    fn ask(&mut self, question: &Question) {
        let expect = match question.pause {
            Pause::BeforeSwitch => "the operator says go: traffic is about to move to the new release",
            Pause::BeforeSecondReload => "the operator says go: the way back is about to get longer",
        };
        self.push(Phase::Pause, Some(question.hop), None, expect.to_owned(), 0, 0);
        self.memory.passed.insert((question.hop, question.pause));
    }

    /// The first probe of a hop stands for all of them.
    fn probe(&mut self) {
        self.memory.probed = Some(self.now);
        let expect = format!(
            "the caller's health probe finds traffic well on the new release, and again every {} s up to the second reload",
            self.brief.policy.probe_s.unwrap_or(0)
        );
        let hop = self.steps.last().and_then(|step| step.hop);
        let known = |step: &Step| step.phase == Phase::Await && step.hop == hop && step.expect == expect;
        if !self.steps.iter().any(known) {
            self.push(Phase::Await, None, None, expect, 0, self.brief.policy.reply_s);
        }
    }

    fn push(
        &mut self,
        phase: Phase,
        rung: Option<usize>,
        line: Option<(Role, &Command, Via)>,
        expect: String,
        typical_s: u64,
        worst_s: u64,
    ) {
        let hop = match rung {
            Some(rung) => self.brief.stops.get(rung).map(|stop| stop.version),
            None => match self.steps.last() {
                Some(step) => step.hop,
                None => self.brief.stops.get(1).map(|stop| stop.version),
            },
        };
        self.steps.push(Step {
            number: self.steps.len() + 1,
            phase,
            hop,
            unit: line.map(|(unit, ..)| unit),
            command: line.map(|(_, command, _)| command.to_string()),
            typed: line.map(|(_, command, via)| command.line(via)),
            changes: line.is_some_and(|(_, command, _)| {
                command.effect() >= Effect::Changes || matches!(command, Command::FailoverGroup(_))
            }),
            expect,
            typical_s,
            worst_s,
        });
    }
}
