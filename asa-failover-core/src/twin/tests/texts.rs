//! What a unit says when it does not do what was typed, and what it asks: every text, and when it comes.

use super::super::{
    Address, AlreadyThere, CopyRefusal, Fault, FlashFile, Landing, RefusedAs, ReloadNoconfirm,
    ReloadStandbyOnOwner, RoleWhenNotReady, Spec, StandbyWarns, Wording, texts,
};
use super::{Client, NEW, OLD, error_list, health, notices, roles, standby};
use crate::unit::Role;

fn other(mut spec: Spec) -> Spec {
    spec.wording = Wording::Other;
    spec
}

pub(super) fn active_active() -> Spec {
    Spec::active_active("ASA5525", OLD)
}

/// What a unit shows that looks for its mate, switched on again without a failover link, and of a mate that was
/// never heard since it booted.
pub(super) fn alone() -> String {
    let mut client = Client::at(standby(), Address::Standby);
    for line in ["configure terminal", "no failover", "failover", "end"] {
        client.say(line);
    }
    assert!(client.heard().is_empty());
    assert!(client.say("").ends_with("fw/sec/nego# "));
    let mut client = Client::of(standby());
    client.pair.inject(Fault::NeverReturns(Role::Primary));
    for role in Role::BOTH {
        client.pair.inject(Fault::Crash(role));
    }
    client.pass(600);
    client.login(Address::Active);
    client.say("show failover")
}

/// A session on the standby unit whose configuration its mate sends.
fn in_sync(spec: Spec) -> Client {
    let mut client = Client::at(spec, Address::Active);
    client.say("write standby");
    client.wait(3.0);
    client
}

#[track_caller]
fn says(client: &mut Client, line: &str, text: &str) {
    let said = client.say(line);
    assert!(said.contains(text), "{line}: {said}");
}

#[test]
fn a_line_is_wrong_unknown_too_short_or_not_whole() {
    let mut client = Client::at(standby(), Address::Active);
    let caret = "                 ^\nERROR: % Invalid input detected at '^' marker.\n";
    assert_eq!(client.say("show bogus"), format!("show bogus\n{caret}fw/pri/act# "));
    says(&mut client, "bogus", "\n            ^\nERROR: % Invalid input detected at '^' marker.\n");
    says(&mut client, "sh r", "\n               ^\nERROR: % Ambiguous command at '^' marker.\n");
    says(&mut client, "failover exec mate", "\nERROR: % Incomplete command\n");
    let mut client = Client::at(other(standby()), Address::Active);
    assert_eq!(client.say("bogus"), "bogus\nERROR: % Unrecognized command\nfw/pri/act# ");
    says(&mut client, "sh r", "\nERROR: % Ambiguous command:  \"sh r\"\n");
}

#[test]
fn command_authorization_refuses_by_line_and_by_whom() {
    let mut client = Client::of(standby());
    client.pair.inject(Fault::AuthorizationFails("terminal pager".to_owned()));
    client.line = Some(client.pair.connect(Address::Active).unwrap());
    client.heard();
    let two = "\n            ^\nERROR: % Invalid input detected at '^' marker.\nERROR: Command authorization failed\n";
    says(&mut client, "terminal pager 0", two);
    client.type_raw("enable\r\r");
    let said = client.say("terminal pager 0");
    assert_eq!(said, "terminal pager 0\nERROR: Command authorization failed\nfw/pri/act# ");

    let mut spec = other(active_active());
    spec.refused_as = RefusedAs::Enable15;
    let mut client = Client::at(spec, Address::Active);
    client.pair.inject(Fault::AuthorizationFails("show version".to_owned()));
    says(&mut client, "show version", "<context>");
    says(&mut client, "show curpriv", "Username : admin\n");
    client.say("changeto context ctx1");
    assert_eq!(client.say("show version"), "show version\nCommand authorization failed\nfw/pri/act/ctx1# ");
    says(&mut client, "show curpriv", "Username : enable_15\n");
    client.say("changeto system");
    says(&mut client, "show version", "<system>");
}

#[test]
fn a_line_has_its_space_and_a_standby_its_warning() {
    let mut client = Client::at(active_active(), Address::Active);
    says(&mut client, "reload", "\nCommand not valid in current execution space\n");
    says(&mut client, "changeto context GLOBAL", "\nERROR: 'GLOBAL' is not valid\n");
    let warning = "show mode\n**** WARNING ****\n\tConfiguration Replication is NOT performed from Standby unit \
                   to Active unit.\n\tConfigurations are no longer synchronized.\nSecurity context mode: single \n";
    let mut spec = standby();
    spec.standby_warns = StandbyWarns::Everything;
    let mut client = Client::at(spec, Address::Standby);
    assert_eq!(client.say("show mode"), format!("{warning}fw/sec/stby# "));
    let said = client.say("configure terminal");
    assert_eq!(said.matches("**** WARNING ****").count(), 1, "{said}");
    let mut client = Client::at(standby(), Address::Standby);
    assert_eq!(client.say("show mode"), "show mode\nSecurity context mode: single \nfw/sec/stby# ");
}

