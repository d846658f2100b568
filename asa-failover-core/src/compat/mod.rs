//! May a pair go from one release to another without downtime, by which published rule, over which stops.

mod model;
mod rule;
mod source;
mod verdict;

pub use model::{Ability, BootProcedure, Model, Suits};
pub use rule::{ParseRuleSetError, RuleSet};
pub use source::{Basis, Source};
pub use verdict::{Alternative, Condition, Downgrade, Hop, HopKind, Reason, Skip, Verdict, VerdictKind};

use crate::AsaVersion;

/// The tables, and the questions they answer.
#[derive(Clone, Debug)]
pub struct Compat {
    models: Vec<Model>,
}

impl Compat {
    /// The tables that are compiled in.
    pub fn bundled() -> &'static Self {
        static BUNDLED: Compat = Compat { models: Vec::new() };
        &BUNDLED
    }

    /// The model by a name people type or the `Hardware:` line of `show version` prints.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.names.iter().any(|known| known == name))
    }

    /// May a pair of this model go from one release to the other without downtime.
    pub fn between(&self, from: AsaVersion, to: AsaVersion, model: Option<&str>, rules: RuleSet) -> Verdict {
        self.between_over(from, to, &[], model, rules)
    }

    /// As [`Compat::between`], over stops that the caller pins.
    pub fn between_over(
        &self,
        from: AsaVersion,
        to: AsaVersion,
        _stops: &[AsaVersion],
        model: Option<&str>,
        rules: RuleSet,
    ) -> Verdict {
        let why =
            Reason { id: "skeleton".to_owned(), text: String::new(), basis: Basis::Memory, sources: vec![] };
        Verdict {
            schema: Verdict::SCHEMA,
            from,
            to,
            model: model.map(str::to_owned),
            rules,
            kind: VerdictKind::Unknown(why),
            path: vec![],
            skips: vec![],
            alternative: None,
            conditions: vec![],
            notes: vec![],
            boot: None,
        }
    }

    /// SHA-256 over the text of all tables, in hex: names the knowledge a plan rests on.
    pub fn table_hash(&self) -> &str {
        ""
    }
}
