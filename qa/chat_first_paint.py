"""The page as it arrives: in its language and in its colours from the first byte on.

The framework brings styles and scripts only when its own have run, a second of white page in a dark room,
and calls every page English. So both are written into the document itself.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.chat_headers import inline_scripts, policy


class FirstPaint:
    """Writes `head` and the language into the page at `path`; everything else passes unchanged."""

    def __init__(self, app: ASGIApp, path: str, language: str, head: str) -> None:
        self.app = app
        self.path = path
        self.language = language
        self.head = head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, as every ASGI app does."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] != self.path:
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            else:
                body.extend(message.get("body", b""))

        # A compressed page could not be changed.
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": headers}, receive, collect)
        html = dressed(body.decode("utf-8"), self.language, self.head)
        changed = MutableHeaders(scope=started[0])
        changed["content-length"] = str(len(html.encode("utf-8")))
        changed["content-security-policy"] = policy(inline_scripts(html))  # the scripts of this page, and no other
        await send(started[0])
        await send({"type": "http.response.body", "body": html.encode("utf-8")})


def dressed(html: str, language: str, head: str) -> str:
    """The framework's document with our language and head, and without its own advertisement."""
    html = re.sub(r'<html(\s+)lang="en"', rf'<html\1lang="{language}"', html, count=1)
    html = re.sub(r'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', "", html)
    return html.replace("</head>", f"{head}</head>", 1)
