"""A real browser, and two pages to open in it: one over the seed articles, one over our own small newspaper."""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from browser.newsstand import Newsstand
from qa import Assistant
from qa.chat import Library, serve
from qa.chat_doors import CLOSED, Doors

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(os.environ.get("HOIBAO_SCREENSHOTS", ROOT / "screenshots"))

# Beside what a container without a screen needs: what keeps the browser itself from calling home.
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking "
    "--disable-component-update --disable-sync --disable-default-apps --no-first-run --no-pings "
    "--disable-domain-reliability --disable-client-side-phishing-detection --metrics-recording-only"
)
BOX = "#hb-box textarea"
KEPT = "cookies,local_storage,indexeddb,service_workers"  # what a site can leave in a browser
PATIENCE = 60_000  # milliseconds; the machine may be busy with other tests


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    assert executable, "these tests need a browser: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS.split())
        yield browser
        browser.close()


def served(assistant: Library, feedback: Path | None = None, doors: Doors = CLOSED) -> str:
    """The address of a page over the assistant; it is served until the tests end."""
    ready: queue.Queue[str] = queue.Queue()
    settings = {"host": "127.0.0.1", "port": 0, "ready": ready.put, "feedback": feedback, "doors": doors}
    threading.Thread(target=serve, args=(assistant,), kwargs=settings, daemon=True).start()
    return ready.get(timeout=120)


@pytest.fixture(scope="session")
def seeds(assistant: Assistant) -> str:
    return served(assistant)


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What readers say on the page over our own newspaper."""
    return tmp_path_factory.mktemp("feedback") / "feedback.jsonl"


@pytest.fixture(scope="session")
def newsstand(feedback_file: Path) -> str:
    return served(Newsstand(), feedback_file)


OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def windows(chromium: Browser) -> dict[bool, BrowserContext]:
    """Where pages are opened, light and dark: what the page is made of is fetched and compiled once for all tests."""
    return {dark: _window(chromium, dark) for dark in (False, True)}


def _window(chromium: Browser, dark: bool) -> BrowserContext:
    window = chromium.new_context(color_scheme="dark" if dark else "light", locale="vi-VN")
    window.grant_permissions(["clipboard-read", "clipboard-write"])
    window.set_default_timeout(PATIENCE)
    window.new_page()  # stays open: with the last page of a window goes what the browser has compiled
    return window


@pytest.fixture
def open_page(windows: dict[bool, BrowserContext]) -> Iterator[OpenPage]:
    """Opens an address in a browser that remembers nothing; afterwards holds that nothing foreign was asked for and
    nothing broke.
    """
    pages, faults = [], []

    def opened(address: str, width: int = 1280, height: int = 800, dark: bool = False, wait_for: str = BOX) -> Page:
        page = windows[dark].new_page()
        pages.append(page)
        page.set_viewport_size({"width": width, "height": height})
        forget(page, address)
        home = urlsplit(address).netloc

        def heard(request: Request) -> None:
            parts = urlsplit(request.url)
            if parts.scheme not in ("data", "blob") and parts.netloc != home:
                faults.append(f"asked for {request.url}")

        page.on("request", heard)
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.goto(address)
        page.locator(wait_for).first.wait_for()
        return page

    yield opened
    for page in pages:
        page.close()
    assert not faults


def forget(page: Page, address: str) -> None:
    """Let the browser forget all that the site at the address, and every other page, left in it; but not its files."""
    page.context.clear_cookies()
    session = page.context.new_cdp_session(page)
    parts = urlsplit(address)
    session.send("Storage.clearDataForOrigin", {"origin": f"{parts.scheme}://{parts.netloc}", "storageTypes": KEPT})
    session.detach()
