"""The chat on a port: the port is taken first, so that a busy one is told before anything is loaded."""

from __future__ import annotations

import errno
import ipaddress
import logging
import socket
from collections.abc import Callable, Mapping
from typing import Any

from qa.chat_log import LOG, to_stderr

_REASONS: Mapping[int, str] = {
    errno.EADDRINUSE: "is in use: stop what is running there, or take another one with --port",
    errno.EACCES: "is not open to this user: take one above 1023 with --port",
    errno.EADDRNOTAVAIL: "cannot be opened: this machine does not have that address",
}
_PUBLIC = (
    "other machines can reach this address, so it needs names and passwords: make a file of them with "
    "`hoibao password FILE NAME` and add --auth FILE, or leave --host out"
)


def listen(host: str, port: int, others: bool = False) -> socket.socket:
    """A socket that listens there; port 0 takes a free one. Raises OSError, a line that says what to do.

    An address that other machines can reach is refused unless `others` may come.
    """
    if not 0 <= port <= 65535:
        raise OSError(f"port {port} does not exist: take one from 1 to 65535 with --port")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise OSError(f"host {host!r} is no address of this machine: take another with --host") from error
    if not others and not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        raise OSError(f"host {host}: {_PUBLIC}")
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free again
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        reason = _REASONS.get(error.errno or 0, f"cannot be opened ({error.strerror})")
        raise OSError(error.errno, f"{host} port {port} {reason}") from None
    return listener


def check_port(host: str, port: int, others: bool = False) -> None:
    """Says nothing if one could listen there now. Raises OSError as `listen` does."""
    listen(host, port, others).close()


def address(listener: socket.socket) -> str:
    """What to type into a browser on this machine, also where the server is open to every address."""
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only read
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def run(app: Any, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serves until KeyboardInterrupt; `ready` gets the address once the page can be opened."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready(address(listener))

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # The streams of open pages are cut off now; that is no error to report.
            logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
            await super().shutdown(sockets)

    # An open page keeps a connection for as long as it is open: without a limit Ctrl-C would wait for it.
    # Who sends a request is who is connected: no header may say otherwise, nor may the environment allow it.
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        server_header=False,
    )
    to_stderr(LOG.name, "uvicorn.error", "asyncio")
    Server(config).run(sockets=[listener])
