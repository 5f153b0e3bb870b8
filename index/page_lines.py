"""What the lines of a Vietnamese news page look like: prose, labels, captions, imprints, addresses.

Each function looks at one line, already normalised and squeezed, and knows nothing of its neighbours.
"""

from __future__ import annotations

import re

LINE_END = re.compile(r"[.!…][\"'”’»)\]]*$")
OPEN_END = re.compile(r"[:;,?][\"'”’»)\]]*$|[\"”»)]$")
PROSE_WORDS = 3  # fewer words with a full stop are an abbreviation or an initial
LONG_PROSE_WORDS = 45  # no headline is that long, so it is a paragraph whose full stop was forgotten

_LABELS = {
    "tags and keywords": "từ khóa|từ khoá|tag|tags|thẻ|chủ đề",
    "comments": "bình luận|bình luận của bạn về bài viết|gửi bình luận|viết bình luận|ý kiến|ý kiến bạn đọc|"
    "ý kiến của bạn|phản hồi|captcha|mã xác nhận",
    "other articles": "những tin mới hơn|những tin cũ hơn|tin mới|tin mới nhất|tin khác|các tin khác|các bài khác|"
    "tin liên quan|tin tức liên quan|tin bài liên quan|bài liên quan|bài viết liên quan|cùng chuyên mục|"
    "tin cùng chuyên mục|tin nổi bật|tin đọc nhiều|đọc nhiều|xem nhiều|tin xem nhiều|có thể bạn quan tâm|"
    "bạn có thể quan tâm|đọc thêm|xem thêm|mời bạn đọc thêm|mời độc giả đọc thêm",
    "page furniture": "chuyên mục|thông tin|chia sẻ|chia sẻ bài viết|in bài viết|bản in|gửi email|lưu bài viết|"
    "theo dõi|quay lại|về đầu trang|trang chủ|đăng nhập|sao chép liên kết|nghe bài viết|cỡ chữ|aa|facebook|"
    "twitter|zalo|google news|video|video clip|phóng sự ảnh",
}
_REASONS = {label: reason for reason, labels in _LABELS.items() for label in labels.split("|")}
_COUNT = re.compile(r"\s*\(\d+\)$")  # "Bình luận (12)"
_FURNITURE = re.compile(
    r"^(?:theo dõi|chia sẻ|đọc|xem|quan tâm) .*\b(?:google news|facebook|zalo|tiktok|youtube)$|"
    r"^chia sẻ (?:facebook|zalo|twitter)\b[^.]*$|"
    r"^nghe (?:đọc )?(?:bài|tin|nội dung)\b[^.]*$|^\d+ (?:phút đọc|lượt xem|bình luận)$|^(?:kích thước|cỡ) chữ\b[^.]*$",
    re.IGNORECASE,
)
FURNITURE_WORDS = 12
_LINK_BOX = re.compile(r"^(?:>>|»|▶|►|➤|☛|\* ?mời)|^(?:xem thêm|đọc thêm|tin liên quan)\s*:", re.IGNORECASE)
_PRESS = r"(?:báo|tạp chí|đài|cổng|trang|t(?:òa|oà) soạn|website|cơ quan|[\w-]+\.(?:com|vn|net|org))\b"
_LICENCE = (
    r"giấy phép(?: (?:số|xuất bản|hoạt động|thiết lập|báo chí|báo|tạp chí|điện tử|in|và|trang|thông tin|tin|tổng hợp|"
    r"ttđt|trên|mạng|internet))*\s*:?\s*\d"
)
_IMPRINT = re.compile(
    r"©(?!.{0,40} / )|^\W*copyright\b|\bcopyright\s*(?:\(c\)|\d{4})|all rights reserved|^tổng hợp tin tự động|"
    rf"\bbản quyền (?:thuộc|của)(?: về)? {_PRESS}|giữ bản quyền (?:nội dung|thông tin|trên)|"
    r"^\W*(?:toàn bộ |mọi )?bản quyền\s*(?:(?:thuộc|của)\b.*[^.]$|:|\d{4})|"
    rf"(?:^|[.;|–-]\s*)(?:{_LICENCE}|(?:phó |quyền )?tổng biên tập\s*:|t(?:òa|oà) soạn\s*:)|"
    rf"(?<!không )(?<!chưa )ghi rõ nguồn(?:\s*[\"'“‘(]| khi\b| (?:từ |tin )?{_PRESS})|"
    r"(?:vui lòng|đề nghị|xin|yêu cầu) ghi rõ nguồn\W*$",
    re.IGNORECASE,
)
_IMPRINT_WORDS = ("©", "copyright", "rights", "tổng", "bản quyền", "giấy phép", "soạn", "ghi rõ")  # one is in each
_COPYRIGHT = re.compile(r"©(?!.{0,40} / )\D{0,30}\d{4}|^\W*copyright\b|all rights reserved", re.IGNORECASE)
_CONTACT = re.compile(
    r"^(?:địa chỉ|trụ sở|văn phòng|điện thoại|đt|tel|hotline|đường dây nóng|e-?mail|fax|website|liên hệ|"
    r"chịu trách nhiệm|cơ quan chủ quản|t(?:òa|oà) soạn|thư ký t(?:òa|oà) soạn)\b[^:]{0,30}:",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"^(?:chủ đề|thẻ)\s*:", re.IGNORECASE)
