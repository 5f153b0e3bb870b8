"""An evaluation -> one HTML page to send: it needs no other file, and asks nothing of the network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qa.escaping import escape, json_for_html
from qa.harder import Form
from qa.report import (
    AREA,
    AREA_MEANING,
    NOT_RUN,
    Lost,
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
from qa.report_chart import bar_rows, curve_figure
from qa.saved_evaluation import Evaluation, Question, Sentence

STYLE = Path(__file__).with_name("page") / "report.css"
_FORM_MEASURES = ("nDCG@10", "answer_holds_quote", "not_found_right")
# Nothing may be loaded: what is in the page is all there is.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_report(made: Evaluation) -> str:
    """Return the page; foreign text stands in it letter by letter."""
    parts = [_head(made), _figures(made), _facts(made), _measures(made), _groups(made), _curve(made)]
    parts += [_forms(made.forms), _lost(made), _data(made)]
    title = escape(f"HỏiBáo: {headline(made)}")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{title}</title>\n<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(part for part in parts if part)
        + "\n</main>\n</body>\n</html>\n"
    )


def _head(made: Evaluation) -> str:
    return (
        '<header><p class="eyebrow"><b>Hỏi<i>Báo</i></b> evaluation</p>'
        f'<h1>{escape(headline(made))}</h1><p class="lead">{escape(summary(made))}</p></header>'
    )


def _figures(made: Evaluation) -> str:
    names = {
        "nDCG@10": "nDCG@10",
        "answer_holds_quote": "answers hold the quote",
        "not_found_right": "unanswerable recognised",
    }
    figures = [(shown(name, made.measures.get(name), 3), label) for name, label in names.items()]
    if made.curve:
        figures.append((f"{made.curve.area:.3f}", f"abstention area; chance {made.curve.area_of_chance:.3f}"))
    cells = "".join(f"<div><b>{escape(value)}</b><span>{escape(label)}</span></div>" for value, label in figures)
    return f'<section class="figures">{cells}</section>'


def _facts(made: Evaluation) -> str:
    lines = "".join(f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>" for label, value in facts(made))
    return f'<dl class="facts">{lines}</dl>'


def _measures(made: Evaluation) -> str:
    lines = [
        _measure(name, meaning(name), shown(name, made.measures.get(name)), questions_of(name, made.measures))
        for name in rows(made)
    ]
    if made.curve:
        lines.append(_measure(AREA, AREA_MEANING, f"{made.curve.area:.4f}", len(made.questions)))
    return _section("Measures", _table(("measure", "value", "questions"), lines))


def _measure(name: str, said: str, value: str, questions: int) -> str:
    return (
        f'<tr><th scope="row">{escape(name)}<span class="aside">{escape(said)}</span></th>'
        f"{_number(value)}{_number(str(questions))}</tr>"
    )


def _groups(made: Evaluation) -> str:
    kinds, languages = (
        bars(made.questions, group_of) for group_of in (lambda q: q.kind, lambda q: _language(q.language))
    )
    note = '<p class="note">Share of the questions answered correctly. The fine line is its 95% interval (Wilson).</p>'
    return _section("By kind of question", note + bar_rows(kinds) + "<h3>By language</h3>" + bar_rows(languages))


def _curve(made: Evaluation) -> str:
    if made.curve is None:
        return ""
    note = (
        '<p class="note">How often it would be wrong if it answered only the questions of which it is surest: risk and '
        "coverage as El-Yaniv and Wiener (2010) define them. An answer is wrong if its first sentence holds no gold "
        "quote; for the questions that it refused, the sentence that it held back is judged.</p>"
    )
    return _section("When to answer", note + curve_figure(made.curve, len(made.questions)))


def _forms(forms: Sequence[Form]) -> str:
    if not forms:
        return ""
    note = (
        '<p class="note">The same questions as people type them. In small figures: how far each measure is from the '
        "questions as written, in points of a hundred. A way that changes no question was not run.</p>"
    )
    written = forms[0].measures
    headings = ("typed", "correct", *(name.replace("_", " ") for name in _FORM_MEASURES), "questions changed")
    return _section("Typed in other ways", note + _table(headings, [_form(form, written) for form in forms]))


def _form(form: Form, written: Mapping[str, float]) -> str:
    example = f'<span class="aside example" lang="vi">{escape(form.example)}</span>' if form.example else ""
    values = {name: form.measures.get(name) for name in ("right", *_FORM_MEASURES)}
    cells = [_number(shown(name, value, 3), change_shown(value, written.get(name))) for name, value in values.items()]
    cells.append(_number(str(form.changed or "–")))
    return f'<tr><th scope="row">{escape(form.name)}{example}</th>{"".join(cells)}</tr>'


def _number(value: str, change: str = "") -> str:
    sort = "loss" if change.startswith("−") else "gain"
    small = f'<small class="{sort}">{change}</small>' if change not in ("", "0") else ""
    return f'<td class="{"absent" if value == NOT_RUN else "number"}">{value}{small}</td>'


def _lost(made: Evaluation) -> str:
    ways = lost(made.questions)
    if not ways:
        return _section("Lost questions", '<p class="note">None.</p>')
    count = sum(len(way.questions) for way in ways)
    return _section(f"Lost questions ({count})", "".join(_lost_way(way) for way in ways))


def _lost_way(way: Lost) -> str:
    return f"<h3>{escape(way.title)} ({len(way.questions)})</h3>" + "".join(
        _lost_question(each) for each in way.questions
    )


def _lost_question(question: Question) -> str:
    about = " · ".join(
        (question.query_id, question.kind.replace("_", " "), _language(question.language), place(question))
    )
    returned = _sentences(question.returned)
    if not question.returned:
        held = f'<p class="none">Held back:</p>{_sentences([question.best])}' if question.best else ""
        returned = f'<p class="none">Not found.</p>{held}'
    wanted = _sentences(question.wanted) or '<p class="none">Not found: the articles do not say.</p>'
    return (
        f'<article><h4 lang="{escape(question.language)}">{escape(question.text)}</h4>'
        f'<p class="about">{escape(about)}</p>'
        f'<div class="pair"><div class="returned"><h5>Returned</h5>{returned}</div>'
        f'<div class="wanted"><h5>Right</h5>{wanted}</div></div></article>'
    )


def _sentences(sentences: Sequence[Sentence]) -> str:
    return "".join(
        f'<blockquote lang="vi"><p>{escape(each.quote)}</p><footer>{escape(source(each))}</footer></blockquote>'
        for each in sentences
    )


def _data(made: Evaluation) -> str:
    """Facts and measures for programs."""
    area = {"abstention_area": made.curve.area if made.curve else None}
    forms = {form.name: form.measures for form in made.forms}
    data = {"facts": dict(made.facts), "measures": {**made.measures, **area}, "forms": forms}
    return f'<script type="application/json" id="evaluation">{json_for_html(data)}</script>'


def _language(code: str) -> str:
    return {"vi": "Vietnamese", "en": "English", "zh": "Chinese"}.get(code, code)


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def _table(headings: Sequence[str], lines: Sequence[str]) -> str:
    cells = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    return f'<div class="wide"><table><thead><tr>{cells}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
