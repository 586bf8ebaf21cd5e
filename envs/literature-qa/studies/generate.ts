import { type Rng, stream } from '../../../src/core/rng.js';
import { type LiteratureTask, UNSURE } from '../task.js';
import type { Kind } from './kind.js';
import { KINDS } from './kinds.js';
import { type Claim, Library, type Studied } from './library.js';
import { Names } from './names.js';

/** Papers in every world. */
const PAPERS = 64;
/** Options of every question, the unsure one aside. */
const OPTIONS = 5;
/** One question in so many cannot be answered: a paper it needs is missing. */
const UNANSWERABLE = 5;

/** A way from what is asked about to an answer: subject, bridge, answer. */
interface Chain {
  readonly x: string;
  readonly y: string;
  readonly z: string;
}

/**
 * How a paper misleads. `superseded`: a later erratum corrects it, and the truth stands in the erratum alone. In the
 * others the truth stands in a paper of its own.
 */
const TRAPS = ['retracted', 'weak', 'strain', 'superseded'] as const;
type Trap = (typeof TRAPS)[number];

/** The question of an id, with the papers of its world; the same on every machine, for it is drawn from the id's stream. */
export function generated(id: string, split: string): LiteratureTask {
  return new World(id, split).task();
}

class World {
  readonly #id: string;
  readonly #split: string;
  readonly #rng: Rng;
  readonly #names: Names;
  readonly #library: Library;
  readonly #kind: Kind;
  readonly #home: Studied;
  /** The strain that some papers study instead. */
  readonly #away: Studied;
  readonly #abroad: Studied;
  readonly #main: Chain;
  /** Ways of the same kind in the same strain, from other subjects to other answers. */
  readonly #siblings: readonly Chain[];
  /** Answers to which no way leads but a trap. */
  readonly #astray: readonly string[];
  #options: readonly string[] = [];
  /** Keys of the papers that hold the findings that count. */
  readonly #sources: string[] = [];

