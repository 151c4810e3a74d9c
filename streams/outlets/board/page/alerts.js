// The alerts that the page holds: each once, the latest first, within a bound.

const MOST = 20_000; // as many as the board itself keeps

export class Alerts {
  #known = new Map();
  #sorted = [];
  #stale = false;
  #arrived = 0; // tells apart what was given in the same millisecond

  /** Take cards in; returns those that were not here before. */
  add(cards) {
    const fresh = cards.filter((card) => !this.#known.has(card.id));
    for (const card of fresh) {
      const words = [...Object.values(card.where), card.quote.join(""), card.headline, ...card.sources, card.country];
      card.text = plain(words.join("\n"));
      card.order = Date.parse(card.given);
      card.arrived = ++this.#arrived;
      this.#known.set(card.id, card);
    }
    this.#stale ||= fresh.length > 0;
    return fresh;
  }

  /** All cards, the latest given first. */
  get all() {
    if (this.#stale) {
      this.#sorted = [...this.#known.values()].sort((a, b) => b.order - a.order || b.arrived - a.arrived);
      for (const card of this.#sorted.splice(MOST)) this.#known.delete(card.id);
      this.#stale = false;
    }
    return this.#sorted;
  }

  /** The cards that a view lets through. */
  matching({ q, country, measure, kind }) {
    const words = plain(q).split(/\s+/).filter(Boolean);
    return this.all.filter(
      (card) =>
        (!country || card.country === country) &&
        (!measure || card.measure === measure) &&
        (!kind || card.kind === kind) &&
        words.every((word) => card.text.includes(word)),
    );
  }

  /** The cards of one situation in the order they were given: each says what was known by then. */
  situation(id) {
    return this.all.filter((card) => card.situation === id).reverse();
  }

  /** The values that a field has here. */
  values(field) {
    return new Set(this.all.map((card) => card[field]));
  }
}

/** Text to search in: without case, accents, vowel signs and the variants of one Arabic letter. */
export function plain(text) {
  return text.normalize("NFKD").replace(/[\p{Mn}\u0640]/gu, "").toLowerCase().replace(/ى/g, "ي").replace(/ة/g, "ه");
}
