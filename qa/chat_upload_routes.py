"""The addresses under which articles are brought, and the part of the page that does it, where that is allowed.

POST /uploads?name=bai.html     the file as it is -> what was read in it and what was left out; &language=en in English
POST /uploads/publish           -> makes what was brought searchable
GET  /uploads/state             -> how far that is, and what is searched now
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.readers.files import ENDINGS
from qa.chat_page import read, searched
from qa.chat_reasons import reason_in
from qa.chat_refusals import said
from qa.chat_text import ENGLISH, VIETNAMESE, Wording, corpus
from qa.chat_upload import FILE_LIMIT, SHOWN, Taken, UploadError, Uploads
from qa.chat_upload_text import PAGE, failure_in, refusal_in
from qa.escaping import escape, json_for_html, plain
from qa.filters import outlets_of

TAKE, PUBLISH, STATE = "/uploads", "/uploads/publish", "/uploads/state"
READ = (STATE,)
WRITE: Mapping[str, int] = {TAKE: FILE_LIMIT, PUBLISH: 1_000}
AT_ONCE = 2  # files that are read at the same time: a reader may take a core and some hundred MB
NAME_SHOWN = 200  # characters of a file's own name


def routes(uploads: Uploads) -> list[Route]:
    """The addresses of one chat."""
    reading = asyncio.Semaphore(AT_ONCE)

    async def take(request: Request) -> Response:
        name, language = request.query_params.get("name", ""), _language(request)
        try:
            data = await request.body()
            async with reading:
                taken = await asyncio.to_thread(uploads.take, name, data)
        except UploadError as error:
            return said({"detail": plain(refusal_in(language, error.code, error.details))[: NAME_SHOWN * 2]}, 422)
        return said(_told(taken, language))

    async def publish(_: Request) -> Response:
        return said({"started": uploads.publish()}, 202)

    async def state(request: Request) -> Response:
        language, progress = _language(request), uploads.progress
        articles = list(uploads.shelf.current.articles.values())
        now = {
            "corpus": corpus(searched(articles), ENGLISH if language == "en" else VIETNAMESE),
            "outlets": [plain(each) for each in outlets_of(articles)],
            "failure": failure_in(language, progress.failure, progress.incident),
        }
        return said({**asdict(progress), **now})

    return [
        Route(PUBLISH, publish, methods=["POST"]),
        Route(STATE, state, methods=["GET"]),
        Route(TAKE, take, methods=["POST"]),
    ]


def _language(request: Request) -> str:
    return "en" if request.query_params.get("language") == "en" else "vi"


def _told(taken: Taken, language: str) -> dict[str, Any]:
    """What the page is told of a file that was taken."""
    dropped = [
        f"{reason_in(language, each.reason)}{': ' if each.text else ''}{each.text}"[:NAME_SHOWN]
        for each in taken.dropped[:SHOWN]
    ]
    return {
        "id": taken.upload_id,
        "titles": taken.titles[:SHOWN],
        "articles": len(taken.titles),
        "new": taken.new,
        "dropped": dropped,
        "left_out": len(taken.dropped),
        "notes": [reason_in(language, each)[:NAME_SHOWN] for each in taken.notes[:SHOWN]],
        "noted": len(taken.notes),
    }


def section(words: Wording) -> str:
    """The part of the page where files are chosen and what became of them is said."""
    texts = PAGE[words.language]
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
    told = {**PAGE[words.language], "language": words.language, "limit": FILE_LIMIT // 1_000_000}
    script = read("upload.js").replace("SAID", json_for_html(told), 1)
    return f"<style>{read('upload.css')}</style><script>{script}</script>"
