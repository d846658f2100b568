//! What engineers ask, with answers that were reasoned from the published texts before the code was asked.
//!
//! A row of `questions.csv` is one question; an empty cell is not asked about. `rule` is the row or rule
//! that refuses or interrupts, or that forbids the direct hop of a way over stops; `conditions` must be
//! among those of the verdict, `no_conditions` must not. A failure lists every question that the code
//! answers otherwise: then `reasoning` says which text decides, and that text decides which is corrected.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a table that does not read fails the test"
)]

use std::collections::BTreeSet;
use std::path::Path;

use asa_failover_core::AsaVersion;
use asa_failover_core::compat::{Compat, Hop, RuleSet, Verdict};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    question: String,
    model: String,
    rules: String,
    from: String,
    to: String,
    kind: String,
    path: String,
    rules_of_hops: String,
    rule: String,
    conditions: String,
    no_conditions: String,
    reasoning: String,
}

impl Asked {
    fn all() -> Vec<Self> {
        let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/questions/questions.csv");
        csv::Reader::from_path(table).unwrap().into_deserialize().map(Result::unwrap).collect()
    }

    fn model(&self) -> Option<&str> {
        Some(self.model.as_str()).filter(|model| !model.is_empty())
    }

    fn answer(&self) -> Verdict {
        let (from, to): (AsaVersion, AsaVersion) = (self.from.parse().unwrap(), self.to.parse().unwrap());
        Compat::bundled().between(from, to, self.model(), self.rules.parse().unwrap())
    }

    /// The answer's kind, way, rules and reason where they are not the expected ones.
    fn differences_of_the_way(&self, verdict: &Verdict) -> Vec<String> {
        let direct = verdict.skips.iter().filter(|skip| (skip.from, skip.to) == (verdict.from, verdict.to));
        let reasons = verdict.reason().into_iter().chain(direct.map(|skip| &skip.why));
        let reasons: Vec<&str> = reasons.map(|why| why.id.as_str()).collect();
        let mut differences = Vec::new();
        let mut compare = |what: &str, expected: &str, found: String| {
            if !expected.is_empty() && expected != found {
                differences.push(format!("{what}: expected {expected}, found {found}"));
            }
        };
        compare("kind", &self.kind, kind(verdict));
        compare("path", &self.path, way_of(&verdict.path));
        compare("rules of the hops", &self.rules_of_hops, words(verdict.path.iter().map(|hop| &*hop.rule)));
        if !reasons.contains(&self.rule.as_str()) {
            compare("rule", &self.rule, words(reasons));
        }
        differences
    }

    /// The conditions that are missing, and those that must not be there.
    fn differences_of_the_conditions(&self, verdict: &Verdict) -> Vec<String> {
        let found: BTreeSet<&str> = verdict.conditions.iter().map(|condition| &*condition.id).collect();
        let missing = self.conditions.split(' ').filter(|id| !id.is_empty() && !found.contains(id));
        let needless = self.no_conditions.split(' ').filter(|id| found.contains(id));
        let missing = missing.map(|id| format!("condition missing: {id}"));
        missing.chain(needless.map(|id| format!("condition that is not due: {id}"))).collect()
    }
}

fn words<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

fn kind(verdict: &Verdict) -> String {
    serde_json::to_value(verdict).unwrap()["kind"].as_str().unwrap().to_owned()
}

fn way_of(path: &[Hop]) -> String {
    let releases = path.first().map(|hop| hop.from).into_iter().chain(path.iter().map(|hop| hop.to));
    releases.map(|release| release.to_string()).collect::<Vec<_>>().join(" ")
}

