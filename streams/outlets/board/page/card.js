// One alert as a person reads it.

import { address } from "./address.js";
import { make } from "./element.js";

/** The list item of a card. */
export function item(card, words) {
  const title = `t-${card.id}`;
  const amount = words.amount(card.says);
  const [before, after] = (words.qualifiers[card.qualifier] ?? "{n}").split("{n}").map((part) => part.trim());
  const hedged = card.says.best !== null;
  return make("li", { id: `a-${card.id}`, class: `card ${card.severity}` },
    make("article", { "aria-labelledby": title },
      make("p", { class: "figure" },
        make("span", { class: "hedge" }, hedged ? before : ""), " ",
        make("b", { class: amount.length > 7 ? "long" : null }, amount), " ",
        make("span", { class: "hedge" }, hedged ? after : ""), " ",
        make("bdi", { class: "hedge", dir: "ltr" }, words.range(card.says)), " ",
        make("span", { class: "measure" }, words.measure(card)), " ",
        ...change(card, words)),
      make("div", { class: "story" },
        make("h3", { id: title },
          make("span", { class: `kind ${card.kind}` }, words.kinds[card.kind]), " ",
          make("a", { class: "open", href: address({ situation: card.situation }), "data-situation": card.situation }, words.place(card))),
        words.time(card.written),
        quote(card),
        make("p", { class: "foot" }, ...foot(card, words)))));
}

/** The sentence with its number marked. */
export function quote(card) {
  const [before, marked, after] = card.quote;
  return make("blockquote", { lang: card.language, dir: card.rtl ? "rtl" : "ltr", cite: card.link }, before, make("mark", {}, marked), after);
}

/** A link to the article, where there is one. */
export function link(card, text, label = null) {
  if (!card.link) return make("bdi", {}, text);
  return make("a", { href: card.link, target: "_blank", rel: "noopener noreferrer nofollow", "aria-label": label }, make("bdi", {}, text));
}

function change(card, words) {
  if (!card.previous) return [];
  const told = make("span", { class: "change" }, words.fill(words.before, { n: words.amount(card.previous) }), " ");
  if (card.delta) told.append(make("bdi", { class: "delta", dir: "ltr" }, words.signed(card.delta)));
  return [told];
}

function foot(card, words) {
  const others = card.sources.filter((source) => source !== card.source).length;
  const parts = [
    card.source ? make("bdi", {}, card.source) : null,
    others ? words.fill(words.more, { n: words.number(others) }) : null,
  ].filter(Boolean);
  const said = parts.length === 2 ? [make("span", {}, parts[0], " ", parts[1])] : parts;
  if (card.provisional) said.push(words.provisional);
  said.push(make("span", { class: "severity" }, words.severities[card.severity]));
  if (card.link) said.push(link(card, words.labels.read, `${words.labels.read}: ${card.headline ?? words.place(card)}`));
  return said.flatMap((part, position) => (position ? [" · ", part] : [part]));
}
