"""The example that judges a fleet: a row for each line, whatever stands in it."""

from __future__ import annotations

import csv
import io
import os
import pathlib
import pty
import subprocess
import sys

import pytest

import asa_failover as asaf
from conftest import ROOT

SCRIPT = ROOT / "asa-failover-py" / "examples" / "fleet_verdicts.py"
COLUMNS = ["name", "model", "from", "to", "kind", "path", "conditions", "basis", "reason"]

# Name, model, from, to, and the kind that the answer has to be.
FLEET = [
    ("berlin-dmz", "ASA5505", "8.2(5)", "9.1(7)32", "not_hitless"),
    ("bern-lab", "ASA5510", "7.0(8)", "7.2(5)", "needs_stops"),
    ("bonn-edge", "ASA5520", "7.0(1)", "7.0(4)", "hitless"),
    ("brno-edge", "ASA5520", "8.4(5)", "8.4(6)", "not_hitless"),
    ("cadiz-vpn", "ASA5540", "7.0(8)", "7.1(2)", "hitless"),
    ("cork-core", "ASA5550", "9.1(7)32", "9.1(7)32", "same"),
    ("delft-core", "ASA 5512-X", "9.8(4)", "9.12(4)", "hitless"),
    ("essen-core", "ASA5525", "9.8(4)", "9.8(4)48", "hitless"),
    ("espoo-core", "ASA5525", "9.12(4)", "9.16(4)", "refused"),
    ("genoa-dmz", "asa5516", "9.12(4)", "9.16(4)57", "hitless"),
    ("ghent-dmz", "ASA5506", "9.8(4)", "9.6(4)", "downgrade"),
    ("graz-dc", "ASA5585-SSP-40", "9.8(4)", "9.12(4)67", "hitless"),
    ("kiel-plant", "ISA 3000", "9.12(4)", "9.16(4)", "hitless"),
    ("linz-cloud", "ASAv", "9.12(4)", "9.20(2)", "hitless"),
    ("lodz-cloud", "ASAv", "9.24(1)", "9.22(2)", "refused"),
    ("malmo-dc", "FPR-2130", "9.12(4)", "9.16(4)", "hitless"),
    ("metz-dc", "FPR-4110", "9.12(4)", "9.16(4)", "hitless"),
    ("namur-old", "PIX-515E", "7.0(8)", "7.2(5)", "needs_stops"),
    ("oulu-new", "FPR-3110", "9.18(4)", "11.3(1)", "unknown"),
    ("padua-what", "WS-SVC-FWM-1", "9.8(4)", "9.8(4)48", "unknown"),
    ("pecs-any", "", "9.12(4)", "9.16(4)", "unknown"),
    ("porto-gap", "ASA5525", "9.8(4)", "9.11(1)", "refused"),
]


def fleet_py(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False)


def rows(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, str]]:
    text = done.stdout.decode()
    assert text.splitlines()[0].split(",") == COLUMNS
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def fleet(tmp_path: pathlib.Path) -> pathlib.Path:
    path = tmp_path / "fleet.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "model", "from", "to"])
        writer.writerows(pair[:4] for pair in FLEET)
    return path


def test_a_fleet_over_the_families(fleet: pathlib.Path) -> None:
    done = fleet_py(fleet)
    found = rows(done)
    assert [tuple(row[column] for column in ("name", "model", "from", "to", "kind")) for row in found] == FLEET
    compat = asaf.Compat()
    for row in found:
        verdict = compat.between(row["from"], row["to"], model=row["model"] or None)
        releases = row["path"].split(" -> ") if row["path"] else []
        assert releases[1:] == [str(hop.to) for hop in verdict.path] and releases[:1] in ([], [row["from"]])
        assert row["conditions"].split("; ") == ([c.id for c in verdict.conditions] or [""])
        assert (row["basis"], row["reason"]) == (verdict.basis or "", str(verdict.reason or ""))
    by_name = {row["name"]: row for row in found}
    assert by_name["bern-lab"]["path"] == "7.0(8) -> 7.1(2) -> 7.2(5)"
    assert by_name["berlin-dmz"]["reason"].endswith("every connection drops at each switchover")
    assert by_name["porto-gap"]["reason"].startswith("there is no train 9.11")
    first, second, *rest = done.stderr.decode().splitlines()
    counts = dict(part.split() for part in first.removeprefix("22 pairs: ").split(", "))
    kinds = [pair[4] for pair in FLEET]
    assert counts == {kind: str(kinds.count(kind)) for kind in kinds}
    assert second.endswith("of them with one that may lock the operator out") and rest == []
    assert done.returncode == 0


