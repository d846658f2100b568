//! What a session sees, line by line.

use super::super::{Address, Fault, FlashFile, NoAnswer, Spec};
use super::{Client, OLD, standby};
use crate::unit::Role;

#[test]
fn login_lands_at_user_exec_and_enables_with_a_password_behind_asterisks() {
    let mut client = Client::of(standby().with_enable_secret("s3cret"));
    let line = client.pair.connect(Address::Active).unwrap();
    client.line = Some(line);
    let hello = client.heard();
    assert!(hello.starts_with("User admin logged in to fw\n"), "{hello}");
    assert!(hello.ends_with("Type help or '?' for a list of available commands.\nfw/pri/act> "), "{hello}");
    assert_eq!(client.say("enable"), "enable\nPassword: ");
    assert_eq!(client.say("wrong"), "*****\nInvalid password\nPassword: ");
    assert_eq!(client.say("s3cret"), "******\nfw/pri/act# ");
    assert_eq!(client.say("exit"), "exit\n\nLogoff\n\n");
    assert!(!client.is_open());
}

#[test]
fn the_caret_stands_under_the_first_wrong_word() {
    let mut client = Client::at(standby(), Address::Active);
    let answer = client.say("show bogus");
    let caret = "                 ^\nERROR: % Invalid input detected at '^' marker.\n";
    assert_eq!(answer, format!("show bogus\n{caret}fw/pri/act# "));
    assert!(client.say("failover exec mate").contains("\nERROR: % Incomplete command\n"));
}

#[test]
fn a_page_is_23_lines_and_the_rest_follows_a_key() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("terminal pager 24");
    let page = client.say("show failover");
    assert!(page.ends_with("\n<--- More --->"), "{page}");
    assert_eq!(page.lines().count(), 25);
    let line = client.line.unwrap();
    client.pair.write(line, b"q");
    let bytes = client.pair.read(line).bytes;
    assert_eq!(String::from_utf8(bytes).unwrap(), "\r              \r\rfw/pri/act# ");
}

#[test]
fn a_long_line_is_cut_with_a_dollar() {
    let mut client = Client::at(standby(), Address::Active);
    let url = "tftp://198.51.100.10/asa9-16-4-smp-k8.bin";
    let echo = client.type_raw(&format!("failover exec mate copy /noconfirm {url} disk0:/x"));
    let shown = format!("fw/pri/act# {echo}");
    let (kept, rest) = shown.split_once('\u{8}').unwrap();
    assert_eq!((kept.len(), rest), (77, "$"));
    assert!(kept.starts_with("fw/pri/act# failover exec mate copy /noconfirm tftp://198.51.100.10/asa9-16-"));
}

#[test]
fn the_pager_is_refused_before_enable() {
    let mut client = Client::of(standby());
    client.line = Some(client.pair.connect(Address::Active).unwrap());
    client.heard();
    assert!(client.say("terminal pager 0").contains("\n            ^\nERROR: % Invalid input"));
}

#[test]
fn show_failover_names_units_versions_and_serials_of_the_era() {
    let mut client = Client::at(standby(), Address::Standby);
    let text = client.say("show failover");
    assert!(text.contains(
        "\nVersion: Ours 9.8(4), Mate 9.8(4)\nSerial Number: Ours JAD000000A2, Mate JAD000000A1\n"
    ));
    assert!(text.contains("\n        This host: Secondary - Standby Ready \n"), "{text}");
    assert!(text.contains("\n        Other host: Primary - Active \n"));
    assert!(text.contains("\n                  Interface inside (192.0.2.2): Normal (Monitored)\n"));
    let old = Spec::active_standby("ASA5520", "7.0(8)".parse().unwrap());
    let text = Client::at(old, Address::Active).say("show failover");
    assert!(!text.contains("Serial Number") && !text.contains("Monitored)"), "{text}");
    assert!(text.contains("\nInterface Poll frequency 5 seconds\n"));
}

#[test]
fn show_version_tells_uptime_and_serial() {
    let mut client = Client::at(standby(), Address::Active);
    let text = client.say("show version");
    assert!(
        text.contains("Software Version 9.8(4) \n") && text.contains("\nfw up 40 days 0 hours\n")
            || text.contains("\nfw up 40 days\n"),
        "{text}"
    );
    assert!(text.contains("\nSerial Number: JAD000000A1\n"));
    assert!(text.contains("\nSystem image file is \"disk0:/asa984-smp-k8.bin\"\n"));
}

