//! Whether an ASDM manages an ASA release.

use super::row::{Says, Statement, computed};
use super::{AsdmFit, AsdmMinimum};
use crate::compat::Compat;
use crate::compat::source::Basis;
use crate::compat::verdict::Reason;
use crate::{AsaVersion, Train};

impl Compat {
    pub(super) fn asdm_fit(
        &self,
        target: AsaVersion,
        present: AsaVersion,
        minima: &[AsdmMinimum],
    ) -> (AsdmFit, Vec<Reason>) {
        let mut below: Vec<Reason> =
            minima.iter().filter(|least| present < least.version).map(|least| least.why.clone()).collect();
        if !below.is_empty() {
            below.sort_by_key(|why| why.basis);
            below.dedup();
            return (AsdmFit::TooOld, below);
        }
        match self.asdm_works(target, present) {
            Ok(why) => (AsdmFit::Works, why),
            Err(why) => (AsdmFit::Unknown, vec![why]),
        }
    }

    /// Whether an ASDM may stay: it works, or nothing says that another one would be better.
    pub(super) fn asdm_stays(
        &self,
        target: AsaVersion,
        present: AsaVersion,
        fit: Option<AsdmFit>,
        minima: &[AsdmMinimum],
    ) -> bool {
        let of_companion = self.asdm_pair(target).is_none_or(|(_, first)| first.train() == present.train());
        match fit {
            Some(AsdmFit::Works) => true,
            Some(AsdmFit::Unknown) if of_companion => true,
            Some(AsdmFit::Unknown) => {
                self.asdm_newer(target).is_some()
                    && self.asdm_exact(target).is_none()
                    && minima.iter().all(|least| least.version <= present)
            }
            Some(AsdmFit::TooOld) | None => false,
        }
    }

    /// Why an ASDM that is below no minimum works, from rows with a source alone; or why not to say so.
    fn asdm_works(&self, target: AsaVersion, present: AsaVersion) -> Result<Vec<Reason>, Reason> {
        if let Some(build) = [target, present].into_iter().find(|build| build.is_pre_release()) {
            return Err(computed(
                "asdm.pre-release",
                format!("{build} is a pre-release build, of which no row speaks"),
            ));
        }
        let (train, paired) = self.asdm_generation(target, present)?;
        if let Some(row) = self.asdm_exact(target)
            && self.asdm_pair(target).is_none_or(|(_, first)| first.train() != present.train())
        {
            return Err(row.why.clone());
        }
        if let Some(lag) = self.asdm_doubt(target, train) {
            return Err(lag.why.clone());
        }
        if self.asdm_pair(target).is_some_and(|(_, first)| first.train() == present.train()) {
            return Ok(vec![paired.why.clone()]);
        }
        match self.asdm_newer(target) {
            Some(newer) => Ok(vec![newer.why.clone(), paired.why.clone()]),
            None => Err(computed(
                "asdm.no-rule",
                format!(
                    "{present} is newer than the companion of {target}, and no rule says that it manages it"
                ),
            )),
        }
    }

    /// The newest ASA train whose companion, by a row with a source, is no newer than this ASDM. It is
    /// the train of the target, or a newer one.
    fn asdm_generation(
        &self,
        target: AsaVersion,
        present: AsaVersion,
    ) -> Result<(Train, &Statement), Reason> {
        let companions = || {
            self.releases.iter().rev().filter_map(|release| {
                let (row, first) = self.asdm_pair(release.first)?;
                row.permits().then_some((release.train, row, first.train()))
            })
        };
        if self.release(target.train()).is_none() {
            let text = format!("the tables have no ASA {}", target.train());
            return Err(computed("asdm.no-train", text));
        }
        let youngest = self
            .releases
            .iter()
            .filter_map(|release| self.asdm_pair(release.first))
            .map(|(_, first)| first.train())
            .max();
        if youngest.is_none_or(|youngest| youngest < present.train()) {
            let text = format!("the tables have no ASDM {}", present.train());
            return Err(computed("asdm.beyond", text));
        }
        if let Some((train, row, _)) = companions().find(|(_, _, companion)| *companion <= present.train())
            && train >= target.train()
        {
            return Ok((train, row));
        }
        Err(match self.asdm_pair(target) {
            Some((row, _)) => {
                Reason { text: format!("{}, as is only remembered", row.why.text).into(), ..row.why.clone() }
            }
            None => {
                computed("asdm.no-pair", format!("the tables have no companion ASDM of {}", target.train()))
            }
        })
    }

    /// The row by which the ASDM of a generation is too near to a release to be called good enough:
    /// the release is not the first of its train, and few trains lie between.
    fn asdm_doubt(&self, target: AsaVersion, generation: Train) -> Option<&Statement> {
        if self.release(target.train()).is_some_and(|release| release.first == target) {
            return None;
        }
        let later = self
            .releases
            .iter()
            .filter(|release| release.only.is_none())
            .filter(|release| target.train() < release.train && release.train <= generation)
            .count();
        self.asdm
            .iter()
            .find(|row| matches!(&row.says, Says::Lag { asa, trains } if asa.hold(target) && later < *trains))
    }

    fn asdm_exact(&self, target: AsaVersion) -> Option<&Statement> {
        self.asdm.iter().find(|row| matches!(&row.says, Says::Exact { asa } if asa.hold(target)))
    }

    fn asdm_newer(&self, target: AsaVersion) -> Option<&Statement> {
        let speaks = |row: &&Statement| matches!(&row.says, Says::Newer { asa } if asa.hold(target));
        self.asdm.iter().filter(|row| row.why.basis != Basis::Memory).find(speaks)
    }
}
