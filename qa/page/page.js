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
    for (const title of document.querySelectorAll(".toast-title")) if (title.textContent === "Connection Lost") title.textContent = said.cut;
    restore();
    call("#hb-conversation [role=log]", said.conversation);
    call("#hb-box textarea, #hb-box input", said.question_label);
    call("#hb-box button", said.send);
    for (const message of document.querySelectorAll("#hb-conversation [data-testid][aria-label]")) message.removeAttribute("aria-label");
  };

  // --- copying ---
  const copy = async (button) => {
    const before = button.textContent;
    // A question's address is known here only: the page may be reached under several names.
    const text = button.matches(".hb-link") ? `${location.origin}${location.pathname}${button.value}` : button.value;
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(text);
      else { // no clipboard on plain http from another machine
        const area = Object.assign(document.createElement("textarea"), { value: text });
        document.body.append(area); area.select();
        const done = document.execCommand("copy");
        area.remove();
        if (!done) throw new Error("refused");
      }
      button.textContent = said.copied;
    } catch { button.textContent = said.copy_failed; }
    setTimeout(() => { button.textContent = before; }, 2000);
  };
  document.addEventListener("click", (event) => {
    if (event.target.closest?.("#hb-theme")) choose();
    if (event.target.closest?.("#hb-clear")) {
      try { localStorage.removeItem(HISTORY); } catch { /* nothing was kept */ }
      location.assign(location.pathname); // without the question of the address
    }
    const button = event.target.closest?.(".hb-copy");
    if (button && !button.dataset.busy) copy(button);
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
    say(said.lost);
  };
  const say = (text) => { const line = document.querySelector(".hb-status"); if (line) line.textContent = text; };

  // --- why a question was not taken: the framework knows, but does not tell ---
  let refused = 0;
  const fetched = window.fetch.bind(window);
  window.fetch = async (...sent) => {
    const answer = await fetched(...sent);
    if (String(sent[0]?.url ?? sent[0]).includes("/queue/join")) refused = answer.ok ? 0 : answer.status;
    return answer;
  };

  // --- the conversation ---
  const message = (role, text) => ({ role, content: [{ type: "text", text }], metadata: {}, options: [] });
  // It is kept in this browser, so that a reader who comes back finds it; "clear" forgets it.
  const HISTORY = `hoibao-conversation-${said.language}`;
  const KEPT = 40; // messages; older ones are forgotten
  const words = (each) => (Array.isArray(each.content) ? each.content.map((part) => part.text ?? "").join("") : String(each.content));
  const remember = (shown, turns) => {
    const kept = { shown: shown.slice(-KEPT).map((each) => [each.role, words(each)]), turns: turns.slice(-KEPT) };
    try { localStorage.setItem(HISTORY, JSON.stringify(kept)); } catch { /* no room, or not allowed: it lasts as long as the page */ }
  };
  const remembered = () => {
    try {
      const { shown, turns } = JSON.parse(localStorage.getItem(HISTORY)) ?? {};
      const sound = shown.every(([role, text]) => ["user", "assistant"].includes(role) && text.startsWith('<div class="hb-'));
      return sound && Array.isArray(turns) ? { shown: shown.map(([role, text]) => message(role, text)), turns } : null;
    } catch { return null; }
  };
  let waiting = 0;
  let pending = null; // the request that is made once more
  window.hoibao = {
    said,
    turns: [], // what export makes a file of: each question, and the places of its quotes
    busy(on, question = null) {
      keep(question);
      document.body.classList.toggle("hb-busy", on);
      clearTimeout(waiting);
      if (on) waiting = setTimeout(() => say(said.searching), 250); // most answers are quicker than the words
      else say("");
    },
    // The last answered question, which the next one may go on from; the server reads its names and nothing else.
    before() { return this.turns.findLast((turn) => turn.places.length)?.read_as ?? ""; },
    chosen: () => ({}), // what asking.js knows of the articles to ask
    take(question) {
      this.busy(true, question);
      document.querySelector(".hb-choice")?.removeAttribute("open"); // what was chosen stays in sight as chips
      return { question, before: this.before(), ...this.chosen() };
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
      const earlier = remembered(), request = this.linked();
      if (request) setTimeout(() => this.askAgain(request));
      if (!earlier?.shown.length) return [];
      this.turns = earlier.turns;
      document.body.classList.add("hb-talking");
      if (!request) this.toLast();
      return earlier.shown;
    },
    toLast() {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const questions = document.querySelectorAll("#hb-conversation .hb-question");
        if (questions.length === 1) scrollTo(0, 0); // the masthead stays in sight
        else questions[questions.length - 1]?.scrollIntoView({ block: "start" });
      }));
    },
    askAgain(request) { pending = request; this.choose?.(request); document.getElementById("hb-again")?.click(); },
    takeAgain() { this.busy(true, pending.question); return pending; },
    append(shown, turn) {
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
      if (refused === 401) { location.reload(); return shown ?? []; } // signed out: the question waits behind the door
      const why = refused === 503 ? said.busy : said.lost;
      refused = 0;
      this.busy(false);
      document.body.classList.add("hb-talking");
      return [...(shown ?? []), message("assistant", `<div class="hb-note"><p>${why}</p></div>`)];
    },
  };

  document.addEventListener("DOMContentLoaded", () => {
    name();
    new MutationObserver(name).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "aria-label", "lang"] });
  });
})();