#[test]
fn contexts_hide_the_system() {
    let mut client = Client::at(Spec::active_active("FPR2130", OLD), Address::Active);
    assert_eq!(
        client.say("show running-config boot"),
        "show running-config boot\nCommand not valid in current execution space\nfw/pri/act/admin# "
    );
    assert_eq!(client.say("changeto system"), "changeto system\nfw/pri/act# ");
    let text = client.say("show failover");
    assert!(text.contains("\n  This host:    Primary\n  Group 1       State:          Active\n"), "{text}");
    assert!(text.contains("\n  Group 2       State:          Standby Ready\n"));
    assert!(text.contains("\n\t\t  ctx2 Interface outside (203.0.113.34): Normal (Monitored)\n"));
    assert_eq!(
        client.say("changeto context GLOBAL"),
        "changeto context GLOBAL\nERROR: 'GLOBAL' is not valid\nfw/pri/act# "
    );
    client.say("changeto context ctx2");
    assert!(client.say("show version").contains("Software Version 9.8(4) <context>\n"));
    assert_eq!(client.say("show mode"), "show mode\nSecurity context mode: multiple \nfw/pri/stby/ctx2# ");
}

#[test]
fn boot_entries_are_appended_replicated_and_saved_on_both() {
    let mut client = Client::at(standby().with_staged(super::NEW), Address::Active);
    client.say("configure terminal");
    client.say("no boot system disk0:/asa984-smp-k8.bin");
    assert_eq!(
        client.say("boot system disk0:/asa984-48-smp-k8.bin"),
        "boot system disk0:/asa984-48-smp-k8.bin\nfw/pri/act(config)# "
    );
    assert!(client.say("boot system flash:/nofile.bin").contains(
        "INFO: Converting flash:/nofile.bin to disk0:/nofile.bin\nWARNING: BOOT variable added, but unable to find disk0:/nofile.bin\n"
    ));
    client.say("end");
    let mate = client.say("failover exec mate show running-config boot system");
    assert!(
        mate.contains("\nboot system disk0:/asa984-48-smp-k8.bin\nboot system disk0:/nofile.bin\n"),
        "{mate}"
    );
    assert!(
        client
            .say("show bootvar")
            .contains("\nBOOT variable = disk0:/asa984-smp-k8.bin\nCurrent BOOT variable = disk0:/asa984-48")
    );
    assert_eq!(client.say("write memory"), "write memory\nBuilding configuration...\n");
    let saved = client.wait(0.3);
    assert!(
        saved.starts_with("Cryptochecksum: ") && saved.ends_with(" 0.290 secs\n[OK]\nfw/pri/act# "),
        "{saved}"
    );
    let mate = client.say("failover exec mate show startup-config | include boot system");
    assert!(mate.contains("\nboot system disk0:/asa984-48-smp-k8.bin\n"), "{mate}");
}

#[test]
fn configuration_on_the_standby_warns_and_stays_there() {
    let mut client = Client::at(standby(), Address::Standby);
    assert!(client.say("configure terminal").contains(
        "**** WARNING ****\n\tConfiguration Replication is NOT performed from Standby unit to Active unit.\n"
    ));
    client.say("no boot system disk0:/asa984-smp-k8.bin");
    client.say("end");
    let mate = client.say("failover exec mate show running-config boot");
    assert!(mate.contains("\nboot system disk0:/asa984-smp-k8.bin\n"), "{mate}");
}

#[test]
fn copy_asks_shows_progress_and_verify_tells_the_hash() {
    let url = "tftp://198.51.100.10/asa984-48-smp-k8.bin";
    let image = FlashFile::image("asa984-48-smp-k8.bin", super::NEW);
    let mut client = Client::at(standby().with_remote(url, image.clone()), Address::Active);
    assert!(
        client
            .say(&format!("copy {url} disk0:/"))
            .ends_with("\n\nAddress or name of remote host [198.51.100.10]? ")
    );
    assert_eq!(client.say(""), "\n\nSource filename [asa984-48-smp-k8.bin]? ");
    assert_eq!(client.say(""), "\n\nDestination filename [asa984-48-smp-k8.bin]? ");
    assert_eq!(client.say(""), format!("\n\nAccessing {url}...\n"));
    assert!(client.wait(30.0).starts_with("!!!!"));
    let done = client.wait(300.0);
    assert!(
        done.contains(&format!("\n{} bytes copied in ", image.size)) && done.ends_with("fw/pri/act# "),
        "{done}"
    );
    client.say("verify /sha-512 disk0:/asa984-48-smp-k8.bin");
    let verified = client.wait(30.0);
    assert!(
        verified
            .contains(&format!("Done!\nverify /SHA-512 (disk0:/asa984-48-smp-k8.bin) = {}\n", image.sha512))
    );
    assert!(client.say("dir disk0:/asa984-48-smp-k8.bin").contains(&format!(" {} ", image.size)));
}

