//! What Cisco's texts leave open, each as a setting with its readings.
//!
//! Nobody has a source for which reading is right, so nothing may depend on one: a plan that ends well
//! must end well under each. [`Doubt::READINGS`] has them all, for a rehearsal under every one.

use serde::{Deserialize, Serialize};

use super::spec::Spec;

/// One reading of one open question.
///
/// Reads from JSON as `{"role-when-not-ready": "refuse"}` or `{"delete-replicates": true}`.
///
/// ```
/// use asa_failover_core::twin::{Doubt, LinkLoss};
///
/// let doubt: Doubt = serde_json::from_str(r#"{"link-loss": "standby-claims"}"#)?;
/// assert_eq!(doubt, Doubt::LinkLoss(LinkLoss::StandbyClaims));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Doubt {
    /// [`Spec::role_when_not_ready`]
    RoleWhenNotReady(RoleWhenNotReady),
    /// [`Spec::already_there`]
    AlreadyThere(AlreadyThere),
    /// [`Spec::reload_standby_on_owner`]
    ReloadStandbyOnOwner(ReloadStandbyOnOwner),
    /// [`Spec::reload_noconfirm`]
    ReloadNoconfirm(ReloadNoconfirm),
    /// [`Spec::preempt_after_move`]
    PreemptAfterMove(PreemptAfterMove),
    /// [`Spec::link_loss`]
    LinkLoss(LinkLoss),
    /// [`Spec::after_mismatch`]
    AfterMismatch(AfterMismatch),
    /// [`Spec::session_end`]
    SessionEnd(SessionEnd),
    /// [`Spec::delete_replicates`]
    DeleteReplicates(bool),
    /// [`Spec::wording`]
    Wording(Wording),
    /// [`Spec::standby_warns`]
    StandbyWarns(StandbyWarns),
    /// [`Spec::crlf`]
    Crlf(Crlf),
    /// [`Spec::refused_as`]
    RefusedAs(RefusedAs),
    /// [`Spec::host_keys`]
    HostKeys(HostKeys),
    /// [`Spec::claim_when_not_ready`]
    ClaimWhenNotReady(RoleWhenNotReady),
    /// [`Spec::mac_state`]
    MacState(MacState),
    /// [`Spec::config_states`]
    ConfigStates(ConfigStates),
}

impl Doubt {
    /// Every reading of every question.
    pub const READINGS: &[Self] = &[
        Self::RoleWhenNotReady(RoleWhenNotReady::Refuse),
        Self::RoleWhenNotReady(RoleWhenNotReady::Confirm),
        Self::RoleWhenNotReady(RoleWhenNotReady::Ignore),
        Self::RoleWhenNotReady(RoleWhenNotReady::AcceptAndDrop),
        Self::AlreadyThere(AlreadyThere::Silence),
        Self::AlreadyThere(AlreadyThere::Error),
        Self::ReloadStandbyOnOwner(ReloadStandbyOnOwner::Refuse),
        Self::ReloadStandbyOnOwner(ReloadStandbyOnOwner::Ignore),
        Self::ReloadStandbyOnOwner(ReloadStandbyOnOwner::Reload),
        Self::ReloadNoconfirm(ReloadNoconfirm::Drops),
        Self::ReloadNoconfirm(ReloadNoconfirm::Saves),
        Self::PreemptAfterMove(PreemptAfterMove::Stays),
        Self::PreemptAfterMove(PreemptAfterMove::Returns),
        Self::LinkLoss(LinkLoss::BothStay),
        Self::LinkLoss(LinkLoss::StandbyClaims),
        Self::AfterMismatch(AfterMismatch::PseudoStandby),
        Self::AfterMismatch(AfterMismatch::Active),
        Self::SessionEnd(SessionEnd::Close),
        Self::SessionEnd(SessionEnd::Hang),
        Self::DeleteReplicates(false),
        Self::DeleteReplicates(true),
        Self::Wording(Wording::Believed),
        Self::Wording(Wording::Other),
        Self::StandbyWarns(StandbyWarns::Configuration),
        Self::StandbyWarns(StandbyWarns::Everything),
        Self::Crlf(Crlf::One),
        Self::Crlf(Crlf::Two),
        Self::RefusedAs(RefusedAs::Anyone),
        Self::RefusedAs(RefusedAs::Enable15),
        Self::HostKeys(HostKeys::Stay),
        Self::HostKeys(HostKeys::FollowSync),
        Self::ClaimWhenNotReady(RoleWhenNotReady::Refuse),
        Self::ClaimWhenNotReady(RoleWhenNotReady::Ignore),
        Self::ClaimWhenNotReady(RoleWhenNotReady::AcceptAndDrop),
        Self::MacState(MacState::Set),
        Self::MacState(MacState::UpdatedFirst),
        Self::ConfigStates(ConfigStates::Few),
        Self::ConfigStates(ConfigStates::All),
    ];
}

