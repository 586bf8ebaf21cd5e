import { describe, expect, it } from 'vitest';
import kuhn from '../../../envs/kuhn-poker/index.js';
import leduc from '../../../envs/leduc-poker/index.js';
import ticTacToe from '../../../envs/tic-tac-toe/index.js';
import { type Grade, parseAnnotation } from '../../../replays/annotations.js';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { Catalogue } from '../../core/catalogue.js';
import { readConfig } from '../../core/config.js';
import type { Environment } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import type { JsonObject } from '../../core/json.js';
import { halvesAgainst } from './comparison.js';
import { choicesOf, type RecordedChoice, RolloutGrader } from './rollouts.js';

/** A record of moves that are dictated, as far as grading reads one. */
function recordOf(environment: Environment, config: JsonObject, moves: readonly string[]): EpisodeRecord {
  const episode = new Episode(environment, config);
  const steps = moves.map((move) => {
    const { turn } = episode;
    const seat = turn.kind === 'act' ? Object.keys(turn.spaces)[0] : undefined;
    const played = seat === undefined ? { chance: move } : { seats: { [seat]: { move } } };
    episode.apply(seat === undefined ? { chance: move } : { seats: { [seat]: move } });
    return { ...played, hash: '' };
  });
  const { id, version } = environment.spec;
  const seats = episode.paid.map(() => ({ agent: 'dictated' }));
  const end = { how: 'rules' as const, outcome: null, paid: [], returns: null };
  return { ludus: 1, id: 'dictated', environment: { id, version, config }, seed: '1', seats, start: '', steps, end };
}

async function graderOf(environment: Environment, spec: string, rollouts: number, seed = 7): Promise<RolloutGrader> {
  const agent = await new Catalogue().agent(spec);
  return new RolloutGrader(environment, { agents: [agent, agent], specs: [spec, spec], rollouts, seed });
}

const last = (record: EpisodeRecord, environment: Environment): RecordedChoice =>
  choicesOf(record, environment).choices.at(-1) as RecordedChoice;

