import { expect, it } from 'vitest';
import { stream } from '../../src/core/rng.js';
import { flatten } from '../../test/flat-tree.js';
import { randomProfile, randomTree } from '../../test/random-tree.js';
import type { InformationState, Node } from '../../test/tree.js';
import { type GameTree, type Profile, uniformProfile } from '../tree/game-tree.js';
import { actionValues } from './action-values.js';
import { expectedReturns } from './evaluator.js';

/** The profile with one seat playing another. */
function replaced({ states }: GameTree, profile: Profile, seat: number, other: Profile): Profile {
  const mixed = Float64Array.from(profile);
  for (let state = 0; state < states.count; state++) {
    if (states.seat[state] !== seat) continue;
    mixed.set(other.subarray(states.offset[state], states.offset[state + 1]), states.offset[state]);
  }
  return mixed;
}

/** What a seat's moves fall behind the profile's own, expected over all histories when the mixed profile is played. */
function fallen(tree: GameTree, profile: Profile, mixed: Profile, seat: number): number {
  const values = actionValues(tree, profile);
  const reach = new Float64Array(tree.size).fill(1);
  let total = 0;
  for (let at = 0; at < tree.size; at++) {
    const actor = tree.actor[at] as number;
    const start = actor < 0 ? 0 : (tree.states.offset[tree.at[at] as number] as number);
    const children = tree.children[at] as number;
    const shares = profile.subarray(start, start + children);
    const own = shares.reduce((sum, share, option) => sum + share * (values[start + option] as number), 0);
    for (let option = 0; option < children; option++) {
      const child = (tree.first[at] as number) + option;
      reach[child] = (reach[at] as number) * ((actor < 0 ? tree.chance[child] : mixed[start + option]) as number);
      if (actor === seat) total += (reach[child] as number) * (own - (values[start + option] as number));
    }
  }
  return total;
}

// The lemma of S. Kakade and J. Langford, "Approximately Optimal Approximate Reinforcement Learning", 2002, 6.1. A
// profile that never plays some options tries the states that a seat's own play leaves out.
it('what moves fall behind adds up to the difference in value, for every seat of random games', () => {
  for (let game = 0; game < 40; game++) {
    const rng = stream(game, 'values');
    const tree = flatten(randomTree({ seats: 3, depth: 7, zeroSum: false }, rng));
    const profile = randomProfile(tree, rng);
    for (let seat = 0; seat < tree.seats; seat++) {
      const mixed = replaced(tree, profile, seat, uniformProfile(tree));
      const lost = (expectedReturns(tree, profile)[seat] as number) - (expectedReturns(tree, mixed)[seat] as number);
      expect(fallen(tree, profile, mixed, seat)).toBeCloseTo(lost, 10);
    }
  }
});

it('where the others never lead, chance alone and equally likely options make the belief', () => {
  // A coin of 1/4 and 3/4; seat 0 sees it and never opens; seat 1, not seeing it, is asked only once the door is open.
  const seen = ['rare', 'common'].map((view): InformationState => ({ seat: 0, options: ['shut', 'open'], view }));
  const asked: InformationState = { seat: 1, options: ['stay', 'enter'], view: null };
  const end = (value: number): Node => ({ kind: 'terminal', returns: [-value, value] });
  const door = (at: InformationState, prize: number): Node => ({
    kind: 'decision',
    at,
    children: [end(0), { kind: 'decision', at: asked, children: [end(0), end(prize)] }],
  });
  const [rare, common] = seen as [InformationState, InformationState];
  const root: Node = { kind: 'chance', chances: [0.25, 0.75], children: [door(rare, 8), door(common, 4)] };
  const tree = flatten({ seats: 2, root, states: [rare, common, asked] });
  const values = actionValues(tree, Float64Array.of(1, 0, 1, 0, 1, 0));
  expect([...values.subarray(4)]).toEqual([0, 0.25 * 8 + 0.75 * 4]);
});