#[test]
fn the_third_wrong_password_is_the_last() {
    let mut client = Client::of(standby().with_enable_secret("s3cret"));
    client.line = Some(client.pair.connect(Address::Active).unwrap());
    assert!(client.heard().contains("Type help or '?' for a list of available commands.\n"));
    client.say("enable");
    for _ in 0..2 {
        assert_eq!(client.say("no"), "**\nInvalid password\nPassword: ");
    }
    assert_eq!(client.say("no"), "**\nInvalid password\nAccess denied.\nfw/pri/act> ");
    assert_eq!(client.say("login"), "login\nUsername: ");
    assert_eq!(client.say("admin"), "admin\nPassword: ");
    assert_eq!(client.say("any"), "***\nfw/pri/act# ");
    assert_eq!(client.say("logout"), "logout\n\nLogoff\n\n");
    let mut spec = standby();
    spec.landing = Landing::EnableUnset;
    let mut client = Client::of(spec);
    client.line = Some(client.pair.connect(Address::Active).unwrap());
    client.heard();
    says(&mut client, "enable", "The enable password is not set.  Please set it now.\nEnter  Password: ");
    assert_eq!(client.say("one"), "***\nRepeat Password: ");
    assert_eq!(client.say("two"), "***\nPasswords do not match\nEnter  Password: ");
}

#[test]
fn lines_during_a_sync_are_asked_about_ignored_or_not_taken() {
    let mut client = in_sync(standby());
    says(
        &mut client,
        "copy /noconfirm disk0:/asdm-7181.bin running-config",
        "\nCommand Ignored, configuration in progress\n",
    );
    client.say("configure terminal");
    says(&mut client, "failover exec mate boot system disk0:/x.bin", "\nThis unit is in syncing state\n");
    says(&mut client, "boot system disk0:/x.bin", "\nWARNING: Configuration syncing is in progress");
    client.say("yes");
    client.wait(60.0);
    says(&mut client, "show running-config boot", "boot system disk0:/x.bin\n");
    let mate = client.say("failover exec mate show running-config boot");
    assert!(!mate.contains("x.bin"), "yes is for the active unit alone: {mate}");
    let mut spec = other(standby());
    spec.monitor = true;
    let mut client = in_sync(spec);
    client.say("configure terminal");
    assert!(
        client.say("boot system disk0:/x.bin").ends_with("in progress\nRun it on this unit only [yes/no]? ")
    );
    let said = client.say("yes");
    let logged = "%ASA-4-709008: (Primary) Configuration sync in progress. Command: 'boot system disk0:/x.bin' \
                  executed from terminal will not be replicated";
    assert!(said.contains(logged), "{said}");
    client.wait(60.0);
    says(&mut client, "copy disk0:/asdm-7181.bin running-config", " bytes copied in ");
    says(
        &mut client,
        "copy disk0:/none running-config",
        "%Error opening disk0:/none (No such file or directory)",
    );
}

#[test]
fn what_cannot_be_passed_on_says_so() {
    let url = "tftp://198.51.100.10/x.bin";
    let mut client = Client::at(standby().with_remote(url, FlashFile::image("x.bin", NEW)), Address::Active);
    says(&mut client, "failover exec mate enable", "\nERROR: % Invalid input detected at '^' marker.\n");
    says(&mut client, &format!("failover exec mate copy {url} disk0:/"), "command requires user input\n");
    client.pair.inject(Fault::Crash(Role::Secondary));
    client.wait(20.0);
    let said = client.say("failover exec mate show version");
    assert!(said.contains("\nERROR: Failover exec: unable to communicate with mate\n"), "{said}");
}

#[test]
fn role_commands_have_their_refusals() {
    let mut spec = standby();
    spec.role_when_not_ready = RoleWhenNotReady::Refuse;
    spec.already_there = AlreadyThere::Error;
    let mut client = in_sync(spec.clone());
    says(&mut client, "no failover active", "\nERROR: the other unit is not ready\n");
    says(&mut client, "failover active", "\nERROR: this unit has that role already\n");
    let mut client = Client::at(other(spec), Address::Standby);
    says(&mut client, "no failover active", "\nCommand ignored, the role does not change\n");
    let mut spec = active_active();
    spec.reload_standby_on_owner = ReloadStandbyOnOwner::Refuse;
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    says(&mut client, "failover reload-standby", "\nERROR: the other unit is active for a failover group\n");
    let mut client = Client::at(standby(), Address::Active);
    client.say("configure terminal");
    client.say("no failover");
    client.say("end");
    says(&mut client, "failover reload-standby", "\nERROR: failover is not enabled\n");
    client.wait(60.0);
    assert_eq!(client.pair.report().reboots, [0, 0]);
}

