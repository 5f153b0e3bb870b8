from qa import Assistant
from qa.extraction import FEATURES, as_features

FLIGHT = "Khi nào mở đường bay Nam Ninh – Hải Phòng?"


def test_the_sentence_with_the_date_has_the_better_evidence(assistant: Assistant) -> None:
    candidates = assistant.read(FLIGHT).candidates
    texts = {c.article.text[c.start : c.end]: as_features(c.evidence) for c in candidates}
    opened = next(parts for text, parts in texts.items() if "khai thông từ ngày 7/1/2025" in text)
    wished = next(parts for text, parts in texts.items() if "mở đường bay thẳng từ Hải Phòng" in text)
    assert opened["kind"] == 1.0
    assert wished["kind"] == 0.0
    assert opened["names"] == wished["names"] == 1.0
    assert wished["coverage"] > opened["coverage"]


def test_every_part_of_the_evidence_is_a_share(assistant: Assistant) -> None:
    for candidate in assistant.read(FLIGHT).candidates:
        parts = as_features(candidate.evidence)
        assert set(parts) == set(FEATURES)
        assert all(-1e-6 <= value <= 1 + 1e-6 for value in parts.values())
