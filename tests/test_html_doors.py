"""There is one door to HTML, `qa.escaping`: this walks all the code and fails on any other way into a page.

Whatever the source puts beside a tag is followed to where it comes from. It must be a constant, a word of ours, or have
gone through the door; what is none of these stands below with its reason, or the test fails.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from pathlib import Path

import pytest

from qa.chat_text import ENGLISH, VIETNAMESE

ROOT = Path(__file__).parents[1]
MARKUP = re.compile(r"(?<!\?P)(?<!\?)<[a-zA-Z/!]")  # `(?P<name>…)` is no tag
DOOR = {"escape", "json_for_html"}
HARMLESS = {"len", "int", "round", "sum"}  # numbers
THROUGH = {"join", "format", "items", "values", "replace", "rstrip", "enumerate", "zip", "str", "dict", "sorted"}
OURS = {
    "chat_passages: hit.rank": "a number",
    "chat_passages: label of related_html": "made by chat_answer, which is walked too",
    "chat_answer: whys.of_citation(first)": "made by Whys of chat_passages, which is walked too",
    "chat_answer: told.correct": "made by correct_html, which is walked too",
    "chat_answer: number of _quote": "a number",
    "chat_answer: numbers of _sources": "numbers",
    "chat_answer: place of _quote": "made by _place, which escapes",
    "chat_answer: told.kept": "made by kept_html, which is walked too",
    "chat_first_paint: head of dressed": "made by chat_page.head, which is walked too",
    "chat_first_paint: language of dressed": "of a Wording",
    "chat_page: (files('qa') / 'page' / name).read_text(encoding='utf-8')": "our own scripts and styles",
    "chat_text: searched.articles": "a number",
    "chat_text: dict.fromkeys((day(searched.first, words), day(searched.last, words)))": "days as dd/mm/yyyy",
    "filters: tuple(sorted((outlet for outlet in named if outlet)))": "each escaped as an option",
    "report_chart: bar.questions": "a number",
    "report_chart: bar.right": "a number",
    "report_html: STYLE.read_text(encoding='utf-8')": "our own styles",
    "report_html: change of _number": "made by change_shown: a number",
    "report_html: content of _section": "made by the functions of the module, which are walked too",
    "report_html: lines of _table": "made by the functions of the module, which are walked too",
    "report_html: value of _number": "made by shown: a number",
}


class Module:
    """One module: its functions, and where the names come from that it imports from others of ours."""

    def __init__(self, path: Path) -> None:
        self.name, self.path = path.stem, path
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}
        self._around = {node: each for each in self.functions.values() for node in ast.walk(each)}
        self.imported = {
            name.asname or name.name: (node.module or "").split(".")[-1]
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("qa")
            for name in node.names
        }

    def around(self, node: ast.AST) -> ast.AST:
        """The innermost function that the node stands in, or the module."""
        return self._around.get(node, self.tree)


@cache
def modules() -> dict[str, Module]:
    return {path.stem: Module(path) for path in sorted((ROOT / "qa").glob("*.py"))}


def beside_tags(module: Module) -> Iterator[ast.expr]:
    """Each expression that makes markup: a string with something in it, a sum, a join, a format."""
    for node in ast.walk(module.tree):
        makes = isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mod))
        )
        makes = makes or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("join", "format"))
        if makes and any(MARKUP.search(text) for text in constants(node)):
            yield node  # type: ignore[misc]


def constants(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


def foreign(node: ast.expr | None, module: Module, followed: frozenset[str] = frozenset()) -> set[str]:
    """What is in the expression that is neither ours nor went through the door, as "module: expression"."""
    match node:
        case None | ast.Constant():
            return set()
        case ast.JoinedStr(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.BoolOp(values=parts):
            return of_all(parts, module, followed)
        case ast.IfExp(body=one, orelse=other) | ast.BinOp(left=one, right=other):
            return of_all([one, other], module, followed)
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)])) if spec[-1] in "dfe%":
            return set()  # a number: a text cannot be written so
        case ast.FormattedValue(value=value) | ast.Starred(value=value) | ast.Subscript(value=value):
            return foreign(value, module, followed)
        case ast.GeneratorExp(elt=value) | ast.ListComp(elt=value):
            return foreign(value, module, followed)
        case ast.Dict(keys=keys, values=values):
            return of_all([*filter(None, keys), *values], module, followed)
        case ast.Attribute() if ast.unparse(node.value) in ("words", "self._words"):
            return set()
        case ast.Call():
            return of_call(node, module, followed)
        case ast.Name():
            return of_name(node, module, followed)
    return {f"{module.name}: {ast.unparse(node)}"}


def of_all(nodes: list[ast.expr], module: Module, followed: frozenset[str]) -> set[str]:
    return set().union(*(foreign(node, module, followed) for node in nodes))


def of_call(node: ast.Call, module: Module, followed: frozenset[str]) -> set[str]:
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    base = node.func.value if isinstance(node.func, ast.Attribute) else None
    if base is None and (name in HARMLESS or (name in DOOR and module.imported.get(name) == "escaping")):
        return set()
    if name in THROUGH:
        held = [base] if base is not None else []
        return of_all([*held, *node.args, *(each.value for each in node.keywords)], module, followed)
    home = modules().get(module.imported.get(base.id if isinstance(base, ast.Name) else name, ""), module)
    if isinstance(base, ast.Name) and base.id in module.imported:
        home = modules().get(base.id, home)
    function = home.functions.get(name)
    key = f"{home.name}.{name}"
    if function is None:
        return {f"{module.name}: {ast.unparse(node)}"}
    if key in followed:
        return set()
    given = [each.value for each in ast.walk(function) if isinstance(each, (ast.Return, ast.Yield)) and each.value]
    return of_all(given, home, followed | {key})


def of_name(node: ast.Name, module: Module, followed: frozenset[str]) -> set[str]:
    scope = module.around(node)
    key = f"{module.name}.{getattr(scope, 'name', '')}.{node.id}"
    values = list(given_to(node.id, scope)) or list(given_to(node.id, module.tree))
    if not values or is_parameter(node.id, scope):
        return {f"{module.name}: {node.id} of {getattr(scope, 'name', 'the module')}"}
    return set() if key in followed else of_all(values, module, followed | {key})


def is_parameter(name: str, scope: ast.AST) -> bool:
    return isinstance(scope, ast.FunctionDef) and name in [
        each.arg for each in (*scope.args.args, *scope.args.kwonlyargs)
    ]


def given_to(name: str, scope: ast.AST) -> Iterator[ast.expr]:
    """What the name is given in that scope: by `=`, `+=`, `append`, `for` or a comprehension."""
    for node in ast.walk(scope):
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    yield from matched(name, target, value)
            case ast.AugAssign(target=target, value=value) | ast.NamedExpr(target=target, value=value):
                yield from matched(name, target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield from matched(name, target, value)
            case ast.For(target=target, iter=value) | ast.comprehension(target=target, iter=value):
                yield from matched(name, target, value)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=held), attr="append" | "extend"), args=args):
                if held == name:
                    yield from args


def matched(name: str, target: ast.expr, value: ast.expr) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        pairs = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts) else None
        for place, each in enumerate(target.elts):
            yield from matched(name, each, pairs[place] if pairs else value)


def test_no_word_that_is_ours_holds_a_tag() -> None:
    for words in (VIETNAMESE, ENGLISH):
        assert not [name for name, said in asdict(words).items() if set(said) & set('<>&"')]


FAR = """
from qa.escaping import escape
def page(article, words):
    safe = escape(article.title)
    return f"<p title='{safe}'>{escape(article.text)}{words.close}{DOOR}</p>"
