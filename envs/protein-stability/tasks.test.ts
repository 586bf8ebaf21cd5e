import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/core/config.js';
import { Episode } from '../../src/core/episode.js';
import type { Json } from '../../src/core/json.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { AMINO, TRANSFER } from './amino.js';
import type { Term } from './energy.js';
import { columnsOf } from './family.js';
import environment from './index.js';
import { named } from './mutations.js';
import { proteinOf } from './protein.js';
import { ddG, difference, type Fold, type Mutation } from './stability.js';
import { SIZES, tasks } from './tasks.js';
import type { ProteinTask } from './types.js';

const COUNT = 100;
const some = Array.from({ length: COUNT }, (_, index) => tasks.at('test', index));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Plays a task to its end with a scripted player. */
function playedBy(style: string, index: number): Episode {
  const config = readConfig(environment.spec, { set: { split: 'test', task: index } });
  const episode = new Episode(environment, config);
  episode.apply({ chance: `test_${index}` });
  const rng = stream('tasks', style);
  const script = environment.scripted?.seat({ config, seat: 0, style, rng });
  for (let { turn } = episode; turn.kind === 'act'; { turn } = episode) {
    const space = turn.spaces[0] as (typeof turn.spaces)[number];
    const view = environment.view(episode.state, 0);
    const { move } = (script as NonNullable<typeof script>)({ space, view, events: episode.heard(0).events, rng });
    episode.apply({ seats: { 0: move } });
  }
  return episode;
}

