"""What the page says, in Vietnamese and in English: every word of its own, none of the articles'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from index import Article
from qa.types import Searched


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of the interface. `{…}` marks what is filled in."""

    language: str
    path: str  # where this language is mounted
    tagline: str
    invitation: str
    aside: str
    question_label: str
    question_hint: str
    send: str
    searching: str
    conversation: str
    examples_label: str
    sources: str
    passages: str
    more_passages: str
    timeline: str
    first_reported: str
    latest: str
    differ: str
    differ_note: str
    by_report: str
    no_value: str
    nearest: str
    names: str
    as_typed: str
    asked_as_typed: str
    goes_on: str
    ask_alone: str
    asked_alone: str
    why: str
    by_published: str
    kept: str
    published: str
    since: str
    until: str
    by_words: str
    drop: str
    every_time: str
    few_articles: str
    choose: str
    from_day: str
    to_day: str
    outlet: str
    any_outlet: str
    only_this: str
    chosen: str
    undo: str
    not_found: str
    not_found_dated: str
    not_found_day: str
    articles: str
    article: str
    untitled: str
    no_outlet: str
    no_date: str
    years_ago: str
    months_ago: str
    days_ago: str
    open_article: str
    copy: str
    copied: str
    copy_failed: str
    receipt: str
    link: str
    right: str
    wrong: str
    which_is_right: str
    this_is_right: str
    not_said: str
    only_wrong: str
    select_first: str
    thanks: str
    not_kept: str
    no_word: str
    clear: str
    keep: str
    keep_md: str
    keep_docx: str
    keep_csv: str
    keep_ris: str
    keep_csl: str
    close: str
    reading: str
    original: str
    file: str
    next_mark: str
    previous_mark: str
    mark_of: str
    dark: str
    light: str
    other_language: str
    other_name: str
    other_path: str
    empty: str
    for_example: str
    too_long: str
    failed: str
    cut: str
    unanswered: str
    lost: str
    busy: str
    no_such_article: str
    changed: str
    also: str


