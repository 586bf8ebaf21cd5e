import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../src/core/config.js';
import { Episode } from '../../../src/core/episode.js';
import type { Json } from '../../../src/core/json.js';
import { type Rng, stream } from '../../../src/core/rng.js';
import type { TaskView } from '../../../src/core/task/contract.js';
import cloning from '../index.js';
import { task } from '../trial.testing.js';

const ODD = ['', 'N', 'NNNNNNNN', 'ACGTRYKM', 'acgtacgt', '*', '-', 'pUC19 ', 'EcoRI', 'A'.repeat(3000), '0', '\u00e9'];
const ENZYMES = ['EcoRI', 'BsaI', 'MboI', 'AluI, HaeIII', 'TspRI', 'MmeI', 'FokI', 'nothing', 'EcoRI, EcoRI'];

/** Arguments of the right names with values that are often keys of the store, and often odd. */
function argsFor(name: string, keys: readonly string[], rng: Rng): { [name: string]: Json } {
  const key = (): string => (rng.below(8) === 0 ? rng.pick(ODD) : rng.pick(keys));
  const some = (): Json => (rng.below(3) === 0 ? key() : Array.from({ length: 1 + rng.below(5) }, key));
  const number = (): number => rng.pick([0, 1, 2, 3, 7, 12, 20, 25, 60, 100, 800, 3000, -1, 1.5]);
  const by: { readonly [arg: string]: () => Json } = {
    enzyme: () => rng.pick(ENZYMES),
    query: () => rng.pick([...ODD, 'T7', '-T7', 'OR', '"']),
    reverse: () => rng.below(2) === 0,
    circular: () => rng.below(2) === 0,
    sequences: some,
    seqs: some,
    final: some,
  };
  const shape = Object.keys(shapeOf(name)).filter(() => rng.below(12) > 0);
  const value = (arg: string): Json => {
    if (by[arg] !== undefined) return by[arg]();
    return /tm|start|end|stop|length|table|strand|content/.test(arg) ? number() : key();
  };
  return Object.fromEntries(shape.map((arg) => [arg, value(arg)]));
}

function shapeOf(name: string): object {
  const tool = cloning.spec.tools?.[name] as unknown as { readonly args: { readonly shape: object } };
  return tool.args.shape;
}

/** Plays a dozen wild calls. @throws what a tool threw that is not its caller's error */
function wild(seed: number): string[] {
  const rng = stream('abuse', String(seed));
  const given = task({ submit: rng.pick(['answer', 'sequences', 'plasmid', 'goal']) });
  const episode = new Episode(cloning, readConfig(cloning.spec, { set: { given: given as unknown as Json } }));
  episode.apply({ chance: given.id });
  const texts: string[] = [];
  for (let step = 0; step < 12 && episode.turn.kind === 'act'; step++) {
    const { seen, tools } = cloning.view(episode.state, 0) as TaskView;
    const keys = (seen as { readonly store: readonly string[] }).store.map((line) => line.split(':')[0] as string);
    const name = rng.pick(tools.filter((tool) => step > 8 || !/^(submit|finish)/.test(tool)));
    episode.apply({ seats: { 0: [{ id: 'c', name, args: argsFor(name, keys, rng) }] } });
    texts.push(`${name} ${String(episode.log.findLast(({ kind }) => kind === 'result')?.text)}`);
  }
  return texts;
}

describe('tools under wild arguments', () => {
  const texts = Array.from({ length: 250 }, (_, seed) => wild(seed)).flat();

  it('always answer, with what would be right where it went wrong', () => {
    expect(texts.length).toBeGreaterThan(2500);
    const own = texts.filter((text) => !text.includes('Invalid input: '));
    expect(own.filter((text) => /undefined|NaN|\[object|Infinity/.test(text))).toEqual([]);
  });

  it('are not all refused: most tools do something in some of them', () => {
    const worked = new Set(texts.filter((text) => !text.includes(' Error: ')).map((text) => text.split(' ')[0]));
    expect(worked.size).toBeGreaterThan(18);
  });
});
