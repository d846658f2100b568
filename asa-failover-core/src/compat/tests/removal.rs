//! Every row is needed: without it some question gets another answer. Which one, follows from the ranges
//! and families of the row itself.

use csv::{Reader, StringRecord, Writer};

use crate::compat::builds::Builds;
use crate::compat::hops::Hops;
use crate::compat::{
    Ability, Compat, Condition, GuidelineKind, Hop, Model, RuleSet, Tables, Verdict, VerdictKind,
};
use crate::table::{Row, read};
use crate::{AsaVersion, Train};

const RULES: [RuleSet; 3] = [RuleSet::Current, RuleSet::Strict, RuleSet::Auto];

/// The tables whose rows speak of hops.
#[derive(Clone, Copy, Debug)]
enum Table {
    UpgradePath,
    Guidelines,
}

/// One row of them.
struct Line {
    table: Table,
    place: usize,
    id: String,
    effect: String,
    /// Of a guideline.
    kind: Option<GuidelineKind>,
    hops: Hops,
    from: Span,
    to: Span,
}

/// The builds at one end of the hops.
struct Span {
    builds: Builds,
    /// The releases that the row itself writes down, with its interims.
    written: Vec<AsaVersion>,
}

struct Question {
    from: AsaVersion,
    to: AsaVersion,
    model: String,
    rules: RuleSet,
}

impl Table {
    fn text(self) -> &'static str {
        match self {
            Self::UpgradePath => Tables::BUNDLED.upgrade_path,
            Self::Guidelines => Tables::BUNDLED.guidelines,
        }
    }

    fn lines(self) -> Vec<Line> {
        let mut place = 0;
        let lines = read("rows.csv", self.text(), |row| {
            place += 1;
            let of_guideline = matches!(self, Self::Guidelines);
            Ok(Line {
                table: self,
                place: place - 1,
                id: row.text("id")?.to_owned(),
                effect: row.text("effect")?.to_owned(),
                kind: of_guideline.then(|| row.word("kind")).transpose()?,
                hops: Hops::read(row)?,
                from: Span::read(row, "from", "from_interim"),
                to: Span::read(row, "to", "to_interim"),
            })
        });
        lines.unwrap()
    }

    /// The tables without some rows of this one.
    fn without(self, gone: impl Fn(usize) -> bool) -> Compat {
        let mut reader = Reader::from_reader(self.text().as_bytes());
        let mut writer = Writer::from_writer(Vec::new());
        writer.write_record(reader.headers().unwrap()).unwrap();
        let records: Vec<StringRecord> = reader.records().map(Result::unwrap).collect();
        for (_, record) in records.iter().enumerate().filter(|(place, _)| !gone(*place)) {
            writer.write_record(record).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let bundled = Tables::BUNDLED;
        Compat::read(match self {
            Self::UpgradePath => Tables { upgrade_path: &text, ..bundled },
            Self::Guidelines => Tables { guidelines: &text, ..bundled },
        })
        .unwrap()
    }
}

impl Span {
    fn read(row: &Row<'_>, releases: &str, interims: &str) -> Self {
        let numbers = |text: &str| -> Vec<u16> {
            text.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
        };
        let interim_numbers = numbers(row.text(interims).unwrap());
        let written = numbers(row.text(releases).unwrap());
        let written = written.chunks_exact(3).flat_map(|release| {
            let at = |interim| AsaVersion::new(release[0], release[1], release[2], interim);
            interim_numbers.iter().copied().chain([0]).map(at).collect::<Vec<_>>()
        });
        Self { builds: Builds::read(row, releases, interims).unwrap(), written: written.collect() }
    }

