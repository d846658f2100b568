"""The Python example of the README, word for word."""

from __future__ import annotations

import pytest

from conftest import ROOT


def test_the_readme_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, behind = (ROOT / "README.md").read_text().partition("```python\n")
    code, _, _ = behind.partition("```")
    assert "asaf.plan(" in code, "the README has an example in Python"
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
