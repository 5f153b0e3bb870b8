"""One direction: qa imports index, nothing imports training or benchmarks; heavy libraries have one home in each room."""

import ast
from importlib import import_module
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HOMES = {
    "sentence_transformers": {"index/encoder.py"},
    "openvino": {"index/openvino_layers.py"},
    "faiss": {"index/dense.py"},
    "bm25s": {"index/lexical.py"},
    "gradio": {"qa/chat.py"},
    "langchain_text_splitters": {"index/passages.py"},
    "ir_measures": {"qa/measures.py"},
    "trafilatura": {"index/readers/web_pages.py"},
    "pypdf": {"index/readers/pdf_files.py"},
    "docx": {"index/readers/word_files.py", "qa/export_word.py"},
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name.split(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add((node.module or "").split(".")[0])
    return found


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize(
    ("room", "never"), [("index", {"qa", "training", "benchmarks"}), ("qa", {"training", "benchmarks"})]
)
def test_rooms_are_entered_in_one_direction(room: str, never: set[str]) -> None:
    assert modules(room)
    assert [path.name for path in modules(room) if imported(path) & never] == []


@pytest.mark.parametrize("library", HOMES)
def test_each_heavy_library_is_used_in_its_home_alone(library: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for room in ("index", "qa")
        for path in modules(room)
        if library in imported(path)
    }
    assert users == HOMES[library]


@pytest.mark.parametrize("room", ["index", "qa"])
def test_all_that_a_room_offers_is_there_with_its_types(room: str) -> None:
    made = import_module(room)
    assert [name for name in made.__all__ if not hasattr(made, name)] == []
    assert set(made.__all__) <= set(dir(made))
    assert files(room).joinpath("py.typed").is_file()
