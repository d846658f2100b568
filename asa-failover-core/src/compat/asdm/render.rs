//! ASDM as the lines that go into a change ticket.

use std::fmt;

use super::{Asdm, AsdmFit, AsdmStep, AsdmSteps};
use crate::compat::verdict::Reason;
use crate::image::ImageName;

/// A reason with what it rests on: `text [vendor text: asdm-715]`.
struct Sourced<'r>(&'r Reason);

impl fmt::Display for Sourced<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason { text, basis, sources, .. } = self.0;
        write!(f, "{text} [{basis}: {}]", sources.join(", "))
    }
}

impl fmt::Display for AsdmFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Works => "works",
            Self::TooOld => "too old",
            Self::Unknown => "unknown",
        })
    }
}

/// The least ASDM and why; the present one and why; what to stage, with its client.
impl fmt::Display for Asdm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ASDM for ASA {}: ", self.asa)?;
        match self.minimum() {
            Some(least) => write!(f, "at least {}; {}", least.version, Sourced(&least.why))?,
            None => f.write_str("no minimum is known")?,
        }
        if let (Some(present), Some(fit)) = (self.present, self.fit) {
            write!(f, "\n{present}, present now: {fit}")?;
            for why in self.why.iter().chain(&self.notes) {
                write!(f, "; {}", Sourced(why))?;
            }
        }
        let mut behind = Vec::new();
        if let Some(stage) = self.stage {
            let images: Vec<&str> = self.images.iter().map(ImageName::as_str).collect();
            behind.push(format!("stage {stage} or newer: {}", images.join(" or ")));
        }
        behind.extend(self.clients.iter().map(|client| Sourced(client).to_string()));
        if behind.is_empty() { Ok(()) } else { write!(f, "\n{}", behind.join("; ")) }
    }
}

/// `5.1(1) for 7.1(2)`, or what stands against it.
impl fmt::Display for AsdmStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let staged: Vec<String> = self.stage.iter().map(ToString::to_string).collect();
        match (&self.jump, staged.as_slice(), self.before) {
            (Some(_), _, _) => write!(f, "not in order for {}", self.to),
            (None, [], Some(before)) => {
                write!(f, "{before} stays for {}", self.to)?;
                if self.asdm.fit == Some(AsdmFit::Works) { Ok(()) } else { f.write_str(" (not proven)") }
            }
            (None, [], None) => write!(f, "unknown for {}", self.to),
            (None, staged, _) => write!(f, "{} for {}", staged.join(", then "), self.to),
        }
    }
}

/// The steps in order; each hop that breaks ASDM and why; the present ASDM at the end.
impl fmt::Display for AsdmSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ASDM from ASA {} to {}: ", self.from, self.to)?;
        let steps: Vec<String> = self.steps.iter().map(ToString::to_string).collect();
        f.write_str(if steps.is_empty() { "no hop" } else { "" })?;
        f.write_str(&steps.join("; "))?;
        let mut jumps: Vec<&Reason> = self.steps.iter().filter_map(|step| step.jump.as_ref()).collect();
        jumps.dedup();
        for why in jumps {
            write!(f, "\nnot allowed, {}: {}", why.id, Sourced(why))?;
        }
        if let (Some(present), Some(fit)) = (self.present, self.target.fit) {
            write!(f, "\n{present}, present now, with {}: {fit}", self.to)?;
            for why in &self.target.why {
                write!(f, "; {}", Sourced(why))?;
            }
        }
        Ok(())
    }
}
