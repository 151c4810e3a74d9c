// The list of alerts: new ones come in on top, unless a person is reading further down; then they wait.

import { item } from "./card.js";

const PAGE = 40; // alerts shown at first, and more at a time

export class List {
  #list = document.getElementById("list");
  #older = document.getElementById("older");
  #newer = document.getElementById("newer");
  #cards = [];
  #shown = PAGE;
  #words;

  constructor() {
    this.#older.addEventListener("click", () => this.#more());
    this.#newer.addEventListener("click", () => this.#top());
    new IntersectionObserver(([seen]) => seen.isIntersecting && this.#more(), { rootMargin: "600px" }).observe(this.#older);
  }

  /** Show these cards from the first on: another view, or another language. */
  show(cards, words) {
    if (words !== this.#words) this.#list.replaceChildren();
    [this.#cards, this.#words, this.#shown] = [cards, words, PAGE];
    this.#newer.hidden = true;
    this.#render();
  }

  /** The same view has other cards now. */
  update(cards) {
    const first = this.#cards[0];
    this.#cards = cards;
    const waiting = first ? cards.findIndex((card) => card.id === first.id) : 0;
    if (waiting > 0 && this.#reading()) {
      this.#cards = cards.slice(waiting);
      this.#newer.textContent = this.#words.fill(this.#words.newer, { n: this.#words.number(waiting) });
      this.#newer.hidden = false;
      this.#waiting = cards;
    } else {
      this.#newer.hidden = true;
      this.#render();
    }
  }

  #waiting = [];

  /** A person reads here: scrolled down, or with the keyboard inside the list. */
  #reading() {
    return scrollY > 120 || this.#list.querySelector(":focus-visible") !== null;
  }

  #top() {
    this.#newer.hidden = true;
    [this.#cards, this.#shown] = [this.#waiting, PAGE];
    this.#render();
    scrollTo(0, 0);
    this.#list.querySelector("a")?.focus({ preventScroll: true });
  }

  #more() {
    if (this.#shown >= this.#cards.length) return;
    this.#shown += PAGE;
    this.#render();
  }

  /** Bring the list to the first cards, touching only what differs. */
  #render() {
    const wanted = this.#cards.slice(0, this.#shown);
    const kept = new Set(wanted.map((card) => `a-${card.id}`));
    for (const element of [...this.#list.children]) if (!kept.has(element.id)) element.remove();
    let next = this.#list.firstElementChild;
    for (const card of wanted) {
      if (next?.id === `a-${card.id}`) next = next.nextElementSibling;
      else this.#list.insertBefore(document.getElementById(`a-${card.id}`) ?? item(card, this.#words), next);
    }
    this.#older.hidden = this.#shown >= this.#cards.length;
  }
}
