/** Counts by name, in the order the names were first met. */
export class Counts {
  readonly #counts = new Map<string, number>();

  add(name: string, by = 1): void {
    if (by > 0) this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, one) => sum + one, 0);
  }

  toJSON(): { readonly [name: string]: number } {
    return Object.fromEntries(this.#counts);
  }
}
