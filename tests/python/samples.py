"""An output of each command, with every kind of row that a reader knows."""

from __future__ import annotations

from conftest import ROOT, captured

CAPTURED = ROOT / "asa-failover-core" / "tests" / "captures"


def capture(name: str) -> str:
    return (CAPTURED / f"{name}.txt").read_text()


PRIMARY = captured("asa5525-9.8.4")["primary"]

SAMPLES: list[tuple[str, str]] = [
    ("show failover", PRIMARY["show failover"]),
    ("show failover", captured("asa5525-aa-9.8.4")["primary"]["show failover"]),
    ("show failover", capture("show-failover-asa5510-7.2")),
    ("show failover", capture("show-failover-asa5516-9.16")),
    ("show failover", capture("show-failover-fpr2130-aa-9.8")),
    ("show failover state", capture("show-failover-state-asa-9.8")),
    ("show failover state", capture("show-failover-state-aa-9.1")),
    ("show version", PRIMARY["show version"]),
    ("show version", capture("show-version-asav-9.16")),
    ("show mode", "Security context mode: multiple \n"),
    ("show running-config boot", "boot system disk0:/a.bin\nboot system disk0:/b.bin\nboot config disk0:/c.cfg\n"),
    ("show startup-config", PRIMARY["show startup-config"]),
    ("show bootvar", PRIMARY["show bootvar"]),
    ("dir", capture("dir-asa5516-9.16")),
    ("verify", PRIMARY["verify verify-asa984-48-smp-k8.bin"]),
    ("show running-config failover", capture("show-running-config-failover-aa-9.8")),
    ("show reload", "Reload scheduled for 10:20:00 UTC Sat April 20  (in 12 hours and 4 minutes)\n"),
    (
        "show conn count",
        "54 in use, 123 most used\nInspect Snort:\n"
        "        preserve-connection: 15 enabled, 7 in effect, 62 most enabled, 18 most in effect\n",
    ),
    ("show failover history", capture("show-failover-history-fpr2130-aa-9.8")),
    ("show failover history details", capture("show-failover-history-details-9.16")),
    (
        "show failover interface",
        "interface folink GigabitEthernet0/3\nSystem IP Address: 192.0.2.1 255.255.255.252\n"
        "My IP Address : 192.0.2.1\nOther IP Address : 192.0.2.2\n",
    ),
    ("show context", capture("show-context-asa5585-9.8")),
    ("show context detail", capture("show-context-detail-fpr2130-9.8")),
    ("show running-config context", capture("show-running-config-context-aa-9.8")),
    ("show inventory", capture("show-inventory-fpr1140-9.16")),
    ("show module", capture("show-module-asa5516-9.16")),
    ("show vpn-sessiondb summary", capture("show-vpn-sessiondb-asa5525-9.12").partition("IPv6 Usage")[0]),
    ("show asdm image", "Device Manager image file, disk0:/asdm-openjre-7181.bin \n"),
    ("show arp", "\toutside 192.0.2.9 0050.5600.0001 2\n\tdmz 192.0.2.11 0050.5600.0003 alias\n"),
    (
        "show bgp summary",
        "BGP router identifier 192.0.2.1, local AS number 65101\n"
        "BGP table version is 9, main routing table version 9\n"
        "Neighbor        V           AS MsgRcvd MsgSent   TblVer  InQ OutQ Up/Down  State/PfxRcd\n"
        "192.0.2.9       4        65101 961788  961836         9    0    0 4w6d     5\n"
        "192.0.2.10      4        65102       0       0         1    0    0 never    Active\n",
    ),
    ("show checksum", "Cryptochecksum: ce770b8f 9a7ce38e  fc682db4 81d2bf45 \n"),
    ("show clock detail", "09:01:02 CEST  Sun Apr 5 2026\nTime source is NTP\n"),
    ("show cpu usage", "CPU utilization for 5 seconds = 12%; 1 minute: 9%; 5 minutes: 100%\n"),
    (
        "show crypto key mypubkey rsa",
        "Key pair was generated at: 21:24:03 UTC Jun 27 2018\nKey name: <Default-RSA-Key>\n"
        " Usage: General Purpose Key\n Modulus Size (bits): 2048\n"
        "Key pair was generated at: 21:24:04 UTC Jun 27 2025\nKey name: ssh\nKey type: ECDSA KEYS\n"
        " Key Size (bits): 384\n",
    ),
    ("show curpriv", "Username : enable_15\nCurrent privilege level : 15\nCurrent Mode/s : P_PRIV P_CONF\n"),
    ("show failover descriptor", "outside send: 2000200ffff0000 receive: 2000200ffff0001\n"),
    ("show failover exec mate", "Standby unit Failover EXEC is at interface sub-command mode\n"),
    ("show failover statistics", "\ttx:320652\n\trx:5000000000\n"),
    (
        "show interface ip brief",
        "Interface                  IP-Address      OK? Method  Status                Protocol\n"
        "GigabitEthernet0/0         192.0.2.1       YES CONFIG  up                    up\n"
        "GigabitEthernet0/1         unassigned      YES unset   administratively down down\n",
    ),
    (
        "show license summary",
        "Smart Licensing is ENABLED\n\nRegistration:\n  Status: REGISTERED\n"
        "  Export-Controlled Functionality: Allowed\n\nLicense Authorization: \n"
        "  Status: OUT OF COMPLIANCE on Aug 08 17:08:45 2026 UTC\n\nLicense Usage:\n"
        "  License                 Entitlement tag               Count Status\n"
        "  -----------------------------------------------------------------------------\n"
        "  Strong Encryption (3DES/AES)  (STRONG_ENCRYPTION)          2 AUTHORIZED\n",
    ),
    (
        "show memory",
        "Free memory:        5318377472 bytes (34%)\nUsed memory:       10255417344 bytes (66%)\n"
        "-------------     ------------------\nTotal memory:      15573794816 bytes (100%)\n",
    ),
    (
        "show ospf neighbor",
        "Neighbor ID     Pri   State           Dead Time   Address         Interface\n"
        "192.0.2.9         0   FULL/  -        0:00:07    192.0.2.9       outside\n",
    ),
    (
        "show route summary",
        "Route Source    Networks    Subnets     Replicates  Overhead    Memory (bytes)\n"
        "ospf 100        12          487         0           39920       144860\n"
        "internal        9                                               1040\n"
        "Total           21          511         0           41840       153004\n",
    ),
    ("show running-config monitor-interface", "monitor-interface inside\nno monitor-interface service-module\n"),
    (
        "show running-config ssh",
        "ssh scopy enable\nssh 192.0.2.0 255.255.255.0 inside\nssh timeout 60\nssh version 2\n"
        "ssh key-exchange group dh-group14-sha256\n",
    ),
    (
        "show startup-config errors",
        '*** Output from config line 153, "failover"\nERROR: exists, first remove\n'
        "Creating context 'b'... Done. (3)\n",
    ),
    ("show xlate count", "943 in use, 7120 most used\n"),
    ("syslog", "Nov 26 2026 10:00:00 fw1 : %ASA-1-104001: (Primary) Switching to ACTIVE - mate is dead\n"),
]
