"""What a person sees on the terminal while something long is done."""

import io

import pytest
from rich.console import Console

from qa import terminal


def test_progress_is_shown_on_stderr_with_a_time_to_go(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(
        "rich.console.Console", lambda stderr: Console(file=shown, force_terminal=True, width=100) if stderr else None
    )
    with terminal.progress_bars() as progress:
        progress("encoding passages", 0, 400)
        progress("encoding passages", 100, 400)
    assert "encoding passages" in shown.getvalue()
    assert "25%" in shown.getvalue()
    assert ":" in shown.getvalue().split("25%")[-1]
    assert capsys.readouterr().out == ""
