//! The published rules read anew from the tables: plain text, plain comparisons, nothing of the crate's own
//! reading but what a version is.

use asa_failover_core::{AsaVersion, Train};
use csv::{Reader, StringRecord};

/// A release without its interim.
type Release = (u16, u16, u16);

/// The builds a row speaks of.
#[derive(Clone, Debug)]
struct Span {
    from: Release,
    before: Release,
    interims: (u16, u16),
}

/// What a row does to the hops it speaks of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Effect {
    Direct,
    Through,
    NotHitless,
    Refused,
    Unknown,
}

/// A row that decides about hops.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) effect: Effect,
    pub(crate) through: Option<AsaVersion>,
    families: Vec<String>,
    from: Span,
    to: Span,
}

/// Whether a model fails over at all.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(crate) enum FailsOver {
    Yes,
    No,
    Unknown,
}

/// What the tables say of a model, beside its name.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) struct Model {
    pub(crate) family: String,
    pub(crate) fails_over: FailsOver,
    first: Option<AsaVersion>,
    /// `9.20`, or `9.14(4)` with all its interims.
    last: String,
    /// The rows of either table that name this model and not its family.
    named_in: Vec<usize>,
}

/// All of it.
pub(crate) struct Tables {
    pub(crate) builds: Vec<AsaVersion>,
    /// Trains in order, with their maintenance releases beyond doubt.
    pub(crate) trains: Vec<(Train, Vec<AsaVersion>)>,
    pub(crate) preferred_stops: Vec<AsaVersion>,
    pub(crate) rows: Vec<Row>,
    /// One model of each class that the tables tell apart, by name.
    pub(crate) classes: Vec<(String, Model)>,
    /// Families with the first and the last train that they never had.
    gaps: Vec<(String, Train, Train)>,
    /// Trains that some families have alone.
    kept: Vec<(Train, Vec<String>)>,
}

struct Table(StringRecord, Vec<StringRecord>);

/// Headers and cells of one row.
struct Line<'t>(&'t StringRecord, &'t StringRecord);

impl Table {
    fn read(text: &str) -> Self {
        let mut reader = Reader::from_reader(text.as_bytes());
        let headers = reader.headers().unwrap().clone();
        Self(headers, reader.records().map(Result::unwrap).collect())
    }

    fn rows(&self) -> impl Iterator<Item = Line<'_>> {
        self.1.iter().map(|record| Line(&self.0, record))
    }
}

impl<'t> Line<'t> {
    fn cell(&self, column: &str) -> &'t str {
        &self.1[self.0.iter().position(|header| header == column).unwrap()]
    }
}

impl Span {
    fn read(range: &str, interim: &str) -> Self {
        let release = |text: &str| -> Release {
            let numbers: Vec<u16> = text.split('.').map(|number| number.parse().unwrap()).collect();
            (numbers[0], numbers[1], numbers[2])
        };
        let mut span = Self { from: (0, 0, 0), before: (u16::MAX, 0, 0), interims: (0, u16::MAX) };
        for part in range.split(", ").filter(|part| *part != "*") {
            if let Some(text) = part.strip_prefix(">=") {
                span.from = release(text);
            } else if let Some(text) = part.strip_prefix('<') {
                span.before = release(text);
            } else {
                let (major, minor, maintenance) = release(part.strip_prefix('=').unwrap());
                (span.from, span.before) = ((major, minor, maintenance), (major, minor, maintenance + 1));
            }
        }
        if let Some((first, last)) = interim.split_once("..") {
            let number = |text: &str, open: u16| if text.is_empty() { open } else { text.parse().unwrap() };
            span.interims = (number(first, 0), number(last, u16::MAX));
        } else if !interim.is_empty() {
            let only = interim.parse().unwrap();
            span.interims = (only, only);
        }
        span
    }

    fn has(&self, build: AsaVersion) -> bool {
        let release = (build.major, build.minor, build.maintenance);
        let (least, most) = self.interims;
        self.from <= release && release < self.before && least <= build.interim && build.interim <= most
    }
}

impl Row {
    pub(crate) fn speaks_of(&self, from: AsaVersion, to: AsaVersion) -> bool {
        self.from.has(from) && self.to.has(to)
    }

    pub(crate) fn is_for(&self, name: &str, model: &Model) -> bool {
        self.families.is_empty()
            || self.families.iter().any(|family| *family == model.family || family == name)
    }
}

impl Model {
    fn ended_before(&self, build: AsaVersion) -> bool {
        if let Ok(train) = self.last.parse::<Train>() {
            build.train() > train
        } else if let Ok(last) = self.last.parse::<AsaVersion>() {
            (build.train(), build.maintenance) > (last.train(), last.maintenance)
        } else {
            false
        }
    }
}

