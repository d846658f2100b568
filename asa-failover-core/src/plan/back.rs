//! The way back: from a pause of a plan to the release that its hop came from, as a plan of its own.
//!
//! It is the same controller on the same guards, with the two stops of the hop in reverse. Before the
//! switch, and between the switch and the second reload, one unit still runs the old release, so that
//! going back reboots only the other one. After the second reload no plan goes back.

use super::ideal::Ideal;
use super::unroll::{self, blocks};
use super::{Plan, Refusal, Step, identity};
use crate::check::{Finding, Severity};
use crate::decide::{Back, Brief, Question, Stop};
use crate::goal::Pause;
use crate::pair::Pair;
use crate::unit::Role;

/// Where a plan of a way back turns round, and the plan that it turns from.
#[derive(Clone, Debug)]
pub(super) struct Turned {
    pub(super) hop: usize,
    pub(super) pause: Pause,
    pub(super) forward: Plan,
}

/// The ways back from every pause that the plan comes by.
pub(super) fn ways(brief: &Brief, pair: &Pair) -> Vec<Back> {
    let Ok(pauses) = unroll::pauses(&asking(brief), pair) else { return Vec::new() };
    let way = |(question, ideal): &(Question, Ideal)| {
        let (hop, pause) = (question.hop, question.pause);
        let back = turned(brief, ideal, hop)?;
        let steps = unroll::steps(&back, ideal.standing_still()).ok()?;
        Some(Back { hop, pause, to: back.stops.last()?.version, lines: lines(&steps) })
    };
    pauses.iter().filter_map(way).collect()
}

/// The brief, asking at every pause.
fn asking(brief: &Brief) -> Brief {
    let mut brief = brief.clone();
    brief.policy.pauses = [Pause::BeforeSwitch, Pause::BeforeSecondReload].into();
    brief.policy.window_s = None;
    brief
}

fn lines(steps: &[Step]) -> Vec<(Role, String)> {
    steps.iter().filter_map(Step::line).collect()
}

/// The brief of the way back from a pair that stands like this, in this hop. It has no change window: a
/// way back is not left undone because it is late.
fn turned(brief: &Brief, ideal: &Ideal, hop: usize) -> Option<Brief> {
    let (old, new) = (brief.stops.get(hop.checked_sub(1)?)?, brief.stops.get(hop)?);
    let image = match old.image.size {
        Some(_) => old.image.clone(),
        // Of the image that the pair came with only what its flash lists is known.
        None => ideal
            .size(&old.image.file)
            .map_or_else(|| old.image.clone(), |size| old.image.clone().with_size(size)),
    };
    let mut back = brief.clone();
    back.stops = vec![Stop { check: None, ..new.clone() }, Stop { image, ..old.clone() }];
    back.versions = Role::BOTH.into_iter().filter_map(|role| Some((role, ideal.version(role)?))).collect();
    back.running_boot = ideal.running_boot(ideal.active(brief.leading_group())?).cloned();
    back.startup_boot =
        Role::BOTH.into_iter().filter_map(|role| Some((role, ideal.startup_boot(role)?.clone()))).collect();
    for (id, group) in &mut back.groups {
        group.found = ideal.active(*id)?;
        if let (Some((_, delay_s)), None) = (group.preempt, ideal.preempt_of(*id)) {
            back.removed.insert(*id, delay_s);
        }
    }
    back.policy.window_s = None;
    back.backs.clear();
    Some(back)
}

impl Plan {
    /// The plan of the way back from a pause of a hop (from 1), as long as going back is free: both units
    /// end on the release that the hop came from, with the old boot entry first and every group at its
    /// owner. It is for a pair that stands as this plan leaves it there; a run of it halts on any other.
    /// Its journal is its own. It has no change window, and asks at the pauses of the policy.
    ///
    /// # Errors
    ///
    /// The plan does not come by this pause, is a way back itself, or its way back would halt.
    pub fn way_back(&self, hop: usize, pause: Pause) -> Result<Self, Refusal> {
        let refuse = |finding| Refusal { findings: vec![finding] };
        if self.turned.is_some() {
            return Err(refuse(no_way(
                "a way back has none of its own; to go on again, read the pair and plan",
            )));
        }
        let pauses = unroll::pauses(&asking(&self.brief), &self.pair).map_err(refuse)?;
        let (_, ideal) = pauses
            .iter()
            .find(|(question, _)| (question.hop, question.pause) == (hop, pause))
            .ok_or_else(|| {
            refuse(no_way(&format!("the plan does not come by the point {} of hop {hop}", word(pause))))
        })?;
        let brief = turned(&self.brief, ideal, hop)
            .ok_or_else(|| refuse(no_way("which unit is active at that point is not known")))?;
        let steps = unroll::steps(&brief, ideal.standing_still()).map_err(refuse)?;
        let findings = notes(&brief, pause);
        let of = Some((self.id.as_str(), hop, pause));
        let id = identity(&self.pair, &self.goal, &self.policy, &self.tables, &steps, of);
        Ok(Self {
            id,
            pair: self.pair.clone(),
            goal: self.goal.clone(),
            policy: self.policy.clone(),
            tables: self.tables.clone(),
            verdict: self.verdict.clone(),
            findings,
            brief,
            steps,
            turned: Some(Box::new(Turned { hop, pause, forward: self.clone() })),
        })
    }

    /// Of the plan of a way back, the hop and the pause at which it turns round.
    pub fn turns_at(&self) -> Option<(usize, Pause)> {
        self.turned.as_ref().map(|turned| (turned.hop, turned.pause))
    }

    /// Of the plan of a way back, the plan that leads to the pause, asking there.
    #[cfg(feature = "twin")]
    pub(crate) fn up_to_the_turn(&self) -> Option<Self> {
        let Turned { forward, .. } = self.turned.as_deref()?;
        Some(Self { brief: asking(&forward.brief), ..forward.clone() })
    }
}

/// A point of a plan, in words.
pub(super) const fn word(pause: Pause) -> &'static str {
    match pause {
        Pause::BeforeSwitch => "before the switch",
        Pause::BeforeSecondReload => "between the switch and the second reload",
    }
}

fn no_way(text: &str) -> Finding {
    blocks("way-back.point", text.to_owned())
}

/// What a way back costs that no step shows.
fn notes(brief: &Brief, pause: Pause) -> Vec<Finding> {
    let (Some(new), Some(old)) = (brief.stops.first(), brief.stops.last()) else { return Vec::new() };
    let text = match pause {
        Pause::BeforeSwitch => {
            format!("the unit on {} never left it and has its configuration as it was", old.version)
        }
        Pause::BeforeSecondReload => format!(
            "the unit on {} took its configuration from the one on {}: compare show running-config with the one saved before, and expect lines that only {} knows to be lost",
            old.version, new.version, new.version
        ),
    };
    vec![Finding {
        id: "way-back.configuration".to_owned(),
        severity: if pause == Pause::BeforeSwitch { Severity::Note } else { Severity::Warn },
        unit: None,
        text,
        command: None,
        acceptable: false,
    }]
}
