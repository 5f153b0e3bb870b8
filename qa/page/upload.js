// Bringing articles: each file is sent as it is, what was read in it is listed as text, then all is published.
(() => {
  const said = SAID;
  const find = (name) => document.querySelector(`.hb-upload${name}`);
  const make = (tag, text = "", ...children) => {
    const node = Object.assign(document.createElement(tag), { textContent: text });
    node.append(...children);
    return node;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const folded = (summary, items) =>
    make("details", "", make("summary", summary), make("ul", "", ...items.map((each) => make("li", each))));
  const asked = async (path, options) => {
    const answer = await fetch(path, options);
    const value = await answer.json();
    if (!answer.ok) throw new Error(value.detail);
    return value;
  };
  // No connection, or an answer that is none of this server's.
  const told = (error) => (error instanceof TypeError || error instanceof SyntaxError ? said.lost : error.message);

  // What turns the direction of all that follows it is no part of a name that is shown.
  const shown = (name) => name.replace(/[\u202a-\u202e\u2066-\u2069]/g, "");

  const send = async (file) => {
    const name = shown(file.name);
    const line = make("li", `${name}: ${said.reading}`);
    find("-files").append(line);
    try {
      if (file.size > said.limit * 1e6) throw new Error(fill(said.too_large, said)); // the door would refuse it
      const got = await asked(`/uploads?name=${encodeURIComponent(file.name)}&language=${said.language}`, { method: "POST", body: file });
      line.textContent = `${name}: ${fill(said.read, { count: got.articles })}${got.new ? "" : ` (${said.known})`}`;
      line.append(make("ul", "", ...got.titles.map((title) => make("li", title))));
      if (got.left_out) line.append(folded(fill(said.dropped, { count: got.left_out }), got.dropped));
      if (got.noted) line.append(folded(fill(said.notes, { count: got.noted }), got.notes));
      return true;
    } catch (error) {
      line.textContent = `${name}: ${told(error)}`;
      return false;
    }
  };

  const state = () => asked(`/uploads/state?language=${said.language}`);
  const show = (now) => {
    const corpus = document.querySelector(".hb-corpus");
    if (corpus) corpus.textContent = now.corpus;
    const list = document.querySelector('.hb-fields [name="outlet"]');
    const known = new Set([...(list?.options ?? [])].map((option) => option.value));
    list?.append(...now.outlets.filter((outlet) => !known.has(outlet)).map((outlet) => make("option", outlet)));
  };
  const publish = async () => {
    const bar = find("-bar");
    bar.hidden = false;
    find("-said").textContent = said.publishing;
    try {
      await asked("/uploads/publish", { method: "POST" });
      let now = await state();
      while (now.stage === "working") {
        if (now.total) Object.assign(bar, { max: now.total, value: now.done }); else bar.removeAttribute("value");
        await new Promise((done) => setTimeout(done, 300));
        now = await state();
      }
      show(now);
      find("-said").textContent = fill(now.stage === "done" ? said.published : said.failed, now);
    } catch (error) { find("-said").textContent = fill(said.failed, { failure: told(error) }); }
    bar.hidden = true;
  };

  document.addEventListener("change", async (event) => {
    const input = event.target.closest?.(".hb-upload input");
    if (!input) return;
    const files = [...input.files];
    input.disabled = true;
    find("-files").replaceChildren();
    let read = 0;
    for (const file of files) read += await send(file);
    if (read) await publish();
    input.value = "";
    input.disabled = false;
    if (document.activeElement === document.body) input.focus({ preventScroll: true }); // where the reader was
  });
  // The page is as old as the server; what is searched may be newer.
  document.addEventListener("DOMContentLoaded", () => {
    const seen = new MutationObserver(() => {
      if (!document.querySelector(".hb-corpus")) return;
      seen.disconnect();
      state().then(show, () => {});
    });
    seen.observe(document.documentElement, { childList: true, subtree: true });
  });
})();
