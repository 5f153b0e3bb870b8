
// Which articles are asked: days, outlet and article, chosen once and sent with each question until dropped.
(() => {
  const said = window.hoibao.said;
  let article = null; // { id, title }
  const field = (name) => document.querySelector(`.hb-fields [name="${name}"]`);
  const value = (name) => field(name)?.value || null;
  const day = (iso) => iso.split("-").reverse().join("/");
  const fill = (text, day) => text.replace("{day}", day);
  // A headline may be as long as an article; the chip stands at the foot of the window, where there is room for a line or two.
  const brief = (text, most = 80) => ([...text].length > most ? `${[...text].slice(0, most).join("").trimEnd()}…` : text);

  const chip = (text, drop) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "hb-chip", textContent: text, title: said.undo });
    const cross = Object.assign(document.createElement("span"), { textContent: "×" });
    button.append(cross);
    button.addEventListener("click", () => { drop(); show(); document.querySelector("#hb-box textarea")?.focus(); });
    return button;
  };
  const clear = (...names) => () => { for (const name of names) if (field(name)) field(name).value = ""; };
  const show = () => {
    const line = document.querySelector(".hb-chosen");
    if (!line) return;
    const chips = [];
    if (value("from")) chips.push(chip(fill(said.since, day(value("from"))), clear("from")));
    if (value("to")) chips.push(chip(fill(said.until, day(value("to"))), clear("to")));
    if (value("outlet")) chips.push(chip(brief(value("outlet")), clear("outlet")));
    if (article) chips.push(chip(`“${brief(article.title)}”`, () => { article = null; }));
    line.replaceChildren(...(chips.length ? [`${said.chosen} `, ...chips] : []));
  };

  window.hoibao.chosen = () => ({ from: value("from"), to: value("to"), outlet: value("outlet"), articles: article ? [article.id] : [] });
  window.hoibao.chooseArticle = (id, title) => { article = { id, title }; show(); document.querySelector("#hb-box textarea")?.focus(); };
  // A chip of an answer was dropped: it is dropped for the next question too.
  window.hoibao.choose = (request) => {
    for (const name of ["from", "to", "outlet"]) if (field(name)) field(name).value = request[name] ?? "";
    if (!request.articles?.includes(article?.id)) article = null;
    show();
  };
  document.addEventListener("change", (event) => { if (event.target.closest?.(".hb-fields")) show(); });
  document.addEventListener("submit", (event) => { if (event.target.closest?.(".hb-fields")) event.preventDefault(); });
})();
