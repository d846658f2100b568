//! A live pair over SSH: read it, or run a plan on it.

use std::ffi::c_void;
use std::slice;

use asa_failover_core::clock::SystemClock;
use asa_failover_core::drive::drive;
use asa_failover_core::flash::DiskFile;
use asa_failover_core::link::{Endpoint, Reach};
use asa_failover_core::live;
use asa_failover_core::run::Run;
use asa_failover_core::store::Journal;
use asa_failover_core::transport::ssh::{AlgorithmProfile, Credentials, Ssh, SshSettings};
use secrecy::SecretString;

use crate::guard::{Detail, Out, guard};
use crate::handle;
use crate::options::{self, Sizing};
use crate::outcome::{Ended, asaf_outcome};
use crate::pair::asaf_pair;
use crate::plan::asaf_plan;
use crate::status::{Entering as _, Failure, asaf_error, asaf_status, entering};
use crate::text::asaf_str;
use crate::watch::{Watcher, asaf_on_probe, asaf_on_progress, asaf_on_question, asaf_stop};

/// Which algorithms are offered to the pair.
#[repr(C)]
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum asaf_algorithms {
    /// No SHA-1, no CBC, no group 1: ASA code from about 9.10 on.
    Modern = 0,
    /// Those, then `diffie-hellman-group1-sha1`, `ssh-rsa`, `aes-cbc`, `3des-cbc`, `hmac-sha1`: ASA
    /// code from 7.0 to about 9.9.
    Legacy = 1,
}
entering!(asaf_algorithms: Modern, Legacy);

/// Where the pair is and how to log in. Passwords are copied, and wiped when they are not needed any
/// more; they occur in no message.
#[repr(C)]
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "nothing shows where a password is")]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_ssh {
    /// `sizeof(asaf_ssh)`
    pub size: usize,
    /// Name or address of the active unit.
    pub active_host: asaf_str,
    /// Name or address of the standby unit; empty: the mate is read through the active unit.
    pub standby_host: asaf_str,
    /// The port of the active unit; 0 is 22.
    pub active_port: u16,
    /// The port of the standby unit; 0 is 22.
    pub standby_port: u16,
    /// An `asaf_algorithms`.
    pub algorithms: u32,
    /// The `known_hosts` file with the host keys of the pair. There is no way around it.
    pub known_hosts: asaf_str,
    /// The user name.
    pub user: asaf_str,
    /// The password; empty: the key only.
    pub password: asaf_str,
    /// The file of a private key, in OpenSSH or PEM form; empty: the password only.
    pub key_file: asaf_str,
    /// What the key is encrypted with; may be empty.
    pub key_passphrase: asaf_str,
    /// A second user, tried only when the first is refused; may be empty.
    pub fallback_user: asaf_str,
    /// The password of the second user.
    pub fallback_password: asaf_str,
    /// The password for `enable`; empty: Enter is enough.
    pub enable: asaf_str,
    /// How many times faster time passes; 0 and 1 are real time. For a simulated pair that does the same.
    pub time_scale: u32,
}

// SAFETY: `repr(C)`, begins with `size`, and has numbers and raw pointers only.
unsafe impl Sizing for asaf_ssh {
    const NAME: &'static str = "asaf_ssh";
}

impl asaf_ssh {
    const fn reach(&self) -> Reach {
        if self.standby_host.len == 0 { Reach::ActiveOnly } else { Reach::BothAddresses }
    }

    const fn scale(&self) -> u32 {
        if self.time_scale == 0 { 1 } else { self.time_scale }
    }

    /// # Safety
    ///
    /// Every text of it is readable.
    unsafe fn transport(&self) -> Result<Ssh, Failure> {
        let needed = |text: asaf_str, argument| {
            // SAFETY: as promised to the enclosing function.
            let text = unsafe { text.read_some(argument) }?;
            text.ok_or_else(|| Failure::value(argument, "a text, found none"))
        };
        // SAFETY: as promised to this function.
        let some = |text: asaf_str, argument| unsafe { text.read_some(argument) };
        let secret = |text: asaf_str, argument| some(text, argument).map(|text| text.map(SecretString::from));
        let user = needed(self.user, "ssh.user")?;
        let password = secret(self.password, "ssh.password")?;
        let passphrase = secret(self.key_passphrase, "ssh.key_passphrase")?;
        let credentials = match (some(self.key_file, "ssh.key_file")?, password) {
            (None, Some(password)) => Credentials::password(user, password),
            (Some(key), None) => Credentials::key(user, key, passphrase),
            (Some(key), Some(password)) => Credentials::key(user, key, passphrase).or_password(password),
            (None, None) => return Err(Failure::value("ssh", "a password or a key, found none")),
        };
        let profile = match asaf_algorithms::checked(self.algorithms, "ssh.algorithms")? {
            asaf_algorithms::Modern => AlgorithmProfile::Modern,
            asaf_algorithms::Legacy => AlgorithmProfile::Legacy,
        };
        let mut settings = SshSettings::new(needed(self.known_hosts, "ssh.known_hosts")?, credentials)
            .with_address(
                Endpoint::Active,
                needed(self.active_host, "ssh.active_host")?,
                port(self.active_port),
            )
            .with_algorithms(profile);
        if let Some(standby) = some(self.standby_host, "ssh.standby_host")? {
            settings = settings.with_address(Endpoint::Standby, standby, port(self.standby_port));
        }
        if let Some(user) = some(self.fallback_user, "ssh.fallback_user")? {
            let password = secret(self.fallback_password, "ssh.fallback_password")?;
            let password = password.ok_or_else(|| {
                Failure::value("ssh.fallback_password", "a password of the second user, found none")
            })?;
            settings = settings.with_fallback(Credentials::password(user, password));
        }
        if let Some(enable) = secret(self.enable, "ssh.enable")? {
            settings = settings.with_enable(enable);
        }
        Ok(Ssh::new(settings))
    }
}

