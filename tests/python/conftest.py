"""Pairs for the tests: captures that the simulated pair printed, and a simulated pair behind SSH."""

from __future__ import annotations

import importlib.util
import pathlib
import re
from collections.abc import Mapping
from types import ModuleType

import pytest

import asa_failover as asaf

ROOT = pathlib.Path(__file__).resolve().parents[2]
CAPTURES = ROOT / "tests" / "captures"
TARGET = "asa984-48-smp-k8.bin"

Captures = dict[str, dict[str, str]]


def load(path: pathlib.Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLE = load(ROOT / "asa-failover-py" / "examples" / "plan.py")


def captured(name: str) -> Captures:
    """The captures of a pair by unit and command."""
    return {unit: EXAMPLE.captures(CAPTURES / name / unit) for unit in ("primary", "secondary")}


def pair_of(captures: Mapping[str, Mapping[str, str]]) -> asaf.Pair:
    return asaf.Pair.from_captures(captures["primary"], captures["secondary"])


def image_of(captures: Captures, name: str = TARGET) -> asaf.Image:
    """An image as it is published: what the primary's captures say of it."""
    flash = asaf.show.dir(captures["primary"]["dir"]).value.files
    size = next(file.size for file in flash if file.name == name)
    verify = captures["primary"].get(f"verify verify-{name}")
    digest = re.search(r"= ([0-9a-f]{128})", verify) if verify else None
    return asaf.Image(f"disk0:/{name}", size=size, sha512=digest[1] if digest else None)


def ids(findings: list[asaf.Finding]) -> list[str]:
    return [finding.id for finding in findings if finding.severity == "block"]


@pytest.fixture
def captures() -> Captures:
    """An Active/Standby pair of ASA 5525-X on 9.8(4), 9.8(4)48 on its flash."""
    return captured("asa5525-9.8.4")


@pytest.fixture
def pair(captures: Captures) -> asaf.Pair:
    return pair_of(captures)


@pytest.fixture
def goal(captures: Captures) -> asaf.Goal:
    return asaf.Goal("9.8(4)48", images=[image_of(captures)])


@pytest.fixture
def plan(pair: asaf.Pair, goal: asaf.Goal) -> asaf.Plan:
    return asaf.plan(pair, goal)
