"""The example of the README, word for word, where there is one; and what it shows."""

from __future__ import annotations

import pathlib

import pytest

from conftest import CAPTURES, ROOT

README = ROOT / "README.md"


def example() -> str:
    """The first block of Python in the README."""
    _, _, behind = README.read_text().partition("```python\n")
    return behind.partition("```")[0]


@pytest.mark.skipif(not README.exists(), reason="LEFT OUT: there is no README.md")
def test_the_readme_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CAPTURES.parent.parent)
    code = example()
    assert code, "the README has an example in Python"
    exec(compile(code, str(README), "exec"), {})


def test_the_example_meant_for_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    code = (pathlib.Path(__file__).parent / "readme_example.py").read_text()
    exec(compile(code, "readme_example.py", "exec"), {})
