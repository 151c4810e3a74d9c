// The world with a circle where something happened: as large as the toll, as dark as it is grave.

import { draw } from "./element.js";

const SHAPE = 0.55; // height by width
const LEAST = 14; // degrees across, at the closest
const MOST = 300; // circles drawn, the largest
const NAMED = 7; // places named on the map
const GRAVE = ["minor", "moderate", "severe", "extreme"];

/** The outline, once fetched. */
export async function load() {
  const world = await (await fetch("world.json")).json();
  const [across, up] = world.degree;
  return { ...world, at: ([lat, lon]) => [lon * across, lat * up] };
}

/** The places of cards (the latest first): the newest figure of each situation, gathered by point. */
export function places(cards) {
  const seen = new Set();
  const found = new Map();
  for (const card of cards) {
    if (!card.point || seen.has(card.situation)) continue;
    seen.add(card.situation);
    const toll = card.says.best ?? card.says.high ?? card.says.low ?? 0;
    const key = card.point.join();
    const place = found.get(key) ?? { point: card.point, card, toll: 0, grave: 0, situations: 0 };
    place.situations += 1;
    place.grave = Math.max(place.grave, GRAVE.indexOf(card.severity));
    if (toll >= place.toll) [place.toll, place.card] = [toll, card];
    found.set(key, place);
  }
  return [...found.values()].sort((a, b) => b.grave - a.grave || b.toll - a.toll);
}

/** The map of these places, `width` pixels wide; `choose(card)` is called for the one that is clicked. */
export function map(world, cards, words, width, choose) {
  const shown = places(cards).slice(0, MOST);
  const box = frame(world, shown);
  const scale = box.width / width; // map units a pixel
  const largest = shown.slice(0, 3).map(({ card }) => `${words.place(card)}: ${words.figure(card)} ${words.measure(card)}`);
  const said = words.fill(words.mapped, { n: words.number(shown.length), largest: largest.join("; ") });
  return draw("svg", { viewBox: `${box.x} ${box.y} ${box.width} ${box.height}`, role: "img", "aria-label": shown.length ? said : words.map },
    draw("path", { class: "land", d: world.land }),
    draw("path", { class: "borders", d: world.borders }),
    ...shown.toReversed().map((place) => circle(place, world, words, scale, choose)),
    ...names(shown, world, words, scale));
}

function circle({ point, card, toll, grave }, world, words, scale, choose) {
  const [cx, cy] = world.at(point);
  const element = draw("circle", { class: GRAVE[grave], cx, cy, r: radius(toll) * scale },
    draw("title", {}, `${words.place(card)}: ${words.figure(card)} ${words.measure(card)}`));
  element.addEventListener("click", () => choose(card));
  return element;
}

/** Pixels: ten times as many are one step larger. */
function radius(toll) {
  return 3 + 2.6 * Math.log10(1 + toll);
}

/** Names beside the gravest circles, as far as they do not run into one another. */
function names(shown, world, words, scale) {
  const taken = [];
  const made = [];
  for (const { point, card, toll } of shown) {
    if (made.length === NAMED) break;
    const text = card.where[words.language] ?? card.where.en;
    if (!text) continue;
    const [x, y] = world.at(point);
    const left = x / scale + radius(toll) + 3;
    const box = { left: left - 16, right: left + 7.2 * text.length, y: y / scale };
    if (taken.some((other) => Math.abs(other.y - box.y) < 17 && other.left < box.right && box.left < other.right)) continue;
    taken.push(box);
    made.push(draw("text", { x: left * scale, y: y + 4 * scale, "font-size": 12.5 * scale, "stroke-width": 3 * scale }, text));
  }
  return made;
}

/** The part of the world that holds the places, with a margin, in the map's proportions; all of it where there are none. */
function frame(world, shown) {
  const [left, top, width, height] = world.box;
  const least = LEAST * world.degree[0];
  const points = shown.map(({ point }) => world.at(point));
  const range = (at, from, to) => (points.length ? [Math.min(...points.map((p) => p[at])), Math.max(...points.map((p) => p[at]))] : [from, to]);
  const [west, east] = range(0, left, left + width);
  const [north, south] = range(1, top, top + height);
  const wide = Math.min(width, Math.max(least, 1.5 * (east - west), (1.5 * (south - north)) / SHAPE));
  const high = wide * SHAPE;
  const inside = (middle, size, from, all) => (size >= all ? from + (all - size) / 2 : Math.min(Math.max(middle - size / 2, from), from + all - size));
  return { x: inside((west + east) / 2, wide, left, width), y: inside((north + south) / 2, high, top, height), width: wide, height: high };
}
