import { stream } from '../../../src/core/rng.js';
import { amplification } from './kinds/amplicons.js';
import { builds } from './kinds/builds.js';
import { cloning } from './kinds/cloning.js';
import { digests } from './kinds/digests.js';
import { assemblies } from './kinds/golden-gate.js';
import type { Draft, Make } from './kinds/kind.js';
import { properties } from './kinds/properties.js';
import { Shelf } from './shelf.js';
import type { CloningTask, Split } from './task.js';
import { UNSURE } from './words.js';

const MAKERS: { readonly [kind: string]: Make } = {
  ...properties,
  ...digests,
  ...amplification,
  ...cloning,
  ...builds,
  ...assemblies,
};

/** Every kind of task that is made here. */
export const KINDS: readonly string[] = Object.keys(MAKERS);

/** Draws that may come to nothing before one is taken; those that take longest need about a hundred. */
const TRIES = 20_000;

/**
 * A task of a kind: the same on every machine, for it is drawn from a stream named after its id.
 * @throws RangeError for a kind that is not made here
 */
export function made(kind: string, id: string, split: Split): CloningTask {
  const make = MAKERS[kind];
  if (make === undefined) throw new RangeError(`there is no kind of task "${kind}"; there are ${KINDS.join(', ')}`);
  const rng = stream('cloning', id);
  for (let tries = 0; tries < TRIES; tries++) {
    const shelf = new Shelf();
    const draft = make(rng, shelf);
    if (draft !== undefined) return { id, split, kind, ...handIn(draft, rng), materials: shelf.materials };
  }
  throw new Error(`no task of the kind ${kind} came of ${TRIES} draws for ${id}`);
}

function handIn(draft: Draft, rng: Parameters<Make>[0]): Pick<CloningTask, 'question' | 'options' | 'submit' | 'gold'> {
  const { question } = draft;
  if ('gold' in draft) return { question, options: [], submit: draft.submit, gold: draft.gold };
  const options = rng.shuffled([draft.right, ...draft.wrong, UNSURE]);
  return { question, options, submit: 'answer', gold: { option: options.indexOf(draft.right) } };
}
