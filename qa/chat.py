"""The web chat: the page put together and served. It holds no logic of its own; the engine answers.

Nothing is kept between questions: the conversation lives in the browser, which remembers it. With a question comes the
text of the last answered one, of which only names and words of time are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa import chat_page, chat_server
from qa.chat_desk import Desk, Library
from qa.chat_doors import CLOSED, Doors, forget_framework_settings
from qa.chat_examples import examples_of
from qa.chat_filters import choice
from qa.chat_first_paint import FirstPaint
from qa.chat_guard import BODY_LIMIT, Guard
from qa.chat_log import incident, without_traces
from qa.chat_login import LOGIN, Login
from qa.chat_text import ENGLISH, VIETNAMESE, Wording
from qa.question import MAX_CHARACTERS, QuestionError

if TYPE_CHECKING:
    import fastapi
    import gradio

SESSIONS = 1_000  # open pages remembered; each is a few kilobytes
WAITING = 64  # questions that may wait; whoever asks then is told that the server is busy
AT_ONCE = 4  # questions that are answered at the same time
TOLD_EVERY = 1.0  # seconds until those who wait are told again how long; after each answer would be a message to each

# The framework has no Vietnamese and lets none be added; so the few words it shows itself
# are given in the page's language under the name of every language it has.
_LOCALES = "ar ca ckb de en es et eu fa fi fr he hi ja ko lt nb nl pl pt-BR pt ro ru sv ta th tr uk ur uz zh-CN zh-TW"

# The conversation stays in the browser: the question goes out, with the one it may go on from; two messages come back.
_TAKE = "(question) => window.hoibao.take(question)"
_TAKE_AGAIN = "() => [window.hoibao.takeAgain()]"
_APPEND = "(shown, turn) => [window.hoibao.append(shown, turn)]"
_OPENED = "() => [window.hoibao.opened()]"  # shows what was asked before, and asks the question of the address
_LOST = "(shown, asked) => [window.hoibao.lost(shown), asked.question]"


def create_app(
    assistant: Library,
    examples: Sequence[str] | None = None,
    hosts: Sequence[str] = (),
    feedback: Path | None = None,
    doors: Doors = CLOSED,
) -> fastapi.FastAPI:
    """The site: "/" in Vietnamese, "/en" in English. `hosts` are names it is known by, beside localhost.

    `examples` are the questions of both first screens; None for those of each language that `assistant` answers.
    `feedback` is the file that keeps what readers say of answers; without it they are not asked.
    """
    forget_framework_settings()
    import fastapi
    import gradio

    without_traces(gradio.queueing, gradio.routes, gradio.route_utils, gradio.utils)
    site = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    site.add_api_route("/en", lambda: fastapi.responses.RedirectResponse("/en/"), methods=["GET", "HEAD"])
    for words in (ENGLISH, VIETNAMESE):  # "/" would swallow "/en/" if it came first
        offered = examples_of(assistant, words.language, date.today()) if examples is None else examples
        desk = Desk(assistant, words, offered, feedback=feedback)
        page = _page(desk, assistant, words, offered, _brought(words, doors))
        gradio.mount_gradio_app(site, page, path=words.path.rstrip("/") or "/", **_mount(words))
        site.add_middleware(
            FirstPaint, path=words.path, language=words.language, head=chat_page.head(words) + _head(words, doors)
        )
    read: tuple[str, ...] = ()
    write: dict[str, int] = {}
    if doors.uploads is not None:
        from qa import chat_upload_routes

        site.router.routes[:0] = chat_upload_routes.routes(doors.uploads)  # "/" would swallow them
        read, write = chat_upload_routes.READ, dict(chat_upload_routes.WRITE)
    if doors.accounts is not None:
        site.add_middleware(Login, accounts=doors.accounts)
        write[LOGIN] = BODY_LIMIT
    site.add_middleware(Guard, hosts=(*hosts, *doors.domains), read=read, write=write)
    return site


def serve(  # noqa: PLR0913 (where, for whom, and with what)
    assistant: Library,
    host: str = "127.0.0.1",
    port: int = 7860,
    ready: Callable[[str], None] = print,
    examples: Sequence[str] | None = None,
    feedback: Path | None = None,
    doors: Doors = CLOSED,
) -> None:
    """Serves until it is interrupted.

    Raises OSError, in one line, for a port that cannot be had, and for an address that others can reach where
    `doors` name no accounts.
    """
    with chat_server.listen(host, port, others=doors.accounts is not None) as listener:
        chat_server.run(create_app(assistant, examples, (host,), feedback, doors), listener, ready)


def _brought(words: Wording, doors: Doors) -> str:
    """The part of the page where articles are brought; nothing where that is not allowed."""
    if doors.uploads is None:
        return ""
    from qa.chat_upload_routes import section

    return section(words)


def _head(words: Wording, doors: Doors) -> str:
    if doors.uploads is None:
        return ""
    from qa.chat_upload_routes import head

    return head(words)


def _page(desk: Desk, assistant: Library, words: Wording, examples: Sequence[str], brought: str = "") -> gradio.Blocks:
    """One language's page: masthead, conversation, question box, reading panel."""
    import gradio
    from gradio.events import api

    def open_article(sent: object) -> dict[str, object]:
        return desk.open_article(sent)

    def export(sent: object) -> dict[str, str]:
        return desk.export(sent)

    def correct(sent: object) -> dict[str, str]:
        return desk.correct(sent)

    page: gradio.Blocks
    with gradio.Blocks(title="HỏiBáo", analytics_enabled=False, fill_width=True) as page:
        _still(chat_page.masthead(assistant.articles.values(), words), elem_id="hb-masthead")
        with gradio.Row(elem_id="hb-room"):
            with gradio.Column(elem_id="hb-desk"):
                conversation = _conversation(words)
                again = gradio.Button(elem_id="hb-again")  # never seen: the script presses it
                _still(chat_page.welcome(words), elem_id="hb-welcome")
                with gradio.Column(elem_id="hb-foot"):
                    _still('<p class="hb-status" role="status"></p>', elem_id="hb-status")
                    box = _question_box(words)
                    _still(choice(assistant.articles.values(), words), elem_id="hb-choice")
                with gradio.Column(elem_id="hb-examples", visible=bool(examples)):
                    _still(f'<p class="hb-label">{words.examples_label}</p>')
                    buttons = [gradio.Button(example, elem_classes="hb-example") for example in examples]
                if brought:
                    _still(brought, elem_id="hb-brought")
            gradio.HTML(
                elem_id="hb-reading",
                html_template=chat_page.panel(words),
                apply_default_css=False,
                js_on_load=chat_page.read("reading.js"),
                server_functions=[open_article, export, correct],
            )
        turns = _Turns(conversation, box, desk)
        turns.start(box.submit, box)
        for button in buttons:
            turns.start(button.click, button)
        turns.start_again(again)
        page.load(None, None, [conversation], js=_OPENED, api_visibility="private")
        api(_endpoint(desk), api_name="ask")
    page.queue(max_size=WAITING, default_concurrency_limit=AT_ONCE, status_update_rate=TOLD_EVERY)
    page.state_session_capacity = SESSIONS
    return page


