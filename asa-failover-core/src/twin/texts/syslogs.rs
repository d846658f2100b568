//! Messages of the log, which a session sees where its logging is on (`terminal monitor`). Each bears its
//! number in Cisco's syslog guide. `{0}` is the unit that logs it, `{1}` what the occasion adds.

use super::Text;

texts! {
    /// A unit becomes active.
    TO_ACTIVE = Text::sure("%ASA-1-104001: ({0}) Switching to ACTIVE - {1}.\n");
    /// A unit gives the role up.
    TO_STANDBY =
        Text::sure("%ASA-1-104002: ({0}) Switching to STANDBY - {1}.\n");
    /// A unit is told to be active and cannot.
    CANNOT_BE_ACTIVE =
        Text::sure("%ASA-1-104002: ({0}) Switching to STANDBY - in failed state, cannot be active\n");
    /// A unit has failed.
    TO_FAILED = Text::sure("%ASA-1-104003: ({0}) Switching to FAILED.\n");
    /// A failed unit is well again.
    TO_OK = Text::sure("%ASA-1-104004: ({0}) Switching to OK.\n");

    /// The mate was not heard for the hold time. Reason 1: no hello; 5: it died while it took the
    /// configuration.
    NO_RESPONSE =
        Text::sure("%ASA-1-103001: ({0}) No response from other firewall (reason code = {1}).\n");
    /// An interface of the mate is well again.
    MATES_IFC_WELL = Text::sure("%ASA-1-103002: ({0}) Other firewall network interface {1} OK.\n");
    /// An interface of the mate failed.
    MATES_IFC_FAILED = Text::sure("%ASA-1-103003: ({0}) Other firewall network interface {1} failed.\n");
    /// The service module of the mate is dead.
    MATES_MODULE_FAILED =
        Text::sure("%ASA-1-103005: ({0}) Other firewall reporting failure. Reason: SSM card failure\n");
    /// The mate says that the configuration did not arrive whole.
    REPORTED_UNSYNCED = Text::sure(
        "%ASA-1-103004: ({0}) Other firewall reports this firewall failed. Failed to complete configuration \
         replication. This firewall's configuration may be out of sync.\n",
    );
    /// The mate says that the unit did not become ready.
    REPORTED_UNREADY = Text::sure(
        "%ASA-1-103004: ({0}) Other firewall reports this firewall failed. Peer failed to enter Standby Ready \
         state.\n",
    );
    /// The mate runs another release, with which no pair is possible.
    LOGS_STRANGE_RELEASE =
        Text::sure("%ASA-1-103006: ({0}) Mate version {1} is not compatible with ours {2}\n");
    /// The mate runs another release.
    LOGS_OTHER_RELEASE =
        Text::sure("%ASA-1-103007: ({0}) Mate version {1} is not identical with ours {2}\n");

    /// The units have different numbers of interfaces.
    OTHER_INTERFACES =
        Text::sure("%ASA-1-103008: ({0}) Mate hwdib index {1} is not identical with ours.\n");

    /// Failover is switched off, by an operator or because the units differ.
    DISABLING = Text::sure("%ASA-1-105001: ({0}) Disabling failover.\n");
    /// The mate was not heard on a data interface.
    LOST_ON =
        Text::sure("%ASA-1-105005: ({0}) Lost Failover communications with mate on interface {1}\n");
    /// The link of a data interface is up. Older text has no quotes.
    IFC_LINK_UP = Text::sure("%ASA-1-105006: ({0}) Link status 'Up' on interface {1}\n");
    /// It is down.
    IFC_LINK_DOWN = Text::sure("%ASA-1-105007: ({0}) Link status 'Down' on interface {1}\n");
    /// Nothing came in by a data interface.
    IFC_TESTING = Text::sure("%ASA-1-105008: ({0}) Testing Interface {1}\n");
    /// Nothing came in all the same, and the mate gets something.
    IFC_TEST_FAILED = Text::sure("%ASA-1-105009: ({0}) Testing on interface {1} Failed\n");
    /// A configuration did not arrive in time.
    SLOW_SYNC =
        Text::sure("%ASA-1-105020: ({0}) Incomplete/slow config replication\n");
    /// Somebody else held the configuration for five minutes.
    LOCKED = Text::sure(
        "%ASA-1-105021: ({0}) Standby unit failed to sync due to a locked {1} config. Lock held by enable_15\n",
    );
    /// A configuration made no progress for a minute.
    SYNC_TIMEOUT =
        Text::sure("%ASA-1-105022: ({0}) Config replication failed with reason = CFG_SYNC_TIMEOUT\n");
    /// A configuration was not done within six hours.
    SYNC_ENDLESS = Text::sure(
        "%ASA-1-105022: ({0}) Config replication failed with reason = CFG_PROGRESSION_TIMEOUT\n",
    );
    /// The active unit went to and fro. How often within what time is on no record: here four times a minute.
    FLAPPING = Text::sure(
        "%ASA-1-105037: ({0}) Both units are switching back and forth as the active unit\n",
    );
    /// The name of an interface has no place on the mate.
    NAME_NOT_TAKEN = Text::sure("%ASA-1-105041: cmd failed during sync\n");
    /// The failover link is back.
    LINK_UP = Text::sure("%ASA-1-105031: ({0}) Failover LAN interface is up\n");
    /// The failover link is lost.
    LINK_DOWN =
        Text::sure("%ASA-1-105032: ({0}) LAN Failover interface is down\n");
    /// What the units differ in, under the number of that difference.
    DIFFERS = Text::sure("%ASA-1-{1}: ({0}) {2}");
    /// 105045, which counts contexts where the console names features.
    LOGS_STRANGE_LICENCE =
        Text::sure("Mate license (2 contexts) is not compatible with my license (5 contexts).\n");

    /// The question during a configuration sync was answered with yes.
    NOT_REPLICATED = Text::sure(
        "%ASA-4-709008: ({0}) Configuration sync in progress. Command: '{1}' executed from terminal will not be \
         replicated to or executed by the standby unit.\n",
    );
    /// A sixth session.
    TOO_MANY = Text::sure(
        "%ASA-7-710004: TCP connection limit exceeded from 192.0.2.10/50022 to {1}:192.0.2.1/ssh \
         (current connections/connection limit = 5/5)\n",
    );
}
