"""What is said instead of an answer: one sentence and an id that the log has too; never a path or a trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import PlainTextResponse, Response

# A response with this header is our own and goes out as it is; everything else that failed is said as below.
OWN = "x-hoibao-own"

SENTENCES: Mapping[int, tuple[str, str]] = {
    400: ("Yêu cầu không đúng, hoặc tên máy không được phục vụ.", "Bad request, or unknown host."),
    401: ("Xin đăng nhập.", "Please sign in."),
    403: ("Yêu cầu từ một trang khác bị từ chối.", "A request from another site is refused."),
    404: ("Không có trang này.", "Not found."),
    405: ("Không dùng được cách gọi này.", "Method not allowed."),
    408: ("Gửi chậm quá.", "The request took too long."),
    413: ("Yêu cầu lớn quá.", "The request is too large."),
    422: ("Yêu cầu không đúng.", "Bad request."),
    429: ("Thử sai quá nhiều lần. Xin đợi vài phút.", "Too many failures. Please wait some minutes."),
    500: ("Có trục trặc. Xin thử lại.", "Something went wrong. Please try again."),
    503: ("Máy chủ đang bận. Xin hỏi lại sau giây lát.", "The server is busy. Please ask again in a moment."),
}


def refusal(status: int, name: str, as_json: bool, headers: Mapping[str, str] | None = None) -> Response:
    """The answer of that status, with its sentence in both languages and the id `name`."""
    vietnamese, english = SENTENCES.get(status, SENTENCES[500 if status >= 500 else 400])
    sentence = f"{vietnamese} / {english} [{name}]"
    if as_json:
        return said({"detail": sentence, "id": name}, status, headers)
    return PlainTextResponse(sentence + "\n", status, {**(headers or {}), OWN: "1"})


def said(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as JSON of our own."""
    body = json.dumps(value, ensure_ascii=False)
    own = {"Cache-Control": "no-store", **(headers or {}), OWN: "1"}
    return Response(body, status, own, media_type="application/json")
