"""The door of a chat that others can reach: name and password once, then a cookie; too many failures wait."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from importlib.resources import files

from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.chat_accounts import Accounts
from qa.chat_headers import inline_scripts, policy
from qa.chat_log import incident
from qa.chat_refusals import OWN, refusal, said

FAILURES = 10  # of one address …
WITHIN = 300.0  # … in so many seconds, and the next try is 429
ADDRESSES = 10_000  # whose failures are remembered, the latest
SESSION = 12 * 3600.0  # seconds until a name must be given again
SESSIONS = 10_000  # open at once, the latest
LOGIN = "/login"
COOKIE = "hoibao"

Clock = Callable[[], float]


class Throttle:
    """How often each address failed lately."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Seconds until that address may try again; 0 if it may now."""
        times = self._failed.get(_network(address), deque())
        while times and times[0] <= self._clock() - WITHIN:
            times.popleft()
        return times[0] + WITHIN - self._clock() if len(times) >= FAILURES else 0.0

    def tries(self, address: str) -> None:
        """Count a try as failed, before it is known: many at once are no way around."""
        times = self._failed.setdefault(_network(address), deque())
        times.append(self._clock())
        self._failed.move_to_end(_network(address))
        if len(self._failed) > ADDRESSES:
            self._failed.popitem(last=False)

    def succeeded(self, address: str) -> None:
        """Take the last try back; failures before it stay, else whoever has one password could guess another's."""
        times = self._failed.get(_network(address))
        if times:
            times.pop()


class Login:
    """The ASGI app behind a name and a password of `accounts`."""

    def __init__(self, app: ASGIApp, accounts: Accounts, clock: Clock = time.monotonic) -> None:
        self.app, self._accounts, self._clock = app, accounts, clock
        self.throttle = Throttle(clock)
        self._sessions: OrderedDict[str, float] = OrderedDict()
        self._hashing = asyncio.Semaphore(2)  # each takes 32 MB and a core
        self._page = (files("qa") / "page" / "login.html").read_text(encoding="utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request, as every ASGI app does."""
        if scope["type"] != "http" or self._knows(Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["method"] == "POST" and scope["path"] == LOGIN:
            message = await receive()  # the guard gives a body whole
            await (await self._try(scope, message.get("body", b"")))(scope, receive, send)
        elif scope["method"] != "POST" and scope["path"] in ("/", "/en", "/en/", LOGIN):
            await self._form()(scope, receive, send)
        else:
            await refusal(401, incident("refused", status=401, path=scope["path"]), True)(scope, receive, send)

    async def _try(self, scope: Scope, body: bytes) -> Response:
        address = (scope.get("client") or ("unknown", 0))[0]
        wait = self.throttle.wait(address)
        if wait > 0:
            return _refused(429, address, {"Retry-After": str(int(wait) + 1)})
        name, password = _sent(body)
        self.throttle.tries(address)
        async with self._hashing:
            admitted = await asyncio.to_thread(self._accounts.admits, name, password)
        if not admitted:
            return _refused(401, address)
        self.throttle.succeeded(address)
        incident("login", status=200, address=address)
        cookie = f"{COOKIE}={self._new_session()}; Path=/; HttpOnly; SameSite=Strict; Max-Age={int(SESSION)}"
        if Headers(scope=scope).get("origin", "").startswith("https:"):
            cookie += "; Secure"
        return said({"detail": "ok"}, headers={"Set-Cookie": cookie})

    def _form(self) -> Response:
        headers = {OWN: "1", "Cache-Control": "no-store"}
        headers["Content-Security-Policy"] = policy(inline_scripts(self._page), evaluated=False)
        return HTMLResponse(self._page, 401, headers)

    def _new_session(self) -> str:
        token = secrets.token_urlsafe(32)
        self._sessions[token] = self._clock() + SESSION
        if len(self._sessions) > SESSIONS:
            self._sessions.popitem(last=False)
        return token

    def _knows(self, headers: Headers) -> bool:
        token = cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
        until = self._sessions.get(token)
        if until is not None and until <= self._clock():
            del self._sessions[token]
            return False
        return until is not None


def _refused(status: int, address: str, headers: dict[str, str] | None = None) -> Response:
    name = incident("login refused", status=status, address=address)
    if status == 429:
        return refusal(429, name, True, headers)
    return said({"detail": f"Sai tên hoặc mật khẩu. / Wrong name or password. [{name}]", "id": name}, status)


def _sent(body: bytes) -> tuple[str, str]:
    """Name and password; what is no JSON of both is nobody's."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        value = None
    sent = value if isinstance(value, dict) else {}
    name, password = sent.get("name"), sent.get("password")
    return (name, password) if isinstance(name, str) and isinstance(password, str) else ("", "")


def _network(address: str) -> str:
    """What counts as one address: of IPv6 the 64 bits that one household has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
