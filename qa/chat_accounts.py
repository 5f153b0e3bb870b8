"""Who may use a chat that others can reach: a file of names, each with the scrypt hash of a password.

name:scrypt:32768:8:3:SALT:HASH        one line each; salt and hash in base64
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# n, r, p: 32 MB and 0.3 s of one core for each guess, the smallest memory that OWASP still advises (2025).
COST = (1 << 15, 8, 3)
MEMORY = 1 << 27  # bytes that scrypt may take: what the costliest hash that is read may need
SHORTEST = 10  # characters of a password
LONGEST = 256
NAME_CHARACTERS = 64


class AccountsError(ValueError):
    """The file of accounts cannot be used, or a name or password cannot be taken. The message says which and why."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """The scrypt hash of a password."""

    cost: tuple[int, int, int]
    salt: bytes
    digest: bytes

    def is_of(self, password: str) -> bool:
        """Whether it is the hash of that password; both are compared in constant time."""
        return hmac.compare_digest(_scrypt(password, self.salt, self.cost), self.digest)

    def line(self, name: str) -> str:
        """The line of a file of accounts."""
        parts = (base64.b64encode(part).decode("ascii") for part in (self.salt, self.digest))
        return ":".join((name, "scrypt", *map(str, self.cost), *parts))


def hashed(password: str) -> Hashed:
    """The hash of a new password. Raises AccountsError for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountsError(f"a password has {SHORTEST} to {LONGEST} characters, this one has {len(password)}")
    salt = secrets.token_bytes(16)
    return Hashed(COST, salt, _scrypt(password, salt, COST))


class Accounts:
    """The names that may come in. Asking for one that is not there takes as long as for one that is."""

    def __init__(self, hashes: Mapping[str, Hashed]) -> None:
        if not hashes:
            raise AccountsError("no account: make one with: hoibao password FILE NAME")
        self._hashes = dict(hashes)
        self._nobody = Hashed(COST, bytes(16), bytes(64))

    @classmethod
    def read(cls, path: Path) -> Accounts:
        """The accounts in a file. Raises AccountsError that names file and line, OSError."""
        try:
            return cls(read_accounts(path))
        except AccountsError as error:
            raise AccountsError(f"{path}: {error}") from None

    def admits(self, name: str, password: str) -> bool:
        """Whether that is the password of that name."""
        known = self._hashes.get(_same(name))
        right = (known or self._nobody).is_of(password[:LONGEST])
        return right and known is not None and len(password) <= LONGEST


def read_accounts(path: Path) -> dict[str, Hashed]:
    """The hashes in a file, by name; none where it is empty. Raises AccountsError that names the line, OSError."""
    hashes: dict[str, Hashed] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            try:
                name, kind, n, r, p, salt, digest = line.strip().split(":")
                found = Hashed((int(n), int(r), int(p)), _bytes(salt), _bytes(digest))
                if kind != "scrypt" or not name or 128 * found.cost[0] * found.cost[1] >= MEMORY:
                    raise ValueError(kind)
                found.is_of("")  # a cost that cannot be paid is told now, not when somebody comes
            except ValueError:
                raise AccountsError(f"line {number} is no account; make one with: hoibao password FILE NAME") from None
            hashes[_same(name)] = found
    return hashes


def keep(path: Path, name: str, password: str) -> None:
    """Write the account into the file, which only its owner may read, in place of one of that name.

    Raises AccountsError for a name or password that cannot be taken, or a file that is none of accounts; OSError.
    """
    name = _same(name)
    if not name or len(name) > NAME_CHARACTERS or not name.isprintable() or set(name) & set(":#"):
        raise AccountsError(f"the name {name!r}: 1 to {NAME_CHARACTERS} characters that can be seen, no ':' and no '#'")
    accounts = read_accounts(path) if path.exists() else {}
    accounts[name] = hashed(password)
    draft = path.with_name(path.name + ".draft")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.writelines(f"{each.line(known)}\n" for known, each in accounts.items())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _same(text: str) -> str:
    """The text as every keyboard gives it: "ờ" is one character on one system and two or three on another."""
    return unicodedata.normalize("NFC", text).strip()


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    secret = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    n, r, p = cost
    return hashlib.scrypt(secret, salt=salt, n=n, r=r, p=p, maxmem=MEMORY, dklen=64)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from None
