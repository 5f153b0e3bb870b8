"""Why a file that was brought, or a line of it, became no article, in the page's language.

The readers of `index` give their reasons in English. What a library says of a broken file has no other language: it
stands in brackets behind a sentence that says so.
"""

from __future__ import annotations

import re

_LABELS = {
    "address": "địa chỉ",
    "by-line": "tên tác giả",
    "caption": "chú thích ảnh",
    "comments": "bình luận",
    "date": "ngày đăng",
    "headline again": "tiêu đề lặp lại",
    "imprint": "thông tin tòa soạn",
    "menu": "thực đơn của trang",
    "not the article": "không thuộc bài",
    "on every page": "có ở mọi trang",
    "other articles": "bài khác",
    "page furniture": "phần phụ của trang",
    "page number": "số trang",
    "picture": "ảnh",
    "source": "nguồn",
    "tags and keywords": "từ khóa",
}
_KINDS = {
    "a zip archive": "tệp nén zip",
    "a gzip archive": "tệp nén gzip",
    "a bzip2 archive": "tệp nén bzip2",
    "an xz archive": "tệp nén xz",
    "a 7z archive": "tệp nén 7z",
    "a rar archive": "tệp nén rar",
    "a PDF": "tệp PDF",
    "an old Office document": "tệp Office đời cũ",
    "an RTF document": "tệp RTF",
    "no zip archive": "không phải tệp nén zip",
}
_OLD = "Windows-1258, có lẽ là bảng mã cũ hơn (TCVN3, VNI)"
_SAVE = "hãy lưu tệp thành UTF-8"
_AT = "(byte {0} ở vị trí {1})"
# What stands in "(…)" is put into the sentence as it is, a kind of file in Vietnamese. The first that fits is said.
_SENTENCES = (
    (r"empty", "rỗng"),
    (r"no article text in it|no text in it", "không có nội dung bài"),
    (r"needs: (.*)", "máy chủ cần thêm: {0}"),
    (r"not text: a NUL at byte (\d+).*", "không phải văn bản: có byte 0 ở vị trí {0}"),
    (r"(an? .+|no zip archive), not text.*", "{0}, không phải văn bản; hãy giải nén, hoặc cho tệp đúng đuôi của nó"),
    (r"a web page \(HTML\), not plain text.*", "trang web (HTML), không phải văn bản; hãy đổi đuôi tệp thành .html"),
    (r"not UTF-8: byte (0x\w\w) at (\d+), nor .*", f"không phải UTF-8 {_AT} hay {_OLD}; {_SAVE}"),
    (r"not UTF-8: byte (0x\w\w) at (\d+).*", f"không phải UTF-8 {_AT}; {_SAVE}"),
    (r"broken (\S+) at byte (\d+)", "bảng mã {0} hỏng ở byte {1}"),
    (r"no PDF: .*", "không phải tệp PDF"),
    (r"no text on its (\d+) pages.*", "{0} trang không có chữ, có lẽ là ảnh quét; hãy nhận dạng chữ (OCR) trước"),
    (r"encrypted: .*", "có mật khẩu; hãy lưu lại không mật khẩu"),
    (r"encrypted in a way.*", "mã hóa theo cách không đọc được"),
    (r"no Word file \(\.docx\): (.+); open it.*", "không phải tệp Word (.docx): {0}; hãy mở ra và lưu thành .docx"),
    (r"a zip archive without .*", "tệp nén zip không phải tệp Word"),
    (r"broken PDF: (.*)", "tệp PDF hỏng ({0})"),
    (r"broken Word file: (.*)", "tệp Word hỏng ({0})"),
    (r"no web page: (.*)", "không phải trang web ({0})"),
    (r"no JSON: (.*)", "không phải JSON đúng ({0})"),
    (r"JSON nested too deep", "JSON lồng nhau quá sâu"),
    (r"(\S+) is no JSON number", "{0} không phải số của JSON"),
    (r"an? \w+, not an object with the key 'text'", "không phải đối tượng JSON có khóa “text”"),
    (r"the key (.+) stands twice", "khóa {0} có hai lần"),
    (r"no column 'text'", "không có cột “text”"),
    (r"the first line has no column 'text': (.*)", "dòng đầu không có cột “text”: {0}"),
    (r"a column stands twice in the first line: (.*)", "dòng đầu có một cột hai lần: {0}"),
    (r"(\d+) columns, the first line has (\d+)", "{0} cột, dòng đầu có {1}"),
    (r"the id (.+) is that of line (\d+) already", "mã {0} đã là của dòng {1}"),
    (r"(.+) is \w+, not text", "{0} không phải chữ"),
    (r"broken bytes: .*", "có byte không thuộc bảng mã của tệp"),
    (r"([\d,]+) bytes, more than the limit of ([\d,]+).*", "{0} byte, quá giới hạn {1}"),
    (r".*\blimit\b.*", "vượt giới hạn ({whole})"),
    (r"converted from (.+)", "đã chuyển từ bảng mã {0}"),
    (r"(\d+) lines were encoded twice.*", "{0} dòng bị mã hóa hai lần, đã sửa"),
    (r"line (\d+) looks encoded twice.*", "dòng {0} có vẻ bị mã hóa hai lần, không sửa được chắc chắn"),
    (r"(\d+) control characters taken out", "đã bỏ {0} ký tự điều khiển"),
    (r"([\d,]+) marks taken off letters.*", "đã bỏ {0} dấu chồng trên một chữ"),
    (r"in the letters of an old font \((\w+)\).*", "bằng phông chữ cũ ({0}); hãy chuyển mã sang Unicode"),
    (r"HTML marks taken out", "đã bỏ các thẻ HTML"),
    (r"no date: (.*)", "không phải ngày: {0}"),
    (r"no address on the web: (.*)", "không phải địa chỉ web: {0}"),
    (r"no end of the page.*", "trang không có phần cuối (</html>), có thể bị cắt"),
    (r"no text on page (.+), only pictures.*", "trang {0} chỉ có ảnh, có lẽ là ảnh quét: không có chữ nào để đọc"),
    (r"some letters have no meaning.*", "một số chữ của tệp PDF này không đọc được"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _SENTENCES)
_LINE = re.compile(r"line (\d+): (.*)", re.DOTALL)
_BELOW = "below the article: "


def reason_in(language: str, reason: str) -> str:
    """Return a reader's reason, or its note, in "vi" or "en"."""
    if language == "en":
        return reason
    if line := _LINE.fullmatch(reason):
        return f"dòng {line[1]}: {reason_in(language, line[2])}"
    if reason.startswith(_BELOW):
        return f"dưới bài: {label_in(language, reason.removeprefix(_BELOW))}"
    for pattern, said in _COMPILED:
        if found := pattern.fullmatch(reason):
            parts = [_KINDS.get(part, part) for part in found.groups() if part is not None]
            return said.format(*parts, whole=reason)
    return _LABELS.get(reason) or f"không đọc được ({reason})"


def label_in(language: str, label: str) -> str:
    """Return what part of a page a line is, in "vi" or "en"."""
    return label if language == "en" else _LABELS.get(label, "không thuộc bài")
