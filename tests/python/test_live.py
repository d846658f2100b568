"""`read` and `run` over SSH, on a simulated pair behind a real server.

The server is the program that ``ASA_TWIN_SERVER`` names; without it these tests are left out, loudly.
"""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import signal
import subprocess
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import asa_failover as asaf

SERVER = os.environ.get("ASA_TWIN_SERVER")
SCALE = 120

pytestmark = pytest.mark.skipif(
    SERVER is None, reason="LEFT OUT: ASA_TWIN_SERVER does not name the simulated pair's SSH server"
)


@dataclasses.dataclass
class Twin:
    """A running server, by what it said of itself."""

    process: subprocess.Popen[str]
    said: dict[str, Any]
    known_hosts: pathlib.Path

    @property
    def addresses(self) -> list[str]:
        return [f"127.0.0.1:{self.said[port]}" for port in ("active_port", "standby_port")]

    def ssh(self, **other: Any) -> asaf.Ssh:
        settings = {
            "addresses": self.addresses,
            "user": self.said["user"],
            "password": self.said["password"],
            "enable": self.said["enable"],
            "known_hosts": self.known_hosts,
        }
        return asaf.Ssh(**{**settings, **other})

    def goal(self) -> asaf.Goal:
        (image,) = self.said["images"]
        published = asaf.Image(image["file"], sha512=image["sha512"], md5=image["md5"], size=image["size"])
        return asaf.Goal(image["version"], images=[published])

    def end(self) -> dict[str, Any]:
        """What the oracle saw, once the server is told to end."""
        printed, _ = self.process.communicate(timeout=30)
        report: dict[str, Any] = json.loads(printed)
        return report


@pytest.fixture
def twin(tmp_path: pathlib.Path) -> Iterator[Twin]:
    assert SERVER is not None
    command = [SERVER, "--staged", "9.8(4)48", "--scale", str(SCALE), "--boot", "60"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    known_hosts = tmp_path / "known_hosts"
    known_hosts.write_text("".join(line.rstrip("\n") + "\n" for line in as_lines(said["known_hosts"])))
    yield Twin(process, said, known_hosts)
    process.kill()
    process.wait()


def as_lines(text: str | list[str]) -> list[str]:
    return text.splitlines() if isinstance(text, str) else text


def read(twin: Twin, **other: Any) -> asaf.Pair:
    return asaf.read(twin.ssh(**other), time_scale=SCALE)


def refused(twin: Twin, **other: Any) -> str:
    with pytest.raises(asaf.TransportError) as caught:
        read(twin, **other)
    assert isinstance(caught.value, OSError) and isinstance(caught.value, asaf.AsaFailoverError)
    return str(caught.value)


def test_a_pair_is_read_and_upgraded(twin: Twin, tmp_path: pathlib.Path) -> None:
    pair = read(twin)
    assert pair.to_dict()["secondary"]["version"]["value"]["version"] == "9.8(4)"
    plan = asaf.plan(pair, twin.goal(), policy=asaf.Policy(soak_s=30))
    seen: list[asaf.Progress] = []
    outcome = asaf.run(
        plan, twin.ssh(), journal=tmp_path / "fw1.journal", on_event=seen.append, owner="test", time_scale=SCALE
    )
    assert outcome.kind == "completed", str(outcome)
    assert len(seen) > 50
    oracle = twin.end()
    assert oracle["clean"], oracle
    assert [tuple(line) for line in oracle["lines"]] == plan.lines


def test_one_address_is_enough(twin: Twin) -> None:
    pair = read(twin, addresses=twin.addresses[:1])
    assert pair.to_dict()["secondary"]["serial"] == "JAD000000A2"


def test_digests_are_computed_when_asked_for(twin: Twin) -> None:
    (image,) = twin.said["images"]
    pair = asaf.read(twin.ssh(), verify=[image["file"]], time_scale=SCALE)
    assert image["sha512"] in json.dumps(pair.to_dict()["primary"]["verified"])


def test_a_stopped_run_goes_on_from_its_journal(twin: Twin, tmp_path: pathlib.Path) -> None:
    plan = asaf.plan(read(twin), twin.goal(), policy=asaf.Policy(soak_s=30))
    journal, stop = tmp_path / "fw1.journal", threading.Event()

    def at_the_reload(progress: asaf.Progress) -> None:
        if progress.command == "failover reload-standby":
            stop.set()

    ssh = twin.ssh()
    halted = asaf.run(plan, ssh, journal, on_event=at_the_reload, stop=stop, time_scale=SCALE)
    assert (halted.kind, halted.code) == ("halted", "stopped"), str(halted)
    outcome = asaf.run(plan, ssh, journal, time_scale=SCALE)
    assert outcome.kind == "completed", str(outcome)
    oracle = twin.end()
    assert oracle["clean"] and [tuple(line) for line in oracle["lines"]] == plan.lines, oracle


def test_ctrl_c_in_a_wait_is_a_halt(twin: Twin, tmp_path: pathlib.Path) -> None:
    plan = asaf.plan(read(twin), twin.goal())
    interrupts: list[threading.Timer] = []

    def interrupt_a_wait(progress: asaf.Progress) -> None:
        if progress.waited_ms is not None and not interrupts:
            interrupts.append(threading.Timer(0.01, signal.raise_signal, [signal.SIGINT]))
            interrupts[0].start()

    # A program that was started in the background ignores Ctrl-C, and so would this one.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        outcome = asaf.run(
            plan, twin.ssh(), tmp_path / "fw1.journal", on_event=interrupt_a_wait, time_scale=SCALE
        )
    finally:
        signal.signal(signal.SIGINT, handler)
    assert (outcome.kind, outcome.code) == ("halted", "stopped"), str(outcome)
    assert len(interrupts) == 1 and twin.end()["clean"]


