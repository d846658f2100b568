//! The tables as such: they read, they name their sources, and what is wrong with one is said by place.

mod memory;
mod removal;

use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[track_caller]
fn broken(tables: Tables<'_>) -> String {
    Compat::read(tables).unwrap_err().to_string()
}

/// The bundled text with one piece replaced.
#[track_caller]
fn with(text: &str, piece: &str, by: &str) -> String {
    assert!(text.contains(piece), "{piece:?}");
    text.replacen(piece, by, 1)
}

#[test]
fn a_broken_cell_is_named_by_file_line_and_column() {
    let bundled = Tables::BUNDLED;
    let models = with(bundled.models, "ASA 5505,5505,asa5505,7.2(1)", "ASA 5505,5505,asa5505,7.2");
    assert_eq!(
        broken(Tables { models: &models, ..bundled }),
        "models.csv, line 9, column first_release: expected an ASA version such as 9.16(4)57, found \"7.2\""
    );
    let models = with(bundled.models, "boot-list,memory", "boot-by-hand,memory");
    assert_eq!(
        broken(Tables { models: &models, ..bundled }),
        "models.csv, line 2, column boot: unknown variant `boot-by-hand`, expected one of `boot-list`, \
         `single-boot-entry`, `chassis`, `unknown`"
    );
    let guidelines = with(bundled.guidelines, "=9.6.3,0", "=9.6.3,zero");
    assert_eq!(
        broken(Tables { guidelines: &guidelines, ..bundled }),
        "guidelines.csv, line 11, column to_interim: expected an interim such as 0, 1.. or ..5, found \"zero\""
    );
    let releases = with(bundled.releases, "7.1,7.1(1)", "6.9,6.9(1)");
    assert_eq!(
        broken(Tables { releases: &releases, ..bundled }),
        "releases.csv, line 3, column train: expected a train after 7.0, found 6.9"
    );
    let preferred_stops = with(bundled.preferred_stops, "7.1,7.1(2)", "7.1,7.2(2)");
    assert_eq!(
        broken(Tables { preferred_stops: &preferred_stops, ..bundled }),
        "preferred_stops.csv, line 2, column version: expected a release of 7.1, found 7.2(2)"
    );
    let gaps = with(bundled.gaps, "asa5585x,8.3,8.3", "asa5585x,8.3,8.9");
    assert_eq!(
        broken(Tables { gaps: &gaps, ..bundled }),
        "gaps.csv, line 3, column last_train: expected a train of releases.csv, found 8.9"
    );
    assert_eq!(
        broken(Tables { builds: "version\n9.8(4)\n9.8(4\n", ..bundled }),
        "builds.csv, line 3, column version: expected an ASA version such as 9.16(4)57, found \"9.8(4\""
    );
    assert_eq!(
        broken(Tables { builds: "build\n9.8(4)\n", ..bundled }),
        "builds.csv, line 2, column version: expected this column, found none"
    );
    assert_eq!(
        broken(Tables { rules: "id,text,basis,caveat,source\n", ..bundled }),
        "rules.csv, line 1, column id: expected a row strict.maintenance, found none"
    );
}

#[test]
fn memory_never_permits() {
    let bundled = Tables::BUNDLED;
    let rules = with(bundled.rules, "vendor,,seed", "memory,,seed");
    let expected = "column basis: expected a source for a row that permits, found memory";
    assert_eq!(broken(Tables { rules: &rules, ..bundled }), format!("rules.csv, line 2, {expected}"));
    let direct = bundled.upgrade_path.lines().position(|line| line.contains(",direct,")).unwrap();
    let changed: Vec<String> = bundled
        .upgrade_path
        .lines()
        .map(
            |line| {
                if line.contains(",direct,") { line.replace(",copy,", ",memory,") } else { line.to_owned() }
            },
        )
        .collect();
    assert_eq!(
        broken(Tables { upgrade_path: &changed.join("\n"), ..bundled }),
        format!("upgrade_path.csv, line {}, {expected}", direct + 1)
    );
}

