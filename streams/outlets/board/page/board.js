// The board: alerts stream in, the address says what is looked at, the rest is drawn anew at most four times a second.

import { address, go, onView, view } from "./address.js";
import { Alerts } from "./alerts.js";
import { make } from "./element.js";
import { List } from "./list.js";
import * as maps from "./map.js";
import * as situations from "./situation.js";
import { follow } from "./stream.js";
import * as languages from "./words.js";

const REST = 250; // ms between two drawings, at least
const QUIET = 10_000; // ms between two announcements to a screen reader, at least

const alerts = new Alerts();
const list = new List();
const filters = document.getElementById("filters");
const mapped = document.getElementById("map");
const situation = document.getElementById("situation");
let words, world, state = { name: "connecting" };
let live = false; // what was there when the page was opened has arrived
let drawn = {}; // the view that is drawn

/** Draw the view: the list from its top where the view is another one, else what has changed. */
function render() {
  const now = view();
  const other = Object.keys(now).some((name) => name !== "situation" && now[name] !== drawn[name]);
  const cards = alerts.matching(now);
  other ? list.show(cards, words) : list.update(cards);
  document.getElementById("count").textContent = words.fill(words.count, { shown: words.number(cards.length), all: words.number(alerts.all.length) });
  const none = document.getElementById("none");
  none.hidden = cards.length > 0 || state.name === "connecting";
  none.textContent = alerts.all.length ? words.none : words.empty;
  mapped.replaceChildren(maps.map(world, cards, words, mapped.clientWidth || 600, (card) => go({ country: card.country, q: card.where.en ?? "" })));
  choices(now);
  open(now.situation, now.situation !== drawn.situation);
  drawn = now;
}

let waiting = 0;

/** Draw soon; calls in between are one drawing. */
function later() {
  waiting ||= setTimeout(() => {
    waiting = 0;
    render();
  }, REST);
}

function open(id, another) {
  situation.hidden = !id;
  document.body.classList.toggle("open", Boolean(id));
  for (const element of document.querySelectorAll("#list [aria-current]")) element.removeAttribute("aria-current");
  if (!id) return;
  const cards = alerts.situation(id);
  const shape = `${cards.length} ${words.language} ${innerWidth}`;
  if (another || situation.dataset.shape !== shape) situations.show(situation, cards, words);
  situation.dataset.shape = shape;
  for (const element of document.querySelectorAll(`#list a[data-situation="${CSS.escape(id)}"]`)) element.setAttribute("aria-current", "true");
}

/** The filters say what the address says, and offer what there is. */
function choices(now) {
  const named = {
    country: (code) => words.country(code),
    measure: (name) => (Object.hasOwn(words.measures, name) ? words.measures[name] : name),
    kind: (name) => (Object.hasOwn(words.kinds, name) ? words.kinds[name] : name), // the address may say anything
  };
  for (const [field, name] of Object.entries(named)) {
    const there = [...alerts.values(field).add(now[field] || "")].filter(Boolean).map((value) => [name(value), value]);
    there.sort(([a], [b]) => a.localeCompare(b, words.locale));
    const select = filters.elements[field];
    const offered = JSON.stringify([words.language, there]);
    if (select.dataset.offered !== offered) {
      select.replaceChildren(make("option", { value: "" }, words.labels.all), ...there.map(([text, value]) => make("option", { value }, text)));
      select.dataset.offered = offered;
    }
    select.value = now[field];
  }
  if (document.activeElement !== filters.elements.q) filters.elements.q.value = now.q;
  document.getElementById("clear").hidden = !(now.q || now.country || now.measure || now.kind);
}

function tell(next) {
  state = next;
  live ||= state.name === "live";
  const element = document.getElementById("state");
  const said = words.fill(words.states[state.name], { n: words.number(state.n ?? 0) });
  if (element.textContent === said) return; // a sign of life only
  element.textContent = said;
  element.dataset.state = state.name;
  later();
}

let unheard = 0;
let unseen = 0;
let speaking = 0;

/** New alerts are told to a screen reader, gathered; and counted in the tab's title while nobody looks. */
function announce(fresh) {
  if (!live || !fresh.length) return;
  unheard += fresh.length;
  if (document.hidden) document.title = `(${words.number((unseen += fresh.length))}) Tollwire`;
  speaking ||= setTimeout(() => {
    const [card] = alerts.all;
    const latest = `${words.place(card)}, ${words.figure(card)} ${words.measure(card)}`;
    document.getElementById("told").textContent = words.fill(words.told, { n: words.number(unheard), latest });
    speaking = unheard = 0;
  }, QUIET);
}

async function speak() {
  const wanted = view().lang || navigator.languages.map((tag) => tag.split("-")[0]).find((tag) => languages.LANGUAGES.includes(tag));
  const language = languages.LANGUAGES.includes(wanted) ? wanted : "en";
  if (words?.language !== language) {
    words = await languages.load(language);
    languages.apply(words);
    tell(state);
  }
  const other = languages.LANGUAGES.find((code) => code !== language);
  const link = document.getElementById("language");
  Object.assign(link, { lang: other, hreflang: other, href: address({ lang: other }) });
  link.textContent = { en: "English", ar: "العربية" }[other];
}

async function viewed() {
  await speak();
  render();
}

filters.addEventListener("input", ({ target }) => go({ [target.name]: target.value }, target.name === "q"));
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", (event) => {
  event.preventDefault();
  go({ q: "", country: "", measure: "", kind: "" });
  filters.elements.q.focus();
});

let from = null; // the link that opened the situation, for the way back

addEventListener("click", (event) => {
  const link = event.target.closest("a[data-situation], #language");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (link.id === "language") return go({ lang: link.lang });
  const id = link.dataset.situation;
  if (id) from = link;
  go({ situation: id });
  if (!id) return back();
  setTimeout(() => {
    situation.focus({ preventScroll: true });
    if (getComputedStyle(document.getElementById("alerts")).display === "none") scrollTo(0, 0);
  });
});
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !view().situation) return;
  go({ situation: "" });
  back();
});

function back() {
  setTimeout(() => (from?.isConnected ? from : document.getElementById("alerts")).focus());
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  unseen = 0;
  document.title = "Tollwire";
});

document.getElementById("world").open = matchMedia("(min-width: 62rem)").matches; // a phone shows the alerts first
world = await maps.load();
await speak();
// what draws anew comes after what is drawn with
document.getElementById("world").addEventListener("toggle", later);
addEventListener("resize", later);
onView(viewed);
follow((cards) => {
  announce(alerts.add(cards));
  later();
}, tell);
