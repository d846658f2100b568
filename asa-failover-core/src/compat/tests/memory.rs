//! A remembered row never permits: whatever is laid into the tables from memory, no refusal becomes a yes.

use proptest::prelude::*;
use proptest::sample::select;

use crate::AsaVersion;
use crate::compat::{Compat, RuleSet, Tables};

/// Ranges as a row may write them, with interims.
fn span() -> impl Strategy<Value = (String, &'static str)> {
    let release = || (7_u16..10, 0_u16..25, 0_u16..8).prop_map(|(a, b, c)| format!("{a}.{b}.{c}"));
    let range = prop_oneof![
        Just("*".to_owned()),
        release().prop_map(|release| format!(">={release}")),
        release().prop_filter_map("something below", |release| {
            (release != "7.0.0").then(|| format!("<{release}"))
        }),
        (7_u16..10, 0_u16..24)
            .prop_map(|(major, minor)| { format!("\">={major}.{minor}.0, <{major}.{}.0\"", minor + 1) }),
    ];
    prop_oneof![
        3 => range.prop_map(|range| (range, "")),
        1 => (release(), select(vec!["", "0", "1..", "..5"])).prop_map(|(release, interims)| (format!("={release}"), interims)),
    ]
}

fn families() -> impl Strategy<Value = String> {
    let mut names: Vec<String> =
        Compat::bundled().models().flat_map(|model| [model.name.clone(), model.family.clone()]).collect();
    names.extend(vec![String::new(); names.len()]);
    select(names)
}

fn build() -> impl Strategy<Value = AsaVersion> {
    select(Compat::bundled().builds.iter().copied().collect::<Vec<_>>())
}

type Question = (AsaVersion, AsaVersion, Option<String>, RuleSet);

/// Upgrades, most of them of models that run both ends.
fn questions() -> impl Strategy<Value = Vec<Question>> {
    let models: Vec<Option<String>> =
        Compat::bundled().models().map(|model| Some(model.name.clone())).chain([None]).collect();
    let rules = select(vec![RuleSet::Strict, RuleSet::Current, RuleSet::Auto]);
    let question = (build(), build(), select(models), rules).prop_map(|(a, b, model, rules)| {
        let named = model.as_ref().and_then(|name| Compat::bundled().named(name));
        let into = |build: AsaVersion| {
            let Some((model, lane)) = named else { return build };
            let runs: Vec<AsaVersion> =
                Compat::bundled().builds.iter().copied().filter(|build| lane.has(model, *build)).collect();
            if runs.is_empty() {
                build
            } else {
                runs[usize::from(build.interim + build.maintenance * 7 + build.minor * 31) % runs.len()]
            }
        };
        let (a, b) = (into(a), into(b));
        (a.min(b), a.max(b), model, rules)
    });
    proptest::collection::vec(question, 150)
}

/// The first of these questions that is no yes by the tables and one by others.
fn turned(others: &Compat, questions: &[Question]) -> Option<String> {
    questions.iter().find_map(|(from, to, model, rules)| {
        let ask = |compat: &Compat| compat.between(*from, *to, model.as_deref(), *rules);
        let (before, after) = (ask(Compat::bundled()), ask(others));
        (!before.is_hitless() && after.is_hitless()).then(|| format!("{before}\nbecomes\n{after}"))
    })
}

fn with_row(text: &str, row: &str, first: bool) -> String {
    let (header, rows) = text.split_once('\n').unwrap();
    if first { format!("{header}\n{row}\n{rows}") } else { format!("{header}\n{rows}{row}\n") }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_remembered_guideline_permits(
        (from, from_interim) in span(),
        (to, to_interim) in span(),
        families in families(),
        kind in select(vec![
            ("unconditional", "not-hitless", ""), ("unconditional", "refused", ""), ("unconditional", "unknown", ""),
            ("condition", "", ""), ("procedure", "", "place.image"), ("note", "", ""),
        ]),
        first in any::<bool>(),
        questions in questions(),
    ) {
        let (kind, effect, check) = kind;
        let row = format!(
            "remembered,{kind},{effect},{families},{from},{from_interim},{to},{to_interim},,,topic,text,act,,,{check},memory,unverified-memory"
        );
        let guidelines = with_row(Tables::BUNDLED.guidelines, &row, first);
        let compat = Compat::read(Tables { guidelines: &guidelines, ..Tables::BUNDLED }).unwrap();
        prop_assert_eq!(turned(&compat, &questions), None, "{}", row);
    }

    #[test]
    fn no_remembered_path_permits(
        (from, from_interim) in span(),
        (to, to_interim) in span(),
        families in families(),
        (effect, stop) in prop_oneof![
            build().prop_filter("a release", |stop| !stop.is_pre_release()).prop_map(|stop| ("through", stop.to_string())),
            Just(("none", String::new())),
            Just(("direct", String::new())),
        ],
        first in any::<bool>(),
        questions in questions(),
    ) {
        let row = format!(
            "remembered,{effect},{families},{from},{from_interim},{to},{to_interim},{stop},era,text,notes,memory,unverified-memory"
        );
        let upgrade_path = with_row(Tables::BUNDLED.upgrade_path, &row, first);
        match Compat::read(Tables { upgrade_path: &upgrade_path, ..Tables::BUNDLED }) {
            Ok(compat) => prop_assert_eq!(turned(&compat, &questions), None, "{}", row),
            Err(error) => {
                prop_assert_eq!(effect, "direct");
                prop_assert_eq!(&error.problem, "expected a source for a row that permits, found memory");
            }
        }
    }

    /// Releases that a model is remembered to begin or end with, where nothing is known now.
    #[test]
    fn no_remembered_end_of_a_model_permits(begin in build(), end in build(), questions in questions()) {
        let limited: Vec<String> = Tables::BUNDLED.models.lines().map(|line| {
            let mut cells: Vec<String> = line.splitn(6, ',').map(str::to_owned).collect();
            if cells[3].is_empty() {
                cells[3] = begin.to_string();
            }
            if cells[4].is_empty() {
                cells[4] = end.to_string();
            }
            cells.join(",")
        }).collect();
        let models = limited.join("\n");
        let compat = Compat::read(Tables { models: &models, ..Tables::BUNDLED }).unwrap();
        prop_assert_eq!(turned(&compat, &questions), None, "{} to {}", begin, end);
    }

    /// A train less between two others may make one hop of two: then that is a condition.
    #[test]
    fn a_remembered_gap_permits_nothing_unconditionally(
        family in families().prop_filter("a family", |name| Compat::bundled().models().any(|model| model.family == *name)),
        train in select(Compat::bundled().releases().map(|release| release.train).collect::<Vec<_>>()),
        questions in questions(),
    ) {
        let row = format!("{family},{train},{train},never made,memory,unverified-memory");
        let gaps = with_row(Tables::BUNDLED.gaps, &row, false);
        let compat = Compat::read(Tables { gaps: &gaps, ..Tables::BUNDLED }).unwrap();
        let leans = |verdict: &crate::compat::Verdict| verdict.conditions.iter().any(|condition| condition.id == format!("remembered.gaps.{family}"));
        let plain: Vec<Question> = questions
            .iter()
            .filter(|(from, to, model, rules)| !leans(&compat.between(*from, *to, model.as_deref(), *rules)))
            .cloned()
            .collect();
        prop_assert_eq!(turned(&compat, &plain), None, "{}", row);
    }
}