impl Spec {
    /// The same pair under this reading.
    pub fn with_doubt(mut self, doubt: Doubt) -> Self {
        match doubt {
            Doubt::RoleWhenNotReady(reading) => self.role_when_not_ready = reading,
            Doubt::AlreadyThere(reading) => self.already_there = reading,
            Doubt::ReloadStandbyOnOwner(reading) => self.reload_standby_on_owner = reading,
            Doubt::ReloadNoconfirm(reading) => self.reload_noconfirm = reading,
            Doubt::PreemptAfterMove(reading) => self.preempt_after_move = reading,
            Doubt::LinkLoss(reading) => self.link_loss = reading,
            Doubt::AfterMismatch(reading) => self.after_mismatch = reading,
            Doubt::SessionEnd(reading) => self.session_end = reading,
            Doubt::DeleteReplicates(reading) => self.delete_replicates = reading,
            Doubt::Wording(reading) => self.wording = reading,
            Doubt::StandbyWarns(reading) => self.standby_warns = reading,
            Doubt::Crlf(reading) => self.crlf = reading,
            Doubt::RefusedAs(reading) => self.refused_as = reading,
            Doubt::HostKeys(reading) => self.host_keys = reading,
            Doubt::ClaimWhenNotReady(reading) => self.claim_when_not_ready = Some(reading),
            Doubt::MacState(reading) => self.mac_state = reading,
            Doubt::ConfigStates(reading) => self.config_states = reading,
        }
        self
    }
}

/// What a role command does while the taker is not ready. Cisco's texts leave it open.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RoleWhenNotReady {
    /// An error; nothing changes.
    Refuse,
    /// The same, and a giver asks the taker first: one that does not answer, down or behind a lost link, is
    /// not ready, even while it is shown as it was within the hold time.
    Confirm,
    /// Silence; nothing changes.
    Ignore,
    /// The giver steps down although nobody takes over.
    AcceptAndDrop,
}

/// What `failover reload-standby` does while the mate owns a group.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReloadStandbyOnOwner {
    /// An error; nothing changes.
    Refuse,
    /// Silence; nothing changes.
    Ignore,
    /// The mate reloads, its groups with it.
    Reload,
}

/// Whether preempt undoes a commanded move while both units stay up, also where it is configured only then.
/// Cisco's texts leave it open.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PreemptAfterMove {
    /// The group stays where it was put, until its home boots.
    Stays,
    /// The group goes home after its delay.
    Returns,
}

/// What a standby unit does while the failover link is down. The guides let it stay; the text of 105035
/// says that it becomes active.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LinkLoss {
    /// It cannot tell a dead mate from a cut cable, and stays what it is.
    BothStay,
    /// It is active after the hold time, as its mate is.
    StandbyClaims,
}

/// How a session ends when its address moves to the other unit, or its unit goes down.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SessionEnd {
    /// No further byte, then closed within about a second.
    Close,
    /// No further byte, for ever.
    Hang,
}

/// What the unit that joins is after failover was switched off. Cisco's texts leave it open.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AfterMismatch {
    /// It keeps the standby addresses.
    PseudoStandby,
    /// It finds no mate and is active, as its mate is.
    Active,
}

/// What a role command says on a unit that is what it asks for already.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum AlreadyThere {
    /// Nothing.
    Silence,
    /// An error.
    Error,
}

/// What `reload noconfirm` does with changes that were not saved.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ReloadNoconfirm {
    /// They are lost.
    Drops,
    /// They are saved first.
    Saves,
}

/// Which of two wordings a unit uses where no source has the words of a text.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Wording {
    /// The one that is told of the device, or of its family.
    Believed,
    /// Another one, which says the same.
    Other,
}

/// Before which commands a standby unit warns that it does not replicate. The guide says: many that
/// do not affect the configuration.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum StandbyWarns {
    /// Those that configure, and the way into configuration mode.
    Configuration,
    /// Every command.
    Everything,
}

/// For how many Enters a carriage return with a line feed counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Crlf {
    /// For one.
    One,
    /// For two: another prompt follows.
    Two,
}

/// Whom command authorization refuses a line, in a context or in single mode. The system space knows none.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum RefusedAs {
    /// Whoever logged in.
    Anyone,
    /// Whoever came by `changeto`, and is `enable_15` since.
    Enable15,
}

/// Whether the SSH host key goes to the standby with a configuration sync, as certificates and their
/// keys do.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum HostKeys {
    /// Each unit keeps its own.
    Stay,
    /// The standby has the key of its mate after a sync.
    FollowSync,
}

/// What `show failover state` says of the MAC addresses for a moment after a unit became active.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum MacState {
    /// `Mac set`, as always.
    Set,
    /// `Updated Mac`, and `Mac set` later.
    UpdatedFirst,
}

/// Which words `show failover state` has for a configuration on its way. Their names are on record, when each
/// comes is not.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ConfigStates {
    /// `Config Syncing`, then `Sync Done`.
    Few,
    /// `Interface Config Syncing` in the second half of the way, and `Config Sync Ready` while the state tables
    /// follow.
    All,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_has_two_readings_or_more_and_each_reads_back() {
        let mut readings = std::collections::BTreeMap::<String, usize>::new();
        for doubt in Doubt::READINGS {
            let json = serde_json::to_string(doubt).unwrap();
            assert_eq!(serde_json::from_str::<Doubt>(&json).unwrap(), *doubt, "{json}");
            let question = json.split('"').nth(1).unwrap().to_owned();
            *readings.entry(question).or_default() += 1;
        }
        assert_eq!(readings.len(), 17);
        assert!(readings.values().all(|count| *count >= 2), "{readings:?}");
    }

    #[test]
    fn a_reading_is_a_setting_of_the_pair() {
        let spec = Spec::active_standby("ASA5525", "9.8(4)".parse().unwrap());
        let with = |doubt| spec.clone().with_doubt(doubt);
        let differing = Doubt::READINGS.iter().filter(|doubt| with(**doubt) != spec).count();
        // What a claim does is open apart from what a step down does, and follows it unless it is said.
        assert_eq!(differing, Doubt::READINGS.len() - 16, "one reading of each is what a pair has at first");
    }
}