class _Turns:
    """What asks and what answers: the browser adds the two messages of a turn to what it shows."""

    def __init__(self, conversation: gradio.Chatbot, box: gradio.Textbox, desk: Desk) -> None:
        import gradio

        self._conversation, self._box, self._desk = conversation, box, desk
        self._asked, self._turn = gradio.JSON(visible=False), gradio.JSON(visible=False)
        self._private: dict[str, Any] = {"api_visibility": "private"}

    def start(self, event: Callable[..., Any], source: object) -> None:
        """Enter, the button and every example ask what stands in `source`."""
        outputs = [self._box, self._asked]
        self._answer(event(None, source, outputs, js=_TAKE, **self._private))

    def start_again(self, button: gradio.Button) -> None:
        """The button asks a question of the conversation once more, in another way."""
        self._answer(button.click(None, None, [self._asked], js=_TAKE_AGAIN, **self._private))

    def _answer(self, started: Any) -> None:
        conversation, asked = self._conversation, self._asked
        answered = started.then(self._desk.turn, asked, self._turn, show_progress="hidden", **self._private)
        answered.success(None, [conversation, self._turn], conversation, js=_APPEND, **self._private)
        answered.failure(None, [conversation, asked], [conversation, self._box], js=_LOST, **self._private)


def _endpoint(desk: Desk) -> Callable[[str], dict[str, Any]]:
    """The same question for programs: what `hoibao ask --json` prints."""
    import gradio

    def ask(question: str) -> dict[str, Any]:
        """The sentences of the articles that answer the question, word for word, each with its source."""
        try:
            return desk.answer(question)
        except QuestionError as error:
            raise gradio.Error(str(error), print_exception=False) from None
        except Exception as error:  # the rest of the story is for the operator
            name = incident("ask failed", error)
            raise gradio.Error(f"{VIETNAMESE.failed} [{name}]", print_exception=False) from None

    ask.__annotations__ = {"question": str, "return": dict}  # the framework reads types, not their names
    return ask


def _still(markup: str, **options: Any) -> None:
    """A piece of our own HTML that no event changes."""
    import gradio

    gradio.HTML(markup, apply_default_css=False, js_on_load=None, **options)


def _conversation(words: Wording) -> gradio.Chatbot:
    import gradio

    return gradio.Chatbot(
        elem_id="hb-conversation",
        label=words.conversation,
        show_label=False,
        container=False,
        height=None,
        layout="panel",
        buttons=[],
        feedback_options=None,
        latex_delimiters=[],
        allow_tags=False,
        autoscroll=False,
    )


def _question_box(words: Wording) -> gradio.Textbox:
    import gradio

    return gradio.Textbox(
        elem_id="hb-box",
        label=words.question_label,
        placeholder=words.question_hint,
        show_label=False,
        container=False,
        max_length=MAX_CHARACTERS,
        submit_btn=words.send,
        autofocus=True,
    )


def _mount(words: Wording) -> dict[str, Any]:
    """How the page is mounted: its fonts, its language, and everything it does not need turned off."""
    import gradio

    fonts = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
    strings = {"common.submit": words.send, "common.loading": words.searching, "common.error": words.failed}
    strings["blocks.lost_connection"] = words.lost
    return {
        "theme": gradio.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"]),
        "i18n": gradio.I18n(**dict.fromkeys(_LOCALES.split(), strings)),
        "footer_links": [],
        "run_history": False,
        "show_error": False,
        "max_file_size": BODY_LIMIT,
        "allowed_paths": [],
        "ssr_mode": False,
        "pwa": False,
        "enable_monitoring": False,
        "mcp_server": False,
        "app_kwargs": {"docs_url": None, "redoc_url": None, "openapi_url": None},
    }
