//! A verdict as the two or three lines that go into a change ticket.

use std::fmt;
use std::sync::Arc;

use super::along::effort;
use super::guideline::GuidelineKind;
use super::model::BootProcedure;
use super::source::Source;
use super::verdict::{ByModel, Downgrade, Hop, HopKind, Verdict, VerdictKind};
use crate::AsaVersion;

/// The question with its answer; the way with its rules and sources; what to do next.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = self.model.as_deref().unwrap_or("no model named");
        write!(f, "{} to {} ({model}, {} rules): {}", self.from, self.to, self.rules, Answer(self))?;
        if let Some(basis) = self.own_basis() {
            write!(f, "\n{}[{basis}{}", Way(&self.path), Cited(&self.cited))?;
            match self.basis() {
                Some(weakest) if weakest > basis => write!(f, "; of the conditions some from {weakest}]")?,
                _ => f.write_str("]")?,
            }
        }
        let next = self.next();
        if next.is_empty() { Ok(()) } else { write!(f, "\nNext: {}", next.join("; ")) }
    }
}

/// The answer in a few words: of a way with stops with these.
struct Answer<'v>(&'v Verdict);

impl fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.kind {
            VerdictKind::NeedsStops => write!(f, "hitless over {}", listed(self.0.stops()))?,
            kind => kind.fmt(f)?,
        }
        match self.0.conditions.len() {
            0 => Ok(()),
            1 => f.write_str(", on one condition"),
            count => write!(f, ", on {count} conditions"),
        }
    }
}

/// A path and what its rules say, with a blank behind, or nothing.
struct Way<'p>(&'p [Hop]);

impl fmt::Display for Way<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.0.first() else { return Ok(()) };
        write!(f, "{}", first.from)?;
        for hop in self.0 {
            write!(f, " -> {} ({}", hop.to, hop.kind)?;
            match &hop.interrupts {
                Some(why) => write!(f, ", not hitless: {})", why.id)?,
                None => f.write_str(")")?,
            }
        }
        let mut said: Vec<&str> = Vec::new();
        for hop in self.0 {
            if !said.contains(&&*hop.rule) {
                let joint = if said.is_empty() { " by" } else { "; by" };
                write!(f, "{joint} {}: {}", hop.rule, hop.text)?;
                said.push(&hop.rule);
            }
        }
        f.write_str(" ")
    }
}

/// The first source by its title, the others by their keys.
struct Cited<'s>(&'s [Arc<Source>]);

impl fmt::Display for Cited<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((first, others)) = self.0.split_first() else { return Ok(()) };
        write!(f, ": {} ({})", first.title, first.key)?;
        others.iter().try_for_each(|source| write!(f, ", {}", source.key))
    }
}

impl Verdict {
    /// What to do next, and why nothing shorter will do.
    fn next(&self) -> Vec<String> {
        let mut next = Vec::new();
        match &self.kind {
            VerdictKind::Hitless(_) if self.conditions.is_empty() => {
                next.push(format!("plan the upgrade to {}", self.to));
            }
            VerdictKind::Same | VerdictKind::Hitless(_) => {}
            VerdictKind::NeedsStops => {
                next.push(format!("bring both units to {}, then to {}", listed(self.stops()), self.to));
                next.push(effort(self.path.len()));
            }
            VerdictKind::Downgrade(Downgrade::ByMaintenanceRule) => {
                next.push("go back by hand, one unit after the other, for no plan goes back".to_owned());
            }
            VerdictKind::NotHitless(why)
            | VerdictKind::Refused(why)
            | VerdictKind::Unknown(why)
            | VerdictKind::Downgrade(Downgrade::ByNoRule(why)) => next.push(why.action.to_string()),
        }
        if !self.conditions.is_empty() {
            let named = self.conditions.iter().map(|condition| {
                let lockout = if condition.lockout { " (may lock out)" } else { "" };
                format!("{}{lockout}", condition.id)
            });
            let named: Vec<String> = named.collect();
            next.push(format!("see that these hold, or accept them: {}", named.join(", ")));
        }
        if let Some(boot) = self.boot.filter(|boot| *boot != BootProcedure::BootList) {
            next.push(format!("this platform is told what to boot by {boot}: no plan drives that"));
        }
        if let Some(skip) = self.skips.first() {
            next.push(format!("not {} to {} in one hop: {}", skip.from, skip.to, skip.why.text));
        }
        if let Some(other) = &self.alternative {
            let hops: Vec<String> = other.path.iter().map(|hop| hop.to.to_string()).collect();
            let hops = hops.join(" -> ");
            let rules = other.rules;
            next.push(format!(
                "who asks by the {rules} rules is told a shorter way: {} -> {hops}",
                self.from
            ));
        }
        for caveat in
            self.path.iter().filter_map(|hop| Some(format!("{} {}", hop.rule, hop.caveat.as_ref()?)))
        {
            if !next.contains(&caveat) {
                next.push(caveat);
            }
        }
        let of_target = self.guidelines.iter().filter(|row| row.kind == GuidelineKind::Note && row.of_target);
        next.extend(of_target.map(|row| format!("{}: {}", row.text, row.action)));
        let new = |note: &&String| !next.contains(note);
        let notes: Vec<String> = self.notes.iter().filter(new).cloned().collect();
        next.extend(notes);
        next
    }
}

fn listed(releases: impl Iterator<Item = AsaVersion>) -> String {
    releases.map(|release| release.to_string()).collect::<Vec<_>>().join(", ")
}

impl fmt::Display for VerdictKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("nothing to do, the release runs already"),
            Self::Hitless(kind) => write!(f, "hitless, {kind}"),
            Self::NeedsStops => f.write_str("hitless over stops"),
            Self::NotHitless(why) => write!(f, "not hitless, {}", why.text),
            Self::Refused(why) => write!(f, "refused, {}", why.text),
            Self::Downgrade(Downgrade::ByMaintenanceRule) => {
                f.write_str("downgrade, covered by the maintenance rule")
            }
            Self::Downgrade(Downgrade::ByNoRule(why)) => write!(f, "downgrade, not covered: {}", why.text),
            Self::Unknown(why) => write!(f, "unknown, {}", why.text),
        }
    }
}

/// `hitless over 8.1(2) for ASA 5580`; of many models the first are named.
impl fmt::Display for ByModel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const NAMED: usize = 3;
        match &self.kind {
            VerdictKind::Hitless(_) => f.write_str("hitless")?,
            kind => kind.fmt(f)?,
        }
        if !self.stops.is_empty() {
            let stops: Vec<String> = self.stops.iter().map(ToString::to_string).collect();
            write!(f, " ({})", stops.join(", "))?;
        }
        let named: Vec<&str> = self.models.iter().take(NAMED).map(String::as_str).collect();
        write!(f, " for {}", named.join(", "))?;
        match self.models.len().saturating_sub(NAMED) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

impl fmt::Display for HopKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Maintenance => "maintenance",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Direct => "direct",
        })
    }
}