VIETNAMESE = Wording(
    language="vi",
    path="/",
    tagline="Hỏi các bài báo — trả lời bằng nguyên văn, có dẫn nguồn",
    invitation="Bạn muốn biết điều gì?",
    aside="Có dấu hay không dấu đều được.",
    question_label="Câu hỏi",
    question_hint="Gõ câu hỏi của bạn",
    send="Hỏi",
    searching="Đang tìm trong các bài báo…",
    conversation="Câu hỏi và trả lời",
    examples_label="Thử hỏi",
    sources="Nguồn",
    passages="Các đoạn liên quan",
    more_passages="{count} đoạn nữa",
    timeline="Xem theo thời gian",
    first_reported="nói đến đầu tiên",
    latest="mới nhất",
    differ="Các bài nói khác nhau",
    differ_note="Xếp cạnh nhau theo ngày đăng; các câu có thể không nói về cùng một điều.",
    by_report="bài ngày {day}",
    no_value="chưa nêu ngày",
    nearest="Những đoạn gần nhất (không phải câu trả lời):",
    names="Đang hiểu là:",
    as_typed="Hỏi đúng như đã gõ",
    asked_as_typed="Đã tìm đúng như bạn gõ.",
    goes_on="Hiểu là hỏi tiếp về:",
    ask_alone="Hỏi riêng câu này",
    asked_alone="Đã hỏi riêng câu này.",
    why="Vì sao kết quả này?",
    by_published="theo ngày đăng {day}",
    kept="Chỉ tìm trong bài:",
    published="đăng {days}",
    since="từ {day}",
    until="đến {day}",
    by_words="theo “{said}”",
    drop="Bỏ điều kiện này và hỏi lại",
    every_time="Đã tìm trong bài của mọi thời gian.",
    few_articles="các bài đã chọn",
    choose="Chọn bài để hỏi",
    from_day="Đăng từ ngày",
    to_day="Đến ngày",
    outlet="Báo",
    any_outlet="mọi báo",
    only_this="Chỉ hỏi bài này",
    chosen="Sẽ chỉ hỏi:",
    undo="Bỏ",
    not_found="Không tìm thấy trong {count} bài",
    not_found_dated="Không tìm thấy trong {count} bài (từ {first} đến {last})",
    not_found_day="Không tìm thấy trong {count} bài (ngày {first})",
    articles="{count} bài báo",
    article="{count} bài báo",
    untitled="(bài không có tiêu đề)",
    no_outlet="không rõ báo",
    no_date="không rõ ngày",
    years_ago="{count} năm trước",
    months_ago="{count} tháng trước",
    days_ago="{count} ngày trước",
    open_article="Đọc cả bài",
    copy="Chép câu trích",
    copied="Đã chép",
    copy_failed="Không chép được",
    receipt="Chép phiếu nguồn",
    link="Chép liên kết câu hỏi",
    right="Trả lời đúng",
    wrong="Chưa đúng",
    which_is_right="Câu nào mới đúng? Câu khác nữa: mở bài, bôi đen nó rồi chọn “Đoạn đúng là đoạn này”.",
    this_is_right="Đoạn đúng là đoạn này",
    not_said="Các bài không nói",
    only_wrong="Không rõ, chỉ biết là sai",
    select_first="Hãy bôi đen câu đúng trong bài trước.",
    thanks="Cảm ơn bạn, đã ghi lại.",
    not_kept="Không ghi lại được góp ý này.",
    no_word="Máy chủ chưa lưu được tệp Word. Người quản trị cần: {install}",
    clear="Cuộc mới",
    keep="Lưu",
    keep_md="Markdown – để đọc",
    keep_docx="DOCX – Word",
    keep_csv="CSV – bảng tính",
    keep_ris="RIS – Zotero, EndNote",
    keep_csl="CSL-JSON – Zotero, Pandoc",
    close="Đóng bài báo",
    reading="Bài báo",
    original="Đọc bài gốc trên {host}",
    file="Tệp gốc: {path}",
    next_mark="Chỗ đánh dấu sau (phím n)",
    previous_mark="Chỗ đánh dấu trước (phím p)",
    mark_of="Chỗ đánh dấu {place}/{count}",
    dark="Nền tối",
    light="Nền sáng",
    other_language="en",
    other_name="English",
    other_path="/en/",
    empty="Xin gõ một câu hỏi.",
    for_example="Xin gõ một câu hỏi, ví dụ “{example}”",
    too_long="Câu hỏi dài quá. Xin hỏi trong khoảng một hai câu.",
    failed="Có trục trặc khi tìm câu trả lời. Xin hỏi lại.",
    cut="Mất kết nối với máy chủ. Đang nối lại…",
    unanswered="Câu hỏi này chưa được trả lời. Xin hỏi lại.",
    lost="Không nối được với máy chủ. Xin hỏi lại sau giây lát.",
    busy="Máy chủ đang bận. Xin hỏi lại sau giây lát.",
    no_such_article="Không mở được bài này.",
    changed="Bài đã được sửa sau khi trích: đây là bản khi trích",
    also="Cũng đăng:",
)

ENGLISH = Wording(
    language="en",
    path="/en/",
    tagline="Ask the newspapers — answered in their own words, with the source",
    invitation="What would you like to know?",
    aside="In Vietnamese, with or without marks, or in English. The articles are in Vietnamese.",
    question_label="Question",
    question_hint="Type your question",
    send="Ask",
    searching="Searching the articles…",
    conversation="Questions and answers",
    examples_label="Try asking",
    sources="Sources",
    passages="Related passages",
    more_passages="{count} more",
    timeline="See through time",
    first_reported="first reported",
    latest="latest",
    differ="The articles differ",
    differ_note="Side by side by day of publication; they may not speak of the same thing.",
    by_report="article of {day}",
    no_value="no date yet",
    nearest="The nearest passages (not an answer):",
    names="Understood as:",
    as_typed="Ask exactly as typed",
    asked_as_typed="Searched exactly as you typed it.",
    goes_on="Understood as going on about:",
    ask_alone="Ask this by itself",
    asked_alone="Asked by itself.",
    why="Why this result?",
    by_published="reckoned from {day}, when it was published",
    kept="Only in articles:",
    published="published {days}",
    since="from {day}",
    until="until {day}",
    by_words="as “{said}” says",
    drop="Drop this and ask again",
    every_time="Searched articles of every time.",
    few_articles="the chosen articles",
    choose="Choose which articles to ask",
    from_day="Published from",
    to_day="Until",
    outlet="Newspaper",
    any_outlet="any",
    only_this="Ask this article only",
    chosen="Asking only:",
    undo="Drop",
    not_found="Not found in {articles}",
    not_found_dated="Not found in {articles} (from {first} to {last})",
    not_found_day="Not found in {articles} (of {first})",
    articles="{count} articles",
    article="{count} article",
    untitled="(untitled article)",
    no_outlet="outlet unknown",
    no_date="date unknown",
    years_ago="{count} y ago",
    months_ago="{count} mo ago",
    days_ago="{count} d ago",
    open_article="Read the article",
    copy="Copy quote",
    copied="Copied",
    copy_failed="Could not copy",
    receipt="Copy receipt",
    link="Copy link to this question",
    right="This is right",
    wrong="Not right",
    which_is_right="Which sentence is? For another one: open the article, select it, then “The right passage is this”.",
    this_is_right="The right passage is this",
    not_said="The articles do not say",
    only_wrong="I only know that this is wrong",
    select_first="First select the right sentence in the article.",
    thanks="Thank you, it was noted.",
    not_kept="This could not be noted.",
    no_word="The server cannot make Word files yet. Its owner needs: {install}",
    clear="Start anew",
    keep="Save",
    keep_md="Markdown – to read",
    keep_docx="DOCX – Word",
    keep_csv="CSV – spreadsheet",
    keep_ris="RIS – Zotero, EndNote",
    keep_csl="CSL-JSON – Zotero, Pandoc",
    close="Close the article",
    reading="Article",
    original="Read the original on {host}",
    file="Original file: {path}",
    next_mark="Next mark (key n)",
    previous_mark="Previous mark (key p)",
    mark_of="Mark {place} of {count}",
    dark="Dark",
    light="Light",
    other_language="vi",
    other_name="Tiếng Việt",
    other_path="/",
    empty="Please type a question.",
    for_example="Please type a question, for example “{example}”",
    too_long="That question is too long. Please ask it in a sentence or two.",
    failed="Something went wrong while searching. Please ask again.",
    cut="The connection to the server was lost. Reconnecting…",
    unanswered="This question was not answered yet. Please ask it again.",
    lost="The server cannot be reached. Please ask again in a moment.",
    busy="The server is busy. Please ask again in a moment.",
    no_such_article="This article cannot be opened.",
    changed="The article has been changed since it was cited: this is how it was",
    also="Also published:",
)


