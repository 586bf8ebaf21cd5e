import { readConfig } from '../../src/core/config.js';
import type { Event } from '../../src/core/environment.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import type { TaskView } from '../../src/core/task/contract.js';
import { reverseComplement } from './dna/iupac.js';
import cloning from './index.js';
import { element } from './library/elements.js';
import { PUC19 } from './library/puc19.js';
import type { CloningTask, Material } from './tasks/task.js';

export type Call = readonly [name: string, args: { readonly [name: string]: Json }];

export const EGFP = element('EGFP').dna;
const FORWARD = `GCGCGAATTC${EGFP.slice(0, 22)}`;
const REVERSE = `GCGCAAGCTT${reverseComplement(EGFP).slice(0, 22)}`;

function material(key: string, sequence: string, over: Partial<Material> = {}): Material {
  return { key, name: key, sequence, type: 'dna', circular: false, features: [], ...over };
}

export const MATERIALS: readonly Material[] = [
  material('pUC19', PUC19, {
    circular: true,
    features: [{ start: 2600, end: 50, strand: 1, type: 'misc_feature', name: 'around' }],
  }),
  material('egfp', EGFP),
  material('forward', FORWARD),
  material('reverse', REVERSE, { name: 'reverse primer' }),
  material('tag', 'MHHHHHH', { type: 'protein' }),
  material('message', 'AUGGCUUAA', { type: 'rna' }),
];

export const QUESTION: CloningTask = {
  id: 'mine',
  split: 'test',
  kind: 'mine',
  question: 'Which one?',
  options: ['two', 'three', 'Insufficient information to answer this question'],
  materials: [...MATERIALS],
  submit: 'answer',
  gold: { option: 1 },
};

export function task(over: Partial<CloningTask>): CloningTask {
  return { ...QUESTION, ...over };
}

export interface Played {
  readonly texts: readonly string[];
  readonly events: readonly Event[];
  readonly view: TaskView;
  readonly outcome: string | null;
  readonly paid: { readonly [part: string]: number };
}

/** Plays calls, one a step. */
export function played(
  calls: readonly Call[],
  given: CloningTask = QUESTION,
  set: { readonly [field: string]: Json } = {},
): Played {
  const config = readConfig(cloning.spec, { set: { given: given as unknown as Json, ...set } });
  const episode = new Episode(cloning, config);
  episode.apply({ chance: given.id });
  for (const [name, args] of calls) episode.apply({ seats: { 0: [{ id: 'c', name, args }] } });
  const { turn } = episode;
  return {
    texts: episode.log.flatMap((event) => (event.kind === 'result' ? [event.text as string] : [])),
    events: episode.log,
    view: cloning.view(episode.state, 0) as TaskView,
    outcome: turn.kind === 'over' ? turn.outcome : null,
    paid: episode.paid[0] as { readonly [part: string]: number },
  };
}

export function told(calls: readonly Call[], given: CloningTask = QUESTION): string {
  return played(calls, given).texts.at(-1) as string;
}
