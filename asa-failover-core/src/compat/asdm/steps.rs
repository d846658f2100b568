//! ASDM along a way: which one to stage at each hop, and which hop ASDM does not survive.

use serde::Serialize;

use super::Asdm;
use super::row::{Says, Statement};
use crate::AsaVersion;
use crate::compat::Compat;
use crate::compat::verdict::{Reason, Verdict};

/// ASDM along a way of ASA releases.
///
/// As JSON: `schema`, `from`, `to`, `present`, `start`, `steps`, `target`, each as the field of that
/// name. Keys are added, never renamed, while `schema` stays the same.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsdmSteps {
    /// Version of the JSON form, [`Asdm::SCHEMA`].
    pub schema: u32,
    /// The ASA release that runs now.
    pub from: AsaVersion,
    /// The ASA release at the end.
    pub to: AsaVersion,
    /// The ASDM that is there now.
    pub present: Option<AsaVersion>,
    /// That ASDM with the release that runs now.
    pub start: Asdm,
    /// One step for each hop, in order.
    pub steps: Vec<AsdmStep>,
    /// The present ASDM with the release at the end: whether it could stay throughout.
    pub target: Asdm,
}

/// ASDM at one hop.
#[derive(Clone, Debug, Eq, Hash, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsdmStep {
    /// The ASA release before the hop.
    pub from: AsaVersion,
    /// The ASA release after it.
    pub to: AsaVersion,
    /// The ASDM in place before the hop, as far as it is known.
    pub before: Option<AsaVersion>,
    /// What to stage for the release after the hop, in this order: none where the ASDM in place
    /// stays, two where one has to be passed through.
    pub stage: Vec<AsaVersion>,
    /// Why ASDM does not survive this hop, whatever is staged: the ASA way has to change.
    pub jump: Option<Reason>,
    /// The ASDM in place before, with the release after.
    pub asdm: Asdm,
}

impl AsdmSteps {
    /// Whether no hop breaks ASDM by its order.
    pub fn is_in_order(&self) -> bool {
        self.steps.iter().all(|step| step.jump.is_none())
    }
}

impl Compat {
    /// Which ASDM to stage at each hop of a way of ASA releases, which begins with the release after
    /// `from`.
    ///
    /// ```
    /// use asa_failover_core::AsaVersion;
    /// use asa_failover_core::compat::Compat;
    ///
    /// let release = |text: &str| text.parse::<AsaVersion>();
    /// let (from, present) = (release("7.0(8)")?, Some(release("5.0(9)")?));
    /// let steps = Compat::bundled().asdm_steps(from, &[release("7.1(2)")?, release("7.2(5)")?], present);
    /// let staged: Vec<String> =
    ///     steps.steps.iter().flat_map(|step| &step.stage).map(ToString::to_string).collect();
    /// assert_eq!(staged, ["5.1(1)", "5.2(1)"]);
    ///
    /// let steps = Compat::bundled().asdm_steps(from, &[release("7.2(5)")?], present);
    /// let jump = steps.steps.first().and_then(|step| step.jump.as_ref());
    /// assert_eq!(jump.map(|why| why.id.as_str()), Some("asdm.incremental"));
    /// # Ok::<(), asa_failover_core::version::ParseVersionError>(())
    /// ```
    pub fn asdm_steps(
        &self,
        from: AsaVersion,
        path: &[AsaVersion],
        present: Option<AsaVersion>,
    ) -> AsdmSteps {
        let mut steps = Vec::new();
        let (mut asa, mut asdm) = (from, present);
        for &to in path {
            let step = self.asdm_step(asa, to, asdm);
            asdm = step.stage.last().copied().or(asdm);
            asa = to;
            steps.push(step);
        }
        AsdmSteps {
            schema: Asdm::SCHEMA,
            from,
            to: asa,
            present,
            start: self.asdm(from, present),
            steps,
            target: self.asdm(asa, present),
        }
    }

    /// ASDM along the way of a verdict. Without a way there are no steps, and
    /// [`AsdmSteps::target`] still speaks of the release that was wanted.
    pub fn asdm_for(&self, verdict: &Verdict, present: Option<AsaVersion>) -> AsdmSteps {
        let path: Vec<AsaVersion> = verdict.path.iter().map(|hop| hop.to).collect();
        let mut steps = self.asdm_steps(verdict.from, &path, present);
        if path.is_empty() {
            steps.to = verdict.to;
            steps.target = self.asdm(verdict.to, present);
        }
        steps
    }

    /// Why ASDM may not go from one of its releases to another in one go, up or down.
    ///
    /// ```
    /// use asa_failover_core::compat::Compat;
    ///
    /// let compat = Compat::bundled();
    /// let why = compat.asdm_jump("5.0(9)".parse()?, "5.2(4)".parse()?);
    /// assert_eq!(why.map(|why| why.id), Some("asdm.incremental".into()));
    /// assert_eq!(compat.asdm_jump("5.0(9)".parse()?, "5.1(2)".parse()?), None);
    /// # Ok::<(), asa_failover_core::version::ParseVersionError>(())
    /// ```
    pub fn asdm_jump(&self, from: AsaVersion, to: AsaVersion) -> Option<Reason> {
        self.asdm_through(from, to).map(|(row, _)| row.why.clone())
    }

    fn asdm_step(&self, from: AsaVersion, to: AsaVersion, before: Option<AsaVersion>) -> AsdmStep {
        let asdm = self.asdm(to, before);
        let jump = self.asdm.iter().find(|row| match &row.says {
            Says::Step { asa: [one, other], .. } => {
                (one.hold(from) && other.hold(to)) || (other.hold(from) && one.hold(to))
            }
            _ => false,
        });
        let through = before
            .zip(asdm.stage)
            .and_then(|(before, stage)| self.asdm_through(before, stage))
            .map(|(_, through)| through);
        // Where the hop itself breaks ASDM, nothing that is staged would help.
        let stage = if jump.is_some() { None } else { asdm.stage };
        let through = through.filter(|_| stage.is_some());
        AsdmStep {
            from,
            to,
            before,
            stage: through.into_iter().chain(stage).collect(),
            jump: jump.map(|row| row.why.clone()),
            asdm,
        }
    }

    /// The row that forbids a step of ASDM, and the release to pass through.
    fn asdm_through(&self, from: AsaVersion, to: AsaVersion) -> Option<(&Statement, AsaVersion)> {
        self.asdm.iter().find_map(|row| match &row.says {
            Says::Step { asdm: [one, other], through, .. }
                if (one.hold(from) && other.hold(to)) || (other.hold(from) && one.hold(to)) =>
            {
                Some((row, *through))
            }
            _ => None,
        })
    }
}
