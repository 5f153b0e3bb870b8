// The reading panel. Articles are other people's words: they are set as text, piece by piece, never as HTML.
const panel = element.querySelector(".hb-panel");
const part = (name) => panel.querySelector(`.hb-${name}`);
let opener = null;
let after = null; // what gets the focus when the panel closes; the opener where nothing else is said
let asked = 0;

const span = (text) => (text ? text.split("-").map(Number) : null);
const request = (href) => {
  const [id, quote, passage] = href.slice("#bai/".length).split("/");
  return { article_id: decodeURIComponent(id), quote: span(quote), passage: span(passage) };
};

// Every sentence that the same answer takes from the article is marked, not only the one that was clicked.
const marksBeside = (link, id) => {
  const links = link.closest(".hb-answer")?.querySelectorAll('a[href^="#bai/"]') ?? [];
  const asked = [...links].map((each) => request(each.getAttribute("href"))).filter((each) => each.article_id === id && each.quote);
  return asked.map((each) => each.quote);
};

const piece = ({ text, mark, passage }) => {
  const node = document.createElement(mark ? "mark" : "span");
  if (mark) node.dataset.mark = mark;
  if (passage) node.className = "hb-in-passage";
  node.textContent = text;
  return node;
};
const paragraph = (pieces) => {
  const node = document.createElement("p");
  if (pieces.some((each) => each.passage)) node.className = "hb-passage-part";
  node.append(...pieces.map(piece));
  return node;
};

const fill = (page) => {
  part("error").textContent = page.error ?? "";
  part("title").textContent = page.title ?? "";
  part("title").classList.toggle("hb-untitled", Boolean(page.untitled));
  part("title").title = page.untitled ?? "";
  part("byline").textContent = [page.untitled, ...(page.byline ?? [])].filter(Boolean).join(" · ");
  part("text").replaceChildren(...(page.paragraphs ?? []).map(paragraph));
  part("copy").value = page.copy ?? "";
  part("copy").hidden = !page.copy;
  part("only").hidden = Boolean(page.error);
  part("point").hidden = Boolean(page.error) || !correctOf(opener);
  const original = part("original").firstElementChild;
  part("original").hidden = !page.url;
  original.textContent = page.original ?? "";
  if (page.url) original.href = page.url; else original.removeAttribute("href");
  part("file").textContent = page.file ?? "";
  current = page.mark ?? 0;
};

// --- from mark to mark: by the two buttons, and by n and p while the panel has the focus ---
let current = 0;
const numbers = () => [...new Set([...panel.querySelectorAll("mark")].map((each) => Number(each.dataset.mark)))];
const view = (found) => {
  const top = found.getBoundingClientRect().top - panel.getBoundingClientRect().top + panel.scrollTop;
  panel.scrollTop = Math.max(0, top - panel.clientHeight / 3);
};
const label = () => {
  const all = numbers();
  part("marks").hidden = all.length < 2;
  for (const each of panel.querySelectorAll(".hb-mark")) each.hidden = all.length < 2;
  for (const each of panel.querySelectorAll("mark")) each.classList.toggle("hb-current", all.length > 1 && Number(each.dataset.mark) === current);
  // Only the numbers are seen; the words before them are for those who hear the page.
  const [before, after] = window.hoibao.said.mark_of.split("{place}");
  const heard = Object.assign(document.createElement("span"), { className: "hb-heard", textContent: before });
  part("which").replaceChildren(...(all.length > 1 ? [heard, `${all.indexOf(current) + 1}${after.replace("{count}", all.length)}`] : []));
};
const step = (by) => {
  const all = numbers();
  if (all.length < 2) return;
  current = all[(all.indexOf(current) + by + all.length) % all.length];
  view(panel.querySelector(`mark[data-mark="${current}"]`));
  label();
};

// On a narrow screen the panel covers the page, which then is out of reach of the keyboard too.
const covers = matchMedia("(max-width: 63.99rem)");
const cover = (on) => {
  for (const id of ["hb-masthead", "hb-desk"]) document.getElementById(id)?.toggleAttribute("inert", on);
  if (on) panel.setAttribute("aria-modal", "true"); else panel.removeAttribute("aria-modal");
};
covers.addEventListener("change", () => { // a tablet was turned, the window made narrower
  if (panel.hidden) return;
  cover(covers.matches);
  if (covers.matches && !panel.contains(document.activeElement)) part("title").focus({ preventScroll: true });
});

const show = () => {
  const place = opener.getBoundingClientRect().top;
  pointed = "";
  // The browser's own way back (a phone has little else) closes the article instead of leaving the page.
  if (!history.state?.hoibao) history.pushState({ ...history.state, hoibao: true }, "");
  panel.hidden = false;
  document.body.classList.add("hb-reading");
  cover(covers.matches);
  // The column beside the panel is narrower now: keep what was clicked under the reader's eyes.
  window.scrollBy(0, opener.getBoundingClientRect().top - place);
  const found = panel.querySelector(`mark[data-mark="${current}"]`) ?? panel.querySelector(".hb-in-passage");
  panel.scrollTop = 0;
  if (found) view(found);
  label();
  part("title").focus({ preventScroll: true });
};

