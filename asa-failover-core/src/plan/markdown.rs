//! A plan as the method of procedure that a change board reads.

use std::fmt::Write as _;

use super::{Phase, Plan, Step, back};
use crate::decide::{StateLink, preempt_spelled, preempt_to_remove};
use crate::goal::Preempt;
use crate::unit::Role;

impl Plan {
    /// The plan as Markdown: what, why it is allowed, findings, steps with units, durations, way back.
    pub fn to_markdown(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        self.findings_table(&mut out);
        self.step_table(&mut out);
        self.traffic(&mut out);
        self.ways_back(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let name = self.pair.primary.version.value.hostname.as_deref().unwrap_or("failover pair");
        let hardware = self.pair.primary.version.value.hardware.as_deref().unwrap_or("unknown model");
        let line = |out: &mut String, text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        let short = |id: &str| id.get(..16).unwrap_or(id).to_owned();
        if let (Some(back::Turned { hop, pause, forward }), Some(old)) =
            (self.turned.as_deref(), self.brief.stops.last())
        {
            line(out, format!("# Way back of {name} to {}\n", old.version));
            line(out, format!("- plan `{}`", short(&self.id)));
            let (point, of) = (back::word(*pause), short(&forward.id));
            line(out, format!("- of plan `{of}`, for the point {point} of hop {hop}, and for no other"));
        } else {
            line(out, format!("# Upgrade of {name} to {}\n", self.goal.target));
            line(out, format!("- plan `{}`", short(&self.id)));
        }
        for role in Role::BOTH {
            let unit = self.pair.unit(role);
            line(
                out,
                format!(
                    "- {role}: {hardware}, serial {}, runs {}",
                    unit.serial,
                    self.brief
                        .versions
                        .get(&role)
                        .map_or_else(|| unit.version.value.version.to_string(), ToString::to_string)
                ),
            );
        }
        let kind = if self.brief.is_active_active() { "Active/Active" } else { "Active/Standby" };
        let space = if self.brief.multiple {
            "multiple context mode, all commands in the system execution space"
        } else {
            "single context mode"
        };
        line(out, format!("- {kind}, {space}"));
        for verdict in self.verdict.to_string().lines() {
            line(out, format!("- {verdict}"));
        }
        let [typical, worst] = [self.typical_s(), self.worst_s()].map(minutes);
        line(out, format!("- typically {typical} min; every wait has a deadline, together {worst} min\n"));
    }

    fn findings_table(&self, out: &mut String) {
        if self.findings.is_empty() {
            return;
        }
        out.push_str("## Findings\n\n");
        for finding in &self.findings {
            let _ = writeln!(out, "- {}", finding.to_string().replace('\n', "; "));
        }
        out.push('\n');
    }

    fn step_table(&self, out: &mut String) {
        out.push_str("## Steps\n\n| # | to | on | typed | expected | typical | at most |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for step in &self.steps {
            let hop = step.hop.map_or_else(|| "home".to_owned(), |hop| hop.to_string());
            let unit = step.unit.map_or_else(|| "both".to_owned(), |unit| unit.to_string());
            let typed = step
                .typed
                .as_ref()
                .map_or_else(|| format!("*{}*", wait_word(step)), |typed| format!("`{typed}`"));
            let _ = writeln!(
                out,
                "| {} | {hop} | {unit} | {typed} | {} | {} | {} |",
                step.number,
                step.expect,
                seconds(step.typical_s),
                seconds(step.worst_s)
            );
        }
        out.push('\n');
    }

    fn traffic(&self, out: &mut String) {
        let switches = self.steps.iter().filter(|step| step.phase == Phase::Switch).count();
        let _ = writeln!(
            out,
            "## Traffic\n\n- {switches} commanded switches; each interrupts forwarding for up to about two seconds"
        );
        if self.brief.state_link == StateLink::Absent {
            out.push_str("- no state link: every connection drops at each switch\n");
        } else if !self.pair.primary.failover.value.http_replication {
            out.push_str("- HTTP connections are not replicated (no failover replication http): they drop at each switch\n");
        }
        if self.brief.policy.reach == crate::link::Reach::ActiveOnly && self.brief.multiple {
            out.push_str("- connections of the mate cannot be counted from here; the state link's counters alone say that it has caught up\n");
        }
        for (id, group) in &self.brief.groups {
            if let Some((home, delay)) = group.preempt {
                let _ = match self.brief.policy.preempt {
                    Preempt::Wait => writeln!(
                        out,
                        "- {id} moves to {home} by itself {delay} s after {home} is back (preempt)"
                    ),
                    Preempt::Remove => writeln!(
                        out,
                        "- {id} prefers {home}: its {} is removed while units reboot, and restored with every save, so that no startup configuration lacks it",
                        preempt_spelled(Some(delay))
                    ),
                };
            }
        }
        if preempt_to_remove(&self.brief).next().is_some() {
            out.push_str("- while preempt is removed only this plan with its journal, or its way back, knows what to restore; a plan made anew does not: restore it by hand first\n");
            if self.brief.stops.len() > 2 {
                out.push_str(
                    "- between two hops preempt is there for the time of a save, and may move a group then\n",
                );
            }
        }
        out.push_str("- from each reload until the unit is Standby Ready again there is no redundancy\n\n");
    }

    /// From each pause the lines that lead back, and where there are none any more.
    fn ways_back(&self, out: &mut String) {
        if self.turned.is_some() {
            return;
        }
        out.push_str("## Way back\n\n");
        out.push_str(
            "Up to the second reload of a hop going back is free: one unit still runs the old release.\n\n",
        );
        for back in &self.brief.backs {
            let new =
                self.brief.stops.get(back.hop).map_or_else(String::new, |stop| stop.version.to_string());
            let _ = writeln!(out, "### To {}, {} of the hop to {new}\n", back.to, back::word(back.pause));
            out.push_str("| # | on | command |\n| --- | --- | --- |\n");
            for (number, (unit, line)) in (1..).zip(&back.lines) {
                let _ = writeln!(out, "| {number} | {unit} | `{line}` |");
            }
            out.push('\n');
        }
        out.push_str(
            "After the second reload no plan goes back; a downgrade is done by hand, by the release notes; the old image stays the second boot entry.\n\n\
             A halt sends nothing more and rolls nothing back by itself; it names the way back where it is free.\n",
        );
    }

    /// Seconds the steps take together, typically.
    pub fn typical_s(&self) -> u64 {
        self.steps.iter().map(|step| step.typical_s).sum()
    }

    /// Seconds after which every deadline has passed.
    pub fn worst_s(&self) -> u64 {
        self.steps.iter().map(|step| step.worst_s).sum()
    }
}

const fn wait_word(step: &Step) -> &'static str {
    match step.phase {
        Phase::Pause => "operator",
        _ => "wait",
    }
}

const fn minutes(secs: u64) -> u64 {
    secs.div_ceil(60)
}

fn seconds(secs: u64) -> String {
    if secs < 120 { format!("{secs} s") } else { format!("{} min", minutes(secs)) }
}
