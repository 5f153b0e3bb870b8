"""`hoibao feedback`: what readers of the chat said of its answers, and the gold questions made of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.terminal import AsJson, print_json, say

if TYPE_CHECKING:
    from qa.feedback import Chosen, Feedback

_VERDICTS = {"right": "đúng", "wrong": "sai", "passage": "câu đúng là câu khác", "not_said": "các bài không nói"}
_DECISIONS = {None: "chưa xét", "accepted": "nhận", "rejected": "bỏ"}


def feedback(
    file: Annotated[Path, typer.Argument(help="The file that `hoibao chat --feedback FILE` writes.")],
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Accept this one, by its id; again for more.")
    ] = None,
    reject: Annotated[list[str] | None, typer.Option("--reject", help="Reject this one, by its id.")] = None,
    gold: Annotated[
        Path | None,
        typer.Option("--gold", help="Put what is accepted into this gold file, for `hoibao evaluate`."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what readers said of answers; accept or reject it; make gold questions of what is accepted."""
    from dataclasses import asdict

    from qa.feedback import decide, read

    if accept:
        decide(file, accept, "accepted")
    if reject:
        decide(file, reject, "rejected")
    kept = read(file)
    for problem in kept.problems:
        say(problem)
    if as_json:
        print_json([asdict(each) for each in kept.feedback])
    else:
        for each in kept.feedback:
            _print(each)
        typer.echo(_count(kept.feedback))
    if gold is not None:
        _write_gold(gold, kept.feedback)


def _print(each: Feedback) -> None:
    from qa.printing import safe

    typer.echo(f"{each.feedback_id}  {each.time[:10]}  [{_DECISIONS[each.decision]}]  {safe(each.question)}")
    typer.echo(f"          {_VERDICTS[each.verdict]}")
    if chosen := _chosen(each.chosen):
        typer.echo(f"          chỉ hỏi: {safe(chosen)}")
    for path, quote in each.answers:
        typer.echo(f"          “{' '.join(safe(quote).split())}” — {safe(path)}")


def _chosen(chosen: Chosen) -> str:
    """Return "bài đăng từ 2025-01-01, Báo Hải Phòng, a.txt" of what was chosen beside the question's words."""
    since, until = (f" {word} {day}" if day else "" for word, day in (("từ", chosen.first), ("đến", chosen.last)))
    parts = [f"bài đăng{since}{until}" if since or until else "", chosen.outlet or "", *chosen.paths]
    parts += ["đúng như đã gõ" if chosen.as_typed else "", "bài mọi thời gian" if chosen.every_time else ""]
    return ", ".join(part for part in parts if part)


def _count(found: tuple[Feedback, ...]) -> str:
    states = [each.decision for each in found]
    waiting, accepted = states.count(None), states.count("accepted")
    hint = "  (nhận: --accept MÃ; bỏ: --reject MÃ)" if waiting else ""
    return f"{len(found)} góp ý: {waiting} chưa xét, {accepted} nhận, {states.count('rejected')} bỏ{hint}"


def _write_gold(path: Path, found: tuple[Feedback, ...]) -> None:
    from qa.feedback import NOTHING_CHOSEN
    from qa.feedback_gold import write_gold

    made = write_gold(path, found)
    accepted = [each for each in found if each.decision == "accepted"]
    partly = sum(each.chosen != NOTHING_CHOSEN for each in accepted)
    vague = len(accepted) - partly - made
    told = f"{made} câu hỏi mẫu trong {path}" if made else "chưa có câu hỏi mẫu nào"
    told += f"; {vague} góp ý đã nhận chưa nói điều gì mới đúng" if vague else ""
    said = "không thành câu hỏi mẫu vì người đọc đã chọn bài hoặc cách hỏi (xem “chỉ hỏi”)"
    say(told + (f"; {partly} góp ý đã nhận {said}" if partly else ""))
