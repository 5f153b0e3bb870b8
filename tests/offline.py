"""All tests without a network:  unshare -rn python tests/offline.py [what pytest takes]

A new network has not even a loopback that is up, which the tests of the chat need; nothing else is reachable.
"""

from __future__ import annotations

import fcntl
import socket
import struct
import subprocess
import sys

SET_FLAGS, GET_FLAGS, UP = 0x8914, 0x8913, 0x1


def raise_loopback() -> None:
    """Bring "lo" up. Raises PermissionError outside a network of one's own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        held = fcntl.ioctl(asking, GET_FLAGS, struct.pack("16sh", b"lo", 0))
        fcntl.ioctl(asking, SET_FLAGS, struct.pack("16sh", b"lo", struct.unpack("16sh", held)[1] | UP))


def interfaces() -> list[str]:
    """The names of the network's interfaces."""
    return [name for _, name in socket.if_nameindex()]


if __name__ == "__main__":
    beyond = [name for name in interfaces() if not name.startswith(("lo", "tun", "sit", "ip", "gre", "erspan"))]
    if beyond:
        raise SystemExit(f"a network with {', '.join(beyond)}; run: unshare -rn {sys.executable} tests/offline.py")
    raise_loopback()
    raise SystemExit(subprocess.call([sys.executable, "-m", "pytest", *(sys.argv[1:] or ["-m", "not slow"])]))