// What the server says; where it is not reached or refuses, which the framework keeps to itself, a line that says so.
const called = async (name, sent) => {
  let said;
  try { said = await server[name](sent); } catch { /* said below */ }
  return said ?? { error: window.hoibao.said.lost };
};

const open = async (link) => {
  const turn = ++asked;
  opener = link;
  const wanted = request(link.getAttribute("href"));
  const page = await called("open_article", { ...wanted, marks: marksBeside(link, wanted.article_id) });
  if (turn !== asked) return; // another article was asked for meanwhile
  fill(page);
  show();
};

const hide = () => {
  if (panel.hidden) return;
  asked += 1;
  cover(false);
  const held = panel.contains(document.activeElement) || document.activeElement === document.body;
  const place = opener.getBoundingClientRect().top;
  panel.hidden = true;
  document.body.classList.remove("hb-reading");
  window.scrollBy(0, opener.getBoundingClientRect().top - place);
  if (held) (after ?? opener).focus({ preventScroll: true }); // else the reader is elsewhere, in the question box
  after = null;
};

const close = () => {
  if (panel.hidden) return;
  if (history.state?.hoibao) history.back(); else hide();
};
if (history.state?.hoibao) history.replaceState({ ...history.state, hoibao: false }, ""); // reloaded: it is closed
addEventListener("popstate", () => { if (!history.state?.hoibao) hide(); });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#bai/"]');
  if (link) { event.preventDefault(); open(link); }
  else if (event.target.closest?.(".hb-close, .hb-shade")) close();
  else if (event.target.closest?.(".hb-mark")) step(Number(event.target.closest(".hb-mark").value));
  else if (event.target.closest?.(".hb-only")) {
    window.hoibao.chooseArticle(request(opener.getAttribute("href")).article_id, part("title").textContent);
    after = document.querySelector("#hb-box textarea");
    close();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && !folded(true)) close();
  const way = { n: 1, p: -1 }[event.key];
  if (way && !event.ctrlKey && !event.metaKey && !event.altKey && panel.contains(document.activeElement)) step(way);
});

// --- a reader's word about an answer: the page sends places, the words come from the articles ---
const tell = async (block, said) => {
  const reply = await called("correct", said);
  const line = Object.assign(document.createElement("p"), { className: "hb-told", textContent: reply.said ?? reply.error, tabIndex: -1 });
  line.setAttribute("role", "status");
  if (reply.said) block.replaceChildren(line);
  else { // not kept: it can be said once more
    block.querySelector(".hb-told")?.remove();
    line.classList.add("hb-untold");
    block.append(line);
  }
  line.focus({ preventScroll: true });
};
// A tap on the button may end the selection, so the last one is remembered.
let pointed = "";
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.isCollapsed && part("text").contains(chosen.anchorNode)) pointed = chosen.toString().trim();
});
const correctOf = (link) => link?.closest(".hb-answer")?.querySelector(".hb-correct:has(.hb-vote)");
document.addEventListener("click", (event) => {
  const vote = event.target.closest?.(".hb-vote");
  if (vote) tell(vote.closest(".hb-correct"), JSON.parse(vote.value));
  if (!event.target.closest?.(".hb-point")) return;
  const block = correctOf(opener), words = pointed;
  if (!words) { part("which").textContent = window.hoibao.said.select_first; part("marks").hidden = false; return; }
  const said = JSON.parse(block.querySelector(".hb-vote").value);
  close();
  tell(block, { ...said, verdict: "passage", place: [request(opener.getAttribute("href")).article_id, words] });
});

// The conversation as a file: the page sends places, the words come from the articles.
const menu = () => document.querySelector(".hb-keep[open]");
const folded = (byKey) => { // whether the menu was open; it is no more
  const open = menu();
  if (open) open.open = false;
  if (open && byKey) open.querySelector("summary").focus();
  return Boolean(open);
};
document.addEventListener("focusin", (event) => { if (menu() && !menu().contains(event.target)) folded(); });
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.(".hb-save");
  if (!button) { if (menu() && !menu().contains(event.target)) folded(); return; }
  folded(true);
  const file = await called("export", { format: button.value, turns: window.hoibao.turns });
  if (file.error) { document.querySelector(".hb-status").textContent = file.error; return; }
  const bytes = file.base64 ? Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0)) : file.text;
  const link = Object.assign(document.createElement("a"), {
    href: URL.createObjectURL(new Blob([bytes], { type: file.type })), download: file.name,
  });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
});
