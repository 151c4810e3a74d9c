// The history of a situation as a step chart: the best figure as a line, least to most as a band.

import { draw } from "./element.js";

const HEIGHT = 200;
const EDGE = { top: 14, right: 14, bottom: 26, left: 8 };

/**
 * A chart of a situation's cards in the order they were given, `width` pixels wide. A figure holds from the time of
 * the newest article known by then: an older article that came late changes what is known now, not what was.
 */
export function chart(cards, words, width) {
  let newest = 0;
  const steps = cards.map((card) => ({ time: (newest = Math.max(newest, Date.parse(card.written))), ...bounds(card.says), card }));
  const before = cards[0].previous ? bounds(cards[0].previous) : null; // told by an alert that is no longer kept
  const most = nice(Math.max(1, ...steps.map((step) => step.high), before?.high ?? 0));
  const ticks = [0, most / 2, most].filter(Number.isInteger);
  const margin = EDGE.left + 8 * Math.max(...ticks.map((tick) => words.number(tick).length));

  const [first, last] = [steps[0].time, steps.at(-1).time];
  const span = Math.max(last - first, 3_600_000);
  const [start, end] = [first - span * (before ? 0.12 : 0.03), last + span * 0.06];
  const x = (time) => margin + ((time - start) / (end - start)) * (width - margin - EDGE.right);
  const y = (count) => HEIGHT - EDGE.bottom - (count / most) * (HEIGHT - EDGE.bottom - EDGE.top);

  const levels = before ? [{ time: start, ...before }, ...steps] : steps;
  const said = words.fill(words.chart, { measure: words.measure(cards[0]), first: words.amount(cards[0].says), last: words.amount(cards.at(-1).says) });
  return draw("svg", { class: "chart", viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT, role: "img", "aria-label": said },
    ...ticks.map((tick) => draw("g", { class: "tick" },
      draw("line", { x1: margin, x2: width - EDGE.right, y1: y(tick), y2: y(tick) }),
      draw("text", { x: margin - 6, y: y(tick) + 4, "text-anchor": "end" }, words.number(tick)))),
    ...moments(first, last, x).map(([time, anchor]) =>
      draw("text", { class: "moment", x: x(time), y: HEIGHT - 6, "text-anchor": anchor }, words.moment(time))),
    draw("path", { class: "band", d: band(levels, end, x, y) }),
    draw("path", { class: "best", d: line(levels, end, x, y) }),
    ...steps.map((step) => draw("circle", { class: `dot ${step.card.kind}`, cx: x(step.time), cy: y(step.best), r: 3.5 },
      draw("title", {}, `${words.moment(step.time)} · ${words.figure(step.card)} · ${words.kinds[step.card.kind]}`))));
}

/** Values without gaps: where nobody names a best, the middle of what is claimed; nothing left is 0. */
function bounds({ low, best, high }) {
  const known = [best, low, high].filter((count) => count !== null);
  const least = low ?? Math.min(...known, Infinity);
  const most = high ?? Math.max(...known, 0);
  const from = Number.isFinite(least) ? least : 0;
  return { low: from, best: best ?? (from + most) / 2, high: Math.max(most, from) };
}

function line(levels, end, x, y) {
  const steps = levels.map((step, at) => `${at ? "H" : "M"}${x(step.time)}${at ? "V" : ","}${y(step.best)}`);
  return `${steps.join("")}H${x(end)}`;
}

function band(levels, end, x, y) {
  const times = [...levels.slice(1).map((step) => step.time), end];
  const there = levels.map((step, at) => `${at ? "V" : `M${x(step.time)},`}${y(step.high)}H${x(times[at])}`);
  const back = levels.map((step) => `V${y(step.low)}H${x(step.time)}`).reverse();
  return `${there.join("")}${back.join("")}z`;
}

/** The first and the last moment, once where they would overlap. */
function moments(first, last, x) {
  return x(last) - x(first) < 190 ? [[last, "end"]] : [[first, "start"], [last, "end"]];
}

/** The next round number up. */
function nice(count) {
  const power = 10 ** Math.floor(Math.log10(count));
  const step = [1, 2, 3, 4, 5, 6, 8, 10].find((times) => times * power >= count);
  return step * power;
}
