"""What is said to readers who bring articles, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.chat_reasons import reason_in

# What the page says; the script fills in `{…}`. The English is so put that one needs no other form than many.
PAGE: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "title": "Thêm bài báo",
        "choose": "Chọn tệp",
        "hint": "Mỗi tệp không quá {limit} MB: {kinds}",
        "reading": "đang đọc…",
        "read": "đọc được {count} bài",
        "too_large": "tệp lớn quá {limit} MB",
        "known": "đã có từ trước",
        "dropped": "{count} dòng không thuộc bài",
        "notes": "{count} lưu ý",
        "publishing": "Đang đưa vào tìm kiếm…",
        "published": "Đã có thể hỏi: thêm {added} bài, tất cả {articles} bài.",
        "failed": "Chưa thêm được: {failure}",
        "lost": "Không nối được với máy chủ.",
    },
    "en": {
        "title": "Add articles",
        "choose": "Choose files",
        "hint": "Up to {limit} MB a file: {kinds}",
        "reading": "reading…",
        "read": "articles read: {count}",
        "too_large": "the file is larger than {limit} MB",
        "known": "here already",
        "dropped": "Lines that are not of the article: {count}",
        "notes": "Notes: {count}",
        "publishing": "Making them searchable…",
        "published": "They can be asked now. Articles added: {added}, in all: {articles}.",
        "failed": "Not added: {failure}",
        "lost": "The server cannot be reached.",
    },
}
_REFUSALS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "kind": "loại tệp này không đọc được; đọc được: {detail}",
        "empty": "tệp rỗng",
        "too_large": "tệp lớn quá {detail} MB",
        "no_article": "không có bài báo nào đọc được: {detail}",
        "folder_full": "thư mục nhận bài đã đầy",
        "disk_full": "đĩa gần đầy",
    },
    "en": {
        "kind": "files of this kind are not read; these are: {detail}",
        "empty": "the file is empty",
        "too_large": "the file is larger than {detail} MB",
        "no_article": "no article could be read in it: {detail}",
        "folder_full": "the folder that takes articles is full",
        "disk_full": "the disk is almost full",
    },
}
_NO_LETTERS = {"vi": "không có chữ", "en": "it holds no text"}
_FAILURES: Mapping[str, Mapping[str, str]] = {
    "vi": {"": "", "busy": "chỉ mục đang được ghi bởi một tiến trình khác", "trouble": "có trục trặc"},
    "en": {"": "", "busy": "another process is writing the index", "trouble": "something went wrong"},
}


def refusal_in(language: str, code: str, details: Sequence[str]) -> str:
    """Return why a file is not taken, in "vi" or "en": `details` are the readers' reasons, or what is read at all."""
    if code == "no_article":
        detail = "; ".join(reason_in(language, each) for each in details) or _NO_LETTERS[language]
    else:
        detail = " ".join(details)
    return _REFUSALS[language][code].format(detail=detail)


def failure_in(language: str, code: str, name: str) -> str:
    """Return why what was brought is not searched yet, with the name under which the log has it; empty for no code."""
    return f"{_FAILURES[language][code]} [{name}]" if code else ""
