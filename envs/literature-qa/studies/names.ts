import type { Rng } from '../../../src/core/rng.js';

const START = [
  'ar',
  'bel',
  'cor',
  'dra',
  'el',
  'fen',
  'gal',
  'hes',
  'il',
  'jor',
  'kal',
  'lun',
  'mar',
  'nor',
  'os',
  'per',
];
const MIDDLE = ['a', 'e', 'i', 'o', 'u', 'ane', 'eri', 'ido', 'ola', 'umi', 'ath', 'esk', 'ind', 'orr', 'usk', 'ymb'];
const GENUS = ['don', 'gaster', 'lia', 'mantis', 'nia', 'phora', 'ptera', 'ria', 'soma', 'thrips', 'tula', 'zoa'];
const EPITHET = ['alis', 'ata', 'ensis', 'ella', 'ica', 'ina', 'oides', 'osa', 'ula', 'uta'];
const DRUG = ['ban', 'dol', 'fen', 'line', 'mide', 'nol', 'prine', 'rane', 'tol', 'xin', 'zole', 'quat'];
const PERSON = ['berg', 'dal', 'ette', 'haus', 'kov', 'man', 'mont', 'sen', 'ström', 'ton', 'vary', 'wick'];
const PLACE = ['beck', 'fjord', 'holm', 'mere', 'port', 'stad', 'wold'];
const LETTERS = 'ABCDEFGHIKLMNPRSTVWXYZ';

/** Invented names of a world. None is given twice, and none is a word of another. */
export class Names {
  readonly #rng: Rng;
  readonly #given = new Set<string>();

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  /** `Arelina kalensis` */
  species(): string {
    return `${capital(this.#fresh(() => this.#word(GENUS)))} ${this.#fresh(() => this.#word(EPITHET))}`;
  }

  /** `Norata-7`, a strain. */
  strain(): string {
    return `${capital(this.#fresh(() => this.#word(PLACE)))}-${2 + this.#rng.below(90)}`;
  }

  /** `belomide` */
  compound(): string {
    return this.#fresh(() => this.#word(DRUG));
  }

  /** `KRT41` */
  protein(): string {
    return this.#fresh(() => `${this.#letters(3)}${11 + this.#rng.below(88)}`);
  }

  /** `krtB6` */
  gene(): string {
    return this.#fresh(() => `${this.#letters(3).toLowerCase()}${this.#letters(1)}${1 + this.#rng.below(9)}`);
  }

  surname(): string {
    return capital(this.#fresh(() => this.#word(PERSON)));
  }

  #word(endings: readonly string[]): string {
    const rng = this.#rng;
    return `${rng.pick(START)}${rng.pick(MIDDLE)}${rng.pick(endings)}`;
  }

  #letters(count: number): string {
    return Array.from({ length: count }, () => LETTERS[this.#rng.below(LETTERS.length)]).join('');
  }

  #fresh(make: () => string): string {
    for (;;) {
      const name = make();
      const key = name.toLowerCase();
      if (this.#given.has(key)) continue;
      this.#given.add(key);
      return name;
    }
  }
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
