"""The public names: each documented, each example run, each typed; secrets and handles kept close."""

from __future__ import annotations

import ast
import doctest
import importlib.metadata
import inspect
import os
import pathlib
import re
import subprocess
import sys
import types

import pytest

import asa_failover as asaf
from asa_failover import _core
from conftest import CAPTURES, EXAMPLE, ROOT, captured, image_of

NAMES = (
    "__version__ Action Alternative AsaFailoverError AsaVersion Asdm AsdmStep AsdmSteps ByModel Compat Condition "
    "Event Finding Goal Guideline Hop Image ImageName JournalError Judgement Lines Model Oracle Outcome Pair ParseError "
    "Plan Policy Progress Question Reading Reason Refused Rehearsal Run Skip Source Ssh Step SyslogEntry SyslogMessage "
    "Train TransportError Unread Verdict check parse parse_many plan read rehearse run show syslog Piece transcript"
)

# The native modules that make a class when it is asked for.
FACTS = (_core.failover, _core.traffic, _core.unit)


def test_the_public_names() -> None:
    assert sorted(asaf.__all__) == sorted(NAMES.split())
    assert all(hasattr(asaf, name) for name in asaf.__all__)
    native = {name for name, thing in [*vars(_core).items(), *vars(_core.readings).items()] if not named_inside(name, thing)}
    assert native <= set(asaf.__all__), "nothing native is left unnamed"
    facts = {name for module in FACTS for name in module.__all__}
    readers = {name for name in asaf.show.__all__ if inspect.isfunction(getattr(asaf.show, name))}
    assert facts | readers | {"Facts"} == set(asaf.show.__all__)


def named_inside(name: str, thing: object) -> bool:
    return name.startswith("_") or isinstance(thing, types.ModuleType)


def test_the_modules_inside_are_imported_when_they_are_asked_for() -> None:
    code = """
import sys, asa_failover
assert not {"asa_failover.show", "asa_failover.syslog"} & set(sys.modules)
assert {"show", "syslog", "parse"} <= set(dir(asa_failover))
assert asa_failover.show.mode and asa_failover.syslog.parse
assert not hasattr(asa_failover, "shows")
"""
    subprocess.run([sys.executable, "-c", code], check=True)
    with pytest.raises(AttributeError, match="module 'asa_failover' has no attribute 'shows'"):
        _ = asaf.shows  # type: ignore[attr-defined]


def test_the_version() -> None:
    assert asaf.__version__ == importlib.metadata.version("asa-failover")


def test_the_stub_names_what_the_classes_have() -> None:
    """stubtest looks for no attribute that a stub declares by its name alone."""
    for module in (_core, _core.readings, *FACTS):
        name = "__init__" if module is _core else module.__name__.rpartition(".")[2]
        stub = ast.parse((ROOT / "asa-failover-py" / "python" / "asa_failover" / "_core" / f"{name}.pyi").read_text())
        classes = {part.name: part.body for part in stub.body if isinstance(part, ast.ClassDef) and part.name[0] != "_"}
        assert set(classes) == {name for name in public(module) if inspect.isclass(getattr(module, name))}
        for name, body in classes.items():
            members = {key: member for key, member in vars(getattr(module, name)).items() if key[0] != "_"}
            functions = {part.name: part for part in body if isinstance(part, ast.FunctionDef) and part.name[0] != "_"}
            attributes = {part.target.id for part in body if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name)}
            attributes |= {key for key, part in functions.items() if part.decorator_list and "property" in ast.unparse(part.decorator_list[0])}
            assert attributes == {key for key, member in members.items() if inspect.isdatadescriptor(member)}, name
            assert set(functions) - attributes == set(members) - attributes, name


def public(module: types.ModuleType) -> set[str]:
    return set(module.__all__) if module in FACTS else {name for name in vars(module) if name[0] != "_"}


@pytest.mark.parametrize("name", [name for name in asaf.__all__ if name != "__version__"])
def test_every_name_and_member_is_documented(name: str) -> None:
    thing = getattr(asaf, name)
    assert inspect.getdoc(thing)
    if not isinstance(thing, types.ModuleType):
        assert thing.__module__ in ("asa_failover", "asa_failover._core")
    if inspect.isclass(thing):
        own = {key: member for key, member in vars(thing).items() if not key.startswith("_")}
        assert [key for key, member in own.items() if not inspect.getdoc(member)] == []


def test_the_facts_and_readers_are_documented() -> None:
    for name in set(asaf.show.__all__) - {"Facts"}:
        thing = getattr(asaf.show, name)
        assert inspect.getdoc(thing) and thing.__module__ == "asa_failover.show"
        for key, member in vars(thing).items() if inspect.isclass(thing) else ():
            assert key[0] == "_" or inspect.getdoc(member), f"{name}.{key}"


