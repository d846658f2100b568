"""The Python examples of the README, word for word."""

from __future__ import annotations

import pytest

from conftest import ROOT

EXAMPLES = [part.partition("```")[0] for part in (ROOT / "README.md").read_text().split("```python\n")[1:]]


def test_the_readme_has_its_examples_in_python() -> None:
    assert ["asaf.plan(" in EXAMPLES[0], "asaf.syslog." in EXAMPLES[1], len(EXAMPLES)] == [True, True, 2]


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_of_the_readme_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