def day(when: date | None, words: Wording) -> str:
    """18/02/2025, or that the day is not known. Both languages write it as the newspapers do."""
    return when.strftime("%d/%m/%Y") if when is not None else words.no_date


def moment(when: datetime | None, words: Wording) -> str:
    """18/02/2025 20:25; the day alone where no hour is known, for which midnight stands."""
    if when is None or (when.hour, when.minute) == (0, 0):
        return day(when, words)
    return when.strftime("%d/%m/%Y %H:%M")


def age(when: date | None, today: date, words: Wording) -> str:
    """How long ago that was, in whole years, else months, else days; empty for today, later days and no day."""
    if when is None or when >= today:
        return ""
    months = (today.year - when.year) * 12 + today.month - when.month - (today.day < when.day)
    if months >= 12:
        return words.years_ago.format(count=months // 12)
    return words.months_ago.format(count=months) if months else words.days_ago.format(count=(today - when).days)


def byline(article: Article, words: Wording) -> tuple[str, ...]:
    """Outlet, day and hour, and the author where one is named."""
    parts = (article.outlet or words.no_outlet, moment(article.published, words), article.author)
    return tuple(part for part in parts if part)


def also_published(article: Article, words: Wording) -> tuple[str, ...]:
    """Where else the very text of the article stands: outlet and day of each."""
    return tuple(f"{copy.outlet or copy.path}, {day(copy.published, words)}" for copy in article.also_published)


def source_line(quote: str, article: Article, words: Wording) -> str:
    """What the copy button puts on the clipboard: the quote, then where it stands."""
    headline = article.headline if article.title else f"{article.headline} {words.untitled}"
    return f"“{quote}” — {headline}, {article.outlet or words.no_outlet}, {day(article.published, words)}"


def not_found(searched: Searched, words: Wording) -> str:
    """How many articles of which days were searched in vain; no days are named when none is known."""
    number = {"count": searched.articles, "articles": _counted(searched, words)}
    if searched.first is None or searched.last is None:
        return words.not_found.format(**number)
    first, last = day(searched.first, words), day(searched.last, words)
    sentence = words.not_found_day if first == last else words.not_found_dated
    return sentence.format(**number, first=first, last=last)


def corpus(searched: Searched, words: Wording) -> str:
    """The line under the masthead: how many articles, and of which days."""
    count = _counted(searched, words)
    if searched.first is None or searched.last is None:
        return count
    days = dict.fromkeys((day(searched.first, words), day(searched.last, words)))
    return f"{count} · {' – '.join(days)}"


def _counted(searched: Searched, words: Wording) -> str:
    return (words.article if searched.articles == 1 else words.articles).format(count=searched.articles)
