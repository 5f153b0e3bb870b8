"""Who may come to the chat and what they may bring; by default this machine alone, and nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.chat_accounts import Accounts
    from qa.chat_upload import Uploads


@dataclass(frozen=True, slots=True)
class Doors:
    """`accounts`: who may come in, None for everybody on this machine. `domains`: names that the server is known by,
    beside the address it listens on. `uploads`: what takes new articles, None for a chat that takes none.
    """

    accounts: Accounts | None = None
    domains: tuple[str, ...] = ()
    uploads: Uploads | None = None


CLOSED = Doors()


def forget_framework_settings() -> None:
    """Take the framework's own settings out of the environment: none of them may open what is closed here.

    Call it before the framework is imported, which reads some of them then, and would look up four hosts.
    """
    for name in [name for name in os.environ if name.startswith("GRADIO_") and name != "GRADIO_TEMP_DIR"]:
        del os.environ[name]
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # After each question it makes a table of the last ones, 10,000 if nothing is said: tens of milliseconds.
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
