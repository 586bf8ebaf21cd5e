import { UserError } from '../../src/core/errors.js';
import { preview } from '../../src/core/json.js';
import { AMINO } from './amino.js';
import { FEWEST, MOST } from './search.js';
import type { Mutation } from './stability.js';

/** A mutation as it is handed in: `17C`. */
export function written({ position, amino }: Mutation): string {
  return `${position}${amino}`;
}

/** Mutations with what they replace, as people read them: `L17C`. */
export function named(sequence: string, mutations: readonly Mutation[]): string {
  return mutations.map((mutation) => `${sequence[mutation.position]}${written(mutation)}`).join(', ');
}

/**
 * Mutations of a sequence from texts such as `17C`.
 * @throws UserError on one that is none: not so written, beyond the protein, twice at one place, or the residue there is
 */
export function readMutations(sequence: string, texts: readonly string[]): Mutation[] {
  const mutations = texts.map((text) => readOne(sequence, text));
  for (const [at, { position }] of mutations.entries()) {
    const twice = mutations.findIndex((other) => other.position === position) !== at;
    if (twice) throw new UserError(`position ${position} is named twice; each position can hold one residue`);
  }
  return mutations;
}

function readOne(sequence: string, text: string): Mutation {
  const parts = /^(-?\d{1,9})([A-Za-z])$/.exec(text.trim());
  if (parts === null) {
    throw new UserError(
      `${preview(text)} is no mutation: write the position, counted from 0, and the letter of the new residue, as in "17C"`,
    );
  }
  const position = Number(parts[1]);
  const amino = (parts[2] as string).toUpperCase();
  checkPosition(sequence, position);
  if (!AMINO.includes(amino)) throw new UserError(`"${text}": ${amino} is no amino acid; the letters are ${AMINO}`);
  if (sequence[position] === amino)
    throw new UserError(`"${text}" changes nothing: ${amino} stands at position ${position} already`);
  return { position, amino };
}

/** @throws UserError on a position that the sequence does not have */
export function checkPosition(sequence: string, position: number): void {
  if (position >= 0 && position < sequence.length && !Object.is(position, -0)) return;
  throw new UserError(`there is no position ${position}; positions go from 0 to ${sequence.length - 1}`);
}

/** As many mutations as may be handed in. @throws UserError on fewer or more */
export function checkCount({ length }: readonly Mutation[]): void {
  if (length >= FEWEST && length <= MOST) return;
  throw new UserError(
    `${length} mutations were handed in; it takes at least ${FEWEST} and at most ${MOST}. Nothing was handed in; call complete again`,
  );
}
