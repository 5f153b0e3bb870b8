"""SECURITY.md promises nothing without a test: every test that it names exists, and every promise names one."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:browser/)?test_\w+\.py)::(test_\w+)`", TEXT)


def test_every_test_that_is_named_exists() -> None:
    assert len(NAMED) > 20
    for file, name in NAMED:
        tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
        assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)], f"{file}::{name}"


def test_every_line_of_a_table_names_a_test() -> None:
    lines = [line for line in TEXT.split("\n") if line.startswith("| ") and "Test |" not in line]
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r"`[\w/]+\.py::test_\w+`", line)] == []
