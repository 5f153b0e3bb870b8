"""What stands in front of the chat: known hosts, known addresses, small bodies, strict headers.

The chat framework serves far more than this page needs (uploads, file reads, a proxy, recordings).
What is not on the list below does not exist; so a hole in any of it is not ours.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_LIMIT = 1 << 20  # a question of 2,000 characters is 8 kB at the very most

# The framework's page is built by inline scripts and `Function(…)`, hence the two 'unsafe-…'; nothing may be
# fetched from, sent to, framed by or submitted to anywhere else.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^:\[\]]+))(?::\d*)?")
_PAGE = r"(?:/en)?"
_READ = re.compile(
    _PAGE
    + r"(?:/?|/config|/theme\.css|/robots\.txt|/favicon\.ico|/manifest\.json|/(?:static|assets|svelte)/.+"
    + r"|/gradio_api/(?:info|app_id|startup-events|theme\.css|queue/data|heartbeat/\w+|call/ask/\w+))"
)
_WRITE = re.compile(_PAGE + r"/gradio_api/(?:queue/join|component_server|cancel|reset|(?:run|api|call|call/v2)/ask)/?")


class Guard:
    """The ASGI app behind the checks. It answers to `hosts`, to localhost, and to plain addresses."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = ()) -> None:
        self.app = app
        self.hosts = {"localhost", *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, as every ASGI app does."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no websocket
            return
        send = _with_headers(send)
        headers = Headers(scope=scope)
        status = self._refusal(scope, headers)
        if status is None and scope["method"] == "POST":
            body = await _body(headers, receive)
            status = 413 if body is None else None
            receive = _replayed(body or b"", receive)
        if status is not None:
            await PlainTextResponse(_REASONS[status], status_code=status)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> int | None:
        if not self._known(headers.get("host", "")):
            return 400
        allowed = {"GET": _READ, "HEAD": _READ, "POST": _WRITE}.get(scope["method"])
        if allowed is None:
            return 405
        return None if allowed.fullmatch(scope["path"]) else 404

    def _known(self, host: str) -> bool:
        """A foreign name that was made to point here (DNS rebinding) is refused; an address cannot be one."""
        parts = _HOST.fullmatch(host.lower())
        if parts is None:
            return False
        name = parts["six"] or parts["name"]
        if name in self.hosts:
            return True
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return False
        return True


_REASONS: Mapping[int, str] = {
    400: "Unknown host.",
    404: "Not found.",
    405: "Method not allowed.",
    413: f"The request is larger than {BODY_LIMIT} bytes.",
}


async def _body(headers: Headers, receive: Receive) -> bytes | None:
    """The whole body; None as soon as it is said or seen to be over the limit."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said[:20]) > BODY_LIMIT:
        return None
    body = bytearray()
    while len(body) <= BODY_LIMIT:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body) if len(body) <= BODY_LIMIT else None
    return None


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then whatever the connection still says (that it closed)."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
        await send(message)

    return send_with_headers
