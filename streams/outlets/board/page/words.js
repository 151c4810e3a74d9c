// The page's own words, and how numbers, times, places and figures are said in them.

import { make } from "./element.js";

export const LANGUAGES = ["en", "ar"];
const NOWHERE = "ZZ";

/** The words of one of LANGUAGES. */
export async function load(language) {
  const words = await (await fetch(`words/${language}.json`)).json();
  const numbers = new Intl.NumberFormat(words.locale);
  const signed = new Intl.NumberFormat(words.locale, { signDisplay: "exceptZero" });
  const countries = new Intl.DisplayNames([words.locale], { type: "region" });
  const day = { day: "numeric", month: "short", timeZone: "UTC" };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" };
  const short = new Intl.DateTimeFormat(words.locale, { ...day, ...clock });
  const long = new Intl.DateTimeFormat(words.locale, { ...day, ...clock, year: "numeric" });

  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = (count) => numbers.format(count);
  const isolated = (text) => (words.direction === "rtl" ? `\u2067${text}\u2069` : text); // in a drawing, which runs from left to right
  const country = (code) => (code === NOWHERE ? words.unknown : /^[A-Z]{2}$/.test(code) ? countries.of(code) : code);

  /** "Basra, Iraq", in this language where the alert has it. */
  function place(card) {
    const known = card.country !== NOWHERE;
    const name = card.where[language] ?? card.where.en ?? Object.values(card.where)[0] ?? "";
    const parts = [card.point || !known ? name : "", known ? country(card.country) : ""].filter(Boolean);
    const comma = words.direction === "rtl" ? "، " : ", ";
    return [...new Set(parts)].join(comma) || words.unknown;
  }

  /** Values as text: the best, else the bounds, else the bare word. */
  function amount(values) {
    if (values.best !== null) return number(values.best);
    if (values.magnitude) return words.magnitudes[values.magnitude];
    const bounds = [values.low, values.high].filter((bound) => bound !== null);
    return bounds.length ? bounds.map(number).join("–") : words.none_left;
  }

  /** A card's figure with its hedge: "at least 9". */
  function figure(card) {
    return fill(card.says.best === null ? "{n}" : (words.qualifiers[card.qualifier] ?? "{n}"), { n: amount(card.says) });
  }

  /** "killed", or "families · displaced". */
  function measure(card) {
    return card.unit === "household" ? `${words.units.household} · ${words.measures[card.measure]}` : words.measures[card.measure];
  }

  /** Least to most, where they differ from the best. */
  function range(values) {
    const { low, best, high } = values;
    return low !== null && high !== null && low !== high && best !== null ? `${number(low)}–${number(high)}` : "";
  }

  const time = (moment) => make("time", { datetime: moment, title: long.format(new Date(moment)) }, short.format(new Date(moment)));

  return {
    ...words, language, fill, number, country, place, amount, figure, measure, range, time,
    signed: (count) => signed.format(count),
    moment: (when) => isolated(short.format(new Date(when))),
  };
}

/** Put the words of the page itself in place. */
export function apply(words) {
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = words.labels[element.dataset.word];
}
