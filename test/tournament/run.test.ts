import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../../replays/read.js';
import type { EpisodeRecord } from '../../replays/schema.js';
import { verify } from '../../replays/verify.js';
import { draftPlan } from '../../src/arena/tournament/draft.js';
import type { TournamentPlan } from '../../src/arena/tournament/plan.js';
import type { PlayedGame } from '../../src/arena/tournament/played.js';
import { ratingReport } from '../../src/arena/tournament/report.js';
import { type TournamentRequest, tournamentRequest } from '../../src/arena/tournament/request.js';
import { runTournament, type TournamentOptions } from '../../src/arena/tournament/run.js';
import { Standings } from '../../src/arena/tournament/standings.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readFields } from '../../src/core/config.js';
import type { JsonObject } from '../../src/core/json.js';
import { obliging } from '../llm-agents/obliging.js';
import { answers, fails, after as later } from '../model-server/behaviours.js';
import { type ModelServer, startModelServer } from '../model-server/server.js';

const home = mkdtempSync(join(tmpdir(), 'ludus-tournament-'));
let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});
let folders = 0;
const fresh = (): string => join(home, String(folders++));

function draft(request: JsonObject): Promise<TournamentPlan> {
  const read = readFields(tournamentRequest, { seed: 7, clock: 'fixed', ...request }, 'plan');
  return draftPlan(read as unknown as TournamentRequest, new Catalogue());
}

/** Runs a plan and gives its games in the order of the schedule. */
async function run(plan: TournamentPlan, more: Partial<TournamentOptions> = {}) {
  const games: PlayedGame[] = [];
  let before = 0;
  const left = await runTournament(plan, {
    folder: fresh(),
    workers: 1,
    ...more,
    played: (game, earlier) => {
      games.push(game);
      if (earlier) before++;
    },
  });
  return { games: games.sort((a, b) => a.game - b.game), before, left };
}

/** The lines of all shards of a folder, sorted: which thread played what is left to chance. */
function linesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .sort();
}

/** What was played, game by game. NOTE: a model that goes on is told the story again, in other messages than at first. */
function playOf(folder: string): string[] {
  const records = linesOf(folder).map((line) => JSON.parse(line) as EpisodeRecord);
  return records.map(({ id, steps, end }) => `${id} ${steps.map(({ hash }) => hash).join()} ${end.returns}`).sort();
}

const model = (): string => `llm:compatible/toy@${server.origin}/v1,answers=words`;

/** Two models and nobody who computes, so that no thread is started. */
const toys = (): JsonObject => ({
  agents: ['first', 'second'].map((name) => ({ name, agent: model() })),
  anchors: false,
});

describe('a tournament of agents that compute', () => {
  const SIDES = { wolves: ['werewolf'], village: ['seer', 'doctor', 'villager'] };
  const werewolf = { environment: 'werewolf', sides: SIDES };
  let plan: TournamentPlan;
  let folder: string;
  beforeAll(async () => {
    plan = await draft({ agents: ['random'], environments: [werewolf, 'kuhn-poker'], blocks: 6 });
    folder = fresh();
    await run(plan, { folder });
  });

  it('plays every game once, in records that verify and name who played', async () => {
    const catalogue = new Catalogue();
    const ids = new Set<string>();
    for await (const read of readRecords(folder)) {
      if ('problem' in read) throw new Error(read.problem);
      const { record } = read;
      expect(verify(record, await catalogue.environment(record.environment.id))).toBeNull();
      for (const seat of record.seats) expect(['random', 'scripted']).toContain(seat.name);
      ids.add(record.id);
    }
    expect(ids.size).toBe(24);
    expect(linesOf(folder)).toHaveLength(24);
    expect(readdirSync(folder).filter((name) => name.endsWith('.journal'))).toEqual([]);
  });

  it('writes the same records whatever the number of threads, and gives the same table', async () => {
    const twice = fresh();
    const again = await run(plan, { folder: twice, workers: 2 });
    expect(linesOf(twice)).toEqual(linesOf(folder));
    const rows = (games: readonly PlayedGame[]) => {
      const standings = new Standings(plan);
      for (const game of games) standings.add(game);
      return standings.rows(standings.ratings(50));
    };
    const kept = await run(plan, { folder });
    expect(kept).toMatchObject({ before: 24, left: 0 });
    expect(rows([...again.games].reverse())).toEqual(rows(kept.games));
  });

  it('tells roles and sides of every seat, and games of one block from those of another', async () => {
    const { games } = await run(plan, { folder });
    const [wolfGame] = games.filter(({ contest }) => contest === 0);
    const count = (role: string) => wolfGame?.seats.filter((seat) => seat.role === role).length;
    expect(['werewolf', 'seer', 'doctor', 'villager'].map(count)).toEqual([2, 1, 1, 3]);
    for (const { role, side } of wolfGame?.seats ?? [])
      expect(side).toBe(`werewolf ${role === 'werewolf' ? 'wolves' : 'village'}`);
    const cards = games.filter(({ contest }) => contest === 1);
    for (const { seats } of cards) expect(['J', 'Q', 'K']).toContain(seats[0]?.role);
    expect(new Set(games.map(({ block }) => block)).size).toBe(12);
    for (const game of cards) {
      const twin = cards.find(({ block, game: index }) => block === game.block && index !== game.game);
      expect(twin?.seats.map(({ role }) => role)).toEqual(game.seats.map(({ role }) => role));
      expect(twin?.seats.map(({ agent }) => agent)).toEqual(game.seats.map(({ agent }) => agent).reverse());
    }
  });

  it('makes a report with a difference for each pair', async () => {
    const { games } = await run(plan, { folder });
    const report = ratingReport(games, plan, { replicates: 20 });
    expect(report.differences).toHaveLength(1);
    expect(report.differences[0]).toMatchObject({ one: 'random', other: 'scripted', pairs: 12 });
    expect(report.ratings.ratings.map(({ agent }) => agent)).toEqual(['scripted', 'random']);
    expect(report.roles.filter(({ role }) => role === 'seer')).toHaveLength(2);
  });

  it('goes on with what is missing only', async () => {
    const partial = fresh();
    cpSync(folder, partial, { recursive: true });
    const [shard = ''] = readdirSync(partial).filter((name) => name.endsWith('.jsonl'));
    const lines = readFileSync(join(partial, shard), 'utf8').trimEnd().split('\n');
    writeFileSync(join(partial, shard), `${lines.slice(5).join('\n')}\n${lines[0]?.slice(0, 40)}`);
    expect(await run(plan, { folder: partial })).toMatchObject({ before: 19, left: 0 });
    expect(linesOf(partial)).toEqual(linesOf(folder));
  });

  it('does not mix with another in one folder', async () => {
    await expect(run({ ...plan, seed: '8' }, { folder })).rejects.toThrow('holds a tournament with other seed');
  });

  it('plays nothing when it is stopped before', async () => {
    expect(await run(plan, { signal: AbortSignal.abort() })).toMatchObject({ games: [], left: 24 });
  });
});