#[test]
fn copy_faults_are_told_or_not() {
    let url = "tftp://198.51.100.10/x.bin";
    let file = FlashFile::image("x.bin", super::NEW);
    let copy = format!("copy /noconfirm {url} disk0:/x.bin");
    let run = |fault: Option<Fault>| {
        let mut client = Client::at(standby().with_remote(url, file.clone()), Address::Active);
        if let Some(fault) = fault {
            client.pair.inject(fault);
        }
        client.say(&copy);
        let said = client.wait(400.0);
        client.say(&format!("verify /md5 disk0:/x.bin {}", file.md5));
        (said, client.wait(30.0))
    };
    assert!(run(None).1.contains("\nVerified (disk0:/x.bin) = "));
    assert!(
        run(Some(Fault::CopyAborts(Role::Primary)))
            .0
            .contains("%Error reading tftp://198.51.100.10/x.bin (Timed out)")
    );
    assert!(run(Some(Fault::FlashFull(Role::Primary))).0.contains("(No space left on device)"));
    assert!(
        run(Some(Fault::CorruptCopy(Role::Primary)))
            .1
            .contains("%Error verifying disk0:/x.bin\nComputed signature  = ")
    );
}

#[test]
fn a_sixth_session_is_refused_and_a_silent_host_says_nothing() {
    let mut client = Client::at(standby(), Address::Active);
    for _ in 0..4 {
        client.pair.connect(Address::Active).unwrap();
    }
    assert_eq!(client.pair.connect(Address::Active), Err(NoAnswer::SessionLimit));
    client.pair.inject(Fault::Silent(Role::Primary));
    assert_eq!(client.say("show failover"), "");
    client.pair.inject(Fault::AuthorizationFails("show reload".to_owned()));
    client.pair.inject(Fault::Heard(Role::Primary));
    assert!(client.say("show reload").contains("\nERROR: Command authorization failed\n"));
}

#[test]
fn reload_asks_to_save_when_modified_and_gives_the_prompt_before_the_shutdown() {
    let mut client = Client::at(standby(), Address::Standby);
    client.say("configure terminal");
    client.say("terminal width 511");
    client.say("end");
    assert_eq!(client.say("reload"), "reload\nSystem config has been modified. Save? [Y]es/[N]o: ");
    assert_eq!(client.say("N"), "N\nProceed with reload? [confirm] ");
    assert_eq!(client.type_raw("\r"), "\nfw/sec/stby# ");
    let down = client.wait(4.0);
    assert!(
        down.contains("*** --- START GRACEFUL SHUTDOWN ---") && down.ends_with("*** --- SHUTDOWN NOW ---\n"),
        "{down}"
    );
    client.wait(2.0);
    assert!(!client.is_open());
    assert_eq!(client.pair.connect(Address::Standby), Err(NoAnswer::Timeout));
}

#[test]
fn a_scheduled_reload_is_shown_and_cancelled() {
    let mut client = Client::at(standby(), Address::Standby);
    assert!(client.say("show reload").contains("\nNo reload is scheduled.\n"));
    client.say("reload in 5");
    assert!(client.type_raw("\r").contains("*** --- SHUTDOWN in 0:05:00 ---"));
    assert!(
        client
            .say("show reload")
            .contains("Reload scheduled for 10:05:00 UTC Sat Apr 20 2024 (in 0 hours and 5 minutes)")
    );
    assert!(client.say("reload cancel").contains("SHUTDOWN ABORTED"));
    client.wait(400.0);
    assert!(client.is_open());
}

#[test]
fn a_configuration_line_during_the_sync_is_a_question() {
    let mut client = Client::at(standby(), Address::Active);
    client.say("write standby");
    let notice = client.wait(3.0);
    assert_eq!(notice, "\nBeginning configuration replication: Sending to mate.\n");
    client.say("configure terminal");
    let asked = client.say("boot system disk0:/x.bin");
    assert!(asked.contains("\nWARNING: Configuration syncing is in progress"), "{asked}");
    assert_eq!(client.say("no"), "no\nfw/pri/act(config)# ");
    assert_eq!(client.wait(30.0), "\nEnd Configuration Replication to mate\n");
    assert!(!client.say("show running-config boot").contains("x.bin"));
}
