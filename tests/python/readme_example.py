import pathlib
import re

import asa_failover as asaf


def captures(folder: pathlib.Path) -> dict[str, str]:
    names = {file: re.sub("(running|startup) config", r"\1-config", file.stem.replace("-", " ")) for file in folder.glob("*.txt")}
    return {command: file.read_text() for file, command in names.items()}


folder = pathlib.Path("tests/captures/asa5525-9.8.4")
pair = asaf.Pair.from_captures(primary=captures(folder / "primary"), secondary=captures(folder / "secondary"))
goal = asaf.Goal("9.8(4)48", images=[asaf.Image("disk0:/asa984-48-smp-k8.bin")])
try:
    asaf.plan(pair, goal)
except asaf.Refused as refused:  # every reason at once
    assert [finding.id for finding in refused.findings if finding.severity == "block"] == ["image.digest.none"]

goal = asaf.Goal(goal.target, images=[asaf.Image("disk0:/asa984-48-smp-k8.bin")], accept=["image.digest.none"])
plan = asaf.plan(pair, goal)
assert ("Primary", "failover reload-standby") in plan.lines
rehearsal = asaf.rehearse(plan)  # the same controller, on a simulated pair
assert rehearsal.kind == "completed" and rehearsal.oracle.is_clean
# outcome = asaf.run(plan, asaf.Ssh(["192.0.2.1", "192.0.2.2"], user="admin", key="~/.ssh/id"), journal="fw1.journal")
