//! A way through the states, told: what happened, what the run asked for, and where it stood.

use std::fmt::Write as _;

use super::lines::Answer;
use super::next::{Deed, Next, State, Ways};
use super::runs::{Act, Node};
use super::search::Search;
use super::world::{Stand, World};

impl Search<'_> {
    /// The way from the start to a state, and what follows there.
    pub(super) fn tell(&mut self, way: &[State], last: Option<Deed>) -> Vec<String> {
        let mut told = Vec::new();
        let mut next: Vec<Next> = Vec::new();
        for (state, after) in way.iter().zip(way.iter().skip(1).map(Some).chain([None])) {
            next.clear();
            self.successors(state, Ways::All, &mut next);
            let deed = match after {
                Some(after) => next.iter().find(|next| leads(next, after)).map(|next| next.deed),
                None => last,
            };
            let asked = self.act_text(state);
            match deed {
                Some(deed) => told.push(format!("{asked:<44} {}", deed_text(deed))),
                None => told.push(asked),
            }
            if let Some(after) = after.filter(|after| after.world != state.world) {
                told.push(format!(
                    "{:<44}   {}",
                    "",
                    pair_text(&World::unpack(after.world), self.case.groups)
                ));
            }
        }
        told
    }

    fn act_text(&self, state: &State) -> String {
        match &*self.runs.act(state.node) {
            Act::Connect(endpoint) => format!("connect to the {endpoint}"),
            Act::Read(endpoint, via, command) => format!("{} at the {endpoint}", command.line(*via)),
            Act::Change(endpoint, line) => format!("{} at the {endpoint} FOR {}", line.command, line.unit),
            Act::Sleep(_) => "sleep".to_owned(),
            Act::Ask => "ask whether to go on".to_owned(),
            Act::Probe => "probe whether traffic is well".to_owned(),
            Act::Record => "record the intent".to_owned(),
            Act::Completed => "COMPLETED".to_owned(),
            Act::Halted(code) => format!("HALTED {code}"),
        }
    }
}

/// Whether a successor is this state, as far as anybody reads its journal.
fn leads(next: &Next, to: &State) -> bool {
    let journal = if to.journal == Node::NONE { Node::NONE } else { next.state.journal };
    State { journal, ..next.state } == *to
}

fn deed_text(deed: Deed) -> String {
    match deed {
        Deed::Moves(what) => what.to_string(),
        Deed::Answers(Answer::Sight { role, own, mate, links }) => {
            format!("-> {role}: {own:?}, mate {mate:?}, links {links:?}")
        }
        Deed::Answers(answer) => format!("-> {answer:?}"),
        Deed::Loses { arrived, .. } => format!("FAULT session lost, line arrived: {arrived}"),
        Deed::Passes => "nobody answers for a poll".to_owned(),
        Deed::Stalls => "FAULT it takes a poll until it is durable".to_owned(),
        Deed::Dies { arrived } => format!("FAULT controller dies and resumes, line arrived: {arrived}"),
    }
}

fn pair_text(world: &World, groups: usize) -> String {
    let mut text = String::new();
    for unit in &world.units {
        let stands: Vec<&Stand> = unit.own.iter().take(groups).collect();
        let release = if unit.new { "new" } else { "old" };
        let pending = if unit.pending.is_some() { " reload pending" } else { "" };
        let without = if unit.kept.contains(&false) { " without preempt" } else { "" };
        let _ = write!(text, "[{:?} {release} {stands:?}{pending}{without}] ", unit.power);
    }
    let _ = write!(text, "link {} state {}", world.lan, world.state);
    text
}
