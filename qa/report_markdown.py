"""An evaluation -> the same report as `report_html` in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qa.abstention import Curve
from qa.escaping import markdown
from qa.harder import Form
from qa.report import (
    AREA,
    AREA_MEANING,
    bars,
    change_shown,
    facts,
    headline,
    lost,
    meaning,
    place,
    questions_of,
    rows,
    shown,
    source,
    summary,
)
from qa.saved_evaluation import Evaluation, Question, Sentence

_FORM_MEASURES = ("right", "nDCG@10", "answer_holds_quote", "not_found_right")
_SHOWN_COVERAGES = [number / 10 for number in range(1, 11)]


def markdown_report(made: Evaluation) -> str:
    """Return the report; foreign text stands in it letter by letter."""
    lines = [f"# HỏiBáo: {headline(made)}", "", summary(made), ""]
    lines += _table(("fact", "value"), [(label, markdown(value)) for label, value in facts(made)])
    lines += ["## Measures", "", *_measures(made)]
    lines += ["## By kind of question", "", *_bars(made, lambda question: question.kind)]
    lines += ["## By language", "", *_bars(made, lambda question: question.language)]
    lines += _curve(made.curve) if made.curve else []
    lines += _forms(made.forms) if made.forms else []
    lines += _lost(made)
    return "\n".join(lines).rstrip() + "\n"


def _measures(made: Evaluation) -> list[str]:
    cells = [
        (name, meaning(name), shown(name, made.measures.get(name)), str(questions_of(name, made.measures)))
        for name in rows(made)
    ]
    if made.curve:
        cells.append((AREA, AREA_MEANING, f"{made.curve.area:.4f}", str(len(made.questions))))
    return _table(("measure", "what it says", "value", "questions"), cells)


def _bars(made: Evaluation, group_of: Callable[[Question], str]) -> list[str]:
    cells = [
        (
            markdown(bar.group),
            f"{bar.right} of {bar.questions}",
            f"{bar.right / bar.questions:.0%}",
            f"{bar.low:.0%} to {bar.high:.0%}",
        )
        for bar in bars(made.questions, group_of)
    ]
    return _table(("group", "correct", "share", "95% interval (Wilson)"), cells)


def _curve(curve: Curve) -> list[str]:
    stands = (
        f"{curve.chosen.coverage:.1%} of all questions, {curve.chosen.risk:.1%} of them with a wrong first sentence"
    )
    said = (
        f"It answered {stands}. Area under the curve: {curve.area:.4f}; "
        f"by chance {curve.area_of_chance:.4f}, at best {curve.area_at_best:.4f}. "
        "Risk and coverage as El-Yaniv and Wiener (2010) define them."
    )
    return [
        "## When to answer",
        "",
        said,
        "",
        *_table(("answered", "of these wrong", "least confidence"), _steps(curve)),
    ]


def _steps(curve: Curve) -> Iterable[tuple[str, str, str]]:
    """The first point from each tenth of the questions on."""
    reached = [next(p for p in curve.points if p.coverage >= share - 1e-9) for share in _SHOWN_COVERAGES]
    for point in dict.fromkeys(reached):
        yield f"{point.coverage:.0%}", f"{point.risk:.1%}", f"{point.threshold:.3f}"


def _forms(forms: Sequence[Form]) -> list[str]:
    written = forms[0].measures
    cells = [
        (
            form.name,
            str(form.changed or "–"),
            *(_with_change(name, form.measures.get(name), written.get(name)) for name in _FORM_MEASURES),
        )
        for form in forms
    ]
    said = "In brackets: how far each measure is from the questions as written, in points of a hundred."
    return ["## Typed in other ways", "", said, "", *_table(("typed", "questions changed", *_FORM_MEASURES), cells)]


def _with_change(name: str, value: float | None, written: float | None) -> str:
    change = change_shown(value, written)
    return f"{shown(name, value)} ({change})" if change not in ("", "0") else shown(name, value)


def _lost(made: Evaluation) -> list[str]:
    ways = lost(made.questions)
    lines = [f"## Lost questions ({sum(len(way.questions) for way in ways)})", ""]
    for way in ways:
        lines += [
            f"### {way.title} ({len(way.questions)})",
            "",
            *(line for each in way.questions for line in _question(each)),
        ]
    return lines


def _question(question: Question) -> list[str]:
    about = " · ".join((question.query_id, question.kind.replace("_", " "), question.language, place(question)))
    lines = [f"**{markdown(question.text)}** ({markdown(about)})", ""]
    lines += [f"- returned: {_said(sentence)}" for sentence in question.returned]
    if not question.returned:
        lines.append("- returned: not found" + (f"; held back: {_said(question.best)}" if question.best else ""))
    lines += [f"- right: {_said(sentence)}" for sentence in question.wanted]
    return [*lines, *([] if question.wanted else ["- right: not found, the articles do not say"]), ""]


def _said(sentence: Sentence) -> str:
    return f"“{markdown(sentence.quote)}” ({markdown(source(sentence))})"


def _table(headings: Sequence[str], cells: Iterable[Sequence[str]]) -> list[str]:
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return [f"| {' | '.join(headings)} |", f"|{' --- |' * len(headings)}", *lines, ""]
