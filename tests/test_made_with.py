"""An index and its model belong together: whatever differs is refused with both sides and the command that repairs."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from faults.word_hash import WordHash

from index import ModelError, PassageIndex
from index.doctor import examine
from index.passages import EARLIER_SPLITTERS
from index.store import open_generation, write_generation
from index.sync import sync
from index.vietnamese import sentence_spans

ARTICLES = Path(__file__).parent / "old_indexes" / "articles"
MOST_SECONDS = 3

Manifest = dict[str, Any]
Change = Callable[[Manifest], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("made") / "index"
    PassageIndex.build(ARTICLES, directory, WordHash())
    return directory


def changed(made: Path, directory: Path, change: Change) -> Path:
    """Publish the index once more with another manifest, sealed as it then is."""
    folder, manifest = open_generation(made)
    facts = {name: value for name, value in manifest.items() if name not in ("files", "format")}
    change(facts)
    ignored = shutil.ignore_patterns("manifest.json")
    write_generation(directory, lambda draft: shutil.copytree(folder, draft, dirs_exist_ok=True, ignore=ignored), facts)
    return directory


def model(**facts: object) -> Change:
    return lambda manifest: manifest["model"].update(facts)


def without(name: str) -> Change:
    return lambda manifest: manifest.pop(name) if name in manifest else manifest["model"].pop(name)


def facts(**values: object) -> Change:
    return lambda manifest: manifest.update(values)


def test_the_manifest_tells_all_that_an_index_was_made_with(made: Path) -> None:
    told = open_generation(made)[1]
    assert told["model"] == {
        "name": "word-hash",
        "weights": WordHash().weights_hash(),
        "dimension": 16,
        "prompts": {"query": "", "document": ""},
    }
    assert {"splitter", "passage_tokens", "overlap_tokens", "normaliser"} <= set(told)


@pytest.mark.parametrize(
    ("encoder", "both"),
    [
        (
            WordHash("other", "2"),
            r"word-hash \(16 numbers, weights 6b86b273\), .* other \(16 numbers, weights d4735e3a\)",
        ),
        (WordHash("word-hash", "2"), r"weights 6b86b273\), the encoder is word-hash .*weights d4735e3a"),
        (WordHash("other", "2", 8), r"\(16 numbers.*\(8 numbers"),
    ],
    ids=["another model of the same dimension", "other weights under the same name", "another dimension"],
)
def test_another_encoder_is_refused(made: Path, encoder: WordHash, both: str) -> None:
    start = time.monotonic()
    with pytest.raises(ModelError, match=both) as refused:
        PassageIndex.open(made, encoder)
    assert time.monotonic() - start < MOST_SECONDS
    assert f"hoibao build {ARTICLES} --index {made} --model {encoder.name}" in str(refused.value)


def test_the_same_model_with_another_prompt_is_refused(made: Path) -> None:
    encoder = WordHash()
    encoder.prompts = {"query": "hỏi: ", "document": ""}
    with pytest.raises(ModelError, match=r"weights 6b86b273\), the encoder is .*query prompt 'hỏi: '\); make it anew"):
        PassageIndex.open(made, encoder)


@pytest.mark.parametrize(
    ("change", "both"),
    [
        (model(dimension=17), r"\(17 numbers.*\(16 numbers"),
        (model(weights="0" * 64), r"weights 00000000.*weights 6b86b273"),
        (model(prompts={"query": "query: ", "document": "passage: "}), r"query prompt 'query: ', document prompt"),
        (facts(normaliser="NFC"), r"normaliser 'NFC', now it is 'NFC, invisible"),
        (facts(normaliser="NFC, invisible characters removed, 2"), r"removed, 2', now it is 'NFC, invisible"),
        (facts(splitter="paragraphs"), r"splitter 'paragraphs', now it is 'whole sentences"),
        (facts(passage_tokens=600), r"passages of 600 tokens, word-hash reads 512"),
        (without("model"), r"model None, expected dict"),
        (facts(model="word-hash"), r"model 'word-hash', expected dict"),
        (without("weights"), r"weights None, expected str"),
        (without("dimension"), r"dimension None, expected int"),
        (without("normaliser"), r"normaliser None, expected str"),
        (without("passage_tokens"), r"passage_tokens None, expected int"),
        (model(dimension="16"), r"dimension '16', expected int"),
        (model(name=["word-hash"]), r"name \['word-hash'\], expected str"),
        (model(prompts="query: "), r"prompts 'query: ', expected dict"),
        (facts(overlap_tokens=True), r"overlap_tokens True, expected int"),
        (facts(splitter=None), r"splitter None, expected str"),
    ],
)
def test_a_manifest_that_tells_something_else_is_refused(made: Path, tmp_path: Path, change: Change, both: str) -> None:
    directory = changed(made, tmp_path / "index", change)
    start = time.monotonic()
    with pytest.raises(ModelError, match=both) as refused:
        PassageIndex.open(directory, WordHash())
    assert time.monotonic() - start < MOST_SECONDS
    assert f"make it anew with: hoibao build {ARTICLES} --index {directory}" in str(refused.value)


def test_what_the_first_indexes_of_this_format_do_not_tell_is_not_asked_of_them(made: Path, tmp_path: Path) -> None:
    def older(manifest: Manifest) -> None:
        for name in ("splitter", "overlap_tokens", "prompts"):
            without(name)(manifest)

    assert len(PassageIndex.open(changed(made, tmp_path / "index", older), WordHash()).articles) == 2


def test_what_an_earlier_splitter_made_is_read_and_a_sync_makes_its_other_sentences_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Đội nhà thắng\n\nĐội nhà thắng 3-0. Khán giả reo hò.\n", encoding="utf-8")
    (articles / "b.txt").write_text("Chợ hoa đông\n\nChợ hoa đông từ sáng. Hàng bán chạy.\n", encoding="utf-8")
    with monkeypatch.context() as earlier:
        for module in ("index.encoded", "index.passages"):
            earlier.setattr(f"{module}.sentence_spans", split_as_earlier)
        PassageIndex.build(articles, tmp_path / "made", WordHash())
    (name,) = EARLIER_SPLITTERS
    directory = changed(tmp_path / "made", tmp_path / "index", facts(splitter=name))
    opened = PassageIndex.open(directory, WordHash())
    assert [len(opened.sentences(passage)) for passage in opened.passages] == [1, 2]
    assert examine(directory, WordHash()).findings == ()
    report = sync(articles, directory, WordHash())
    assert (report.nothing_new, report.encoded, report.published) == (True, 1, True)
    renewed = PassageIndex.open(directory, WordHash())
    assert [len(renewed.sentences(passage)) for passage in renewed.passages] == [2, 2]
    assert examine(directory, WordHash()).findings == ()
    assert not sync(articles, directory, WordHash()).published


def split_as_earlier(text: str) -> list[tuple[int, int]]:
    """Return the spans of the sentences of `text`, of which one that ends in a score goes on."""
    spans: list[tuple[int, int]] = []
    for start, end in sentence_spans(text):
        goes_on = bool(spans) and text[: spans[-1][1]].endswith("3-0.")
        spans[-1 if goes_on else len(spans) :] = [(spans[-1][0] if goes_on else start, end)]
    return spans


def test_a_model_that_cannot_be_had_is_named_with_its_index(made: Path, tmp_path: Path) -> None:
    directory = changed(made, tmp_path / "index", model(name="./no-such-model"))
    with pytest.raises(ModelError, match=r"made with ./no-such-model \(16 numbers.*no such model folder; make it anew"):
        PassageIndex.open(directory)


def test_the_same_model_under_another_name_is_the_same(made: Path) -> None:
    assert PassageIndex.open(made, WordHash("moved/elsewhere")).encoder.name == "moved/elsewhere"


def test_passages_of_another_length_are_opened_and_not_added_to(made: Path, tmp_path: Path) -> None:
    directory = changed(made, tmp_path / "index", facts(passage_tokens=96))
    assert len(PassageIndex.open(directory, WordHash()).articles) == 2
    articles = Path(shutil.copytree(ARTICLES, tmp_path / "articles"))
    (articles / "c.txt").write_text("Sơn La trồng mận. Mận chín vào tháng Năm.\n", encoding="utf-8")
    with pytest.raises(ModelError, match=r"passages of 96 tokens.*now they have 320"):
        sync(articles, directory, WordHash())
