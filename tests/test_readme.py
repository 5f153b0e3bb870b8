"""The README's Python runs, and its figures are those that the commands print."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_python_of_the_readme_runs_and_answers(seeds_directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile(code.replace('".hoibao"', repr(str(seeds_directory))), "README", "exec"), {})  # noqa: S102
    printed = capsys.readouterr().out
    assert "chiếm 21,1% tổng kim ngạch xuất nhập khẩu song phương." in printed


def test_the_figures_of_the_readme_are_measured(gold_measures: Callable[[str], dict[str, float]]) -> None:
    rows = re.findall(r"\| (\S[^|]*?) \| (\S+) \| (\S+) \| `hoibao evaluate FILE` \|", README)
    assert len(rows) == 9
    for column, name in ((1, "questions"), (2, "questions_kept_aside")):
        values = gold_measures(f"{name}.jsonl")
        shown = [float(row[column].rstrip("%")) / (100 if row[column].endswith("%") else 1) for row in rows]
        assert shown == pytest.approx(list(values.values())[: len(rows)], abs=0.0126)  # one question in 80
