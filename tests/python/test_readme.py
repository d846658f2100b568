"""The Python examples of the README, word for word."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest

from conftest import ROOT

README = (ROOT / "README.md").read_text()
EXAMPLES = [part.partition("```")[0] for part in README.split("```python\n")[1:]]


def test_the_readme_has_its_examples_in_python() -> None:
    assert len(EXAMPLES) == 4
    for example, part in zip(EXAMPLES, ("asaf.plan(", ".overlaid(", "asaf.parse_many(", "asaf.syslog.")):
        assert part in example


def test_the_fleet_of_the_readme_is_judged(tmp_path: pathlib.Path) -> None:
    command = next(line for line in README.splitlines() if "fleet_verdicts.py" in line).partition("#")[0]
    (tmp_path / "fleet.csv").write_text("name,model,from,to\nessen,ASA5525,9.8(4),9.8(4)48\n")
    (tmp_path / "asa-failover-py").symlink_to(ROOT / "asa-failover-py")
    subprocess.run(command.replace("python3", sys.executable), shell=True, cwd=tmp_path, check=True)
    assert (tmp_path / "verdicts.csv").read_text().splitlines()[1].startswith("essen,ASA5525,9.8(4),9.8(4)48,hitless,")


@pytest.mark.parametrize("code", EXAMPLES)
def test_an_example_of_the_readme_runs(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})
