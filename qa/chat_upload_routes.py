"""The addresses under which articles are brought, and the part of the page that does it, where that is allowed.

POST /uploads?name=bai.html     the file as it is -> what was read in it and what was left out
POST /uploads/publish           -> makes what was brought searchable
GET  /uploads/state             -> how far that is, and what is searched now
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.readers.files import ENDINGS
from qa.chat_page import read, searched
from qa.chat_refusals import said
from qa.chat_text import ENGLISH, VIETNAMESE, Wording, corpus
from qa.chat_upload import FILE_LIMIT, SHOWN, UploadError, Uploads
from qa.escaping import escape, json_for_html, plain
from qa.filters import outlets_of

TAKE, PUBLISH, STATE = "/uploads", "/uploads/publish", "/uploads/state"
READ = (STATE,)
WRITE: Mapping[str, int] = {TAKE: FILE_LIMIT, PUBLISH: 1_000}
AT_ONCE = 2  # files that are read at the same time: a reader may take a core and some hundred MB
NAME_SHOWN = 200  # characters of a file's own name

_WORDS = {
    "vi": {
        "title": "Thêm bài báo",
        "choose": "Chọn tệp",
        "hint": "Mỗi tệp không quá {limit} MB: {kinds}",
        "reading": "đang đọc…",
        "read": "đọc được {count} bài",
        "known": "đã có từ trước",
        "dropped": "{count} dòng không thuộc bài",
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
        "read": "{count} articles read",
        "known": "was here already",
        "dropped": "{count} lines are not of the article",
        "publishing": "Making them searchable…",
        "published": "They can be asked now: {added} articles added, {articles} in all.",
        "failed": "Not added: {failure}",
        "lost": "The server cannot be reached.",
    },
}


def routes(uploads: Uploads) -> list[Route]:
    """The addresses of one chat."""
    reading = asyncio.Semaphore(AT_ONCE)

    async def take(request: Request) -> Response:
        name = request.query_params.get("name", "")
        try:
            data = await request.body()
            async with reading:
                taken = await asyncio.to_thread(uploads.take, name, data)
        except UploadError as error:
            return said({"detail": plain(str(error))[: NAME_SHOWN * 2]}, 422)
        dropped = [line[:NAME_SHOWN] for line in taken.dropped[:SHOWN]]
        told = {"id": taken.upload_id, "titles": taken.titles[:SHOWN], "articles": len(taken.titles), "new": taken.new}
        return said({**told, "dropped": dropped, "left_out": len(taken.dropped)})

    async def publish(_: Request) -> Response:
        return said({"started": uploads.publish()}, 202)

    async def state(request: Request) -> Response:
        words = ENGLISH if request.query_params.get("language") == "en" else VIETNAMESE
        articles = list(uploads.shelf.current.articles.values())
        now = {"corpus": corpus(searched(articles), words), "outlets": [plain(each) for each in outlets_of(articles)]}
        return said({**asdict(uploads.progress), **now})

    return [
        Route(PUBLISH, publish, methods=["POST"]),
        Route(STATE, state, methods=["GET"]),
        Route(TAKE, take, methods=["POST"]),
    ]


def section(words: Wording) -> str:
    """The part of the page where files are chosen and what became of them is said."""
    texts = _WORDS[words.language]
    kinds = sorted(ENDINGS)
    hint = texts["hint"].format(limit=FILE_LIMIT // 1_000_000, kinds=" ".join(kinds))
    return (
        f'<details class="hb-upload"><summary>{escape(texts["title"])}</summary>'
        f'<label class="hb-upload-choose">{escape(texts["choose"])} '
        f'<input type="file" multiple accept="{escape(",".join(kinds))}"></label>'
        f'<p class="hb-upload-hint">{escape(hint)}</p><ul class="hb-upload-files" aria-live="polite"></ul>'
        '<progress class="hb-upload-bar" hidden></progress><p class="hb-upload-said" role="status"></p></details>'
    )


def head(words: Wording) -> str:
    """Styles and script of that part."""
    script = read("upload.js").replace("SAID", json_for_html({**_WORDS[words.language], "language": words.language}), 1)
    return f"<style>{read('upload.css')}</style><script>{script}</script>"
