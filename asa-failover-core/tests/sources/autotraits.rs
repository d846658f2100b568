//! Every public type may be sent to another thread and be seen from one, but for those listed as not.
#![expect(clippy::disallowed_methods, reason = "a test may read the sources")]
#![expect(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use asa_failover_core::transport::script::Script;

/// The compiler checks; the list is there to be compared with the sources.
macro_rules! send_and_sync {
    ($test:ident, $names:ident: $($($part:ident)::+ $(<$of:tt>)?),* $(,)?) => {
        const $names: &[&str] = &[$(stringify!($($part)::+)),*];

        #[test]
        fn $test() {
            fn of<T: Send + Sync>() {}
            $(of::<asa_failover_core::$($part)::+ $(<$of>)?>();)*
        }
    };
}

/// A simulated pair in memory is shared by its lines and its clock within one thread.
const ONE_THREAD: [&str; 2] = ["transport::memory::Memory", "rehearse::VirtualClock"];

send_and_sync! {
    everywhere, EVERYWHERE:
        check::Finding, check::Severity, clock::SystemClock, command::Algorithm, command::Answer,
        command::Command, command::Effect, command::Mode, command::Permitted, compat::Ability,
        compat::Alternative, compat::ByModel, compat::Fact, compat::Guideline,
        compat::GuidelineKind, text::Text, compat::Asdm, compat::AsdmCompanion, compat::AsdmFit, compat::AsdmMinimum,
        compat::AsdmStep, compat::AsdmSteps, compat::Basis, compat::BootMode, compat::BootProcedure,
        compat::Compat, compat::Condition, compat::Downgrade, compat::Driven, compat::Hop,
        compat::HopKind, compat::LastRelease, compat::Model, compat::Only, compat::ParseRuleSetError,
        compat::Reason, compat::Release, compat::RuleSet, compat::Runs, compat::Skip, compat::Source,
        compat::Suits, compat::TableError, compat::Verdict, compat::VerdictKind,
        compat::abilities::Since, decide::Awaited, decide::Back, decide::Brief, decide::Build, decide::Calm, decide::Checked,
        decide::Decision, decide::Effected, decide::Flash, decide::Group, decide::Health, decide::Heard,
        decide::Memory, decide::Observed, decide::Open, decide::Question, decide::Reason, decide::Removed, decide::Send,
        decide::Sight, decide::Standings, decide::StateLink, decide::Stop, decide::Symptom, decide::Tried, decide::Unsettled,
        decide::Waiting, drive::Forgetful, drive::Unattended, elapsed::At<u8>, elapsed::Elapsed,
        flash::DiskFile, flash::FetchUrl, flash::ParseFlashError, goal::Digest, goal::Goal, goal::Image,
        goal::OnDrift, goal::ParseDigestError, goal::Pause, goal::Policy, goal::Preempt, goal::Procedure,
        image::ImageFamily, image::ImageName, image::ImageReading, image::ParseImageError, link::Endpoint,
        link::Reach, link::Refused, link::SessionId, link::Via, live::ReadError, pair::CaptureProblem,
        pair::Pair, pair::PairError, pair::Unit, plan::Phase, plan::Plan, plan::PlanJsonError,
        plan::Refusal, plan::Step, run::Action, run::Advised, run::Answer, run::Event, run::Evidence, run::Forwarder,
        run::Halt, run::Outcome, run::Parts, run::Progress, run::Report, run::Run, run::Said, run::Talk, run::UnitProgress,
        run::record::BaselineUnit, run::record::Damage, run::record::Damaged, run::record::Link,
        run::record::Record, run::record::Records, session::Happened, session::Limit, session::Login,
        session::NotSent, session::Patience, session::Prompt, session::Terminal, session::Trouble,
        shared::Shared<u8>,
        show::AllocatedInterface, show::Application, show::InterfaceStatus, show::Arp, show::ArpEntry, show::AsdmImage,
        show::BgpNeighbor, show::BgpState, show::BgpSummary, show::Block, show::Bootvar,
        show::BriefInterface, show::Checksum, show::Clock, show::ConnCount, show::Context,
        show::ContextConfig, show::ContextState, show::Contexts, show::CpuUsage, show::CryptoKey,
        show::CryptoKeys, show::Curpriv, show::Dir, show::ExecMode, show::Expected, show::Facts,
        show::Failover, show::FailoverDescriptor, show::FailoverExec, show::FailoverHistory,
        show::FailoverHistoryDetails, show::FailoverInterface, show::FailoverState, show::FailoverStatistics,
        show::FileKind, show::FirewallMode, show::FlashFile, show::Group, show::GroupConfig, show::GroupHost,
        show::GroupState, show::GroupUnitState, show::HistoryEntry, show::Host, show::Interface,
        show::InterfaceBrief, show::InterfaceDescriptor, show::InterfaceIp, show::Inventory,
        show::InventoryItem, show::LicenseStatus, show::LicenseSummary, show::LicenseUse, show::Limit,
        show::LineStatus, show::Lines, show::Link, show::LinkAddresses, show::LinkPort, show::Log, show::LogMessage,
        show::Memory, show::Mode, show::Module, show::ModuleStatus, show::Modules, show::MonitorConfig,
        show::MonitoredInterfaces, show::Monitoring, show::OspfNeighbor, show::OspfNeighbors,
        show::OspfState, show::ParseError, show::Piece<'static>, show::PreserveConnection,
        show::Printed<u8>, show::Product, show::Prompt, show::PromptMode, show::PromptState,
        show::Queue, show::Queues, show::ReadError, show::Reading<u8>, show::Reload, show::RouteSource,
        show::RouteSummary, show::RunningBoot, show::RunningContext, show::RunningFailover,
        show::RunningMonitorInterface, show::RunningSsh, show::SecurityMode, show::Serials, show::Side,
        show::SlotModule, show::Space, show::SshAllowed, show::StartupBoot, show::StartupErrors,
        show::StartupReport, show::Statistic, show::SwitchReason, show::Transcript<'static>, show::UnitState, show::Unread,
        show::Verification, show::Verify, show::Version, show::Versions, show::VpnSession, show::VpnSessions,
        show::VpnTunnel, show::VpnTunnelTotals, show::XlateCount,
        store::Files, store::Holder, store::Journal, store::JournalError, syslog::Entry, syslog::Message, syslog::PlannerUse,
        transport::Abilities, transport::Connect, transport::EchoCheck,
        transport::Exchange, transport::LoginManners, transport::Loss, transport::NotOpened,
        transport::Questions, transport::Received, transport::Terminals<Script>, transport::Within, transport::Written,
        transport::script::Difference, transport::script::Playing, transport::script::Script, unit::GroupId,
        unit::ParseUnitError, unit::Role, unit::Serial, unit::Standing, version::AsaVersion,
        version::ParseVersionError, version::Train
}