_DOMAIN = re.compile(r"\b(?:[a-z0-9-]+\.)+(?:com\.vn|gov\.vn|org\.vn|vn|com|net|org|info)\b", re.IGNORECASE)
URL = re.compile(r"https?://\S+$", re.IGNORECASE)
_URL = re.compile(r"^(?:(?:nguồn|link gốc|link bài gốc)\s*:?\s*)?(?P<url>https?://\S+)$", re.IGNORECASE)

_FILE_NAME = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|avif|bmp|svg|mp[34]|webm)$", re.IGNORECASE)
_PHOTO_CREDIT = re.compile(
    r"(?P<stock>[.,;!)(–-]\s*ảnh minh họa[ .)\]]*$)|"
    r"(?:(?P<apart>^|[.,;!)(–-]\s*)|\s)(?P<label>ảnh|nguồn ảnh|ảnh minh họa|đồ họa|video|clip)\s*:\s*"
    r"(?P<by>\S.{0,60})$",
    re.IGNORECASE,
)
_SCENE = re.compile(
    r"^(?:(?:quang cảnh|toàn cảnh|khung cảnh|hình ảnh|một góc|cảnh(?! báo| sát)|(?:các )?đại biểu|đoàn|lãnh đạo|"
    r"đông đảo|(?:các )?đồng chí|thủ tướng|phó thủ tướng|tổng bí thư|chủ tịch|phó chủ tịch|bí thư|phó bí thư|bộ trưởng|"
    r"thứ trưởng|đại sứ|giám đốc|[ủu][yỷ] viên|người dân|lực lượng)\b|(?:ông|bà|anh|chị)\s+(?P<initial>\w))",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"\b(?:cho (?:biết|hay|rằng|là|thấy)|nói|kể|khẳng định|nhận định|xác nhận|lên án|đề nghị|đề xuất|yêu cầu|kêu gọi|"
    r"tuyên bố|thông báo|công bố|cam kết|nhấn mạnh|hy vọng|mong|tin rằng|là|phải|sẽ|không|chưa|chẳng|cần|nên|đã|vừa|"
    r"từng|bị|gồm|tăng|giảm|đạt|dự kiến|có thể|có hiệu lực|trước ngày|kể từ|từ ngày|đến nay|theo quy định|vì|nhưng|nếu|"
    r"thì|mà|bởi|rất|cũng|vẫn|còn|khiến|trở thành|được (?!trao|tặng))\b",
    re.IGNORECASE,
)
CREDIT_WORDS = 8
SCENE_WORDS = range(8, 61)  # a shorter line may be a heading, a longer one a paragraph


def words(line: str) -> int:
    """Return how many words stand in `line`, counted by white space."""
    return len(line.split())