#[test]
fn with_failover_off_a_role_is_given_up_and_nobody_takes_it() {
    let mut client = Client::at(standby(), Address::Active);
    for line in ["configure terminal", "no failover", "end", "no failover active"] {
        client.say(line);
    }
    client.pass(60);
    assert_eq!(client.pair.who_has(Address::Active), None);
    assert_eq!(client.pair.report().gaps.len(), 1, "it lasts");
}

#[test]
fn saves_and_reloads_ask_and_fail() {
    let mut client = Client::at(standby(), Address::Standby);
    says(&mut client, "write standby", "Building configuration...\n[FAILED]\n");
    client.login(Address::Active);
    client.pair.inject(Fault::SaveAsks(Role::Primary));
    assert!(client.say("write memory").ends_with("Overwrite the previous NVRAM configuration?[confirm]"));
    client.type_raw("n");
    assert!(
        client.say("copy running-config startup-config").ends_with("\nSource filename [running-config]? ")
    );
    client.say("");
    client.wait(1.0);
    client.pair.inject(Fault::SaveFails(Role::Primary));
    client.say("write memory");
    let said = client.wait(1.0);
    assert!(said.contains("%Error opening disk0:/.private/startup-config (Read-only file system)"), "{said}");
    client.pair.inject(Fault::Modified(Role::Primary));
    assert!(client.say("reload").ends_with("System config has been modified. Save? [Y]es/[N]o: "));
    assert!(client.say("N").ends_with("Proceed with reload? [confirm] "));
    client.type_raw("n");
    says(&mut client, "reload cancel", "No reload is scheduled.\n");
    says(&mut client, "reload in 65 noconfirm", "*** --- SHUTDOWN in 1:05:00 ---\n");
    says(&mut client, "reload cancel", "*** --- SHUTDOWN ABORTED ---\n");
}

#[test]
fn each_changed_context_is_asked_about() {
    let mut spec = active_active();
    spec.contexts[0].modified = true;
    spec.contexts[2].modified = true;
    let asks =
        |name: &str| format!("{name} config has been modified. Save? [Y]es/[N]o/[S]ave all/[C]ancel: ");
    let confirm = "Proceed with reload? [confirm] ";
    let mut client = Client::at(spec.clone(), Address::Active);
    client.say("changeto system");
    assert!(client.say("reload").ends_with(&asks("admin")));
    let said = client.say("Y");
    assert!(said.contains("\nCryptochecksum: ") && said.ends_with(&asks("ctx2")), "{said}");
    assert_eq!(client.say("C"), "C\nfw/pri/act# ");
    assert!(client.say("reload").ends_with(&asks("ctx2")), "the first is saved");
    assert!(client.say("N").ends_with(confirm));
    client.type_raw("n");
    spec.modified = true;
    let mut client = Client::at(spec, Address::Active);
    client.say("changeto system");
    assert!(client.say("reload").ends_with(&asks("System")));
    assert!(client.say("S").ends_with(confirm), "all are saved");
    client.type_raw("n");
    assert!(client.say("reload").ends_with(confirm));
}

#[test]
fn unsaved_changes_are_lost_at_once_or_not() {
    let boot = |reading| {
        let mut spec = standby().with_staged(NEW);
        spec.reload_noconfirm = reading;
        let mut client = Client::at(spec, Address::Standby);
        for line in
            ["configure terminal", "boot system disk0:/asa984-48-smp-k8.bin", "end", "reload noconfirm"]
        {
            client.say(line);
        }
        client.wait(3.0);
        client.login(Address::Active);
        client.wait_for("Other host: Secondary - Failed ");
        client.pair.unit(Role::Secondary).startup.boot.len()
    };
    assert_eq!([ReloadNoconfirm::Drops, ReloadNoconfirm::Saves].map(boot), [1, 2]);
}

