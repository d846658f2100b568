//! A site's rows: those that only forbid permit nothing, and whatever is wrong is said by place.

use asa_failover_core::compat::Compat;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::questions::{builds, names, questions};

const HEADER: &str = "action,versions,models,text";

/// A build, a train or a range.
fn releases() -> impl Strategy<Value = String> {
    (0..5, select(builds())).prop_map(|(form, build)| {
        let (train, release) = (build.train(), build.to_semver());
        match form {
            0 => build.to_string(),
            1 => train.to_string(),
            2 => format!("={release}"),
            3 => format!(">={release}"),
            _ => format!("\">={train}.0, <{}.{}.0\"", train.major, train.minor + 2),
        }
    })
}

fn models() -> impl Strategy<Value = String> {
    let mut names: Vec<String> = names().into_iter().map(str::to_owned).collect();
    names.extend(Compat::bundled().models().map(|model| model.family.clone()));
    prop_oneof![Just(String::new()), vec(select(names), 1..4).prop_map(|names| names.join(";"))]
}

fn forbidding() -> impl Strategy<Value = String> {
    let row = (releases(), models()).prop_map(|(releases, models)| format!("forbid,{releases},{models},"));
    vec(row, 1..6).prop_map(|rows| format!("{HEADER}\n{}\n", rows.join("\n")))
}

/// Pieces that a row may be made of, and signs that may break one.
fn cells() -> impl Strategy<Value = String> {
    let pieces = vec![
        "forbid",
        "release",
        "stop",
        "9.12(4)",
        "9.26(1)",
        "9.12",
        ">=9.1.1",
        "ISA 3000",
        "asav",
        ",",
        ",",
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\"",
        ";",
        "*",
        "<",
        " ",
        "\u{feff}",
        "99999.1(1)",
        "0.0(0)",
        "65535.65535(65535)65535",
        "=65535.65535.65535",
        "<0.0.1",
        "é",
    ];
    vec(prop_oneof![9 => select(pieces).prop_map(str::to_owned), 1 => any::<String>()], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn rows_that_only_forbid_permit_nothing(rows in forbidding(), questions in vec(questions(), 100)) {
        let compat = Compat::bundled().overlaid("site.csv", &rows).unwrap();
        for question in questions {
            let (before, after) = (question.ask(Compat::bundled()), question.ask(&compat));
            prop_assert!(before.is_hitless() || !after.is_hitless(), "{}\n{}\nbecomes\n{}", rows, before, after);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_text_reads_or_is_refused_by_place(
        with_header in any::<bool>(),
        text in prop_oneof![cells(), any::<String>()],
        question in questions(),
    ) {
        let text = if with_header { format!("{HEADER}\n{text}") } else { text };
        match Compat::bundled().overlaid("site.csv", &text) {
            Ok(compat) => {
                question.ask(&compat);
            }
            Err(error) => {
                prop_assert_eq!(&error.file, "site.csv");
                let lines = text.replace("\r\n", "\n").replace('\r', "\n").lines().count();
                prop_assert!((1..=lines.max(1)).contains(&usize::try_from(error.line).unwrap()), "{} of {:?}", error, text);
                prop_assert!(!error.column.is_empty() && !error.problem.is_empty());
                let columns = ["-", "action", "versions", "models", "text"];
                prop_assert!(columns.contains(&error.column.as_str()), "{}", error);
            }
        }
    }

    #[test]
    fn a_broken_cell_is_named(good in vec((releases(), models()), 0..5), cell in 0..3_usize) {
        let rows = good.iter().map(|(releases, models)| format!("forbid,{releases},{models},\n"));
        let rows: Vec<String> = rows.collect();
        let (broken, column) =
            [("permit,9.9,,", "action"), ("forbid,9.9(x),,", "versions"), ("forbid,9.9,ASA 9999,", "models")][cell];
        let error = Compat::bundled().overlaid("site.csv", &format!("{HEADER}\n{}{broken}\n", rows.concat())).unwrap_err();
        let expected = ("site.csv", good.len() as u64 + 2, column);
        prop_assert_eq!((error.file.as_str(), error.line, error.column.as_str()), expected);
    }
}
