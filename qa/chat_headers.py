"""What every answer of the server tells the browser to forbid."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping

from starlette.datastructures import MutableHeaders

_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def policy(scripts: Iterable[str] = (), evaluated: bool = True) -> str:
    """The Content-Security-Policy under which only our own files and exactly these inline scripts run.

    The framework makes functions of strings (`evaluated`) and writes styles into elements; nothing may be fetched
    from, sent to, framed by or submitted to anywhere else, and no `on…=` of any element runs.
    """
    own = (" 'unsafe-eval'" if evaluated else "") + "".join(f" 'sha256-{digest}'" for digest in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self'{own}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "manifest-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'self'",
            "form-action 'none'",
        )
    )


HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def inline_scripts(html: str) -> list[str]:
    """The sha256 of each script that stands in the document itself, as a policy names it, in order."""
    return [
        base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
        for script in _INLINE.findall(html)
    ]


def harden(headers: MutableHeaders) -> None:
    """Add what is missing of `HEADERS`, and let no other site read the answer."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    for name in [name for name in headers if name.lower().startswith("access-control-")]:
        del headers[name]