#[test]
fn every_source_key_exists_and_is_used() {
    let known: BTreeSet<&str> = Compat::bundled().sources.keys().map(String::as_str).collect();
    let mut used = BTreeSet::new();
    // The messages are read by `syslog` and share the sources.
    let syslog = [("syslog.csv", include_str!("../../../data/syslog.csv"))];
    for (file, text) in Tables::BUNDLED.named().chain(syslog).filter(|(file, _)| *file != "sources.csv") {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().unwrap().clone();
        for record in reader.records() {
            let record = record.unwrap();
            let cells = headers.iter().zip(&record).filter(|(header, _)| header.ends_with("source"));
            for key in cells.flat_map(|(_, cell)| cell.split(';')).filter(|key| !key.is_empty()) {
                assert!(known.contains(key), "{file}, {record:?}: {key:?}");
                used.insert(key.to_owned());
            }
            let platforms = headers.iter().zip(&record).find(|(header, _)| *header == "platforms_source");
            used.extend(platforms.into_iter().flat_map(|(_, cell)| cell.split(';')).map(str::to_owned));
        }
    }
    let abilities = [&abilities::FAILOVER_EXEC, &abilities::VERIFY, &abilities::VERIFY_SHA512];
    used.extend(abilities.iter().flat_map(|since| since.sources).map(ToString::to_string));
    let idle: Vec<&&str> = known.iter().filter(|key| !used.contains(**key)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}

#[test]
fn no_two_models_answer_to_one_name() {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    for model in &Compat::bundled().models {
        for name in &model.names {
            let other = owners.insert(name, &model.name);
            assert!(other.is_none_or(|other| other == model.name), "{name}: {other:?} and {}", model.name);
        }
    }
}

#[test]
fn every_model_that_fails_over_has_trains_and_its_ends_are_among_them() {
    let compat = Compat::bundled();
    for model in compat.models().filter(|model| model.active_standby != Ability::No) {
        let trains = &compat.named(&model.name).unwrap().1.trains;
        assert!(!trains.is_empty(), "{}", model.name);
        if let Some(first) = model.first {
            assert_eq!(trains.first(), Some(&first.train()), "{}", model.name);
        }
        match model.last {
            None => assert_eq!(trains.last(), compat.releases.last().map(|release| &release.train)),
            Some(LastRelease::Train(last)) => assert_eq!(trains.last(), Some(&last), "{}", model.name),
            Some(LastRelease::Maintenance(last)) => {
                assert_eq!(trains.last(), Some(&last.train()), "{}", model.name);
            }
        }
    }
}

#[test]
fn no_stop_is_a_release_of_an_exception() {
    let compat = Compat::bundled();
    let lanes = compat.lanes().map(|(_, lane)| lane);
    // CSCuh25271 names it: nothing else is legal from 9.1(1).
    let named_by_a_row = AsaVersion::new(9, 1, 2, 0);
    let stops = lanes.flat_map(|lane| lane.stops.iter().map(move |stop| (lane, *stop)));
    for (lane, stop) in stops.filter(|(_, stop)| *stop != named_by_a_row) {
        let before = AsaVersion::new(stop.major, stop.minor, stop.maintenance - 1, 1);
        let named = lane.rows.iter().find(|row| {
            matches!(
                row.effect,
                restriction::Effect::NotHitless | restriction::Effect::Refused | restriction::Effect::Unknown
            ) && row.hops.have(before, stop)
        });
        assert!(named.is_none(), "{stop}: {named:?}");
        assert_eq!((stop.is_pre_release(), stop == AsaVersion::new(7, 1, 5, 0)), (false, false));
    }
}

#[test]
fn rows_speak_of_models_and_families_that_are_there() {
    let compat = Compat::bundled();
    let known = |name: &str| compat.models.iter().any(|model| model.name == name || model.family == name);
    for text in [Tables::BUNDLED.guidelines, Tables::BUNDLED.upgrade_path] {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let place = reader.headers().unwrap().iter().position(|header| header == "families").unwrap();
        for record in reader.records() {
            let record = record.unwrap();
            for name in record[place].split(';').filter(|name| !name.is_empty()) {
                assert!(known(name), "{name}: {record:?}");
            }
        }
    }
}

/// What has several rows for its ranges is shown once, which needs them side by side.
#[test]
fn rows_of_one_guideline_stand_together() {
    let rows: Vec<&Guideline> = Compat::bundled().guidelines().collect();
    for (place, row) in rows.iter().enumerate() {
        let again = rows.iter().skip(place + 1).position(|other| other.says_the_same(row));
        assert!(matches!(again, None | Some(0)), "{} at {place}", row.id);
    }
}

#[test]
fn a_stop_is_as_far_as_the_model_runs() {
    let compat = Compat::bundled();
    let stop_in = |train: &str, model: &str| {
        let train: Train = train.parse().unwrap();
        let mut stops = compat.named(model).unwrap().1.stops.iter();
        stops.find(|stop| stop.train() == train).map(ToString::to_string)
    };
    assert_eq!(stop_in("8.0", "ASA5520").as_deref(), Some("8.0(5)"));
    assert_eq!(stop_in("8.0", "PIX-525").as_deref(), Some("8.0(4)"));
    assert_eq!(stop_in("9.20", "FPR-2130").as_deref(), Some("9.20(4)"));
    assert_eq!(stop_in("8.1", "ASA5520"), None);
    assert_eq!(stop_in("9.16", "ASA5525"), None);
}

#[test]
fn the_hash_names_the_text_of_every_table() {
    let bundled = Compat::bundled().table_hash();
    assert_eq!(bundled.len(), 64);
    for (file, text) in Tables::BUNDLED.named() {
        let longer = format!("{text}\n");
        let mut tables = Tables::BUNDLED;
        match file {
            "sources.csv" => tables.sources = &longer,
            "rules.csv" => tables.rules = &longer,
            "releases.csv" => tables.releases = &longer,
            "builds.csv" => tables.builds = &longer,
            "preferred_stops.csv" => tables.preferred_stops = &longer,
            "models.csv" => tables.models = &longer,
            "gaps.csv" => tables.gaps = &longer,
            "guidelines.csv" => tables.guidelines = &longer,
            "upgrade_path.csv" => tables.upgrade_path = &longer,
            "asdm.csv" => tables.asdm = &longer,
            "boot_modes.csv" => tables.boot_modes = &longer,
            other => panic!("{other}"),
        }
        assert_ne!(Compat::read(tables).unwrap().table_hash(), bundled, "{file}");
    }
}

/// The 5580, for which 8.1 was made, never ran 8.0, so all who can be asked agree; whoever asks may still
/// be wrong about what he has.
#[test]
fn a_way_over_a_train_of_another_platform_needs_the_model() {
    let alike = |line: &&str| !line.starts_with("failover.stateless,");
    let guidelines: Vec<&str> = Tables::BUNDLED.guidelines.lines().filter(alike).collect();
    let guidelines = guidelines.join("\n");
    let compat = Compat::read(Tables { guidelines: &guidelines, ..Tables::BUNDLED }).unwrap();
    let [from, to] = ["8.0(5)", "8.2(5)"].map(|release| release.parse().unwrap());
    let verdict = compat.between(from, to, None, RuleSet::Strict);
    let why = verdict.reason().unwrap();
    assert_eq!((why.id.as_str(), verdict.by_model.len()), ("model.needed", 1));
    assert!(
        why.text.starts_with("the way passes over trains of other platforms: hitless for "),
        "{}",
        why.text
    );
}
