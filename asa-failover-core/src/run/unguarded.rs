//! What a run does without the guards of its sessions: compiled for the ablation alone.

use super::{Action, Doing, Run};
use crate::decide::{Heard, pair_of, pair_of_mut};
use crate::elapsed::Elapsed;
use crate::link::{Endpoint, Via};
use crate::unit::{Role, Standing};

impl Run {
    /// Without G1 an address says which unit it is: the one that was last known to lead, or its mate.
    pub(super) fn believe_address(&mut self, endpoint: Endpoint) {
        let group = self.brief.leading_group();
        let leads = Role::BOTH
            .into_iter()
            .find(|role| pair_of(&self.observed, *role).standing(group) == Some(&Standing::Active))
            .or_else(|| self.memory.homes.get(&group).map(|home| home.value))
            .unwrap_or(Role::Primary);
        let unit = if endpoint == Endpoint::Active { leads } else { leads.mate() };
        self.links.set_built(endpoint, unit);
        self.links.set_unit(endpoint, unit);
    }

    /// Without G2 a session that ends over a state-changing line is opened anew.
    pub(super) fn reconnect(&mut self, at: Elapsed, endpoint: Endpoint) -> Action {
        self.lose(endpoint);
        self.doing = Doing::Connecting { endpoint };
        let by = at.after(std::time::Duration::from_secs(self.brief.policy.connect_s));
        Action::Connect { endpoint, by }
    }

    /// And the line is typed again, whoever answers.
    pub(super) fn type_again(&mut self, at: Elapsed, endpoint: Endpoint) -> Option<Action> {
        let open = self.memory.intent.as_ref().filter(|open| !open.resumed && open.heard.is_none())?;
        let (via, command) = (open.via, open.command.clone());
        let unit = if via == Via::Direct { open.unit } else { open.unit.mate() };
        self.links.set_built(endpoint, unit);
        self.links.set_unit(endpoint, unit);
        let session = self.links.session(endpoint)?;
        self.doing = Doing::Sending { endpoint };
        let by = at.after(self.patience(&command));
        Some(Action::Send { session, via, command, by, enter_by: None })
    }

    /// Where no session comes about, nothing was heard.
    pub(super) fn heard_nothing(&mut self, at: Elapsed) {
        if self.memory.intent.as_ref().is_some_and(|open| !open.resumed && open.heard.is_none()) {
            self.heard(at, Heard::Nothing);
        }
    }

    /// Without G5 a unit is what its mate displays of it, where that is active.
    pub(super) fn believe_display(&mut self, unit: Role) {
        let seen = pair_of(&self.observed, unit);
        let leads = seen.standing(self.brief.leading_group()) == Some(&Standing::Active);
        let Some(mut sight) = seen.sight.clone().filter(|_| leads) else { return };
        sight.value.role = Some(unit.mate());
        for standings in sight.value.groups.values_mut() {
            std::mem::swap(&mut standings.own, &mut standings.mate);
        }
        let mate = pair_of_mut(&mut self.observed, unit.mate());
        (mate.sight, mate.silent) = (Some(sight), None);
    }
}
