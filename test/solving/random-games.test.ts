import { describe, expect, it } from 'vitest';
import { compile } from '../../policies/tree/compile.js';
import { CHANCE, type GameTree, TERMINAL } from '../../policies/tree/game-tree.js';
import { describeFailure } from '../../src/laws/report.js';
import { runLaws } from '../../src/laws/run.js';
import { randomGame, type Traits } from './random-games.js';

/** NOTE: golden transcripts and tables of facts lie beside environments that are kept. */
const LAWS = [1, 2, 3, 4, 7, 8];

const kinds: readonly (readonly [string, Traits])[] = [
  ['public moves', { seats: 2, sum: 'zero', moves: 'public' }],
  ['hidden moves', { seats: 2, sum: 'zero', moves: 'hidden' }],
  ['three seats', { seats: 3, sum: 'zero', moves: 'hidden' }],
  ['a general sum', { seats: 2, sum: 'general', moves: 'hidden' }],
];

describe.each(kinds)('random games with %s', (_, traits) => {
  it('obey the laws', async () => {
    for (const seed of [0, 1, 2, 3]) {
      const reports = await runLaws(randomGame(seed, traits), { laws: LAWS, seeds: 6, cases: 60, variations: 0 });
      expect(reports.flatMap(({ failures }) => failures.map(describeFailure))).toEqual([]);
    }
  });

  it('are the same for a seed, and others for another', () => {
    const returns = [5, 5, 6].map((seed) => compile(randomGame(seed, traits), {}).returns.join());
    expect(returns[1]).toBe(returns[0]);
    expect(returns[2]).not.toBe(returns[0]);
  });
});

it('hidden games hold what makes solving hard, each in many of them', () => {
  const seen = { crowd: 0, depths: 0, dealt: 0, uneven: 0, atOnce: 0 };
  for (let seed = 0; seed < 60; seed++) {
    const environment = randomGame(seed, { seats: 2, sum: 'zero', moves: 'hidden' });
    const tree = compile(environment, {});
    const depths = depthsOf(tree);
    const byState: number[][] = Array.from({ length: tree.states.count }, () => []);
    for (const [node, actor] of tree.actor.entries()) if (actor >= 0) byState[tree.at[node] as number]?.push(node);
    if (byState.some((nodes) => nodes.length > 3)) seen.crowd++;
    if (byState.some((nodes) => new Set(nodes.map((node) => depths[node])).size > 1)) seen.depths++;
    if (tree.actor.some((actor, node) => actor === CHANCE && (depths[node] as number) >= 2)) seen.dealt++;
    if (new Set(endDepths(tree, depths)).size > 1) seen.uneven++;
    if (hasTurnsAtOnce(tree)) seen.atOnce++;
  }
  for (const [what, games] of Object.entries(seen)) expect(games, what).toBeGreaterThan(10);
});

function depthsOf({ size, first, children }: GameTree): Int32Array {
  const depths = new Int32Array(size);
  for (let node = 0; node < size; node++) {
    const from = first[node] as number;
    depths.fill((depths[node] as number) + 1, from, from + (children[node] as number));
  }
  return depths;
}

function endDepths({ actor }: GameTree, depths: Int32Array): number[] {
  return [...depths].filter((_, node) => actor[node] === TERMINAL);
}

/** Whether some seat decides right after another without having learnt what that one did: one state for all its picks. */
function hasTurnsAtOnce({ actor, at, first, children }: GameTree): boolean {
  return [...actor.keys()].some((node) => {
    const from = first[node] as number;
    const next = new Set<string>();
    for (let child = from; child < from + (children[node] as number); child++) next.add(`${actor[child]} ${at[child]}`);
    return (actor[node] as number) >= 0 && next.size === 1 && (actor[from] as number) > (actor[node] as number);
  });
}
