import re
from io import StringIO

import pytest
from rich.console import Console

from qa import Assistant
from qa.printing import print_answer, print_hit


def printed(show) -> str:
    out = StringIO()
    show(Console(file=out, width=100, highlight=False, markup=False))
    return out.getvalue()


def test_the_cited_sentence_is_marked_in_its_passage(assistant: Assistant) -> None:
    answer = assistant.ask("Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    text = " ".join(printed(lambda console: print_answer(console, answer)).split())
    assert text.startswith("[1] “Bí thư Thành uỷ Hải Phòng cho biết")
    assert "»Bí thư Thành uỷ Hải Phòng cho biết" in text
    assert "hai địa phương.«" in text


def test_a_whole_passage_is_printed_letter_by_letter(assistant: Assistant) -> None:
    (hit,) = assistant.search("Quảng Đông", 1)
    text = printed(lambda console: print_hit(console, hit))
    assert " ".join(hit.passage.text.split()) in " ".join(text.split())


def test_what_a_terminal_would_obey_is_not_printed(assistant: Assistant) -> None:
    from dataclasses import replace

    (hit,) = assistant.search("Quảng Đông", 1)
    evil = "\x1b[31m\u202e" + hit.article.text[2:]
    article = replace(hit.article, title="\x1b]0;x\x07[red]", text=evil)
    text = printed(lambda console: print_hit(console, replace(hit, article=article)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[red]" in text


def test_what_is_not_on_a_terminal_has_the_lines_of_the_article_and_no_word_is_cut(assistant: Assistant) -> None:
    answer = assistant.ask("Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    lines = printed(lambda console: print_answer(console, answer)).split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    source = next(line for line in lines if "ký tự" in line)
    assert source.startswith("    không rõ báo · 18/02/2025 · ") and source.endswith("1058") and len(source) > 70
    for excerpt in (line for line in lines if line.endswith(" …")):
        last = excerpt.removesuffix(" …").strip()
        assert any(f"{last} " in hit.article.text or f"{last}\n" in hit.article.text for hit in answer.hits)


@pytest.mark.parametrize("settings", [{"no_color": True}, {"color_system": None}])
def test_a_terminal_without_colours_shows_signs_around_what_is_cited(
    assistant: Assistant, settings: dict[str, object]
) -> None:
    answer = assistant.ask("Khi nào mở đường bay Nam Ninh – Hải Phòng?")
    out = StringIO()
    print_answer(Console(file=out, width=200, force_terminal=True, highlight=False, markup=False, **settings), answer)
    assert "»Bí thư Thành uỷ" in re.sub(r"\x1b\[[\d;]*m", "", out.getvalue())


def test_what_tomorrow_was_is_printed_beside_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Ai tiếp đoàn đại biểu Khu tự trị dân tộc Choang?")
    text = " ".join(printed(lambda console: print_answer(console, answer)).split())
    assert "Sáng 30-8 → 30/08/2024 (theo ngày đăng 30/08/2024)" in text
