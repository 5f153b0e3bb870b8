"""What stands in front of the chat: known hosts, our own page, known addresses, small bodies, strict headers.

The chat framework serves far more than this page needs (uploads, file reads, a proxy, recordings).
What is not on the list below does not exist; so a hole in any of it is not ours.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa.chat_headers import harden
from qa.chat_log import incident
from qa.chat_refusals import OWN, refusal

BODY_LIMIT = 1 << 20  # a question of 2,000 characters is 8 kB at the very most
PATIENCE = 30.0  # seconds for a whole body; a question takes none

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^:\[\]]+))(?::\d{1,5})?")
_PAGE = r"(?:/en)?"
_READ = re.compile(
    _PAGE
    + r"(?:/?|/config|/theme\.css|/robots\.txt|/favicon\.ico|/manifest\.json|/(?:static|assets|svelte)/.+"
    + r"|/gradio_api/(?:info|app_id|startup-events|theme\.css|queue/data|heartbeat/\w+|call/ask/\w+))"
)
_WRITE = re.compile(_PAGE + r"/gradio_api/(?:queue/join|component_server|cancel|reset|(?:run|api|call|call/v2)/ask)/?")


class Guard:
    """The ASGI app behind the checks. It answers to `hosts`, to localhost, and to the address that was called.

    `read` and `write` are paths of our own, for GET and POST, with the most bytes that a body there may have.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str] = (),
        read: Iterable[str] = (),
        write: Mapping[str, int] | None = None,
    ) -> None:
        self.app = app
        self.hosts = {"localhost", *(host.lower() for host in hosts)}
        self.read, self.write = frozenset(read), dict(write or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, as every ASGI app does."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no websocket
            return
        reply = _Reply(scope, send)
        status = self._refusal(scope, Headers(scope=scope))
        if status is None and scope["method"] == "POST":
            body = await _body(Headers(scope=scope), receive, self.write.get(scope["path"], BODY_LIMIT))
            status, receive = (body, receive) if isinstance(body, int) else (None, _replayed(body, receive))
        if status is not None:
            await reply.refuse(status)
            return
        await reply.answer(self.app, _as_it_came(scope), receive)

    def _refusal(self, scope: Scope, headers: Headers) -> int | None:
        if not self._known(headers.getlist("host"), scope):
            return 400
        read, write = _READ.fullmatch(scope["path"]), _WRITE.fullmatch(scope["path"])
        there = {
            "GET": bool(read) or scope["path"] in self.read,
            "HEAD": bool(read) or scope["path"] in self.read,
            "POST": bool(write) or scope["path"] in self.write,
        }.get(scope["method"])
        if there is None:
            return 405
        if not there:
            return 404
        return None if _from_our_page(scope["method"], headers) else 403

    def _known(self, said: list[str], scope: Scope) -> bool:
        """Refuses a foreign name that was made to point here (DNS rebinding), and addresses that are not ours."""
        parts = _HOST.fullmatch(said[0].lower()) if len(said) == 1 else None
        if parts is None:
            return False
        name = parts["six"] or parts["name"]
        if name in self.hosts:
            return True
        called = _address((scope.get("server") or ("", 0))[0])
        address = _address(name)
        if address is None or called is None:
            return False
        return address == called or (address.is_loopback and called.is_loopback)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _from_our_page(method: str, headers: Headers) -> bool:
    """Whether our own page, a program, or a person who follows a link sent this; another site's page may not."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is not None and origin.partition("://")[2].lower() != headers["host"].lower():
        return False
    if site in (None, "same-origin", "none"):
        return True
    return (
        method == "GET" and headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
    )


def _as_it_came(scope: Scope) -> Scope:
    """The request without the names that a header claims for us: the framework would believe them."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"x-forwarded-host"]
    return {**scope, "headers": kept}


async def _body(headers: Headers, receive: Receive, limit: int) -> bytes | int:
    """The whole body, or the status that refuses it as soon as it is said or seen to be over the limit."""
    told = headers.get("content-length", "0")
    if not (told.isascii() and told.isdecimal()):
        return 400
    if len(told) > 15 or int(told) > limit:
        return 413
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            while len(body) <= limit:
                message = await receive()
                body += message.get("body", b"")
                if message["type"] == "http.disconnect":
                    return 400
                if not message.get("more_body", False):
                    return bytes(body) if len(body) <= limit else 413
    except TimeoutError:
        return 408
    return 413


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then whatever the connection still says (that it closed)."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


class _Reply:
    """What goes back: hardened headers on everything, and our own sentence in place of any failure."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope, self._send = scope, send
        self._started = False
        self._failed: dict[str, Any] | None = None

    async def answer(self, app: ASGIApp, scope: Scope, receive: Receive) -> None:
        error = None
        try:
            await app(scope, receive, self._pass)
        except Exception as raised:  # whatever it is, the rest of it is for the operator
            error = raised
        if error is not None or self._failed is not None:
            await self.refuse(500 if self._failed is None else self._failed["status"], error)

    async def refuse(self, status: int, error: Exception | None = None) -> None:
        scope = self._scope
        name = incident("refused", error, status=status, method=scope["method"], path=scope["path"])
        if not self._started:
            as_json = "/gradio_api/" in scope["path"] or scope["method"] == "POST"
            await refusal(status, name, as_json)(scope, _nothing, self._pass)

    async def _pass(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if message["status"] >= 400 and OWN not in headers:
                self._failed = {"status": message["status"]}
                return
            self._failed, self._started = None, True
            del headers[OWN]
            harden(headers)
        if self._failed is None:
            await self._send(message)


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
