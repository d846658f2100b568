"""How a pair is reached, and journals that cannot be used: nothing here needs a pair."""

from __future__ import annotations

import fcntl
import json
import os
import pathlib

import pytest

import asa_failover as asaf


def ssh(*addresses: str) -> asaf.Ssh:
    return asaf.Ssh(list(addresses) or ["127.0.0.1:1"], user="operator", password="hunter2", enable="hunter3")


@pytest.mark.parametrize(
    "address",
    ["192.0.2.1", "192.0.2.1:2222", "fw.example.com:22", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:2222"],
)
def test_addresses(address: str) -> None:
    assert repr(ssh(address)) == f"<Ssh operator@{address}>"


@pytest.mark.parametrize("address", ["", ":22", "fw:ssh", "fw:0", "fw:70000", "[2001:db8::1", "[::1]x", "a b", "a;b"])
def test_what_is_no_address_is_named(address: str) -> None:
    with pytest.raises(asaf.ParseError, match="expected an address such as 192.0.2.1 or fw.example.com:22"):
        ssh(address)


def test_one_or_two_addresses_and_something_to_log_in_with() -> None:
    with pytest.raises(asaf.ParseError, match="expected the active and perhaps the standby address, found 3"):
        ssh("192.0.2.1", "192.0.2.2", "192.0.2.3")
    with pytest.raises(TypeError):
        asaf.Ssh("192.0.2.1", user="operator", password="p")
    with pytest.raises(asaf.ParseError, match="expected a password or a key to log in with"):
        asaf.Ssh(["192.0.2.1"], user="operator")
    with pytest.raises(asaf.ParseError, match="expected both fallback_user and fallback_password, found one"):
        asaf.Ssh(["192.0.2.1"], user="operator", password="p", fallback_user="local")
    asaf.Ssh(["192.0.2.1"], user="o", key="~/.ssh/id", passphrase="p", fallback_user="l", fallback_password="p")


def test_no_secret_is_shown() -> None:
    shown = repr(ssh()) + str(ssh()) + repr(vars(type(ssh())))
    assert "hunter" not in shown


def test_a_key_that_is_not_there_is_named(tmp_path: pathlib.Path) -> None:
    known_hosts = tmp_path / "known_hosts"
    known_hosts.write_text("")
    key = tmp_path / "id"
    keyed = asaf.Ssh(["127.0.0.1:1"], user="operator", key=key, known_hosts=known_hosts)
    with pytest.raises(asaf.TransportError, match=f"active address: {key}: no such file"):
        asaf.read(keyed)


def test_what_is_no_file_on_flash_is_named() -> None:
    with pytest.raises(asaf.ParseError, match="expected a file on flash such as"):
        asaf.read(ssh(), verify=["asa984-48-smp-k8.bin"])


def test_a_journal_folder_that_is_not_there(plan: asaf.Plan, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "missing" / "fw1.journal"
    with pytest.raises(asaf.JournalError) as caught:
        asaf.run(plan, ssh(), journal)
    assert str(caught.value).startswith(f"journal {journal}: its folder cannot be written: No such file")
    assert (caught.value.path, caught.value.errno) == (str(journal), 2)
    assert isinstance(caught.value, OSError) and isinstance(caught.value, asaf.AsaFailoverError)


def test_a_journal_folder_that_is_not_writable(plan: asaf.Plan) -> None:
    with pytest.raises(asaf.JournalError) as caught:
        asaf.run(plan, ssh(), "/proc/fw1.journal")
    assert str(caught.value).startswith("journal /proc/fw1.journal: ")
    assert caught.value.errno is not None and os.strerror(caught.value.errno) in str(caught.value)


def test_a_journal_that_another_run_holds(plan: asaf.Plan, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "fw1.journal"
    with (tmp_path / "fw1.journal.lock").open("w") as lock:
        lock.write('{"owner":"netops","process":42}')
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(asaf.JournalError) as caught:
            asaf.run(plan, ssh(), journal, owner="second")
    assert str(caught.value) == (
        f'journal {journal}: another run holds it ("netops", process 42); a pair has one run at a time'
    )
    assert (caught.value.path, caught.value.errno) == (str(journal), None)
    assert not journal.exists()


def test_a_journal_without_a_record(plan: asaf.Plan, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "fw1.journal"
    journal.touch()
    with pytest.raises(asaf.JournalError) as caught:
        asaf.run(plan, ssh(), journal)
    assert str(caught.value).startswith(f"journal {journal}: it holds no whole record; if no run began with it")
    assert caught.value.path == str(journal)


def test_a_damaged_journal(plan: asaf.Plan, tmp_path: pathlib.Path) -> None:
    journal = tmp_path / "fw1.journal"
    journal.write_text("00000000 {}\n")
    with pytest.raises(asaf.JournalError) as caught:
        asaf.run(plan, ssh(), journal)
    assert str(caught.value) == (
        f"journal {journal}: journal line 1: its checksum does not fit its text; "
        "keep the file, read the pair and make a new plan with a new journal"
    )


def test_an_address_where_nobody_answers_is_a_halt(plan: asaf.Plan, tmp_path: pathlib.Path) -> None:
    known_hosts = tmp_path / "none"
    unknown = asaf.Ssh(["127.0.0.1:1"], user="o", key=tmp_path / "id", known_hosts=known_hosts)
    outcome = asaf.run(plan, unknown, tmp_path / "fw1.journal")
    assert (outcome.kind, outcome.code) == ("halted", "no-session")
    kept = (tmp_path / "fw1.journal").read_text().splitlines()
    assert [next(iter(json.loads(line[9:])["record"])) for line in kept] == ["header", "plan", "halt"]
