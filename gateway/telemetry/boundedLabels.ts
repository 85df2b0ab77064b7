/** Values of a metric's label, of which there may never be many: each makes series of its own. */

const OTHER = 'other';

/** Keeps the first values that it meets; all later ones are `other`. */
export class BoundedLabels {
  readonly #max: number;
  readonly #known = new Set<string>();

  constructor(max: number) {
    this.#max = max;
  }

  of(value: string): string {
    if (this.#known.has(value)) return value;
    if (this.#known.size >= this.#max) return OTHER;
    this.#known.add(value);
    return value;
  }
}