async function grades(grader: RolloutGrader, record: EpisodeRecord, environment: Environment): Promise<Grade[]> {
  const { choices } = choicesOf(record, environment);
  const found = await Promise.all(choices.map((choice) => grader.grade(record, choice)));
  return found.filter((grade) => grade !== null);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const variance = (values: readonly number[]): number => {
  const mean = sum(values) / values.length;
  return sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
};

describe('grading by rollouts', () => {
  // Crosses on a1 and b1, noughts on a2 and b2: c1 wins at once, and after c3 nought wins with c2.
  it.each(['random', 'scripted'])('charges the win that was missed and not the win, as %s plays on', async (spec) => {
    const grader = await graderOf(ticTacToe, spec, 32);
    const missed = recordOf(ticTacToe, {}, ['a1', 'a2', 'b1', 'b2', 'c3']);
    const won = recordOf(ticTacToe, {}, ['a1', 'a2', 'b1', 'b2', 'c1']);
    const blunder = await grader.grade(missed, last(missed, ticTacToe));
    const win = await grader.grade(won, last(won, ticTacToe));
    expect(blunder?.values[blunder.options.indexOf('c1')]).toBe(1);
    expect(blunder?.cost).toBeGreaterThan(0.2);
    expect(blunder?.probabilities[blunder.options.indexOf('c1')]).toBe(1);
    expect(win?.cost).toBe(0);
    expect(parseAnnotation(JSON.stringify(blunder))).toEqual({ annotation: blunder });
  });

  it('charges nothing for what rollouts cannot tell apart', async () => {
    // Perfect players draw from any opening square, and by random ones the middle of an edge is worth least.
    const opening = recordOf(ticTacToe, {}, ['a1']);
    const [drawn] = await grades(await graderOf(ticTacToe, 'scripted', 8), opening, ticTacToe);
    expect(drawn?.values).toEqual(new Array(9).fill(0));
    expect(drawn).toMatchObject({ cost: 0, probabilities: new Array(9).fill(1 / 9) });
    const [few] = await grades(await graderOf(ticTacToe, 'random', 8), opening, ticTacToe);
    expect(Math.max(...(few?.values ?? []))).toBeGreaterThan(few?.values[0] as number);
    expect(few?.cost).toBe(0);
  });

  it('agrees with the exact values of Kuhn poker', async () => {
    // The queen opens against the king, random players go on. Bet: called -2, folded to +1: -1/2. Check: the king checks,
    // -1, or bets, and then -2 or -1: -5/4. The difference is 3/4.
    const record = recordOf(kuhn, { players: 2 }, ['Q', 'K', 'check', 'check']);
    const grader = await graderOf(kuhn, 'random', 1000);
    const [opening] = await grades(grader, record, kuhn);
    const [check, bet] = ['check', 'bet'].map((id) => opening?.options.indexOf(id) as number) as [number, number];
    const half = opening?.halves?.[bet] as number;
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(0.15);
    expect(Math.abs((opening?.cost as number) - 0.75)).toBeLessThan(half);
    // A single value spreads by at most 3/2, so four of its deviations are under 0.2.
    expect(Math.abs((opening?.values[bet] as number) + 0.5)).toBeLessThan(0.2);
    expect(Math.abs((opening?.values[check] as number) + 1.25)).toBeLessThan(0.2);
    expect(opening?.source).toMatchObject({ algorithm: 'rollouts', agents: ['random', 'random'], hindsight: true });
  });

  it('gives the same grades under the same seed and others under another', async () => {
    const record = recordOf(kuhn, { players: 2 }, ['Q', 'K', 'check', 'bet', 'fold']);
    const [once, again, other] = await Promise.all(
      [7, 7, 8].map(async (seed) => grades(await graderOf(kuhn, 'random', 40, seed), record, kuhn)),
    );
    expect(again).toEqual(once);
    expect(other?.map(({ values }) => values)).not.toEqual(once?.map(({ values }) => values));
  });

  it('gains from common random numbers: differences vary less than those of independent rollouts', async () => {
    // In Leduc the card that is still to come is common to all options.
    const config = readConfig(leduc.spec);
    const record = recordOf(leduc, config, ['Qs', 'Kh', 'check']);
    const grader = await graderOf(leduc, 'random', 400);
    const [one = [], two = []] = (await grader.returns(record, last(record, leduc))) ?? [];
    const paired = variance(one.map((value, at) => value - (two[at] as number)));
    expect(paired).toBeLessThan(0.8 * (variance(one) + variance(two)));
    const apart = variance(one.map((value, at) => value - (two[(at + 1) % two.length] as number)));
    expect(paired).toBeLessThan(0.8 * apart);
  });

  it('gives up a decision when it is told to stop', async () => {
    const agent = await new Catalogue().agent('random');
    const stop = new AbortController();
    stop.abort();
    const settings = { agents: [agent, agent], specs: ['random', 'random'], rollouts: 8, seed: 1, signal: stop.signal };
    const record = recordOf(ticTacToe, {}, ['a1']);
    expect(await new RolloutGrader(ticTacToe, settings).grade(record, last(record, ticTacToe))).toBeNull();
  });
});

describe('the intervals of differences', () => {
  it('are those of Student, for all alternatives together', () => {
    // Differences 1 and 3, 16 times each: standard error 0.179605; t of 31 degrees at 97.5 % is 2.0395.
    const nothing = new Array<number>(32).fill(0);
    const returns = [nothing, nothing.map((_, at) => 1 + 2 * (at % 2))];
    expect(halvesAgainst(returns, 0)).toEqual([0, expect.closeTo(0.3663, 3)]);
    // A third option halves the tail: 2.356 at 98.75 %.
    expect(halvesAgainst([...returns, nothing], 0)).toEqual([0, expect.closeTo(0.4231, 3), 0]);
  });
});