describe('a tournament of models', () => {
  afterEach(() => server.play([]));

  it('seats no more agents of a provider than it takes', async () => {
    let inside = 0;
    let most = 0;
    server.play((asked) => async (response, request, shape) => {
      most = Math.max(most, ++inside);
      await later(5, obliging(asked))(response, request, shape);
      inside--;
    });
    const plan = await draft({ ...toys(), environments: ['goofspiel'], blocks: 3 });
    const { games } = await run(plan, { pools: { [`compatible@${server.origin}/v1`]: 2 } });
    expect(games).toHaveLength(6);
    expect(most).toBe(2);
  });

  it('refuses a limit of a provider that nobody draws from', async () => {
    const plan = await draft({ agents: ['random'], environments: ['kuhn-poker'], blocks: 1 });
    await expect(run(plan, { pools: { openai: 2 } })).rejects.toThrow('no agent here draws from "openai"');
  });

  it('counts tokens, failures and forfeits apart from skill', async () => {
    server.play((asked) =>
      asked.index % 2 === 0 ? answers({ text: 'nonsense', usage: { prompt: 10, completion: 2 } }) : obliging(asked),
    );
    const plan = await draft({
      agents: ['random', { name: 'toy', agent: model() }],
      anchors: false,
      environments: ['tic-tac-toe'],
      blocks: 3,
      rules: { tries: 1 },
    });
    const { games } = await run(plan, { concurrency: 1 });
    const standings = new Standings(plan);
    for (const game of games) standings.add(game);
    const ratings = standings.ratings(10);
    const toy = standings.rows(ratings).find(({ name }) => name === 'toy');
    expect(ratings.apart.forfeit).toBeGreaterThan(0);
    expect(toy?.conduct.forfeits).toBe(ratings.apart.forfeit);
    expect(toy?.conduct.promptTokens).toBe(10 * (toy?.conduct.forfeits ?? 0));
    const failures = Object.values(toy?.conduct.failures ?? {}).reduce((sum, count) => sum + count, 0);
    expect(failures).toBe(toy?.conduct.forfeits);
    expect(toy?.conduct.calls).toBe(server.received.length);
  });

  it('stops in the middle of games and goes on from their journals', async () => {
    const plan = await draft({ ...toys(), environments: ['goofspiel'], blocks: 6 });
    const folder = fresh();
    const stop = new AbortController();
    server.play((asked) => {
      if (asked.index === 30) stop.abort();
      return later(2, obliging(asked));
    });
    const first = await run(plan, { folder, signal: stop.signal, workers: 1 });
    expect(first.left).toBeGreaterThan(0);
    expect(readdirSync(folder).some((name) => name.endsWith('.journal'))).toBe(true);
    const second = await run(plan, { folder });
    expect({ left: second.left, games: second.games.length }).toEqual({ left: 0, games: 12 });
    const whole = fresh();
    await run(plan, { folder: whole });
    expect(playOf(folder)).toEqual(playOf(whole));
  });
});

it('counts the calls that went without what their provider refuses', async () => {
  server.play((asked) =>
    asked.body?.response_format === undefined ? obliging(asked) : fails(400, 'response_format is not supported'),
  );
  const plan = await draft({
    agents: [{ name: 'model', agent: `llm:compatible/toy@${server.origin}/v1` }, 'random'],
    environments: ['kuhn-poker'],
    anchors: false,
    blocks: 2,
  });
  const { games } = await run(plan);
  const conducts = games.flatMap(({ seats }) =>
    seats.filter(({ agent }) => agent === 'model').map((seat) => seat.conduct),
  );
  const sum = (key: 'calls' | 'without') => conducts.reduce((total, conduct) => total + conduct[key], 0);
  const refused = server.received.filter(({ body }) => body?.response_format !== undefined).length;
  expect(refused).toBeGreaterThan(0);
  expect(sum('calls')).toBe(server.received.length);
  expect(sum('without')).toBe(server.received.length - refused);
});
