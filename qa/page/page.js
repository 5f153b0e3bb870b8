// What the whole page does: theme, language, names for what the framework leaves in English, the conversation.
(() => {
  const said = SAID;

  // --- theme: the reader's choice if one was made, else the system's, from the first paint on ---
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("hoibao-theme"); } catch { return null; } };
  const dress = () => {
    const dark = (chosen() ?? (system.matches ? "dark" : "light")) === "dark";
    document.documentElement.classList.toggle("hb-dark", dark);
    if (document.body && document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    const button = document.getElementById("hb-theme");
    const label = dark ? said.light : said.dark;
    if (button && button.textContent !== label) button.textContent = label;
  };
  system.addEventListener("change", dress);
  const choose = () => {
    const dark = document.documentElement.classList.contains("hb-dark");
    try { localStorage.setItem("hoibao-theme", dark ? "light" : "dark"); } catch { /* kept for this page only */ }
    document.documentElement.classList.toggle("hb-dark", !dark);
    dress();
  };

  dress();

  // --- names: aria-labels that the framework has in English only, and the ones that repeat raw HTML ---
  const call = (selector, label) => {
    const found = document.querySelector(selector);
    // Only a change is written: the observer below would hear every write, and never rest.
    if (found && found.getAttribute("aria-label") !== label) found.setAttribute("aria-label", label);
  };
  const name = () => {
    dress();
    if (document.documentElement.lang !== said.language) document.documentElement.lang = said.language;
    // The framework's own notes are in English and say what the page says itself; they are not shown. One that comes
    // while a question is on its way and is not followed by `lost` says that the connection broke.
    const note = document.querySelector("[data-testid=toast-body]:not([data-heard])");
    if (note) {
      note.dataset.heard = "1";
      note.querySelector("[data-testid=toast-close]")?.click(); // so that the next is a new one
      window.hoibao.broken();
    }
    restore();
    call("#hb-conversation [role=log]", said.conversation);
    call("#hb-box textarea, #hb-box input", said.question_label);
    call("#hb-box button", said.send);
    for (const message of document.querySelectorAll("#hb-conversation [data-testid][aria-label]")) message.removeAttribute("aria-label");
  };

  // --- copying ---
  const byHand = (text, button) => { // no clipboard on plain http from another machine, or none allowed
    const area = Object.assign(document.createElement("textarea"), { value: text, className: "hb-heard" });
    button.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus({ preventScroll: true });
    return done;
  };
  const put = async (text) => {
    try { await navigator.clipboard.writeText(text); return true; } catch { return false; }
  };
  const heard = Object.assign(document.createElement("p"), { className: "hb-heard" });
  heard.setAttribute("role", "status");
  const copy = async (button) => {
    button.dataset.label ??= button.textContent; // clicked twice, it gets its own words back all the same
    // A question's address is known here only: the page may be reached under several names.
    const text = button.matches(".hb-link") ? `${location.origin}${location.pathname}${button.value}` : button.value;
    const done = (await put(text)) || byHand(text, button);
    heard.textContent = button.textContent = done ? said.copied : said.copy_failed;
    setTimeout(() => { button.textContent = button.dataset.label; heard.textContent = ""; }, 2000);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#hb-theme")) choose();
    if (event.target.closest?.("#hb-clear")) {
      for (const kept of stores()) kept.removeItem(HISTORY);
      location.assign(location.pathname); // without the question of the address
    }
    const button = event.target.closest?.(".hb-copy");
    if (button) copy(button);
    const again = event.target.closest?.(".hb-ask"); // a question of the conversation, asked in another way
    if (again) window.hoibao.askAgain(JSON.parse(again.value));
  });

  // --- a question on its way: when the server is lost the framework reloads the page as soon as it is back ---
  const KEY = "hoibao-asked";
  const keep = (question) => {
    try { question === null ? sessionStorage.removeItem(KEY) : sessionStorage.setItem(KEY, question); } catch { /* not kept */ }
  };
  let restored = false;
  const restore = () => {
    const box = document.querySelector("#hb-box textarea");
    if (restored || !box) return;
    restored = true;
    let question = null;
    try { question = sessionStorage.getItem(KEY); } catch { /* none kept */ }
    keep(null);
    if (!question) return;
    window.hoibao.linked = () => null; // what was on its way goes first
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    say(said.unanswered);
  };
  const say = (text) => { const line = document.querySelector(".hb-status"); if (line) line.textContent = text; };

  // --- why something was refused: the framework knows, but does not tell ---
  let refused = 0;
  const fetched = window.fetch.bind(window);
  window.fetch = async (...sent) => {
    const answer = await fetched(...sent);
    const to = String(sent[0]?.url ?? sent[0]);
    if (to.includes("/queue/join")) refused = answer.ok ? 0 : answer.status;
    // Signed out: what was asked waits behind the door.
    if (answer.status === 401 && /\/(queue\/join|component_server|uploads)/.test(to)) location.reload();
    return answer;
  };

  // --- the conversation ---
  const message = (role, text) => ({ role, content: [{ type: "text", text }], metadata: {}, options: [] });
  // It is kept for this tab, and in this browser, so that a reader who comes back finds it; "clear" forgets it.
  const HISTORY = `hoibao-conversation-${said.language}`;
  const KEPT = 100; // questions, with answers of some 16,000 characters; a browser keeps 5 million and more
  const stores = () => { try { return [sessionStorage, localStorage]; } catch { return []; } }; // none where none is allowed
  const words = (each) => (Array.isArray(each.content) ? each.content.map((part) => part.text ?? "").join("") : String(each.content));
  const remember = (shown, turns) => {
    const all = shown.map((each) => [each.role, words(each)]);
    const questions = all.flatMap(([role], place) => (role === "user" ? [place] : []));
    let count = Math.min(KEPT, Math.max(1, questions.length));
    for (; count >= 1; count = Math.floor(count / 2)) { // where there is no room for all, the latest
      const last = all.slice(questions.at(-count) ?? 0);
      const answers = last.filter(([, text]) => text.startsWith('<div class="hb-answer')).length;
      const kept = JSON.stringify({ shown: last, turns: turns.slice(Math.max(0, turns.length - answers)) });
      try { for (const each of stores()) each.setItem(HISTORY, kept); return; } catch { /* no room */ }
    }
  };
  const remembered = () => {
    try {
      const kept = stores().map((each) => each.getItem(HISTORY)).find(Boolean);
      const { shown, turns } = JSON.parse(kept) ?? {};
      const sound = shown.every(([role, text]) => ["user", "assistant"].includes(role) && text.startsWith('<div class="hb-'));
      return sound && Array.isArray(turns) ? { shown: shown.map(([role, text]) => message(role, text)), turns } : null;
    } catch { return null; }
  };
  const afterDrawn = (then) => requestAnimationFrame(() => requestAnimationFrame(then));
  let waiting = 0;
  let pending = null; // the request that is made once more
  let asking = null; // the request on its way: one at a time, what is typed meanwhile stays in the box
  history.scrollRestoration = "manual"; // the page knows better: where the last question is, where an article was opened
  window.hoibao = {
    said,
    turns: [], // what export makes a file of: each question, and the places of its quotes
    busy(on, question = null) {
      keep(question);
      if (!on) asking = null;
      document.body.classList.toggle("hb-busy", on);
      clearTimeout(waiting);
      if (on) waiting = setTimeout(() => say(said.searching), 250); // most answers are quicker than the words
      else say("");
    },
    broken() {
      clearTimeout(waiting);
      if (asking) say(said.cut); // the question is kept for the page that the framework loads when the server is back
    },
    // The last answered question, which the next one may go on from; the server reads its names and nothing else.
    before() { return this.turns.findLast((turn) => turn.places.length)?.read_as ?? ""; },
    chosen: () => ({}), // what asking.js knows of the articles to ask
    // What stays in the box, and the request. The framework asks nothing while a request is on its way.
    take(question) {
      if (asking) { say(said.searching); return [question, asking]; }
      this.busy(true, question);
      document.querySelector(".hb-choice")?.removeAttribute("open"); // what was chosen stays in sight as chips
      asking = { question, before: this.before(), ...this.chosen() };
      return ["", asking];
    },
    // The question of the address, `?q=…`, which is asked when the page opens; null where there is none.
    linked() {
      const asked = new URLSearchParams(location.search);
      const question = [...(asked.get("q") ?? "")].slice(0, said.question_limit).join("").trim();
      if (!question) return null;
      const flag = (name) => asked.get(name) === "1";
      const text = (name) => asked.get(name) || null;
      return {
        question, from: text("from"), to: text("to"), outlet: text("outlet"), articles: asked.getAll("article"),
        as_typed: flag("as_typed"), every_time: flag("every_time"),
      };
    },
    // The conversation that is shown when the page opens.
    opened() {
      const earlier = remembered();
      const request = earlier && history.state?.asked ? null : this.linked(); // a page that is reloaded has its answer
      if (request) {
        history.replaceState({ ...history.state, asked: true }, "");
        setTimeout(() => this.askAgain(request));
      }
      if (!earlier?.shown.length) return [];
      this.turns = earlier.turns;
      document.body.classList.add("hb-talking");
      if (!request) this.toLast();
      return earlier.shown;
    },
    toLast() {
      afterDrawn(() => {
        const questions = document.querySelectorAll("#hb-conversation .hb-question");
        if (questions.length === 1) scrollTo(0, 0); // the masthead stays in sight
        else questions[questions.length - 1]?.scrollIntoView({ block: "start" });
      });
    },
    askAgain(request) {
      if (asking) { say(said.searching); return; }
      pending = request;
      this.choose?.(request);
      document.getElementById("hb-again")?.click();
    },
    takeAgain() {
      if (!asking) { this.busy(true, pending.question); asking = pending; }
      return asking;
    },
    append(shown, turn) {
      if (!asking) return shown ?? []; // answered already
      this.busy(false);
      document.body.classList.add("hb-talking");
      this.toLast();
      const asked = turn[0] ? [message("user", turn[0])] : []; // nothing was typed: nothing to repeat
      if (turn[2]) this.turns.push(turn[2]);
      const all = [...(shown ?? []), ...asked, message("assistant", turn[1])];
      remember(all, this.turns);
      return all;
    },
    lost(shown) {
      if (refused === 401) return shown ?? []; // the page is on its way to the door
      const why = refused === 503 ? said.busy : refused ? said.failed : said.lost;
      refused = 0;
      this.busy(false);
      document.body.classList.add("hb-talking");
      afterDrawn(() => [...document.querySelectorAll("#hb-conversation .hb-note")].pop()?.scrollIntoView({ block: "nearest" }));
      return [...(shown ?? []), message("assistant", `<div class="hb-note"><p>${why}</p></div>`)];
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.body.append(heard);
    name();
    new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "aria-label", "lang"] });
  });
})();
