//! What the tables say to one model, worked out once, so that a question costs no search through them.

use std::sync::Arc;

use super::guideline::{GuidelineKind, Published};
use super::model::Model;
use super::release::Release;
use super::restriction::{Effect, Restriction};
use crate::table::{Row, TableError};
use crate::{AsaVersion, Train};

/// The trains, stops and rows of one model.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    /// The trains it runs, oldest first.
    pub(super) trains: Vec<Train>,
    /// The releases a way may stop at, oldest first.
    pub(super) stops: Vec<AsaVersion>,
    /// The rows that decide about its hops.
    pub(super) rows: Vec<Arc<Restriction>>,
    /// What interrupts traffic at each of its hops: the platform does, whatever the releases.
    pub(super) always: Option<Arc<Restriction>>,
    /// The guidelines that its hops may meet.
    pub(super) published: Vec<Arc<Published>>,
    /// Those of them that are conditions.
    pub(super) conditions: Vec<Arc<Published>>,
}

/// What lanes are made from.
#[derive(Clone, Copy)]
pub(super) struct Ground<'t> {
    pub(super) releases: &'t [Release],
    pub(super) preferred_stops: &'t [(Vec<String>, AsaVersion)],
    pub(super) gaps: &'t [Gap],
    pub(super) rows: &'t [Arc<Restriction>],
    pub(super) published: &'t [Arc<Published>],
}

impl Lane {
    pub(super) fn of(model: &Model, ground: Ground<'_>) -> Self {
        let rows: Vec<Arc<Restriction>> = ground
            .rows
            .iter()
            .filter(|row| row.effect != Effect::None && row.hops.speak_of(model))
            .cloned()
            .collect();
        let is_platforms =
            |row: &Arc<Restriction>| row.effect == Effect::NotHitless && row.hops.are_of_any_release();
        let (platforms, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(is_platforms);
        let published: Vec<Arc<Published>> =
            ground.published.iter().filter(|row| row.hops.speak_of(model)).cloned().collect();
        let is_condition = |row: &&Arc<Published>| row.guideline.kind == GuidelineKind::Condition;
        let mut lane = Self {
            trains: ground
                .releases
                .iter()
                .filter(|release| runs(model, release, ground.gaps))
                .map(|release| release.train)
                .collect(),
            stops: Vec::new(),
            conditions: published.iter().filter(is_condition).cloned().collect(),
            published,
            rows,
            always: platforms.into_iter().next(),
        };
        // No stop is a release that a row rules out wherever a pair comes from: a site's own, an exception.
        let ruled_out = |version| {
            let mut rows = lane.rows.iter().filter(|row| row.hops.are_all_to(version));
            rows.any(|row| matches!(row.effect, Effect::Refused | Effect::NotHitless | Effect::Unknown))
        };
        let preferred = ground.releases.iter().filter_map(|release| {
            let fits = |version| lane.has(model, version) && !ruled_out(version);
            let of_train = ground.preferred_stops.iter().filter(|(_, stop)| stop.train() == release.train);
            let of_model = of_train.filter(|(names, _)| model.is_named_by(names));
            let mut preferred = of_model.map(|(_, stop)| *stop);
            preferred.find(|stop| fits(*stop)).or_else(|| release.highest(fits))
        });
        let named = lane.rows.iter().filter_map(|row| row.through).filter(|stop| lane.has(model, *stop));
        let mut stops: Vec<AsaVersion> = preferred.chain(named).collect();
        stops.sort_unstable();
        stops.dedup();
        lane.stops = stops;
        lane
    }

    /// Whether a train is one of the lane.
    pub(super) fn runs(&self, train: Train) -> bool {
        self.trains.binary_search(&train).is_ok()
    }

    /// Whether the model of this lane runs a release.
    pub(super) fn has(&self, model: &Model, version: AsaVersion) -> bool {
        self.runs(version.train()) && !model.ends_before(version) && !model.begins_after(version)
    }

    /// Whether another lane says the same.
    pub(super) fn is_alike(&self, other: &Self) -> bool {
        let same_rows = self.rows.len() == other.rows.len()
            && self.rows.iter().zip(&other.rows).all(|(row, other)| Arc::ptr_eq(row, other));
        let same_published = self.published.len() == other.published.len()
            && self.published.iter().zip(&other.published).all(|(row, other)| Arc::ptr_eq(row, other));
        self.trains == other.trains && self.stops == other.stops && same_rows && same_published
    }

    /// The trains of the lane between two others.
    pub(super) fn between(&self, old: Train, new: Train) -> &[Train] {
        let first = self.trains.partition_point(|train| *train <= old);
        let end = self.trains.partition_point(|train| *train < new);
        self.trains.get(first..end).unwrap_or_default()
    }

    /// The stops of the lane between two releases.
    pub(super) fn stops_between(&self, from: AsaVersion, to: AsaVersion) -> &[AsaVersion] {
        let first = self.stops.partition_point(|stop| *stop <= from);
        let end = self.stops.partition_point(|stop| *stop < to);
        self.stops.get(first..end).unwrap_or_default()
    }
}

/// Trains that a family never had, though its models begin before them and end after them.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub(super) family: String,
    first: Train,
    last: Train,
}

impl Gap {
    pub(super) fn read(row: &Row<'_>, releases: &[Release]) -> Result<Self, TableError> {
        let train = |column: &str| {
            let train = row.parse(column)?;
            if releases.iter().any(|release| release.train == train) {
                Ok(train)
            } else {
                Err(row.error(column, format!("expected a train of releases.csv, found {train}")))
            }
        };
        Ok(Self {
            family: row.text("family")?.to_owned(),
            first: train("first_train")?,
            last: train("last_train")?,
        })
    }

    pub(super) fn has(&self, train: Train) -> bool {
        (self.first..=self.last).contains(&train)
    }
}

/// Whether a train is one of a model's: between its first and its last release, not kept for other
/// platforms, and in no gap of its family.
fn runs(model: &Model, release: &Release, gaps: &[Gap]) -> bool {
    let train = release.train;
    let begun = model.first.is_none_or(|first| first.train() <= train);
    let ended = model.ends_before(AsaVersion::new(train.major, train.minor, 0, 0));
    let meant = release.only.as_ref().is_none_or(|only| model.is_named_by(&only.families));
    let missed = gaps.iter().any(|gap| gap.family == model.family && gap.has(train));
    begun && !ended && meant && !missed
}
