"""What a person sees on the terminal while something long is done."""

import re

import pytest

from qa import terminal


def test_progress_is_shown_on_stderr_with_a_time_to_go(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich then takes what it writes to for a terminal
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    with terminal.progress_bars() as progress:
        for done in (0, 50, 100):
            progress("encoding passages", done, 400)
    out, shown = capsys.readouterr()
    plain = re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", shown)
    assert re.search(r"encoding passages .* 25% \d:\d\d:\d\d", plain), shown
    assert out == ""