    /// Of each train the first and the last known build that is meant, and what the row writes down.
    fn candidates(&self, compat: &Compat) -> Vec<AsaVersion> {
        let meant = |build: &AsaVersion| self.builds.hold(*build) && !build.is_pre_release();
        let known = |build: &AsaVersion| compat.release(build.train()).is_some();
        let mut candidates: Vec<AsaVersion> =
            self.written.iter().copied().filter(meant).filter(known).collect();
        for train in compat.releases().map(|release| release.train) {
            let mut of_train =
                compat.builds.iter().copied().filter(|build| build.train() == train && meant(build));
            candidates.extend(of_train.next());
            candidates.extend(of_train.next_back());
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// A release to invent where the row means none of a known train.
    fn invented(&self, compat: &Compat) -> Option<AsaVersion> {
        let releases = || self.written.iter().map(|release| AsaVersion { maintenance: 1, ..*release });
        self.candidates(compat).is_empty().then(|| releases().find(|release| self.builds.hold(*release)))?
    }
}

impl Line {
    fn named(&self) -> String {
        format!("{:?} {} at {}: {} {:?}", self.table, self.id, self.place, self.effect, self.kind)
    }

    /// The tables with and without the row. Where no known release is meant, one is invented in both.
    fn with_and_without(&self) -> (Compat, Compat) {
        let (with, without) = (Compat::bundled().clone(), self.table.without(|place| place == self.place));
        let ends = [&self.from, &self.to];
        let Some(release) = ends.into_iter().find_map(|end| end.invented(&with)) else {
            return (with, without);
        };
        let runs: Vec<&str> = self.models(&with).iter().map(|model| model.family.as_str()).collect();
        let site = format!("action,versions,models,text\nrelease,{release},{},\n", runs.join(";"));
        (with.overlaid("invented.csv", &site).unwrap(), without.overlaid("invented.csv", &site).unwrap())
    }

    /// One model of each kind that the row speaks of.
    fn models<'c>(&self, compat: &'c Compat) -> Vec<&'c Model> {
        let of_each = compat.alike.iter().filter_map(|alike| compat.models.get(alike[0]));
        let fails_over = |model: &&Model| matches!(model.active_standby, Ability::Yes | Ability::Licensed);
        of_each.filter(fails_over).filter(|model| self.hops.speak_of(model)).collect()
    }

    /// What may be asked about the row: hops that it speaks of, of models that run both ends.
    fn questions(&self, compat: &Compat) -> Vec<Question> {
        let (from, to) = (self.from.candidates(compat), self.to.candidates(compat));
        let mut questions = Vec::new();
        for model in self.models(compat) {
            let lane = compat.named(&model.name).unwrap().1;
            let run = |builds: &[AsaVersion]| -> Vec<AsaVersion> {
                builds.iter().copied().filter(|build| lane.has(model, *build)).collect()
            };
            for (from, to) in pairs(&run(&from), &run(&to)) {
                let model = &model.name;
                questions.extend(RULES.map(|rules| Question { from, to, model: model.clone(), rules }));
            }
        }
        questions
    }
}

fn pairs(from: &[AsaVersion], to: &[AsaVersion]) -> Vec<(AsaVersion, AsaVersion)> {
    let all = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
    all.filter(|(from, to)| from != to).collect()
}

impl Question {
    fn ask(&self, compat: &Compat) -> Verdict {
        compat.between(self.from, self.to, Some(&self.model), self.rules)
    }
}

/// The answer and its way.
fn answer(verdict: Verdict) -> (VerdictKind, Vec<Hop>) {
    (verdict.kind, verdict.path)
}

fn conditions(verdict: Verdict) -> Vec<Condition> {
    verdict.conditions
}

/// All but the guidelines.
fn apart_from_guidelines(verdict: Verdict) -> Verdict {
    Verdict { guidelines: Vec::new(), ..verdict }
}

/// The rows without which no question about them is answered otherwise.
fn idle<T: PartialEq>(lines: &[Line], of: impl Fn(Verdict) -> T) -> Vec<String> {
    let is_idle = |line: &&Line| {
        let (with, without) = line.with_and_without();
        line.questions(&with).iter().all(|question| of(question.ask(&with)) == of(question.ask(&without)))
    };
    lines.iter().filter(is_idle).map(Line::named).collect()
}

fn lines(table: Table, wanted: impl Fn(&Line) -> bool) -> Vec<Line> {
    let lines: Vec<Line> = table.lines().into_iter().filter(wanted).collect();
    assert!(!lines.is_empty(), "{table:?} has no such row");
    lines
}