describe('the embedded proteins', () => {
  it('are as many as the splits say', () => {
    expect(SIZES).toEqual({ train: 8000, val: 1000, test: 1000 });
    expect(tasks.at('val', 999).id).toBe('val_999');
  });

  it('are the same each time and all different', () => {
    expect(tasks.at('test', 7)).toEqual(some[7]);
    expect(new Set(some.map(({ sequence }) => sequence)).size).toBe(COUNT);
  });

  it('have five to ten weaknesses of several kinds, each of which costs something', () => {
    for (const { planted, sequence, ...task } of some) {
      expect(planted.length).toBeGreaterThanOrEqual(5);
      expect(planted.length).toBeLessThanOrEqual(10);
      expect(new Set(planted.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
      const { fold } = proteinOf({ ...task, planted, sequence });
      const mended = planted.map(({ position, sound }) => ({ position, amino: sound }));
      expect(ddG(fold, mended)).toBeLessThan(-5);
      for (const { position, sound } of planted) expect(sequence[position]).not.toBe(sound);
    }
  });

  it('are written about with residues that are there', () => {
    const NAMES: { readonly [name: string]: string } = {
      ...{ Ala: 'A', Arg: 'R', Asn: 'N', Asp: 'D', Cys: 'C', Gln: 'Q', Glu: 'E', Gly: 'G', His: 'H', Ile: 'I' },
      ...{ Leu: 'L', Lys: 'K', Met: 'M', Phe: 'F', Pro: 'P', Ser: 'S', Thr: 'T', Trp: 'W', Tyr: 'Y', Val: 'V' },
    };
    for (const task of some) {
      const { backbone } = proteinOf(task);
      const all = task.papers.map(({ text }) => text).join(' ');
      const met = [...all.matchAll(/([A-Z][a-z]{2})(\d+) of chain ([A-D])/g)];
      expect(met.length).toBeGreaterThanOrEqual(4);
      for (const [, name, number, chain] of met) {
        const residue = backbone.find((one) => one.chain === chain && one.number === number);
        expect(residue?.amino).toBe(NAMES[name as string]);
      }
    }
  });
});

describe('players', () => {
  it('that search the score win everything', () => {
    const rewards = some.map((_, index) => playedBy('oracle', index).returns()[0] as number);
    for (const [index, reward] of rewards.entries()) expect(reward, `test_${index}`).toBeGreaterThan(0.985);
    expect(rewards.filter((reward) => reward > 0.9999).length).toBeGreaterThanOrEqual(COUNT - 2);
  }, 240_000);

  it('that read what tools tell win most of it, and those who put leucine everywhere nothing', () => {
    const tools = some.slice(0, 40).map((_, index) => playedBy('tools', index).returns()[0] as number);
    expect(mean(tools)).toBeGreaterThan(0.8);
    expect(mean(tools)).toBeLessThan(0.97);
    const leucine = some.slice(0, 40).map((_, index) => playedBy('leucine', index).returns()[0] as number);
    expect(mean(leucine)).toBeLessThan(0.01);
  }, 60_000);

  it('see nothing of the answer before the end', () => {
    for (const index of [0, 1, 2, 3, 4]) {
      const episode = playedBy('tools', index);
      const task = some[index] as ProteinTask;
      const { best, fold } = proteinOf(task);
      const before = JSON.stringify(episode.log.slice(0, -2));
      for (const { kind, position, sound } of task.planted) {
        expect(before).not.toContain(`${position}${sound}"`);
        expect(before).not.toContain(`(${kind}`);
      }
      expect(before).not.toContain(named(fold.sequence, best.mutations));
      expect(JSON.stringify(episode.log.at(-1))).toContain(named(fold.sequence, best.mutations));
    }
  });
});

/** Fixed recipes that know nothing of structure, and ones that look at one thing alone. */
type Recipe = (task: ProteinTask, fold: Fold, rng: Rng) => readonly Mutation[];

function putting(amino: string): Recipe {
  return (_, { sequence, sites }, rng) =>
    rng
      .shuffled([...sites.keys()].filter((position) => sequence[position] !== amino))
      .slice(0, 7)
      .map((position) => ({ position, amino }));
}

function greedy(term: Term): Recipe {
  return (_, fold) => {
    const all = [...fold.sequence].flatMap((wild, position) =>
      [...AMINO]
        .filter((amino) => amino !== wild)
        .map((amino) => ({ position, amino, gain: difference(fold, [{ position, amino }])[term] })),
    );
    const chosen = new Map<number, Mutation>();
    for (const { position, amino } of all.sort((x, y) => x.gain - y.gain)) {
      if (chosen.size < 7 && !chosen.has(position)) chosen.set(position, { position, amino });
    }
    return [...chosen.values()];
  };
}

const RECIPES: readonly [name: string, recipe: Recipe, most: number][] = [
  [
    'seven at random',
    (_, { sequence, sites }, rng) =>
      rng
        .shuffled([...sites.keys()])
        .slice(0, 7)
        .map((position) => ({ position, amino: rng.pick([...AMINO].filter((amino) => amino !== sequence[position])) })),
    0.02,
  ],
  ...[...'LAEKW'].map((amino): [string, Recipe, number] => [`${amino} in seven places`, putting(amino), 0.02]),
  [
    'leucine for the seven most polar',
    (_, { sequence, sites }) =>
      [...sites.keys()]
        .sort(
          (x, y) => (TRANSFER[sequence[x] as string] as number) - (TRANSFER[sequence[y] as string] as number) || x - y,
        )
        .slice(0, 7)
        .map((position) => ({ position, amino: 'L' })),
    0.02,
  ],
  [
    'the seven most conserved residues it lacks',
    ({ family }, { sequence, sites }) => {
      const columns = columnsOf(family);
      return [...sites.keys()]
        .filter((position) => columns[position]?.amino !== sequence[position])
        .sort((x, y) => (columns[y]?.share ?? 0) - (columns[x]?.share ?? 0) || x - y)
        .slice(0, 7)
        .map((position) => ({ position, amino: columns[position]?.amino as string }));
    },
    0.05,
  ],
  ...(['burial', 'exposure', 'volume', 'helix', 'contact', 'charge'] as const).map((term): [string, Recipe, number] => [
    `the best seven by ${term} alone`,
    greedy(term),
    0.4,
  ]),
];

describe('recipes do not win', () => {
  it.each(RECIPES)('%s', (name, recipe, most) => {
    const rewards = some.slice(0, 30).map((task) => {
      const { fold, best } = proteinOf(task);
      return Math.max(0, ddG(fold, recipe(task, fold, stream('recipe', `${name} ${task.id}`))) / best.energy);
    });
    expect(mean(rewards)).toBeLessThan(most);
  });
});

it('a task is plain JSON', () => {
  for (const task of some.slice(0, 5)) expect(JSON.parse(JSON.stringify(task)) as Json).toEqual(task);
});