def test_the_examples_in_the_documentation() -> None:
    finder, runner = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestRunner()
    examples = 0
    for name in ["", *asaf.__all__]:
        thing = getattr(asaf, name) if name else asaf
        # `False`: what is native has no source file to compare with.
        for test in finder.find(thing, f"asa_failover.{name}", module=False, globs={}):
            examples += len(test.examples)
            runner.run(test)
    assert runner.failures == 0 and examples > 25


def test_the_errors() -> None:
    assert issubclass(asaf.ParseError, (asaf.AsaFailoverError,)) and issubclass(asaf.ParseError, ValueError)
    assert issubclass(asaf.Refused, asaf.AsaFailoverError) and not issubclass(asaf.Refused, ValueError)
    for error in (asaf.JournalError, asaf.TransportError):
        assert issubclass(error, asaf.AsaFailoverError) and issubclass(error, OSError)


def plan_py(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = ROOT / "asa-failover-py" / "examples" / "plan.py"
    return subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=False)


def test_the_example_prints_findings_verdict_and_plan() -> None:
    image = image_of(captured("asa5525-9.8.4")).to_dict()
    done = plan_py(
        str(CAPTURES / "asa5525-9.8.4"), "--target", "9.8(4)48", "--image", image["file"],
        "--sha512", image["sha512"], "--size", str(image["size"]),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    for expected in ("findings:\n", "\nverdict:\n  9.8(4) to 9.8(4)48", "| `failover reload-standby` |", "## Way back"):
        assert expected in done.stdout


def test_the_example_prints_every_reason_why_not() -> None:
    folder = str(CAPTURES / "asa5520-7.0.8")
    done = plan_py(folder, "--target", "7.2(5)", "--stop", "7.1(2)", "--image", "disk0:/asa712-k8.bin")
    assert done.returncode == 1
    for expected in ("image.none", "no image is given for 7.2(5)", "image.hash.unavailable"):
        assert expected in done.stdout
    assert re.search(r"\nno plan: \d+ of these findings block\n$", done.stdout)


def test_the_example_names_captures_that_are_missing(tmp_path: pathlib.Path) -> None:
    done = plan_py(str(tmp_path), "--target", "9.8(4)48")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == ["no plan:", "  Primary: no capture of show version"]


@pytest.mark.skipif(
    "ASA_PLAN_EXAMPLE" not in os.environ, reason="LEFT OUT: ASA_PLAN_EXAMPLE does not name the Rust example"
)
@pytest.mark.parametrize(
    "options",
    [
        ["asa5525-9.8.4", "--target", "9.8(4)48", "--image", "disk0:/asa984-48-smp-k8.bin", "--accept", "image.digest.none"],
        ["asa5525-aa-9.8.4", "--target", "9.8(4)48", "--image", "disk0:/asa984-48-smp-k8.bin", "--size", "90982401"],
        ["asa5525-9.8.4", "--target", "9.8(4)48", "--reach", "active-only"],
        ["asa5520-7.0.8", "--target", "7.2(5)", "--stop", "7.1(2)", "--procedure", "published"],
        ["missing", "--target", "9.8(4)48"],
    ],
    ids=lambda options: " ".join(options[:3]),
)
def test_both_examples_print_the_same(options: list[str]) -> None:
    folder, *rest = options
    arguments = [str(CAPTURES / folder), *rest]
    rust = [os.environ["ASA_PLAN_EXAMPLE"], *arguments]
    native = subprocess.run(rust, capture_output=True, text=True, check=False)
    script = plan_py(*arguments)
    assert (native.returncode, native.stdout) == (script.returncode, script.stdout)


def test_the_example_names_an_option_that_is_wrong() -> None:
    folder = str(CAPTURES / "asa5525-9.8.4")
    for arguments, expected in (
        (["--target", "nine"], 'expected an ASA version such as 9.16(4)57, found "nine"'),
        (["--target", "9.8(4)48", "--size", "1"], "--size is given once for each --image, or not at all"),
    ):
        done = plan_py(folder, *arguments)
        assert done.returncode == 2 and expected in done.stderr


def test_the_example_reads_what_the_suite_reads() -> None:
    assert set(EXAMPLE.FILES.values()) <= {
        *(f"show {word}" for word in ("version", "failover", "mode", "bootvar", "reload")),
        *("show failover state", "show running-config boot", "show startup-config", "dir"),
        *("show running-config failover", "show conn count"),
    }
