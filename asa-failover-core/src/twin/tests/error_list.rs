//! Every error, question, notice and log message that is known of a pair, and how the simulated one comes to
//! it: by a text of its table (`every_text_comes_about` brings each about), by a scene, or not, and why.

use super::super::texts::{self, Text};
use super::super::{Address, Fault, NoAnswer, Wording};
use super::{Client, standby, texts as scenes};
use crate::unit::Role;

enum Way {
    Says(&'static Text),
    Shows(fn() -> String),
    No(&'static str),
}

use Way::{No, Says, Shows};

/// Where it is met, what is printed, and the way to it.
const ROWS: [(&str, &str, Way); 85] = [
    ("any", "ERROR: % Invalid input detected at '^' marker.", Says(&texts::INVALID)),
    ("any", "ERROR: % Incomplete command", Says(&texts::INCOMPLETE)),
    ("any", "ERROR: % Ambiguous command at '^' marker.", Says(&texts::AMBIGUOUS)),
    ("any", "ERROR: % Unrecognized command", Says(&texts::UNKNOWN)),
    ("any", "ERROR: Command authorization failed", Says(&texts::REFUSED)),
    ("login", "Permission denied, please try again.", No("the client says it, no device does")),
    ("enable", "Invalid password", Says(&texts::BAD_PASSWORD)),
    ("enable", "Access denied.", Says(&texts::ACCESS_DENIED)),
    ("enable", "The enable password is not set.  Please set it now.", Says(&texts::NEW_PASSWORD)),
    ("changeto context X", "' is not valid", Says(&texts::NO_CONTEXT)),
    ("a user context", "Command not valid in current execution space", Says(&texts::WRONG_SPACE)),
    ("a standby unit", "**** WARNING ****", Says(&texts::STANDBY_WARNING)),
    ("copy in a sync", "Command Ignored, configuration in progress", Says(&texts::COPY_IN_SYNC)),
    ("a line in a sync", "WARNING: Configuration syncing is in progress", Says(&texts::IN_SYNC)),
    ("config-url in a sync", "Command Failed. Configuration in progress...", Says(&texts::URL_IN_SYNC)),
    ("a line to the receiver", "This unit is in syncing state", Says(&texts::RECEIVES)),
    ("write memory", "Overwrite the previous NVRAM configuration?[confirm]", Says(&texts::OVERWRITE_CONFIG)),
    ("show monitor-interface", "\nfw/pri/actNoFailover/admin# ", Shows(monitor_interface_with_failover_off)),
    ("boot", ", failover can not be enabled. ", Says(&texts::STAYS_OFF)),
    ("syslog", "Switching to STANDBY - in failed state, cannot be active", Says(&texts::CANNOT_BE_ACTIVE)),
    ("syslog", "other unit set to active by CLI config command fail active", Says(&texts::WANTED_ACTIVE)),
    ("syslog", "mate want me Active", Says(&texts::WANTED_ACTIVE)),
    ("syslog", "failed. Peer failed to enter Standby Ready state.", Says(&texts::REPORTED_UNREADY)),
    ("syslog", "will not be replicated to or executed by the standby unit.", Says(&texts::NOT_REPLICATED)),
    ("syslog", "TCP connection limit exceeded from ", Says(&texts::TOO_MANY)),
    ("copy", "Source username [", Says(&texts::SOURCE_USER)),
    ("failover exec", "ERROR: Failover exec: unable to communicate with mate", Says(&texts::UNREACHABLE)),
    ("failover exec", "ERROR: % Invalid input detected at '^' marker.", Says(&texts::NOT_FOR_MATE)),
    ("failover exec", "command requires user input", Says(&texts::ASKS)),
    ("failover off", "Failover Off (pseudo-Standby)\n", Shows(step_down_with_failover_off)),
    ("notice", " is not identical with ours ", Says(&texts::OTHER_RELEASE)),
    ("notice", " is not compatible with ours ", Says(&texts::STRANGE_RELEASE)),
    ("notice", "Mate failover version is not compatible.", Says(&texts::STRANGE_VERSION)),
    ("notice", "Failover will be disabled.", Says(&texts::STRANGE_LICENCE)),
    ("syslog", "Mate operational mode (", Says(&texts::STRANGE_MODE)),
    ("syslog", "Mate license (2 contexts) is not compatible", Says(&texts::LOGS_STRANGE_LICENCE)),
    ("syslog", "Mate has a different chassis", Says(&texts::STRANGE_CHASSIS)),
    ("syslog", " card in slot 1 which is different from my ", Says(&texts::STRANGE_CARD)),
    ("syslog", "Mate's service module (SFR) is different from mine (N/A).", Says(&texts::STRANGE_MODULE)),
    ("syslog", " is not identical with ours.", Says(&texts::OTHER_INTERFACES)),
    ("syslog", "Disabling failover.", Says(&texts::DISABLING)),
    ("syslog", "No response from other firewall (reason code = ", Says(&texts::NO_RESPONSE)),
    ("syslog", "Failed to complete configuration replication.", Says(&texts::REPORTED_UNSYNCED)),
    ("syslog", "Set by the config command", Says(&texts::BY_COMMAND)),
    ("syslog", "Other unit wants me Standby", Says(&texts::GIVES_WAY)),
    ("syslog", "HELLO not heard from mate", Says(&texts::NO_HELLO)),
    ("syslog", "Switching to FAILED.", Says(&texts::TO_FAILED)),
    ("syslog", "Switching to OK.", Says(&texts::TO_OK)),
    ("syslog", "Incomplete/slow config replication", Says(&texts::SLOW_SYNC)),
    ("syslog", "Standby unit failed to sync due to a locked ", Says(&texts::LOCKED)),
    ("syslog", "reason = CFG_SYNC_TIMEOUT", Says(&texts::SYNC_TIMEOUT)),
    ("syslog", "reason = CFG_PROGRESSION_TIMEOUT", Says(&texts::SYNC_ENDLESS)),
    ("syslog", "Both units are switching back and forth as the active unit", Says(&texts::FLAPPING)),
    ("syslog", "LAN Failover interface is down", Says(&texts::LINK_DOWN)),
    ("syslog", "Lost Failover communications with mate on interface ", Says(&texts::LOST_ON)),
    (
        "a unit that joins",
        "ERROR: Password recovery was not changed, unable to access",
        Says(&texts::NO_RECOVERY),
    ),
    (
        "a unit that joins",
        "WARNING: Failover enabled but standby IP address",
        Says(&texts::NO_STANDBY_ADDRESS),
    ),
    ("boot system", "WARNING: BOOT variable added, but unable to find disk0:/", Says(&texts::NO_SUCH_IMAGE)),
    ("boot system", "INFO: Converting ", Says(&texts::CONVERTED)),
    ("dir", "(No such file or directory)", Says(&texts::NO_FILE)),
    ("delete", "%Error deleting disk0:/", Says(&texts::NOT_DELETED)),
    ("verify", "%Error verifying disk0:/", Says(&texts::OTHER_HASH)),
    ("copy", " (Timed out)", Says(&texts::SERVER_SILENT)),
    ("copy", " (No such file or directory)", Says(&texts::SERVER_WITHOUT)),
    ("copy", "Do you want to over write? [confirm]", Says(&texts::OVERWRITE_FILE)),
    ("copy", "(No space left on device)", Says(&texts::NO_SPACE_LEFT)),
    ("copy", "(Not enough space on device)", Says(&texts::NOT_ENOUGH_SPACE)),
    ("copy", "%Error parsing filename", Says(&texts::BAD_NAME)),
    ("write memory", "\n[OK]\n", Shows(a_save)),
    ("write memory", "(Read-only file system)", Says(&texts::NO_SAVE)),
    ("reload", "System config has been modified. Save? [Y]es/[N]o:", Says(&texts::SAVE)),
    ("reload", " config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel:", Says(&texts::SAVE_ONE)),
    ("reload", "Proceed with reload? [confirm]", Says(&texts::RELOAD)),
    ("reload cancel", "*** --- SHUTDOWN ABORTED ---", Says(&texts::DOWN_CANCELLED)),
    ("reload in N", "*** --- SHUTDOWN in ", Says(&texts::DOWN_LATER)),
    ("notice", "***   requested by active unit", Says(&texts::DOWN_BY_MATE)),
    ("first login", "Would you like to enable anonymous error reporting", Says(&texts::CALL_HOME)),
    ("configuration", "WARNING: ", Says(&texts::NO_SUCH_IMAGE)),
    ("configuration", "INFO: ", Says(&texts::CONVERTED)),
    ("configuration", "Removing object-group (", Says(&texts::NO_OBJECT_GROUP)),
    ("show failover", "Failover Off \n", Shows(failover_off)),
    ("show failover", "Failover LAN Interface: not Configured\n", Shows(never_configured)),
    ("show failover", "Version: Ours 9.8(4), Mate Unknown\n", Shows(scenes::alone)),
    ("connect", "the unit has five sessions already", Shows(a_sixth_session)),
    (
        "connect",
        "no matching key exchange method",
        No("a pair has no SSH of its own: the server before it says it"),
    ),
];

#[test]
fn every_error_has_its_way() {
    for (at, text, way) in ROWS {
        match way {
            Says(said) => {
                let forms = [Wording::Believed, Wording::Other].map(|wording| said.with(wording, &[]));
                assert!(forms.iter().any(|form| form.contains(text)), "{at}: no {text:?} in {forms:?}");
            }
            Shows(scene) => {
                let said = scene();
                assert!(said.contains(text), "{at}: no {text:?} in {said}");
            }
            No(why) => assert!(why.contains(' '), "{at}: {text:?} has no reason"),
        }
    }
    let absent = ROWS.iter().filter(|(.., way)| matches!(way, No(_))).count();
    assert_eq!(absent, 2);
}

fn monitor_interface_with_failover_off() -> String {
    let mut client = Client::at(scenes::active_active(), Address::Active);
    let shown = client.say("show monitor-interface");
    assert!(
        shown.contains(
            "\tThis host: Primary - Active \n\t\tadmin Interface mgmt (192.0.2.11): Normal (Monitored)\n"
        ) || shown.contains(
            "\tThis host: Primary - Active \n\t\tInterface mgmt (192.0.2.11): Normal (Monitored)\n"
        ),
        "{shown}"
    );
    assert!(shown.contains("\tOther host: Secondary - Standby Ready \n"), "{shown}");
    client.pair.inject(Fault::Console(Role::Primary, "no failover".to_owned()));
    client.say("");
    let shown = client.say("show monitor-interface");
    assert!(!shown.contains("host"), "{shown}");
    shown
}

fn step_down_with_failover_off() -> String {
    let mut client = failed_off();
    client.say("no failover active");
    client.pass(5);
    assert_eq!(client.active(), None, "it took effect");
    client.pair.inject(Fault::Console(Role::Secondary, "failover active".to_owned()));
    client.login(Address::Standby);
    client.say("show failover")
}

fn failed_off() -> Client {
    let mut client = Client::at(standby(), Address::Active);
    for line in ["configure terminal", "no failover", "end"] {
        client.say(line);
    }
    client
}

fn failover_off() -> String {
    failed_off().say("show failover")
}

/// Nothing is left of the configuration of failover, and it cannot be switched on.
pub(super) fn never_configured() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.say("configure terminal");
    client.say("clear configure failover");
    let said = client.say("failover");
    assert!(said.contains("ERROR: failover LAN interface is not configured\n"), "{said}");
    client.say("end");
    assert!(client.say("show running-config failover").ends_with("\nno failover\nfw/pri/actNoFailover# "));
    client.say("show failover")
}

fn a_save() -> String {
    let mut client = Client::at(standby(), Address::Active);
    client.say("write memory");
    client.wait(2.0)
}

fn a_sixth_session() -> String {
    let mut client = Client::at(standby(), Address::Active);
    for _ in 0..4 {
        client.pair.connect(Address::Active).unwrap();
    }
    let refused: NoAnswer = client.pair.connect(Address::Active).unwrap_err();
    refused.to_string()
}
