import { describe, expect, it } from 'vitest';
import random from '../../agents/random.js';
import scripted from '../../agents/scripted.js';
import type { AgentFactory } from '../../src/core/agent.js';
import { readConfig } from '../../src/core/config.js';
import { actors } from '../../src/core/environment.js';
import { runEpisode } from '../../src/core/play.js';
import { episodeSeed } from '../../src/core/rng.js';
import type { ChoiceSpace } from '../../src/core/space.js';
import { survey } from '../../test/survey.js';
import { walk } from '../../test/tree.js';
import { toMove } from './board.js';
import ticTacToe from './index.js';
import { worth } from './scripted.js';

const config = readConfig(ticTacToe.spec);

const known = new Map<string, number>();

/** The value of a board for x under perfect play, by plain minimax over the contract. */
function minimax(board: string): number {
  const turn = ticTacToe.turn({ board });
  if (turn.kind !== 'act') return turn.kind === 'over' ? (RESULTS[turn.outcome] as number) : Number.NaN;
  let value = known.get(board);
  if (value === undefined) {
    const [seat] = actors(turn) as [number];
    const ids = (turn.spaces[seat] as ChoiceSpace).options.map(({ id }) => id);
    const next = ids.map(
      (id) => (ticTacToe.apply({ board }, { seats: { [seat]: id } }).state as { board: string }).board,
    );
    value = (seat === 0 ? Math.max : Math.min)(...next.map(minimax));
    known.set(board, value);
  }
  return value;
}

const RESULTS: { readonly [outcome: string]: number } = { 'x wins': 1, 'o wins': -1, draw: 0 };

/** Results of seeded games, from the side of the given seat. */
async function results(agents: readonly AgentFactory[], seat: number, games: number) {
  const count = { won: 0, drawn: 0, lost: 0 };
  for (let game = 0; game < games; game++) {
    const { returns } = await runEpisode({ environment: ticTacToe, config, seed: episodeSeed(2, game), agents });
    const mine = returns?.[seat] as number;
    count[mine > 0 ? 'won' : mine < 0 ? 'lost' : 'drawn']++;
  }
  return count;
}

// SEE: OpenSpiel 2.0.1, tic_tac_toe.h (5,478 states) and get_all_histories_test.cc (549,946 histories). The 255,168
// finished games and how they split by result are the well-known counts; games that differ in order count apart.
describe('the whole game', () => {
  const boards = new Set<string>();
  const outcomes: { [outcome: string]: number } = {};
  let histories = 0;
  walk(ticTacToe, config, ({ state, turn }) => {
    histories++;
    boards.add((state as { board: string }).board);
    if (turn.kind === 'over') outcomes[turn.outcome] = (outcomes[turn.outcome] ?? 0) + 1;
  });

  it('has 5,478 boards and 549,946 histories', () => {
    expect(boards.size).toBe(5478);
    expect(histories).toBe(549_946);
  });

  it('ends in 131,184 ways with x winning, 77,904 with o winning and 46,080 drawn', () => {
    expect(outcomes).toEqual({ 'x wins': 131_184, 'o wins': 77_904, draw: 46_080 });
    expect(131_184 + 77_904 + 46_080).toBe(255_168);
  });

  it('is a draw under perfect play', () => {
    expect(minimax('.........')).toBe(0);
  });

  it('has on every board the value the scripted player reckons with', () => {
    for (const board of boards) expect(toMove(board) === 0 ? worth(board) : -worth(board)).toBeCloseTo(minimax(board));
  });
});

describe('what the spec declares', () => {
  const all = survey(ticTacToe, config);

  it('holds and is reached', () => {
    const { horizon, utility } = ticTacToe.spec.facts(config);
    expect(all.longest).toBe(horizon);
    expect(all.returns).toEqual({ min: utility.min, max: utility.max, imbalance: 0 });
  });

  it('tells everything to all', () => {
    expect(all.addressees).toEqual({ placed: ['all'], won: ['all'] });
    expect(Object.keys(all.addressees).sort()).toEqual(Object.keys(ticTacToe.spec.events).sort());
  });
});

describe('the scripted player', async () => {
  const perfect = await scripted.open('');
  const anyhow = await random.open('');

  it('never loses to random play, whoever begins', async () => {
    expect(await results([perfect, anyhow], 0, 2000)).toEqual({ won: 1945, drawn: 55, lost: 0 });
    expect(await results([anyhow, perfect], 1, 2000)).toEqual({ won: 1565, drawn: 435, lost: 0 });
  });

  it('always draws against itself', async () => {
    expect(await results([perfect, perfect], 0, 200)).toEqual({ won: 0, drawn: 200, lost: 0 });
  });
});
