// One situation: what is said of it now, how that came about, and by whom.

import { address } from "./address.js";
import { link, quote } from "./card.js";
import { chart } from "./chart.js";
import { make } from "./element.js";

/** Show a situation's cards (as they were given, the oldest first) in this section. */
export function show(section, cards, words) {
  const close = make("a", { class: "close", href: address({ situation: "" }), "data-situation": "" }, words.labels.close);
  if (!cards.length) {
    section.replaceChildren(close, make("h2", { id: "situation-title" }, words.labels.history), make("p", { class: "quiet" }, words.elsewhere));
    return;
  }
  const now = cards.at(-1);
  const range = words.range(now.says);
  const sources = [...new Set(cards.flatMap((card) => card.sources))];
  const drawn = cards.length > 1 || now.previous ? chart(cards, words, Math.max(280, Math.min(section.clientWidth || 560, 640) - 2)) : null;
  section.replaceChildren(
    close,
    make("h2", { id: "situation-title" }, words.place(now)),
    make("p", { class: `now ${now.severity}` },
      make("b", {}, words.figure(now)), " ", make("span", { class: "measure" }, words.measure(now)), " ",
      range ? make("bdi", { class: "quiet", dir: "ltr" }, range) : ""),
    make("p", { class: "quiet" }, now.provisional ? words.yet : words.agreed),
    make("div", { class: "drawn", dir: "ltr" }, ...(drawn ? [drawn] : [])),
    make("h3", {}, words.labels.history),
    table(cards, words),
    quote(now),
    make("h3", {}, words.labels.sources),
    make("ul", { class: "sources" }, ...sources.map((source) => make("li", {}, make("bdi", {}, source)))));
}

function table(cards, words) {
  const head = ["time", "figure", "kind", "source"].map((name) => make("th", { scope: "col" }, words.labels[name]));
  const rows = cards.toReversed().map((card) => {
    const range = words.range(card.says);
    return make("tr", {},
      make("td", {}, words.time(card.written)),
      make("td", { class: "count" }, words.figure(card), " ", make("bdi", { class: "quiet", dir: "ltr" }, range)),
      make("td", {}, make("span", { class: `kind ${card.kind}` }, words.kinds[card.kind])),
      make("td", {}, link(card, card.source ?? words.labels.read)));
  });
  return make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows));
}