def test_a_broken_line_is_a_row_and_is_named(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "fleet.csv"
    path.write_bytes(
        b"\xef\xbb\xbfTo,name,site,from,model\r\n"
        b"9.8(4)48,essen,north,9.8(4),ASA5525\r\n"
        b"9.8(4)48,espoo,north,nine,ASA5525\r\n"
        b"\r\n"
        b"9.8(4)48,\"gen\"oa,north,9.8(4),ASA5525\r\n"
        b"9.8(4)48,ghent,north\r\n"
        b"9.8(4)48,graz,north,9.8(4),ASA5525,old\r\n"
        b"9.8(4)48,k\xf6ln,north,9.8(4),ASA5525\r\n"
        b"9.8(4)48,\"linz,north,9.8(4),ASA5525\r\n"
        b",lodz,north,9.8(4),ASA5525\r\n"
        b"9.8(4)48,malmo,north,9.8(4),ASA5525"
    )
    done = fleet_py(path)
    found = list(csv.reader(io.StringIO(done.stdout.decode("latin-1"))))
    release = "expected an ASA version such as 9.16(4)57, found"
    problems = [
        f'line 3, column from: {release} "nine"',
        "line 5: expected CSV: ',' expected after '\"'",
        "line 6, column model: expected a cell, found the end of the line",
        "line 7: expected 5 cells, found 6",
        "line 8, column name: expected UTF-8",
        "line 9: expected CSV: unexpected end of data",
        f'line 10, column to: {release} ""',
    ]
    assert [row[-1] for row in found[1:] if row[4] == "error"] == problems
    assert [row[4] for row in found[1:]] == ["hitless", *["error"] * 7, "hitless"]
    assert found[2] == ["espoo", "ASA5525", "nine", "9.8(4)48", "error", "", "", "", problems[0]]
    assert found[4][:4] == ["ghent", "", "", "9.8(4)48"]
    assert found[6][0].encode("latin-1") == b"k\xf6ln", "what is no UTF-8 goes through as it is"
    assert found[7][0] == '9.8(4)48,"linz,north,9.8(4),ASA5525'
    assert done.stderr.decode().splitlines() == ["9 pairs: hitless 2, error 7", *problems]
    assert done.returncode == 1


def test_a_fleet_of_nobody(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "fleet.csv"
    path.write_text("name,model,from,to\n")
    done = fleet_py(path)
    assert (done.returncode, done.stderr, rows(done)) == (0, b"0 pairs\n", [])


@pytest.mark.parametrize(
    ("text", "found"),
    [("", "none"), ("\n\n", "none"), ("name;model;from;to\n", "name;model;from;to"), ("name,to,from,name", "name, to")],
)
def test_a_file_without_the_columns_is_not_judged(tmp_path: pathlib.Path, text: str, found: str) -> None:
    path = tmp_path / "fleet.csv"
    path.write_text(text)
    done = fleet_py(path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{path}, line 1: expected the columns name, model, from, to, found {found}" in done.stderr.decode()


def test_rules_and_a_sites_rows(fleet: pathlib.Path, tmp_path: pathlib.Path) -> None:
    strict = {row["name"]: row for row in rows(fleet_py(fleet, "--rules", "strict"))}
    assert strict["delft-core"]["kind"] == "needs_stops"
    overlay = tmp_path / "site.csv"
    overlay.write_text("action,versions,models,text\nforbid,9.8(4)48,,it drops our VPN users\n")
    row = next(row for row in rows(fleet_py(fleet, "--overlay", overlay)) if row["name"] == "essen-core")
    assert (row["kind"], row["basis"]) == ("refused", "site")
    assert row["reason"] == "this site forbids 9.8(4)48: it drops our VPN users"


def test_a_file_that_is_not_there_is_named(fleet: pathlib.Path, tmp_path: pathlib.Path) -> None:
    missing = tmp_path / "missing.csv"
    for arguments in ([missing], [fleet, "--overlay", missing]):
        done = fleet_py(*arguments)
        assert done.returncode == 2 and f"No such file or directory: '{missing}'" in done.stderr.decode()
    overlay = tmp_path / "site.csv"
    overlay.write_text("action,versions,models,text\nforbid,nine,,\n")
    done = fleet_py(fleet, "--overlay", overlay)
    assert done.returncode == 2 and f"{overlay}, line 2, column versions: " in done.stderr.decode()


def test_a_terminal_sees_how_far_it_is(tmp_path: pathlib.Path) -> None:
    path = tmp_path / "fleet.csv"
    path.write_text("name,model,from,to\n" + "essen,ASA5525,9.8(4),9.8(4)48\n" * 450)
    ours, theirs = pty.openpty()
    done = subprocess.run([sys.executable, SCRIPT, path], stdout=subprocess.PIPE, stderr=theirs, check=True)
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 1024):
            shown += part
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert b"\r200 of 450\r400 of 450\r\x1b[K450 pairs: hitless 450" in shown
    assert len(done.stdout.splitlines()) == 451
