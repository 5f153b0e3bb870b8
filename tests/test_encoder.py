import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from index.encoder import BUNDLED_FOLDER, LATE_INTERACTION, Encoder, ModelError


def test_vectors_are_unit_and_near_what_means_the_same(encoder: Encoder) -> None:
    documents = encoder.encode_documents(
        ["Tuyến bay thẳng Nam Ninh - Hải Phòng được khai thông.", "Giá gạo xuất khẩu tăng trong tháng chín."]
    )
    assert documents.shape == (2, encoder.dimension) == (2, 384)
    assert np.allclose(np.linalg.norm(documents, axis=1), 1, atol=1e-5)
    for question in ("Khi nào mở đường bay?", "khi nao mo duong bay", "When does the flight route open?"):
        near, far = documents @ encoder.encode_query(question)[0]
        assert near > far


def test_batches_give_what_single_texts_give(encoder: Encoder) -> None:
    texts = ["Mưa.", "Hải Phòng có hơn 1.000 dự án đầu tư nước ngoài đang hoạt động.", "Ông nói."]
    together = encoder.encode_documents(texts)
    alone = np.concatenate([encoder.encode_documents([text]) for text in texts])
    assert (together * alone).sum(axis=1).min() > 0.9995  # bfloat16 rounds


def test_tokens_stand_at_their_words_and_rare_ones_count_more(encoder: Encoder) -> None:
    text = "Đường bay Nam Ninh của tỉnh"
    vectors, (tokens,) = encoder.encode_passages([text])
    assert [text[start:end] for start, end in tokens.spans] == ["Đường", "bay", "Nam", "Ninh", "của", "tỉnh"]
    assert np.allclose(np.linalg.norm(tokens.vectors, axis=1), 1, atol=1e-5)
    assert (vectors * encoder.encode_documents([text])).sum() > 0.9995
    assert tokens.weights[3] > tokens.weights[4] > 0
    assert encoder.encode_passages([])[1] == []


def test_a_processor_without_bfloat16_gives_the_same_but_for_rounding(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.encoder.in_bfloat16", lambda: False)
    plain = Encoder.load()
    assert plain.weights_hash() == encoder.weights_hash()
    texts = ["Hải Phòng có hơn 1.000 dự án đầu tư nước ngoài.", "Ông nói."]
    assert (plain.encode_documents(texts) * encoder.encode_documents(texts)).sum(axis=1).min() > 0.9995


def test_tokens_are_counted_without_those_added_around(encoder: Encoder) -> None:
    assert encoder.count_tokens(["Đường bay", ""]) == [2, 0]
    assert encoder.count_tokens([]) == []


def test_loading_looks_up_nothing_on_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError(f"looked up {args[:2]}")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert Encoder.load().dimension == 384


@pytest.mark.parametrize(
    ("name", "reason"),
    [("./nowhere", "no such model folder"), ("/", "no modules.json"), ("nobody/no-such-model", "cannot be loaded")],
)
def test_a_model_that_is_not_there_fails_at_once_in_one_line(name: str, reason: str) -> None:
    Encoder.load()  # the imports are not what is measured
    start = time.monotonic()
    with pytest.raises(ModelError, match=reason) as caught:
        Encoder.load(name)
    assert time.monotonic() - start < 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["model.safetensors", LATE_INTERACTION])
def test_a_truncated_model_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    for path in BUNDLED_FOLDER.rglob("*"):
        if path.is_file():
            copy = folder / path.relative_to(BUNDLED_FOLDER)
            copy.parent.mkdir(parents=True, exist_ok=True)
            data = path.read_bytes()
            copy.write_bytes(data[: len(data) // 2] if path.name == name else data)
    with pytest.raises(ModelError, match="cannot be"):
        Encoder.load(str(folder))


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sentence-transformers model of another dimension with prompts of its own, made here."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer import modules
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("tiny")
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(BUNDLED_FOLDER)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(folder / "part")
    tokenizer.save_pretrained(folder / "part")
    model = SentenceTransformer(
        modules=[modules.Transformer(str(folder / "part"), max_seq_length=128), modules.Pooling(32)],
        prompts={"query": "hỏi: ", "document": "bài: "},
        device="cpu",
    )
    model.save_pretrained(str(folder / "model"))
    return folder / "model"


def test_another_model_is_used_with_its_own_prompts(tiny_model: Path) -> None:
    encoder = Encoder.load(str(tiny_model))
    assert encoder.dimension == 32
    assert encoder.max_tokens == 128
    as_query, as_document = encoder.encode_query("mưa")[0], encoder.encode_documents(["mưa"])[0]
    assert np.isclose(np.linalg.norm(as_query), 1, atol=1e-5)
    assert not np.allclose(as_query, as_document, atol=1e-3)
    tokens = encoder.encode_query("mưa rào")[1]
    assert tokens.spans.tolist() == [[0, 3], [4, 7]]
    assert tokens.weights.tolist() == [1.0, 1.0]


def test_an_index_of_another_model_is_refused_with_both_names(tiny_model: Path, seeds_directory: Path) -> None:
    from index import PassageIndex

    with pytest.raises(ModelError, match=r"hoibao-vi-en-zh \(384 numbers.*32 numbers.*hoibao build"):
        PassageIndex.open(seeds_directory, str(tiny_model))


def test_an_index_can_be_made_with_another_model(tiny_model: Path, tmp_path: Path) -> None:
    from index import PassageIndex

    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Mưa lớn ở miền Trung\n\nTrời mưa suốt ba ngày.", encoding="utf-8")
    PassageIndex.build(tmp_path / "articles", tmp_path / "index", str(tiny_model))
    assert PassageIndex.open(tmp_path / "index").encoder.dimension == 32


def test_the_installed_package_holds_the_model() -> None:
    code = "import index.encoder as e; print((e.BUNDLED_FOLDER / 'model.safetensors').stat().st_size)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert int(printed.stdout) < 60_000_000


def test_texts_that_are_counted_meanwhile_do_not_change_how_a_question_is_read(encoder: Encoder) -> None:
    question = "Khi nào mở đường bay?"
    alone, _ = encoder.encode_query(question)
    done = threading.Event()

    def count() -> None:
        while not done.is_set():
            encoder.count_tokens(["Tàu cập cảng.", "Chợ hoa đông khách từ sáng sớm."])

    counting = threading.Thread(target=count)
    counting.start()
    try:
        beside = [encoder.encode_query(question)[0] for _ in range(60)]
    finally:
        done.set()
        counting.join()
    assert all(np.array_equal(vector, alone) for vector in beside)
