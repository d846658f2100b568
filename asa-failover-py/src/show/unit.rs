//! What a unit says of itself: release, boot, flash, hardware, licences, contexts.

use super::facts::facts;

facts! {
    /// What a unit says of itself.
    mod "unit";

    /// What ``show version`` says.
    Version {
        /// The software.
        product,
        /// Its release.
        version,
        /// Where it was printed; ``None`` in single mode.
        space,
        /// The release of ASDM in use.
        asdm,
        /// The line of the operating system beneath, as printed.
        platform_os,
        /// The image that was booted.
        image,
        /// The configuration file at boot: ``startup-config``.
        config_at_boot,
        /// The host name. Both units of a pair have the same.
        hostname,
        /// Seconds since the unit booted, as far as they are printed; see ``Version::uptime_range``.
        uptime_seconds,
        /// Seconds since the pair formed. It survives a reboot of one unit and says nothing of this one.
        failover_cluster_uptime_seconds,
        /// The model, up to the first comma of the ``Hardware:`` line: ``ASA5525``.
        hardware,
        /// The ``Model Id:`` of a virtual appliance: ``ASAv10``.
        model_id,
        /// The serial number; a user context prints none.
        serial,
        /// Memory in MB, of the ``Hardware:`` line.
        ram_mb,
        /// What the unit's own licence allows: ``Active/Active``, ``Active/Standby``, ``Disabled``.
        licensed_failover,
        /// The text after ``Configuration register is``: ``0x1``, or ``0x1 (will be 0x41 at next reload)``.
        config_register,
        /// The line that says who last changed the configuration, as printed.
        config_modified,
    } + {
        /// The least and the most seconds for which the unit can be up, by the uptime it prints; ``None``
        /// where none is printed. A unit prints the two largest units of time only: ``1 day 12 hours``
        /// is anything up to ``1 day 13 hours``.
        fn uptime_range(&self) -> Option<(u64, u64)> {
            self.0.uptime_range()
        }

        /// The register that counts at the next reload: ``0x41`` of ``0x1 (will be 0x41 at next reload)``,
        /// else the present one.
        fn config_register_next(&self) -> Option<&str> {
            self.0.config_register_next()
        }
    }

    /// What ``show mode`` says.
    Mode {
        /// Whether the unit is divided into contexts.
        mode,
    }

    /// What ``show running-config boot`` says.
    RunningBoot {
        /// The images, in the order they are tried.
        system,
        /// The file of ``boot config``; ``None`` for the startup configuration.
        config,
    }

    /// The boot lines of ``show startup-config``: what the unit boots if it reloads now.
    StartupBoot {
        /// The images, in the order they are tried.
        system,
    }

    /// What ``show bootvar`` says. A list is ``None`` where the variable is empty or absent.
    Bootvar {
        /// The images of the startup configuration, in the order they are tried.
        boot,
        /// The images of the running configuration, in the order they are tried.
        current_boot,
        /// The configuration file by the startup configuration.
        config_file,
        /// The configuration file by the running configuration.
        current_config_file,
    }

    /// What ``dir`` says.
    Dir {
        /// What ``Directory of`` names: ``disk0:/``.
        filesystem,
        /// The files and folders, in the order printed.
        files,
        /// Bytes of the whole file system.
        total_bytes,
        /// Bytes that are free.
        free_bytes,
    }

    /// A file or folder on flash.
    FlashFile {
        /// Its name, without the file system.
        name,
        /// Its size in bytes.
        size,
        /// When it was written, as printed: ``19:39:56 Nov 03 2015``.
        modified,
        /// File or folder.
        kind,
    }

    /// What ``verify`` says.
    Verify {
        /// The digest's algorithm as the output names it: ``SHA-512``. What only the echoed command
        /// says is no fact.
        algorithm,
        /// The file, as the output names it.
        file,
        /// The digest that the unit computed, its hexadecimal digits in one piece.
        digest,
        /// What came of it.
        result,
    }

    /// What ``show reload`` says.
    Reload {
        /// Whether a reload is scheduled.
        scheduled,
        /// The line that says when, as printed; ``None`` where none is scheduled.
        text,
    }

    /// What ``show inventory`` says.
    Inventory {
        /// The parts, in the order printed.
        items,
    }

    /// A part of the unit. A text is ``None`` where nothing is printed; ``N/A`` is kept as printed.
    InventoryItem {
        /// Its name: ``Chassis``, ``power supply 1``.
        name,
        /// What it is, in words.
        descr,
        /// Its product id: ``ASA5516``.
        pid,
        /// The version of that product.
        vid,
        /// Its serial number.
        serial,
    }

    /// What ``show module`` says.
    Modules {
        /// The modules, in the order of the first table.
        modules,
    }

    /// A module. A text is as printed, also where its column cuts it; it is ``None`` where the module has no
    /// row in that table or the column is blank.
    SlotModule {
        /// Its slot: ``0``, ``1``, ``sfr``.
        slot,
        /// What it is, in words.
        card_type,
        /// Its model.
        model,
        /// Its serial number.
        serial,
        /// The first of its MAC addresses.
        mac_first,
        /// The last of its MAC addresses.
        mac_last,
        /// The version of its hardware.
        hw_version,
        /// The version of its firmware.
        fw_version,
        /// The version of its software.
        sw_version,
        /// The application on it.
        application,
        /// What that application does.
        application_status,
        /// The version of that application.
        application_version,
        /// What the module does.
        status,
        /// What its data plane does.
        data_plane_status,
        /// Whether it suits the unit.
        compatibility,
        /// The licence for it.
        license,
        /// Whether that licence is enabled.
        license_status,
        /// How long that licence lasts.
        license_time_remaining,
    }

    /// What ``show asdm image`` says.
    AsdmImage {
        /// The file: ``disk0:/asdm-7221.bin``.
        image,
    }

    /// What ``show checksum`` says.
    Checksum {
        /// Four words of eight hexadecimal digits, one blank apart.
        checksum,
    }

    /// What ``show clock`` says.
    Clock {
        /// Time, zone and date as printed: ``15:48:33.799 UTC Wed Aug 16 2017``.
        now,
        /// Where the time comes from, in the words of ``show clock detail``: ``NTP``.
        source,
    }

    /// What ``show cpu usage`` says, in percent.
    CpuUsage {
        /// Over the last five seconds.
        five_seconds,
        /// Over the last minute.
        one_minute,
        /// Over the last five minutes.
        five_minutes,
    }

    /// What ``show memory`` says.
    Memory {
        /// Bytes that are free.
        free_bytes,
        /// Bytes in use.
        used_bytes,
        /// Bytes of it all, as printed.
        total_bytes,
    }

    /// What ``show curpriv`` says.
    Curpriv {
        /// The user; after a change of context it is ``enable_15``, whoever logged in.
        username,
        /// The privilege level, 0 to 15.
        level,
        /// The modes, as printed: ``P_PRIV``, ``P_CONF``.
        modes,
    }

    /// What ``show license summary`` says.
    LicenseSummary {
        /// Whether smart licensing is enabled.
        enabled,
        /// Whether the unit is registered.
        registration,
        /// Whether its use is authorised.
        authorization,
        /// Whether strong encryption may be used, as printed: ``Allowed``.
        export_controlled,
        /// What it uses, in the order printed.
        usage,
    }

    /// A licence in use.
    LicenseUse {
        /// Its name, with its tag in parentheses as printed.
        license,
        /// How many.
        count,
        /// Whether that is authorised.
        status,
    }

    /// What ``show crypto key mypubkey`` says.
    CryptoKeys {
        /// The key pairs, in the order printed; empty where there are none.
        keys,
    }

    /// A key pair.
    CryptoKey {
        /// When it was made, as printed.
        generated_at,
        /// Its name: ``<Default-RSA-Key>``.
        name,
        /// Its kind as printed: ``RSA KEYS``; ``None`` where only the command says it.
        r#type,
        /// What it is for, as printed: ``General Purpose Key``.
        usage,
        /// Its size in bits; ``None`` where the output does not say.
        bits,
    }

    /// What ``show startup-config errors`` says.
    StartupErrors {
        /// The reports, in the order printed.
        reports,
        /// Lines below the last report, which belong to none.
        rest,
    }

    /// What was said of one line of the configuration.
    StartupReport {
        /// The number of that line.
        config_line,
        /// The context whose configuration it is; ``None`` for the unit's own.
        context,
        /// The line itself, as far as it is printed: ``failover``, ``arp permit-nonconnect...``; cut behind a word
        /// that a secret follows.
        command,
        /// What was said of it, line by line.
        said,
    }

    /// What ``show context`` or ``show context detail`` says.
    Contexts {
        /// The contexts, in the order printed.
        contexts,
        /// The count below the table; ``None`` in the detailed form, which has none.
        total,
    }

    /// A context.
    Context {
        /// Its name.
        name,
        /// Whether it is the administrative context; ``None`` in the detailed form, which does not say.
        admin,
        /// Whether it is ready; the detailed form alone says it.
        state,
        /// Its resource class.
        class as resource_class,
        /// Its interfaces, ranges as printed; in the detailed form by their hardware names.
        interfaces,
        /// Whether it has more than are printed.
        more_interfaces,
        /// Its interfaces as the context names them; the detailed form alone says it.
        mapped_interfaces,
        /// Routed or transparent; not in the detailed form.
        mode,
        /// Where its configuration is kept.
        config_url,
        /// Flags of the detailed form, as printed.
        flags,
        /// Its number in the detailed form.
        id,
        /// Its failover group. The detailed form prints none for a context that joined no group, which is
        /// then in group 1.
        failover_group,
    }

    /// What ``show running-config context`` says.
    RunningContext {
        /// The administrative context; ``None`` where no line says which it is.
        admin_context,
        /// The contexts, in the order printed.
        contexts,
    }

    /// A context as configured.
    ContextConfig {
        /// Its name.
        name,
        /// Its resource class; ``None`` for the default one.
        class as resource_class,
        /// Its interfaces, in the order printed.
        interfaces,
        /// Where its configuration is kept.
        config_url,
        /// The failover group it joined; ``None`` where no line says so, which is group 1.
        failover_group,
    }

    /// An interface, or a range of them, that a context was given.
    AllocatedInterface {
        /// The hardware port, a range as printed.
        port,
        /// The name that the context knows it by; ``None`` where it is the port's own.
        mapped,
    }

    /// What ``show running-config ssh`` says. What no line says is ``None``, which is the release's default.
    RunningSsh {
        /// Who may log in, in the order printed.
        allowed,
        /// Minutes after which an idle session is closed.
        timeout_minutes,
        /// The versions of the protocol, as printed: ``2``.
        version,
        /// The group of the key exchange: ``dh-group14-sha256``.
        key_exchange_group,
        /// The kind of the host key: ``rsa``, ``ecdsa``.
        host_key,
        /// The ciphers, as printed: ``high``, ``custom "aes256-ctr"``.
        cipher_encryption,
        /// The integrity algorithms, as printed.
        cipher_integrity,
        /// Whether files may be copied to the unit by SCP.
        scopy,
        /// Whether the unit checks the host keys of servers that it copies from.
        strict_host_key_check,
        /// Whether the CiscoSSH stack runs in place of the unit's own.
        ciscossh_stack,
    }

    /// Who may log in.
    SshAllowed {
        /// The address; an IPv6 one with its prefix length.
        address,
        /// The IPv4 mask; ``None`` for IPv6.
        mask,
        /// The interface name.
        interface,
    }
}
