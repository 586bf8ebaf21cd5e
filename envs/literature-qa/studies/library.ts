import type { Rng } from '../../../src/core/rng.js';
import { byline } from '../search/cite.js';
import type { Paper } from '../task.js';
import type { Kind } from './kind.js';
import type { Names } from './names.js';

/** A species and the strain that was studied. */
export interface Studied {
  readonly species: string;
  readonly strain: string;
}

/** What a study claims: one step of a kind, from `of` to `found`. */
export interface Claim {
  readonly kind: Kind;
  readonly step: 'first' | 'second';
  readonly of: string;
  readonly found: string;
  readonly studied: Studied;
  /** Something of the same sort as `found` that is said not to be it. */
  readonly other: string;
  /** An answer that is named in passing. */
  readonly aside: string | null;
  /** A handful of animals and no significant effect. */
  readonly isWeak: boolean;
}

const METHODS = [
  'Samples were taken at noon and kept on ice.',
  'Handling was blinded to the group.',
  'All groups were kept at the same light and warmth.',
  'Controls were treated alike in all else.',
  'Two people read each sample, and disagreements were settled by a third.',
  'Groups were formed by drawing lots.',
];
const REMARKS = [
  'What this means in the field remains to be seen.',
  'A wider survey is under way.',
  'We thank the keepers of the station for their patience.',
  'The raw counts are kept with the authors.',
  'Season and age were held constant.',
  'Other explanations were weighed and found wanting.',
  'The protocol was laid down before the first sample was taken.',
  'No animal was used twice.',
];
const FIRM = ['The effect was clear (P < 0.001).', 'The effect held in every repeat (P = 0.002).'];

/** The papers of a world, as they are written one after the other. No two have the same first author. */
export class Library {
  readonly #rng: Rng;
  readonly #names: Names;
  readonly #papers: Paper[] = [];

  constructor(rng: Rng, names: Names) {
    this.#rng = rng;
    this.#names = names;
  }

  get size(): number {
    return this.#papers.length;
  }

  /** All papers, in an order that says nothing. */
  shelved(): Paper[] {
    return this.#rng.shuffled(this.#papers);
  }

  /** A study with one claim in it. @param earlier by so many years, so that what corrects it is of the usual age */
  study(claim: Claim, earlier = 0): Paper {
    const rng = this.#rng;
    const { kind, of, found, studied, other, aside, isWeak } = claim;
    const step = kind[claim.step];
    const size = isWeak ? 3 + rng.below(3) : 24 + rng.below(60);
    const weak = `With so few ${kind.unit} the effect was not significant (P = 0.${17 + rng.below(40)}).`;
    const text = [
      this.#background(studied.species),
      ...(aside === null ? [] : [kind.aside(aside)]),
      `Each group held ${size} ${kind.unit} of the strain ${studied.strain}.`,
      rng.pick(METHODS),
      rng.pick(step.findings)(of, found, studied.species),
      isWeak ? weak : rng.pick(FIRM),
      step.negative(of, other, studied.species),
      ...rng.shuffled(REMARKS).slice(0, 2),
    ];
    return this.#add(rng.pick(step.titles)(of, studied.species), 1996 + rng.below(28) - earlier, text.map(begun));
  }

  /** A notice that a paper is withdrawn. */
  retraction(paper: Paper): void {
    const reason = this.#rng.pick([
      'Its images had been used before for another experiment.',
      'The raw counts could not be shown.',
      'The work could not be repeated in the same laboratory.',
    ]);
    this.#notice(paper, `Retraction: ${paper.title}`, [
      `The paper "${paper.title}" (${byline(paper)}) is withdrawn.`,
      reason,
      'Its findings should not be relied upon.',
    ]);
  }

  /** A notice, so many years later, that corrects a paper's finding: right is what `claim` says. */
  correction(paper: Paper, { kind, step, of, found, studied }: Claim, later: number): Paper {
    const finding = begun(this.#rng.pick(kind[step].findings)(of, found, studied.species));
    return this.#notice(
      paper,
      `Erratum: ${paper.title}`,
      [
        `In the paper "${paper.title}" (${byline(paper)}) two labels were exchanged.`,
        `The finding should read as follows.`,
        finding,
        'Strain, numbers and significance stand as they were given.',
      ],
      later,
    );
  }

  /** A notice that changes nothing of substance. */
  slip(paper: Paper): void {
    this.#notice(paper, `Erratum: ${paper.title}`, [
      `In the paper "${paper.title}" (${byline(paper)}) the address of an author was out of date.`,
      'All findings stand.',
    ]);
  }

  #background(species: string): string {
    return this.#rng.pick([
      `${species} is easily kept and has been studied for decades.`,
      `Little is known of the inner workings of ${species}.`,
      `${species} has become a favourite of several laboratories.`,
      `Strains of ${species} differ in more than their colour.`,
    ]);
  }

  #notice(paper: Paper, title: string, text: readonly string[], later = 1 + this.#rng.below(3)): Paper {
    const year = (paper.year as number) + later;
    const key = keyOf(paper.authors[0] as string, year);
    const notice = { ...paper, key, title, year, text: text.join(' ') };
    this.#papers.push(notice);
    return notice;
  }

  #add(title: string, year: number, text: readonly string[]): Paper {
    const authors = Array.from({ length: 1 + this.#rng.below(4) }, () => this.#names.surname());
    const paper = { key: keyOf(authors[0] as string, year), title: begun(title), authors, year, text: text.join(' ') };
    this.#papers.push(paper);
    return paper;
  }
}

function keyOf(author: string, year: number): string {
  const plain = author.normalize('NFKD').replace(/\P{ASCII}/gu, '');
  return `${plain.toLowerCase()}${year}`;
}

/** A sentence with its first letter large. NOTE: names of genes and proteins, which hold digits, keep theirs. */
function begun(sentence: string): string {
  return /^[a-z]+\b(?!\d)/.test(sentence) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}