def is_prose(line: str) -> bool:
    """Return whether `line` is a paragraph of text: it ends as sentences do, or is too long for a heading."""
    count = words(line)
    if count < LONG_PROSE_WORDS and (count < PROSE_WORDS or LINE_END.search(line) is None):
        return False
    return not (label_reason(line) or is_photo_credit(line) or is_imprint(line) or is_link_box(line))


def is_open(line: str) -> bool:
    """Return whether `line` ends without any mark of punctuation, as headings, captions and links do."""
    return not (LINE_END.search(line) or OPEN_END.search(line))


def label_reason(line: str) -> str | None:
    """Return what part of a page `line` labels ("comments", "other articles", …), or None."""
    label = line.lower().strip(" .…:+-|»>")
    label = _COUNT.sub("", label) if label.endswith(")") else label
    if label in _REASONS:
        return _REASONS[label]
    if words(line) <= FURNITURE_WORDS and _FURNITURE.search(line):
        return "page furniture"
    before, colon, _ = line.lower().partition(":")
    reason = _REASONS.get(before.strip()) if colon and not is_topic(line) else None
    return reason if reason == "tags and keywords" else None


def is_topic(line: str) -> bool:
    """Return whether `line` names the article's topics ("Chủ đề: …"), or says what something is about."""
    return _TOPIC.search(line) is not None


def is_link_box(line: str) -> bool:
    """Return whether `line` points to another article: ">> …", "Xem thêm: …"."""
    return _LINK_BOX.search(line) is not None


def is_imprint(line: str) -> bool:
    """Return whether `line` is the page's imprint: copyright, licence, editor in chief, address.

    That a line speaks of rights, licences or sources does not make it one: it is worded as imprints are.
    """
    if words(line) >= LONG_PROSE_WORDS or not any(word in line.lower() for word in _IMPRINT_WORDS):
        return False
    return _IMPRINT.search(line) is not None


def is_copyright(line: str) -> bool:
    """Return whether `line` is an imprint that no article has in its text: "© 2024 …", "Copyright …"."""
    return words(line) < LONG_PROSE_WORDS and _COPYRIGHT.search(line) is not None


def is_contact(line: str) -> bool:
    """Return whether `line` says where or by whom something is reached: "Địa chỉ: …", "Cơ quan chủ quản: …"."""
    return _CONTACT.search(line) is not None


def is_file_name(line: str) -> bool:
    """Return whether `line` is the name of a picture or film."""
    return _FILE_NAME.search(line) is not None


def is_photo_credit(line: str) -> bool:
    """Return whether `line` is a caption that ends with who took the picture; "hai bức ảnh: một …" is none."""
    told = (":" in line or line.rstrip(" .)]").endswith("họa")) and words(line) <= SCENE_WORDS.stop
    match = _PHOTO_CREDIT.search(line) if told else None
    if match is None or match["stock"] or match["apart"] is not None or match["label"][0].isupper():
        return match is not None
    return match["by"][0].isupper() and not LINE_END.search(line)


def is_bare_credit(line: str) -> bool:
    """Return whether `line` says no more than who took the picture above it: "Ảnh: …"."""
    match = _PHOTO_CREDIT.match(line)
    return match is not None and words(line) <= CREDIT_WORDS


def is_scene(line: str) -> bool:
    """Return whether `line` may be a caption: it opens with who or what is seen, and has no full stop."""
    match = _SCENE.search(line) if is_open(line) and words(line) in SCENE_WORDS else None
    return match is not None and (match["initial"] is None or match["initial"].isupper())


def is_statement(line: str) -> bool:
    """Return whether `line` says what somebody said, did before or has to do, as sentences do and captions do not.

    Of 12,947 sentences of 1,000 articles, read without their full stop, 177 open as a caption does; 12 state nothing.
    """
    return _STATEMENT.search(line) is not None


def url_of(line: str) -> str | None:
    """Return the address that `line` consists of, or None."""
    match = _URL.search(line)
    return match["url"] if match else None


def domain_of(line: str) -> str | None:
    """Return the first web domain named in `line`, or None."""
    match = _DOMAIN.search(line)
    return match.group(0).lower() if match else None
