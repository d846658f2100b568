//! The journal's beginning, and going on from one (reliability: re-derive from the devices).

use super::record::{BaselineUnit, SCHEMA};
use super::{Action, Record, Records, Run};
use crate::decide::{Open, Reason, pair_of};
use crate::elapsed::Elapsed;
use crate::unit::Role;

impl Run {
    /// Whose journal it is, and what was planned: both before anything is sent.
    pub(super) fn begin_journal(&mut self) {
        let header = Record::Header {
            schema: SCHEMA,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            plan: self.plan.to_string(),
            serials: self.brief.serials.values().cloned().collect(),
            owner: self.owner.clone(),
        };
        self.pending.push_back(header);
        self.pending.push_back(Record::Plan { brief: Box::new((*self.brief).clone()) });
    }

    pub(super) fn baseline_record(&self) -> Record {
        let units = Role::BOTH.map(|unit| {
            let seen = pair_of(&self.observed, unit);
            let build = seen.build.as_ref().map(|build| &build.value);
            let groups = seen.sight.iter().flat_map(|sight| &sight.value.groups);
            BaselineUnit {
                unit,
                version: build.and_then(|build| build.version),
                uptime: build.and_then(|build| build.uptime),
                standings: groups.map(|(group, standings)| (*group, standings.own.clone())).collect(),
            }
        });
        Record::Baseline { units: units.into() }
    }

    /// Goes on from records. Time begins at zero again; an open intent waits its full quiet time. What
    /// earlier runs took counts against the change window, as far as their records tell.
    pub(super) fn resume(&mut self, at: Elapsed, records: &Records) -> Option<Action> {
        let all = &records.records;
        let mut records = all.iter();
        match records.next() {
            None => {
                self.begin_journal();
                return None;
            }
            Some(Record::Header { schema: SCHEMA, plan, serials, .. }) => {
                let is_of_the_pair = serials.iter().eq(self.brief.serials.values());
                if **plan != *self.plan {
                    let why = format!("it is of plan {plan}, this is plan {}", self.plan);
                    return Some(self.differs(at, why, all.iter().filter(|_| is_of_the_pair)));
                }
                if !is_of_the_pair {
                    return Some(self.differs(at, "its serial numbers are of another pair".to_owned(), []));
                }
            }
            Some(Record::Header { schema, .. }) => {
                let why = format!("its form is version {schema}, this is version {SCHEMA}");
                return Some(self.differs(at, why, []));
            }
            Some(_) => return Some(self.differs(at, "it has no header".to_owned(), [])),
        }
        let mut life_ms = 0;
        for record in records {
            if let Record::Plan { brief } = record
                && **brief != *self.brief
            {
                let why = "this version of the library decides on other grounds than the one that began it";
                return Some(self.differs(at, why.to_owned(), all));
            }
            self.fold(at, record);
            match record {
                Record::Intent { intent, .. } => life_ms = intent.at.as_millis().max(life_ms),
                Record::Waited { ms, .. } => life_ms = life_ms.saturating_add(*ms),
                Record::Resumed { .. } => {
                    self.memory.before_ms =
                        self.memory.before_ms.saturating_add(std::mem::take(&mut life_ms));
                }
                _ => {}
            }
        }
        self.memory.before_ms = self.memory.before_ms.saturating_add(life_ms);
        if let Some(open) = &mut self.memory.intent {
            *open = Open { at, resumed: true, ..open.clone() };
        }
        self.memory.waiting = None;
        self.memory.calm = None;
        self.memory.resumes += 1;
        let times = self.memory.resumes;
        if times > self.brief.policy.resumes {
            return Some(self.halt(at, Reason::TooManyResumes(times - 1)));
        }
        self.pending.push_back(Record::Resumed { times });
        None
    }

    /// Nothing goes on from this journal. What its run took out of the configuration of this pair is told all the same:
    /// nobody else knows of it.
    fn differs<'r>(
        &mut self,
        at: Elapsed,
        why: String,
        records: impl IntoIterator<Item = &'r Record>,
    ) -> Action {
        for record in records {
            let tells = match record {
                Record::Intent { intent, .. } => intent.command.preempt_of().is_some(),
                Record::Result { .. } => true,
                _ => false,
            };
            if tells {
                self.fold(at, record);
            }
        }
        self.halt(at, Reason::JournalDiffers(why))
    }

    fn fold(&mut self, at: Elapsed, record: &Record) {
        match record {
            Record::Intent { intent, .. } => {
                self.next_seq = intent.seq + 1;
                self.memory.intent = Some(intent.clone());
            }
            Record::Sent { seq, heard } => {
                if let Some(open) = self.memory.intent.as_mut().filter(|open| open.seq == *seq) {
                    open.heard = Some(heard.clone());
                }
            }
            Record::Begun { seq } => {
                if let Some(open) = self.memory.intent.as_mut().filter(|open| open.seq == *seq) {
                    open.begun = true;
                }
            }
            Record::Result { seq, effect } => {
                if self.memory.intent.as_ref().is_some_and(|open| open.seq == *seq) {
                    self.memory.resolve(&self.brief, *effect, at);
                }
            }
            Record::Waited { awaited, ms } => *self.memory.spent.entry(*awaited).or_default() += ms,
            Record::Passed { hop, pause } => {
                self.memory.passed.insert((*hop, *pause));
            }
            Record::Resumed { times } => {
                self.memory.resumes = *times;
                if let Some(open) = &mut self.memory.intent {
                    open.resumed = true;
                }
            }
            Record::Baseline { .. } => self.baseline = true,
            Record::Header { .. } | Record::Plan { .. } | Record::Halt { .. } | Record::Done { .. } => {}
        }
    }
}