def test_one_transport_serves_one_call_at_a_time(twin: Twin, tmp_path: pathlib.Path) -> None:
    ssh, plan = twin.ssh(), asaf.plan(read(twin), twin.goal())

    def read_meanwhile(progress: asaf.Progress) -> None:
        asaf.read(ssh, time_scale=SCALE)

    with pytest.raises(asaf.TransportError, match="this Ssh is in use by another read or run"):
        asaf.run(plan, ssh, tmp_path / "fw1.journal", on_event=read_meanwhile, time_scale=SCALE)
    assert twin.end()["lines"] == []


def test_a_wrong_password(twin: Twin) -> None:
    why = refused(twin, password="hunter2")
    assert why == (
        f"active address: {twin.addresses[0]}: login of operator refused; check user name and password (or key)"
    )


def test_a_password_is_not_tried_until_the_account_is_locked(twin: Twin) -> None:
    ssh = twin.ssh(password="hunter2")
    said = []
    for _ in range(4):
        with pytest.raises(asaf.TransportError) as caught:
            asaf.read(ssh, time_scale=SCALE)
        said.append(str(caught.value))
    assert "login of operator refused" in said[2]
    assert "3 logins were refused within 10 minutes; none is tried for" in said[3]


def test_an_unknown_host_key(twin: Twin, tmp_path: pathlib.Path) -> None:
    empty = tmp_path / "empty"
    empty.write_text("")
    why = refused(twin, known_hosts=empty)
    assert f"host key {twin.said['fingerprint']} is not known; compare it on the console" in why


def test_a_changed_host_key(twin: Twin, tmp_path: pathlib.Path) -> None:
    line = as_lines(twin.said["known_hosts"])[0].split()
    changed = tmp_path / "changed"
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", line[1].removeprefix("ssh-"), "-N", "", "-f", key], check=True)
    other = (tmp_path / "key.pub").read_text().split()[:2]
    hosts = [line.split()[0] for line in as_lines(twin.said["known_hosts"])]
    changed.write_text("".join(f"{host} {' '.join(other)}\n" for host in hosts))
    why = refused(twin, known_hosts=changed)
    assert f"host key changed to {twin.said['fingerprint']}, {changed} line 1 has another" in why


def test_a_wrong_enable_password(twin: Twin) -> None:
    assert "no privileged prompt" in refused(twin, enable="hunter2")


def test_an_address_that_does_not_answer(twin: Twin) -> None:
    assert "127.0.0.1:1" in refused(twin, addresses=["127.0.0.1:1"])


def test_a_journal_in_a_folder_that_is_not_there(twin: Twin, tmp_path: pathlib.Path) -> None:
    plan = asaf.plan(read(twin), twin.goal())
    journal = tmp_path / "missing" / "fw1.journal"
    with pytest.raises(asaf.JournalError) as caught:
        asaf.run(plan, twin.ssh(), journal, time_scale=SCALE)
    assert str(caught.value).startswith(f"journal {journal}: ")
    assert (caught.value.path, caught.value.errno) == (str(journal), 2)
    assert twin.end()["lines"] == []