/// Stops that the next-minor rule leads over as well: without their rows the way is the same, and only the
/// reason why nothing shorter will do is another one.
const LED_OVER_ANYWAY: [&str; 5] = ["path.8.2", "path.8.3", "path.8.4.1-4", "path.8.5", "path.8.6"];

#[test]
fn each_row_of_the_path_table_with_an_effect_decides_some_answer() {
    let rows = lines(Table::UpgradePath, |line| line.effect != "none");
    let (reasons, ways): (Vec<Line>, Vec<Line>) =
        rows.into_iter().partition(|line| LED_OVER_ANYWAY.contains(&line.id.as_str()));
    assert_eq!(idle(&ways, answer), [""; 0]);
    assert_eq!(idle(&reasons, answer).len(), LED_OVER_ANYWAY.len());
    assert_eq!(idle(&reasons, |verdict| verdict.skips), [""; 0]);
}

#[test]
fn each_unconditional_guideline_decides_some_answer() {
    let rows = lines(Table::Guidelines, |line| line.kind == Some(GuidelineKind::Unconditional));
    assert_eq!(idle(&rows, answer), [""; 0]);
}

#[test]
fn each_condition_is_asked_for_by_some_answer() {
    let rows = lines(Table::Guidelines, |line| line.kind == Some(GuidelineKind::Condition));
    assert_eq!(idle(&rows, conditions), [""; 0]);
}

#[test]
fn procedures_and_notes_are_told_and_change_nothing_else() {
    let rows = lines(Table::Guidelines, |line| {
        matches!(line.kind, Some(GuidelineKind::Procedure | GuidelineKind::Note))
    });
    for line in rows {
        let (with, without) = line.with_and_without();
        let mut told = false;
        // Of so many questions a few hundred will do, from all over them.
        let questions = line.questions(&with);
        for question in questions.iter().step_by(questions.len() / 500 + 1) {
            let (before, after) = (question.ask(&with), question.ask(&without));
            told |= before.guidelines != after.guidelines;
            assert_eq!(apart_from_guidelines(before), apart_from_guidelines(after), "{}", line.named());
        }
        assert!(told, "{} is told to nobody", line.named());
    }
}

/// An example of the vendor from 9.8 to 9.19: no module of the tables has both.
const RUN_BY_NOBODY: &str = "record.fxos.example";

#[test]
fn rows_for_the_record_change_no_verdict() {
    let rows = lines(Table::UpgradePath, |line| line.effect == "none");
    assert_eq!(rows.len(), 40);
    assert!(rows.iter().all(|line| line.id.starts_with("record.")));
    let places: Vec<usize> = rows.iter().map(|line| line.place).collect();
    let with = Compat::bundled();
    let without = Table::UpgradePath.without(|place| places.contains(&place));
    let builds = first_last_and_preferred(with);
    for alike in &with.alike {
        let model = &with.models[alike[0]].name;
        for (from, to) in pairs(&builds, &builds) {
            for rules in RULES {
                let question = Question { from, to, model: model.clone(), rules };
                assert_eq!(question.ask(with), question.ask(&without));
            }
        }
    }
    // And each by itself, in what it speaks of.
    for line in &rows {
        let (with, without) = line.with_and_without();
        let questions = line.questions(&with);
        assert!(!questions.is_empty() || line.id == RUN_BY_NOBODY, "{} speaks of no release", line.named());
        for question in questions.iter().step_by(questions.len() / 500 + 1) {
            assert_eq!(question.ask(&with), question.ask(&without), "{}", line.named());
        }
    }
}

/// Of each train the first and the last build, and the stop.
fn first_last_and_preferred(compat: &Compat) -> Vec<AsaVersion> {
    let stop = |train: Train| {
        let mut stops = compat.preferred_stops.iter().map(|(_, stop)| *stop);
        stops.find(|stop| stop.train() == train)
    };
    let of_train = compat.releases().flat_map(|release| {
        [Some(release.first), Some(release.last_seen), stop(release.train)].into_iter().flatten()
    });
    let mut builds: Vec<AsaVersion> = of_train.collect();
    builds.sort_unstable();
    builds.dedup();
    builds
}