  constructor(id: string, split: string) {
    this.#id = id;
    this.#split = split;
    this.#rng = stream('literature-qa', id);
    this.#names = new Names(this.#rng);
    this.#library = new Library(this.#rng, this.#names);
    this.#kind = this.#rng.pick(KINDS);
    const species = this.#names.species();
    this.#home = { species, strain: this.#names.strain() };
    this.#away = { species, strain: this.#names.strain() };
    this.#abroad = { species: this.#names.species(), strain: this.#names.strain() };
    const answers = this.#kind.answers(this.#names, this.#rng, 7);
    const [main, ...siblings] = answers.slice(0, 5).map((z) => this.#chain(this.#kind, z)) as [Chain, ...Chain[]];
    this.#main = main;
    this.#siblings = siblings;
    this.#astray = answers.slice(5);
  }

  task(): LiteratureTask {
    const rng = this.#rng;
    const missing = rng.below(UNANSWERABLE) > 0 ? null : rng.pick(['first', 'second'] as const);
    const first = this.#traps(missing === 'first');
    const second = this.#traps(missing === 'second');
    const wrong = [
      ...first.map((_, at) => (this.#siblings[at] as Chain).z),
      ...second.map((_, at) => this.#astray[at] as string),
      ...this.#siblings.slice(first.length).map(({ z }) => z),
    ];
    const { x, z } = this.#main;
    // NOTE: an option that no paper claims would give itself away as wrong.
    const claimed = missing === 'second' ? wrong : [z, ...wrong];
    this.#options = claimed.slice(0, OPTIONS);
    this.#step('first', first, missing === 'first');
    this.#step('second', second, missing === 'second');
    this.#neighbours();
    while (this.#library.size < PAPERS) this.#elsewhere();
    const ideal = missing === null ? z : UNSURE;
    return {
      id: this.#id,
      split: this.#split,
      kind: this.#kind.name,
      question: this.#kind.question(x, `${this.#home.species} (strain ${this.#home.strain})`),
      ideal,
      distractors: this.#options.filter((option) => option !== ideal),
      papers: this.#library.shelved(),
      sources: missing === null ? this.#sources : [],
    };
  }

  #chain(kind: Kind, z: string): Chain {
    return { x: kind.subject(this.#names), y: kind.bridge(this.#names), z };
  }

  /** One or two ways of misleading at a step. A missing paper cannot be corrected. */
  #traps(isMissing: boolean): Trap[] {
    const open = isMissing ? TRAPS.filter((trap) => trap !== 'superseded') : TRAPS;
    return this.#rng.shuffled(open).slice(0, 1 + this.#rng.below(2));
  }

  /** The papers of one step of the main way: what misleads, and the truth unless it is missing. */
  #step(step: 'first' | 'second', traps: readonly Trap[], isMissing: boolean): void {
    const { x, y, z } = this.#main;
    const [of, found] = step === 'first' ? [x, y] : [y, z];
    const truth = this.#claim(step, of, found);
    for (const [at, trap] of traps.entries()) {
      const false_ = step === 'first' ? (this.#siblings[at] as Chain).y : (this.#astray[at] as string);
      // NOTE: an erratum denies nothing; if the paper it corrects denied the truth, that would be named once too often.
      this.#mislead(trap, this.#claim(step, of, false_, trap === 'superseded' ? found : false_), truth);
    }
    if (isMissing || traps.includes('superseded')) return;
    const paper = this.#library.study(truth);
    this.#sources.push(paper.key);
    if (this.#rng.below(3) === 0) this.#library.slip(paper);
  }

  #mislead(trap: Trap, claim: Claim, truth: Claim): void {
    const { studied, isWeak } = claim;
    const where = trap === 'strain' ? this.#away : studied;
    const later = trap === 'superseded' ? 1 + this.#rng.below(3) : 0;
    const paper = this.#library.study({ ...claim, studied: where, isWeak: isWeak || trap === 'weak' }, later);
    if (trap === 'retracted') this.#library.retraction(paper);
    if (trap === 'superseded') this.#sources.push(this.#library.correction(paper, truth, later).key);
  }

  /** @param spared what is not said not to be it, besides what was found */
  #claim(step: 'first' | 'second', of: string, found: string, spared = found): Claim {
    const rng = this.#rng;
    const pool = step === 'first' ? this.#siblings.map(({ y }) => y) : this.#options;
    const other = rng.pick(pool.filter((name) => name !== found && name !== spared));
    const aside = rng.below(4) > 0 ? rng.pick(this.#options) : null;
    return { kind: this.#kind, step, of, found, studied: this.#home, other, aside, isWeak: false };
  }

  /** The siblings' papers, and those of the same subject and bridge in another species. */
  #neighbours(): void {
    for (const { x, y, z } of this.#siblings) {
      const paper = this.#library.study(this.#claim('first', x, y));
      this.#library.study(this.#claim('second', y, z));
      if (this.#rng.below(4) === 0) this.#library.slip(paper);
    }
    const { x, y } = this.#main;
    const elsewhere = this.#rng.pick(this.#siblings).y;
    this.#library.study({ ...this.#claim('first', x, elsewhere), studied: this.#abroad });
    // NOTE: any option may be the finding there, the right one too, so that none is claimed more often.
    this.#library.study({ ...this.#claim('second', y, this.#rng.pick(this.#options)), studied: this.#abroad });
  }

  /** A paper on something else: another kind in this species, or anything in another. */
  #elsewhere(): void {
    const rng = this.#rng;
    const isHome = rng.below(2) === 0;
    const kind = rng.pick(isHome ? KINDS.filter((one) => one !== this.#kind) : KINDS);
    const studied = isHome ? rng.pick([this.#home, this.#away]) : this.#stranger();
    const [z, aside, other] = kind.answers(this.#names, rng, 3) as [string, string, string];
    const { x, y } = this.#chain(kind, z);
    const step = rng.pick(['first', 'second'] as const);
    const [of, found, wrong] = step === 'first' ? [x, y, kind.bridge(this.#names)] : [y, z, other];
    const paper = this.#library.study({
      kind,
      step,
      of,
      found,
      studied,
      other: wrong,
      aside,
      isWeak: rng.below(6) === 0,
    });
    const notice = this.#library.size < PAPERS ? rng.below(12) : null;
    if (notice === 0) this.#library.retraction(paper);
    if (notice === 1) this.#library.slip(paper);
  }

  #stranger(): Studied {
    return this.#rng.below(3) === 0 ? this.#abroad : { species: this.#names.species(), strain: this.#names.strain() };
  }
}
