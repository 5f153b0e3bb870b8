from io import StringIO

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


def test_what_tomorrow_was_is_printed_beside_the_quote(assistant: Assistant) -> None:
    answer = assistant.ask("Ai tiếp đoàn đại biểu Khu tự trị dân tộc Choang?")
    text = " ".join(printed(lambda console: print_answer(console, answer)).split())
    assert "Sáng 30-8 → 30/08/2024 (theo ngày đăng 30/08/2024)" in text
