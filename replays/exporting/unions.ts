/** Names that belong together, directly or by way of others. SEE: R. E. Tarjan, "Efficiency of a good but not linear set
 * union algorithm", J. ACM 22 (1975). The root of a group is its first name in alphabetical order. */
export class Unions {
  readonly #above = new Map<string, string>();

  join(one: string, other: string): void {
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)].sort() as [string, string];
    this.#above.set(first, first);
    this.#above.set(second, first);
  }

  /** The first name of the group that a name belongs to; null for one that was never joined. */
  firstOf(name: string): string | null {
    return this.#above.has(name) ? this.#rootOf(name) : null;
  }

  #rootOf(name: string): string {
    let root = name;
    for (let above = this.#above.get(root); above !== undefined && above !== root; above = this.#above.get(root)) {
      root = above;
    }
    // NOTE: the way is shortened, or long chains would be walked again and again.
    for (let at = name; at !== root; ) {
      const above = this.#above.get(at) ?? root;
      this.#above.set(at, root);
      at = above;
    }
    return root;
  }
}
