"""The pictures of a report, as HTML and inline SVG that stretch with the page: the abstention curve and bars."""

from __future__ import annotations

import math
from collections.abc import Sequence

from qa.abstention import Curve
from qa.escaping import escape
from qa.report import Bar

_TICKS = 5


def curve_figure(curve: Curve, questions: int) -> str:
    """Return the share that is wrong over the share that is answered, beside chance and the best possible order."""
    top = _top(curve)
    own = [(point.coverage, point.risk) for point in curve.points]
    wrong = round(curve.area_of_chance * questions)
    best = [(i / questions, max(0, i - questions + wrong) / i) for i in range(1, questions + 1)]
    path = _path([(0.0, own[0][1]), *own], top)
    chance = f"M0 {_y(curve.area_of_chance, top)}H100"
    chosen = f"left:{curve.chosen.coverage:.2%};bottom:{curve.chosen.risk / top:.2%}"
    return (
        '<figure class="curve"><div class="plot">'
        f"{_axis(top)}"
        '<svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" '
        'aria-label="Share of wrong answers as more questions are answered">'
        f'<path class="under" d="{path}L100 100L0 100Z"/><path class="chance" d="{chance}"/>'
        f'<path class="best" d="{_path(best, top)}"/><path class="own" d="{path}"/></svg>'
        f'<span class="dot" style="{chosen}"></span></div>'
        f'<p class="x-title">share of all questions that is answered, the surest first</p>{_legend(curve)}</figure>'
    )


def bar_rows(bars: Sequence[Bar]) -> str:
    """Return a row for each group: its name, the share answered correctly with its interval, the counts."""
    return '<div class="bars">' + "".join(_bar(bar) for bar in bars) + "</div>"


def _bar(bar: Bar) -> str:
    share = bar.right / bar.questions
    return (
        f'<div class="bar"><span class="group">{escape(bar.group)}</span>'
        f'<span class="track"><span class="fill" style="width:{share:.1%}"></span>'
        f'<span class="interval" style="left:{bar.low:.1%};right:{1 - bar.high:.1%}"></span></span>'
        f'<span class="count"><b>{share:.0%}</b> {bar.right} of {bar.questions}</span></div>'
    )


def _legend(curve: Curve) -> str:
    stands = f"{curve.chosen.coverage:.1%} answered, {curve.chosen.risk:.1%} of these wrong"
    return (
        '<figcaption class="legend">'
        f'<span><i class="key dot"></i>where it stands: {stands}</span>'
        f'<span><i class="key own"></i>by confidence: area {curve.area:.3f}</span>'
        f'<span><i class="key chance"></i>by chance: area {curve.area_of_chance:.3f}</span>'
        f'<span><i class="key best"></i>best possible: area {curve.area_at_best:.3f}</span></figcaption>'
    )


def _axis(top: float) -> str:
    ticks = [number / _TICKS for number in range(_TICKS + 1)]
    across = "".join(f'<span class="x" style="left:{tick:.0%}">{tick:.0%}</span>' for tick in ticks)
    up = "".join(f'<span class="y" style="bottom:{tick:.0%}"><b>{tick * top:.0%}</b></span>' for tick in ticks)
    return f'<span class="y-title">share of the answers that is wrong</span>{up}<span class="ticks">{across}</span>'


def _top(curve: Curve) -> float:
    """The end of the upward axis: a tenth above everything that is drawn."""
    highest = max(curve.area_of_chance, *(point.risk for point in curve.points))
    return max(0.1, math.ceil(highest * 10 - 1e-9) / 10)


def _path(points: Sequence[tuple[float, float]], top: float) -> str:
    return "M" + "L".join(f"{coverage * 100:.2f} {_y(risk, top)}" for coverage, risk in points)


def _y(risk: float, top: float) -> str:
    return f"{100 - risk / top * 100:.2f}"
