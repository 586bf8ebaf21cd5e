import type { Rng } from '../../../src/core/rng.js';

const FIRST =
  'Ada,Anselm,Berit,Bruno,Cara,Casimir,Dorte,Edvin,Elin,Fabian,Greta,Hanno,Ilda,Ivo,Jarl,Katrin,Lasse,Maud,Niklas,Odile,Pavel,Rosa,Sander,Tilda,Ulf,Vera,Wim,Ylva'.split(
    ',',
  );
const START = [
  'Bran',
  'Cal',
  'Dor',
  'Ester',
  'Fal',
  'Gren',
  'Hal',
  'Ker',
  'Lom',
  'Mer',
  'Nav',
  'Ost',
  'Pell',
  'Quen',
  'Rav',
  'Sel',
];
const MIDDLE = ['a', 'e', 'i', 'o', 'u', 'an', 'en', 'in', 'ol', 'ur', 'av', 'el'];
const PLACE = ['bach', 'burg', 'dale', 'ford', 'haven', 'mouth', 'stett', 'wick'];
const LAND = ['land', 'mark', 'gau', 'shire', 'via', 'nia'];
const WATER = ['ach', 'ava', 'der', 'ima', 'one', 'una'];
const PERSON = ['ander', 'berg', 'dorf', 'gren', 'holt', 'rup', 'stam', 'vik'];
const HOUSE = ['bridge', 'court', 'gate', 'hurst', 'mere', 'stone'];
const OF_WHAT = 'Glass,Winter,Silver,Copper,Paper,Borrowed,Quiet,Northern,Second,Hollow,Amber,Crooked'.split(',');
const WHAT = 'Tide,Orchard,Lantern,Harbour,Letter,Staircase,Garden,Clock,Witness,Meadow,Compass,Ferry'.split(',');

/** Invented names of an encyclopedia. None is given twice, and none is a word of another. */
export class Names {
  readonly #rng: Rng;
  readonly #given = new Set<string>();

  constructor(rng: Rng) {
    this.#rng = rng;
  }

  city = (): string => this.#word(PLACE);
  region = (): string => this.#word(LAND);
  river = (): string => this.#word(WATER);
  house = (): string => this.#word(HOUSE);
  person = (): string => `${this.#rng.pick(FIRST)} ${this.#word(PERSON)}`;
  /** `The Glass Tide` */
  work = (): string => this.#fresh(() => `The ${this.#rng.pick(OF_WHAT)} ${this.#rng.pick(WHAT)}`);

  #word(endings: readonly string[]): string {
    return this.#fresh(() => `${this.#rng.pick(START)}${this.#rng.pick(MIDDLE)}${this.#rng.pick(endings)}`);
  }

  #fresh(make: () => string): string {
    for (;;) {
      const name = make();
      if (this.#given.has(name)) continue;
      this.#given.add(name);
      return name;
    }
  }
}
