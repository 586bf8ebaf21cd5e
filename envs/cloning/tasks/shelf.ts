import { fingerprint } from '../../../src/core/json.js';
import type { Material } from './task.js';

/** The molecules of one task, each under a key that follows from its sequence: `seq-1f3a`. */
export class Shelf {
  readonly #materials = new Map<string, Material>();

  /** Puts a molecule on the shelf and gives its key; the same molecule has the same key. */
  add(sequence: string, about: Partial<Omit<Material, 'key' | 'sequence'>> = {}): string {
    const hash = fingerprint(`${sequence} ${about.circular === true}`);
    // NOTE: four digits are few; where two molecules share them, the later one takes digits further on.
    for (let from = 0; from + 4 <= hash.length; from++) {
      const key = `seq-${hash.slice(from, from + 4)}`;
      const there = this.#materials.get(key);
      if (there?.sequence === sequence) return key;
      if (there !== undefined) continue;
      const { name = key, type = 'dna', circular = false, features = [] } = about;
      this.#materials.set(key, { key, name, sequence, type, circular, features });
      return key;
    }
    throw new Error('no free key is left for a sequence');
  }

  /** NOTE: in the order of their keys, for the order they were put there in would tell which option is right. */
  get materials(): Material[] {
    return [...this.#materials.values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}