const fn port(port: u16) -> u16 {
    if port == 0 { 22 } else { port }
}

/// Reads both units with `show`, `dir` and `verify` only: a dry run against the live pair. Without a
/// `standby_host` the mate is read through `failover exec mate`; plan with the policy
/// `{"reach":"active-only"}` then. `verify` names files on flash whose digest each unit shall compute,
/// which takes half a minute each; it may be NULL when `verify_count` is 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_read_ssh(
    ssh: *const asaf_ssh,
    verify: *const asaf_str,
    verify_count: usize,
    out: *mut *mut asaf_pair,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        // SAFETY: `ssh`, the array and their texts are readable, by the caller's contract.
        let (settings, verify) = unsafe { (options::read(ssh, "ssh")?, files(verify, verify_count)?) };
        // SAFETY: as above.
        let mut transport = unsafe { settings.transport() }?;
        out.give(live::read_scaled(&mut transport, settings.reach(), &verify, settings.scale())?);
        Ok(())
    })
}

/// # Safety
///
/// `count` texts are readable at `verify`, and so is each of them.
unsafe fn files(verify: *const asaf_str, count: usize) -> Result<Vec<DiskFile>, Failure> {
    if count == 0 {
        return Ok(Vec::new());
    }
    if verify.is_null() || !verify.is_aligned() {
        return Err(Failure::null("verify"));
    }
    if count > isize::MAX.unsigned_abs() / size_of::<asaf_str>() {
        return Err(Failure::value("verify_count", "a count that memory can hold"));
    }
    // SAFETY: not NULL, of a length that memory can have, and readable as promised.
    let texts = unsafe { slice::from_raw_parts(verify, count) };
    // SAFETY: each is readable, as promised.
    texts.iter().map(|text| Ok(unsafe { text.read("verify") }?.parse()?)).collect()
}

/// How to run.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the ABI fixes its fields")]
pub struct asaf_run_options {
    /// `sizeof(asaf_run_options)`
    pub size: usize,
    /// The journal's file. One that is there is resumed; a new one appears with its first record.
    pub journal: asaf_str,
    /// Who runs it, for the journal and for any other run that comes for it; may be empty.
    pub owner: asaf_str,
    /// Who watches.
    pub on_progress: asaf_on_progress,
    /// Who answers at a pause.
    pub on_question: asaf_on_question,
    /// What both are given.
    pub user: *mut c_void,
    /// What stops the run; may be NULL. It may be set from another thread.
    pub stop: *const asaf_stop,
    /// Who says whether traffic is well on the new release; given `user` as well.
    pub on_probe: asaf_on_probe,
}

// SAFETY: `repr(C)`, begins with `size`, and has raw pointers and functions that may be NULL.
unsafe impl Sizing for asaf_run_options {
    const NAME: &'static str = "asaf_run_options";
}

/// Runs a plan on the pair over SSH, on this thread, until it is completed or halts: either is an
/// outcome and `ASAF_STATUS_OK`. The plan stays the caller's; the caller frees the outcome.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn asaf_run_ssh(
    plan: *const asaf_plan,
    ssh: *const asaf_ssh,
    options: *const asaf_run_options,
    out: *mut *mut asaf_outcome,
    error: *mut *mut asaf_error,
) -> asaf_status {
    // SAFETY: `error` is NULL or writable, by the caller's contract.
    guard(unsafe { Detail::at(error) }, || {
        // SAFETY: `out` is NULL or writable, by the caller's contract.
        let out = unsafe { Out::handle(out) }?;
        let planned = handle::borrow(plan, "plan")?;
        // SAFETY: both and their texts are readable, by the caller's contract.
        let (settings, options) = unsafe { (options::read(ssh, "ssh")?, options::read(options, "options")?) };
        let asaf_run_options { on_progress, on_question, on_probe, user, stop, .. } = options;
        // SAFETY: as above, and the functions may be called with `user`.
        let (journal, owner, mut transport, mut watch) = unsafe {
            (
                options.journal.read_some("options.journal")?,
                options.owner.read("options.owner")?,
                settings.transport()?,
                Watcher::new(&planned, on_progress, on_question, on_probe, user, stop)?,
            )
        };
        let journal = journal.ok_or_else(|| Failure::value("options.journal", "a file, found none"))?;
        if planned.plan.policy().reach == Reach::BothAddresses && settings.reach() == Reach::ActiveOnly {
            return Err(Failure::value(
                "ssh.standby_host",
                "an address, since the plan needs both, found none",
            ));
        }
        let (mut journal, records) = Journal::open_for(journal, owner)?;
        let mut clock = SystemClock::scaled(settings.scale());
        let mut run = Run::new(&planned.plan).with_owner(owner);
        let outcome = drive(&mut run, records, &mut transport, &mut clock, &mut journal, &mut watch);
        out.give(Ended::new(outcome)?);
        Ok(())
    })
}