#[test]
fn files_are_missing_refused_or_asked_about() {
    let file = FlashFile::image("x.bin", NEW);
    let url = "scp://backup:secret@198.51.100.10/x.bin";
    let mut client = Client::at(standby().with_remote(url, file.clone()), Address::Active);
    assert!(client.say(&format!("copy {url} disk0:/asdm-7181.bin")).ends_with("[198.51.100.10]? "));
    assert!(client.say("").ends_with("\nSource username [backup]? "));
    assert!(client.say("").ends_with("\nSource filename [x.bin]? "));
    assert!(client.say("").ends_with("\nDestination filename [asdm-7181.bin]? "));
    let over =
        "%Warning:There is a file already existing with this name\nDo you want to over write? [confirm]";
    assert!(client.say("").ends_with(over));
    assert!(client.type_raw("\r").ends_with("Are you sure you want to continue connecting (yes/no)? "));
    assert_eq!(client.say("no"), "no\nfw/pri/act# ");
    client.say(&format!("copy /noconfirm {url} disk0:/x.bin"));
    client.wait(400.0);
    client.say("verify disk0:/x.bin");
    client.pair.inject(Fault::Console(Role::Primary, "delete /noconfirm disk0:/x.bin".to_owned()));
    assert!(client.wait(30.0).contains("%Error reading disk0:/x.bin (No such file or directory)\n"));
    says(&mut client, "dir disk0:/x.bin", "%Error opening disk0:/x.bin (No such file or directory)\n");
    says(&mut client, "delete /noconfirm disk0:/x.bin", "%Error deleting disk0:/x.bin (No such file");
    says(&mut client, &format!("copy {url} disk9:/x"), "%Error parsing filename (No such device)\n");
    says(
        &mut client,
        "copy /noconfirm tftp://198.51.100.10/y disk0:/y",
        "%Error opening tftp://198.51.100.10/y (No",
    );
    for (how, text) in [
        (CopyRefusal::TimedOut, "%Error opening scp://backup:secret@198.51.100.10/x.bin (Timed out)\n"),
        (CopyRefusal::NotEnoughSpace, "(Not enough space on device)\n"),
    ] {
        client.pair.inject(Fault::CopyRefused(Role::Primary, how));
        says(&mut client, &format!("copy /noconfirm {url} disk0:/x.bin"), text);
    }
    for (fault, text) in [
        (
            Fault::CopyAborts(Role::Primary),
            "%Error reading scp://backup:secret@198.51.100.10/x.bin (Timed out)\n",
        ),
        (Fault::FlashFull(Role::Primary), "%Error writing disk0:/x.bin (No space left on device)\n"),
    ] {
        client.pair.inject(fault);
        client.say(&format!("copy /noconfirm {url} disk0:/x.bin"));
        let said = client.wait(400.0);
        assert!(said.contains(text), "{said}");
    }
    client.say("verify /md5 disk0:/asdm-7181.bin 00ff");
    assert!(client.wait(30.0).contains("%Error verifying disk0:/asdm-7181.bin\nComputed signature  = "));
    assert!(client.say("delete disk0:/asdm-7181.bin").ends_with("\nDelete filename [asdm-7181.bin]? "));
    assert!(client.say("").ends_with("\nDelete disk0:/asdm-7181.bin? [confirm]"));
    client.type_raw("n");
}

#[test]
fn a_boot_list_holds_four_and_takes_what_is_not_there() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("configure terminal");
    says(
        &mut client,
        "boot system flash:/a.bin",
        "INFO: Converting flash:/a.bin to disk0:/a.bin\nWARNING: BOOT",
    );
    says(
        &mut client,
        "boot system disk0:/b.bin",
        "WARNING: BOOT variable added, but unable to find disk0:/b.bin\n",
    );
    client.say("boot system disk0:/c.bin");
    says(&mut client, "boot system disk0:/d.bin", "\nERROR: only 4 boot system entries are allowed\n");
}

#[test]
fn the_first_way_into_configuration_mode_may_be_asked_about() {
    let mut spec = standby();
    spec.call_home = true;
    let mut client = Client::at(spec, Address::Active);
    assert!(client.say("configure terminal").ends_with("the product? [Y]es, [N]o, [A]sk later: "));
    assert_eq!(client.say("N"), "N\nfw/pri/act(config)# ");
    client.say("end");
    assert_eq!(client.say("configure terminal"), "configure terminal\nfw/pri/act(config)# ");
}

/// Nothing is in the table that no unit ever says.
#[test]
fn every_text_comes_about() {
    for scene in [
        a_line_is_wrong_unknown_too_short_or_not_whole,
        command_authorization_refuses_by_line_and_by_whom,
        a_line_has_its_space_and_a_standby_its_warning,
        the_third_wrong_password_is_the_last,
        lines_during_a_sync_are_asked_about_ignored_or_not_taken,
        what_cannot_be_passed_on_says_so,
        role_commands_have_their_refusals,
        saves_and_reloads_ask_and_fail,
        each_changed_context_is_asked_about,
        files_are_missing_refused_or_asked_about,
        a_boot_list_holds_four_and_takes_what_is_not_there,
        the_first_way_into_configuration_mode_may_be_asked_about,
    ] {
        scene();
    }
    notices::every_scene();
    health::every_scene();
    roles::every_scene();
    error_list::never_configured();
    // The prompt of a unit that looks for its mate.
    alone();
    assert_eq!(texts::said::missing(), Vec::<&str>::new());
}