"""


@pytest.mark.parametrize(
    "through",
    [
        "article.title",
        "article.title.strip()",
        "unknown(article)",
        "'<b>' + article.title",
        "''.join(article.authors)",
        "(article.title if article.title else '')",
        "html.escape(article.title)",
    ],
)
def test_the_walk_finds_another_way_in(tmp_path: Path, through: str) -> None:
    path = tmp_path / "page.py"
    path.write_text(FAR.replace("DOOR", through), encoding="utf-8")
    assert foreign_in(Module(path))
    path.write_text(FAR.replace("{DOOR}", ""), encoding="utf-8")
    assert foreign_in(Module(path)) == set()


def test_every_exception_is_still_needed() -> None:
    assert OURS.keys() <= set().union(*map(foreign_in, modules().values()))


def test_no_other_escape_no_template_and_no_raw_component_is_used() -> None:
    others = re.compile(
        r"\bhtml\.escape|\bsaxutils|markupsafe|jinja2|string\.Template|\.Markdown\(|sanitize_html=False"
    )
    rooms = [*(ROOT / "qa").rglob("*.py"), *(ROOT / "index").rglob("*.py")]
    assert [path.name for path in rooms if others.search(path.read_text(encoding="utf-8"))] == []
    assert re.findall(r"gradio\.HTML\(\s*([^,]+),", (ROOT / "qa" / "chat.py").read_text(encoding="utf-8")) == [
        'elem_id="hb-reading"',
        "markup",
    ]


def test_no_script_of_the_page_makes_html_of_a_text() -> None:
    doors = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\(|Function\(|DOMParser|srcdoc"
    )
    scripts = [*(ROOT / "qa" / "page").glob("*.js"), *(ROOT / "qa" / "page").glob("*.html")]
    assert len(scripts) >= 4
    assert [path.name for path in scripts if doors.search(path.read_text(encoding="utf-8"))] == []


def test_no_template_of_the_framework_is_given_a_value() -> None:
    """It evaluates `${…}` in what it inserts, also where it escapes the rest."""
    for path in [*(ROOT / "qa").glob("chat*.py")]:
        text = path.read_text(encoding="utf-8")
        assert "{{" not in text.replace("{{…}}", ""), path.name


def foreign_in(module: Module) -> set[str]:
    return of_all(list(beside_tags(module)), module, frozenset())


@pytest.mark.parametrize("name", sorted(modules()))
def test_whatever_stands_beside_a_tag_is_ours_or_went_through_the_door(name: str) -> None:
    assert foreign_in(modules()[name]) - OURS.keys() == set()
