//! A verdict as the two or three lines that go into a change ticket.

use std::fmt;

use super::model::BootProcedure;
use super::verdict::{ByModel, Downgrade, Hop, HopKind, Verdict, VerdictKind};

/// The question with its answer; the path with its rules and sources; what stands behind it.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let model = self.model.as_deref().unwrap_or("no model named");
        write!(f, "{} to {} ({model}, {} rules): {}", self.from, self.to, self.rules, self.kind)?;
        if let Some(basis) = self.basis() {
            write!(f, "\n{}[{basis}", Path(&self.path))?;
            let sources = self.sources();
            if !sources.is_empty() {
                write!(f, ": {}", sources.join(", "))?;
            }
            f.write_str("]")?;
        }
        let mut behind = Vec::new();
        if let Some(skip) = self.skips.first() {
            behind.push(format!("not {} to {} in one hop: {}", skip.from, skip.to, skip.why.text));
        }
        if let Some(other) = &self.alternative {
            behind.push(format!(
                "shorter by the {} rules: {}",
                other.rules,
                Path(&other.path).to_string().trim()
            ));
        }
        if !self.conditions.is_empty() {
            let ids: Vec<&str> = self.conditions.iter().map(|condition| condition.id.as_str()).collect();
            behind.push(format!("on condition: {}", ids.join(", ")));
        }
        for hop in &self.path {
            let caveat = hop.caveat.as_ref().map(|caveat| format!("{} {caveat}", hop.rule));
            behind.extend(caveat.filter(|caveat| !behind.contains(caveat)));
        }
        if let Some(boot) = self.boot.filter(|boot| *boot != BootProcedure::BootList) {
            behind.push(format!("this platform is told what to boot by {boot}"));
        }
        if behind.is_empty() { Ok(()) } else { write!(f, "\n{}", behind.join("; ")) }
    }
}

/// A path as one line: `7.0(8) -> 7.1(2) (minor, strict.minor.next)`, with a blank behind, or nothing.
struct Path<'p>(&'p [Hop]);

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(first) = self.0.first() else { return Ok(()) };
        write!(f, "{}", first.from)?;
        for hop in self.0 {
            write!(f, " -> {} ({}, {}", hop.to, hop.kind, hop.rule)?;
            match &hop.interrupts {
                Some(why) => write!(f, ", not hitless: {})", why.id)?,
                None => f.write_str(")")?,
            }
        }
        f.write_str(" ")
    }
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