/// Asks every question and fails with all that are answered otherwise.
#[track_caller]
fn ask(differences: impl Fn(&Asked, &Verdict) -> Vec<String>) {
    let questions = Asked::all();
    let mut answered_otherwise = Vec::new();
    for asked in &questions {
        let verdict = asked.answer();
        let differences = differences(asked, &verdict);
        if !differences.is_empty() {
            answered_otherwise.push(format!(
                "{}\n  [{} {} to {}, {}]\n  {}\n  reasoning: {}\n  verdict: {verdict}",
                asked.question,
                asked.model().unwrap_or("no model"),
                asked.from,
                asked.to,
                asked.rules,
                differences.join("\n  "),
                asked.reasoning,
            ));
        }
    }
    assert!(
        answered_otherwise.is_empty(),
        "{} of {} questions are answered otherwise:\n\n{}",
        answered_otherwise.len(),
        questions.len(),
        answered_otherwise.join("\n\n"),
    );
}

#[test]
fn each_question_gets_the_kind_the_way_and_the_rule_that_the_texts_give() {
    ask(Asked::differences_of_the_way);
}

#[test]
fn each_way_carries_the_conditions_of_the_guidelines_it_crosses() {
    ask(Asked::differences_of_the_conditions);
}

#[test]
fn a_shorter_way_of_the_later_guidance_is_named_as_the_alternative() {
    let questions = Asked::all();
    let mut shorter_ways = 0;
    for cautious in questions.iter().filter(|asked| asked.rules == "auto" && !asked.path.is_empty()) {
        let same = |later: &&Asked| {
            later.rules == "current"
                && (&later.model, &later.from, &later.to) == (&cautious.model, &cautious.from, &cautious.to)
        };
        let Some(later) = questions.iter().find(same) else { continue };
        let releases = |asked: &Asked| asked.path.split(' ').count();
        let shorter = releases(later) < releases(cautious);
        shorter_ways += usize::from(shorter);
        let found = cautious.answer().alternative.map(|way| (way.rules, way_of(&way.path)));
        let expected = shorter.then(|| (RuleSet::Current, later.path.clone()));
        assert_eq!(found, expected, "{}", cautious.question);
    }
    assert!(shorter_ways >= 2, "{shorter_ways} questions have a shorter way under the later guidance");
}

#[test]
fn every_family_and_every_rule_set_is_asked_about() {
    let (compat, questions) = (Compat::bundled(), Asked::all());
    let asked = |name: &str| questions.iter().filter(|asked| asked.rules == name).count();
    for rules in [RuleSet::Strict, RuleSet::Current, RuleSet::Auto] {
        assert!(
            asked(&rules.to_string()) >= 20,
            "{rules} is asked about {} times",
            asked(&rules.to_string())
        );
    }
    let families: BTreeSet<&str> = compat.models().map(|model| &*model.family).collect();
    let models = questions.iter().filter_map(|asked| compat.model(asked.model()?));
    let asked: BTreeSet<&str> = models.map(|model| &*model.family).collect();
    assert_eq!(families.difference(&asked).collect::<Vec<_>>(), [&""; 0]);
    assert!(questions.iter().any(|asked| asked.model().is_none()), "no question leaves the model open");
}

#[test]
fn every_answer_is_reasoned_and_no_question_is_asked_twice() {
    let mut asked = BTreeSet::new();
    for Asked { question, model, rules, from, to, kind, path, rules_of_hops, reasoning, .. } in Asked::all() {
        let sentences = reasoning.split(". ").count();
        assert!(sentences >= 2 && reasoning.ends_with('.'), "{question}: too little reasoning: {reasoning}");
        let hops = path.split_whitespace().count().saturating_sub(1);
        let rules_given = rules_of_hops.split_whitespace().count();
        assert!(rules_given == 0 || rules_given == hops, "{question}: {rules_given} rules for {hops} hops");
        let yes = kind == "hitless" || kind == "needs_stops";
        assert!(!yes || (hops > 0 && rules_given > 0), "{question}: a yes without its way and rules");
        assert!(kind != "needs_stops" || hops > 1, "{question}: stops are needed and none is named");
        assert!(asked.insert((model, rules, from, to)), "{question}: asked twice");
    }
}