impl Tables {
    pub(crate) fn read() -> Self {
        let upgrade_path = Table::read(include_str!("../../data/upgrade_path.csv"));
        let guidelines = Table::read(include_str!("../../data/guidelines.csv"));
        let rows = upgrade_path.rows().chain(guidelines.rows()).filter_map(|row| {
            let effect = match row.cell("effect") {
                "direct" => Effect::Direct,
                "through" => Effect::Through,
                // Of a platform at every hop: see `leave_platform_out`.
                "not-hitless" if (row.cell("from"), row.cell("to")) == ("*", "*") => return None,
                "not-hitless" => Effect::NotHitless,
                "refused" => Effect::Refused,
                "unknown" => Effect::Unknown,
                "" | "none" => return None,
                other => panic!("{other}"),
            };
            Some(Row {
                effect,
                through: row.cell("through").parse().ok(),
                families: words(row.cell("families")),
                from: Span::read(row.cell("from"), row.cell("from_interim")),
                to: Span::read(row.cell("to"), row.cell("to_interim")),
            })
        });
        let every_families: Vec<Vec<String>> =
            upgrade_path.rows().chain(guidelines.rows()).map(|row| words(row.cell("families"))).collect();
        let mut classes: Vec<(String, Model)> = Vec::new();
        for row in Table::read(include_str!("../../data/models.csv")).rows() {
            let name = row.cell("model").to_owned();
            let naming = |(at, families): (usize, &Vec<String>)| families.contains(&name).then_some(at);
            let model = Model {
                family: row.cell("family").to_owned(),
                fails_over: match row.cell("active_standby") {
                    "yes" | "licensed" => FailsOver::Yes,
                    "no" => FailsOver::No,
                    _ => FailsOver::Unknown,
                },
                first: row.cell("first_release").parse().ok(),
                last: row.cell("last_release").to_owned(),
                named_in: every_families.iter().enumerate().filter_map(naming).collect(),
            };
            if !classes.iter().any(|(_, other)| *other == model) {
                classes.push((name, model));
            }
        }
        let releases = Table::read(include_str!("../../data/releases.csv"));
        let trains = releases.rows().map(|row| {
            let doubtful: Vec<&str> = row.cell("doubtful").split_whitespace().collect();
            let sure =
                row.cell("maintenance").split_whitespace().filter(|release| !doubtful.contains(release));
            (row.cell("train").parse().unwrap(), sure.map(|release| release.parse().unwrap()).collect())
        });
        let stops = Table::read(include_str!("../../data/preferred_stops.csv"));
        let gaps = Table::read(include_str!("../../data/gaps.csv"));
        let gaps = gaps.rows().map(|row| {
            let train = |column: &str| row.cell(column).parse().unwrap();
            (row.cell("family").to_owned(), train("first_train"), train("last_train"))
        });
        let kept = releases.rows().filter(|row| !row.cell("only_families").is_empty()).map(|row| {
            let families = row.cell("only_families").split(';').map(str::to_owned).collect();
            (row.cell("train").parse().unwrap(), families)
        });
        let builds = Table::read(include_str!("../../data/builds.csv"));
        let mut builds: Vec<AsaVersion> =
            builds.rows().map(|row| row.cell("version").parse().unwrap()).collect();
        builds.sort_unstable();
        Self {
            builds,
            trains: trains.collect(),
            preferred_stops: stops.rows().map(|row| row.cell("version").parse().unwrap()).collect(),
            rows: rows.collect(),
            classes,
            gaps: gaps.collect(),
            kept: kept.collect(),
        }
    }

    /// Whether a model has a train: not before its first and not after its last, not one of other platforms
    /// and in no gap of its family.
    pub(crate) fn has_train(&self, model: &Model, train: Train) -> bool {
        let begun = model.first.is_none_or(|first| first.train() <= train);
        let others =
            self.kept.iter().any(|(kept, families)| *kept == train && !families.contains(&model.family));
        let gap = self
            .gaps
            .iter()
            .any(|(family, first, last)| *family == model.family && *first <= train && train <= *last);
        begun && !others && !gap && !model.ended_before(AsaVersion::new(train.major, train.minor, 0, 0))
    }

    /// Whether a model runs a build.
    pub(crate) fn runs(&self, model: &Model, build: AsaVersion) -> bool {
        self.has_train(model, build.train())
            && !model.ended_before(build)
            && model.first.is_none_or(|first| first <= build)
    }
}

fn words(cell: &str) -> Vec<String> {
    cell.split(';').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
