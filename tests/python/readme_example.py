import pathlib

import asa_failover as asaf

COMMANDS = ["show version", "show failover", "show mode", "show running-config boot", "show startup-config", "dir",
            "show running-config failover", "show reload"]  # fmt: skip


def captures(folder: str) -> dict[str, str]:
    return {command: pathlib.Path(folder, command.replace(" ", "-") + ".txt").read_text() for command in COMMANDS}


pair = asaf.Pair.from_captures(
    primary=captures("tests/captures/asa5525-9.8.4/primary"),
    secondary=captures("tests/captures/asa5525-9.8.4/secondary"),
)
image = asaf.Image("disk0:/asa984-48-smp-k8.bin")
try:
    asaf.plan(pair, asaf.Goal("9.8(4)48", images=[image]))
except asaf.Refused as refused:  # with every reason at once
    assert [finding.id for finding in refused.findings if finding.severity == "block"] == ["image.digest.none"]

plan = asaf.plan(pair, asaf.Goal("9.8(4)48", images=[image], accept=["image.digest.none"]))
assert ("Primary", "failover reload-standby") in plan.lines

rehearsal = asaf.rehearse(plan)  # the same controller, on a simulated pair of this shape
assert rehearsal.kind == "completed" and rehearsal.oracle.is_clean

# ssh = asaf.Ssh(["192.0.2.1", "192.0.2.2"], user="admin", key="~/.ssh/id_ed25519")
# outcome = asaf.run(plan, ssh, journal="fw1.journal", on_event=print)
