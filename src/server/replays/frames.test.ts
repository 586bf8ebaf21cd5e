import { describe, expect, test } from 'vitest';
import type { EpisodeRecord } from '../../../replays/schema.js';
import { Catalogue } from '../../core/catalogue.js';
import { readConfig } from '../../core/config.js';
import { type Environment, isTold, type Moves } from '../../core/environment.js';
import { Episode } from '../../core/episode.js';
import type { JsonObject } from '../../core/json.js';
import { type Choose, playing, randomEpisode } from '../../laws/history.js';
import { changeOne, twinPlay } from '../../laws/twins.js';
import { Course } from '../boardgame/course.js';
import { replayFor } from './frames.js';
import type { Frame, Replay } from './wire.js';

const catalogue = new Catalogue();
const all = await catalogue.all();

describe('the frames of a replay', () => {
  test.each(all.map((environment) => [environment.spec.id, environment] as const))(
    'of %s tell a seat and the public nothing that they may not know',
    async (_, environment) => {
      const config = readConfig(environment.spec);
      let twins = 0;
      for (let seed = 0; seed < SEEDS; seed++) {
        const { moves } = randomEpisode(environment, config, seed);
        const record = recordOf(environment, config, moves, 'secret thought');
        for (let twin = 0; twin < 3; twin++) {
          const change = changeOne(environment, config, moves, `${seed} ${twin}`);
          if (change === null) continue;
          const other = played(environment, config, twinPlay(environment, moves, change, `${seed} ${twin}`));
          twins += await compare(environment, record, recordOf(environment, config, other, 'another thought'));
        }
      }
      const { information } = environment.spec.facts(config);
      if (information === 'imperfect') expect(twins).toBeGreaterThan(0);
    },
  );

  test('are what the seats were shown at the table', async () => {
    for (const environment of all) {
      const config = readConfig(environment.spec);
      const { moves } = randomEpisode(environment, config, 'table');
      const record = recordOf(environment, config, moves, '');
      const course = new Course(environment, config);
      for (const one of moves) course.play(one);
      for (const looker of [...record.seats.keys(), 'public' as const]) {
        const { frames } = await replayFor(record, environment, looker);
        const seen = course.view(looker);
        const told = frames.flatMap(({ events }) => events);
        expect(frames.at(-1)).toMatchObject({ view: seen.view, shown: seen.shown, step: null });
        expect(told.map(({ event }) => event)).toEqual(seen.events);
        expect(told.map(({ said }) => said)).toEqual(seen.said);
        expect(movesOf(frames, looker)).toEqual(seen.moves);
      }
    }
  });

  test('of all-knowing readers are one a step, with what was thought and paid', async () => {
    const environment = await catalogue.environment('kuhn-poker');
    const config = readConfig(environment.spec);
    const { moves, episode } = randomEpisode(environment, config, 'k');
    const record = recordOf(environment, config, moves, 'a plan');
    const replay = await replayFor(record, environment, 'all');
    expect(replay.frames).toHaveLength(moves.length + 1);
    const acted = replay.frames.flatMap(({ step }) => Object.values(step?.seats ?? {}));
    expect(new Set(acted.map(({ thought }) => thought))).toEqual(new Set(['a plan']));
    expect(replay.frames.at(-1)?.returns).toEqual(episode.returns());
    expect(replay.frames.at(-1)?.paid).toEqual(episode.paid);
    expect(replay.frames[0]?.paid).toEqual([{}, {}]);
  });

  test('are refused where the record is not what the rules take, with the step', async () => {
    const environment = await catalogue.environment('tic-tac-toe');
    const config = readConfig(environment.spec);
    const record = recordOf(environment, config, [{ seats: { 0: 'a1' } }, { seats: { 1: 'a1' } }], '');
    await expect(replayFor(record, environment, 'all')).rejects.toThrow(/step 1 of the record is none that the rules/);
    const strange = { ...record.environment, config: { size: 1e9 } };
    await expect(replayFor({ ...record, environment: strange }, environment, 'all')).rejects.toThrow(/size/);
    const newer = { ...record.environment, version: '99.0.0' };
    await expect(replayFor({ ...record, environment: newer }, environment, 0)).rejects.toThrow(/99\.0\.0/);
    await expect(replayFor({ ...record, seats: [] }, environment, 0)).rejects.toThrow(/names 0 seats/);
  });
});