send_and_sync! {
    over_ssh, OVER_SSH:
        transport::ssh::AlgorithmProfile, transport::ssh::Credentials, transport::ssh::KeyFile,
        transport::ssh::Ssh, transport::ssh::SshSettings
}

send_and_sync! {
    simulated, SIMULATED:
        rehearse::Rehearsal, rehearse::RehearsalError, transport::memory::Packets, twin::Address, twin::Chance, twin::LineId, twin::NoAnswer, twin::Pair, twin::Received,
        twin::doubt::AfterMismatch, twin::doubt::AlreadyThere, twin::doubt::Crlf, twin::doubt::Doubt,
        twin::doubt::ConfigStates, twin::doubt::MacState, twin::doubt::HostKeys, twin::doubt::LinkLoss, twin::doubt::PreemptAfterMove, twin::doubt::RefusedAs,
        twin::doubt::ReloadNoconfirm, twin::doubt::ReloadStandbyOnOwner, twin::doubt::RoleWhenNotReady,
        twin::doubt::SessionEnd, twin::doubt::StandbyWarns, twin::doubt::Wording,
        twin::fault::CopyRefusal, twin::fault::Cut, twin::fault::Fault, twin::fault::FaultError, twin::fault::FaultKind,
        twin::fault::Loss, twin::fault::When, twin::mismatch::Mismatch, twin::flash::FlashFile, twin::glance::Glance, twin::glance::GlanceAt, twin::glance::Shown,
        twin::glance::ShownFailover, twin::glance::ShownGroup, twin::glance::ShownInterface, twin::health::InterfaceFault, twin::history::Cause, twin::history::Claim, twin::history::Happening,
        twin::history::Via, twin::history::What, twin::oracle::Double, twin::oracle::Finding, twin::oracle::Found, twin::oracle::Gap,
        twin::oracle::Judgement, twin::oracle::Offence, twin::oracle::OffenceKind, twin::oracle::Orders, twin::oracle::Report, twin::oracle::Rule, twin::spec::ContextSpec,
        twin::spec::GroupSpec, twin::spec::InterfaceSpec, twin::spec::Landing,
        twin::settings::Settings, twin::settings::SettingsError, twin::spec::PromptStyle,
        twin::spec::Spec, twin::spec::UnitSpec, twin::timing::Timings
}

/// A type that is missing above is not checked, so none may be.
#[test]
fn no_type_is_left_out() {
    let listed = [EVERYWHERE, OVER_SSH, SIMULATED, &ONE_THREAD].concat();
    let listed: BTreeSet<(String, String)> = listed
        .iter()
        .map(|path| {
            let path = path.replace(' ', "");
            let module = path.split("::").next().unwrap().to_owned();
            (module, path.rsplit("::").next().unwrap().to_owned())
        })
        .collect();
    let mut declared = BTreeSet::new();
    declared_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), None, &mut declared);
    let missing: Vec<_> = declared.difference(&listed).collect();
    assert!(missing.is_empty(), "add these public types to the lists above: {missing:?}");
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "listed and not declared: {gone:?}");
}

fn declared_in(folder: &Path, module: Option<&str>, declared: &mut BTreeSet<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = module.unwrap_or_else(|| path.file_stem().unwrap().to_str().unwrap());
        // `table` is private; what it has to show is shown by `compat`.
        let module = if module == "table" { "compat" } else { module };
        if path.is_dir() {
            declared_in(&path, Some(module), declared);
            continue;
        }
        for line in fs::read_to_string(&path).unwrap().lines() {
            let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "));
            if let Some(name) = rest.and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()) {
                declared.insert((module.to_owned(), name.to_owned()));
            }
        }
    }
}