const SEEDS = 3;

/** Compares what two games gave the viewers to whom both were the same; gives how many these were. */
async function compare(environment: Environment, one: EpisodeRecord, other: EpisodeRecord): Promise<number> {
  let twins = 0;
  for (const viewer of [...one.seats.keys(), 'public' as const]) {
    const [a, b] = [await replayFor(one, environment, viewer), await replayFor(other, environment, viewer)];
    for (const { frames } of [a, b]) expectOwn(frames, viewer);
    const shared = sharedFrames(a, b, viewer);
    twins += shared > 1 ? 1 : 0;
    for (let at = 0; at < shared; at++) expect(known(a.frames[at])).toBe(known(b.frames[at]));
    expect(JSON.stringify([a, b])).not.toMatch(/another thought|secret thought/);
  }
  return twins;
}

/** Every event is the viewer's to know, and there is a frame only where something changed for the viewer. */
function expectOwn(frames: readonly Frame[], viewer: number | 'public'): void {
  for (const [at, { events, step }] of frames.entries()) {
    for (const { event } of events) expect(isTold(event, viewer)).toBe(true);
    const before = frames[at - 1];
    const hasMoved = Object.keys(before?.step?.seats ?? {}).length > 0;
    if (before !== undefined && !hasMoved)
      expect(known({ ...(frames[at] as Frame), step })).not.toBe(known({ ...before, events: [] }));
  }
}

/** How many first frames stand on the same events and own moves in both. */
function sharedFrames(a: Replay, b: Replay, viewer: number | 'public'): number {
  const most = Math.max(a.frames.length, b.frames.length);
  for (let at = 0; at < most; at++) {
    const [x, y] = [informed(a.frames, at, viewer), informed(b.frames, at, viewer)];
    if (x !== y) return at;
  }
  return most;
}

/** NOTE: in a frame past the end of a game stands what is known at its end, so that no game may have more frames. */
function informed(frames: readonly Frame[], at: number, viewer: number | 'public'): string {
  const past = frames.slice(0, at + 1);
  return JSON.stringify([
    past.flatMap(({ events }) => events.map(({ event }) => event)),
    movesOf(past.slice(0, -1), viewer),
  ]);
}

function known(frame: Frame | undefined): string {
  const { step: _next, ...now } = frame as Frame;
  return JSON.stringify(now);
}

function movesOf(frames: readonly Frame[], viewer: number | 'public'): unknown[] {
  return frames.flatMap(({ step }) => {
    const own = viewer === 'public' ? undefined : step?.seats[viewer];
    return own === undefined ? [] : [own.move];
  });
}

function played(environment: Environment, config: JsonObject, choose: Choose): Moves[] {
  return [...playing(new Episode(environment, config), choose)].map(({ moves }) => moves);
}

function recordOf(
  environment: Environment,
  config: JsonObject,
  moves: readonly Moves[],
  thought: string,
): EpisodeRecord {
  const { id, version } = environment.spec;
  const { seats } = environment.spec.facts(config);
  const steps = moves.map((one) => {
    if (!('seats' in one)) return { ...one, hash: '' };
    const decided = Object.entries(one.seats).map(
      ([seat, move]) => [seat, { move, thought, ms: thought.length }] as const,
    );
    return { seats: Object.fromEntries(decided), hash: '', at: thought.length };
  });
  return {
    ...{ ludus: 1, id: 'record', environment: { id, version, config }, seed: '1', start: '' },
    seats: Array.from({ length: seats }, () => ({ agent: 'somebody' })),
    steps: steps as EpisodeRecord['steps'],
    end: { how: 'cancelled', outcome: null, paid: [], returns: null },
  };
}
