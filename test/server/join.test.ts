import { afterEach, expect, test } from 'vitest';
import type { AgentFactory, Place } from '../../src/core/agent.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { runEpisode } from '../../src/core/play.js';
import { stream } from '../../src/core/rng.js';
import { readAddress } from '../../src/server/remote/lobby.js';
import { type PlayerEvents, RemotePlayer } from '../../src/server/remote/player.js';
import { toldBy } from '../../src/server/threads/told.js';
import { openTables, type Tables } from './tables.js';

const catalogue = new Catalogue();
const GAMES = ['tic-tac-toe', 'kuhn-poker', 'werewolf'];
const SILENT: PlayerEvents = { events() {}, moved() {}, failed() {}, connected() {} };
let tables: Tables;

afterEach(() => tables.close());

/** The random agent, which notes what it was asked. */
async function noting(asked: unknown[]): Promise<AgentFactory> {
  const random = await catalogue.agent('random');
  return (place) => {
    const agent = random(place);
    return {
      ...agent,
      act(request) {
        const { fresh: _fresh, ...told } = toldBy(request);
        asked.push(JSON.parse(JSON.stringify({ seat: place.seat, told, text: request.text })));
        return agent.act(request);
      },
    };
  };
}

async function remotely(game: string, agent: AgentFactory, events: PlayerEvents = SILENT) {
  tables = await openTables(GAMES);
  const { id, tokens } = await tables.full(game);
  const { seed } = tables.hall.match(id);
  const environment = await catalogue.environment(game);
  const config = readConfig(environment.spec);
  const overs = await Promise.all(
    tokens.map((token, seat) => {
      const place: Place = { environment, config, seat, rng: stream(seed, `seat ${seat}`) };
      const address = { server: tables.url, game, match: id };
      return new RemotePlayer(address, { seat, token }, place, agent(place), events).play();
    }),
  );
  return { seed, environment, config, overs };
}

test.each(GAMES)('an agent that joins a table of %s reads what it would read in a game of its own', async (game) => {
  const [far, near]: [unknown[], unknown[]] = [[], []];
  const { seed, environment, config, overs } = await remotely(game, await noting(far));
  const agent = await noting(near);
  const { seats } = environment.spec.facts(config);
  const table = { environment, config, seed, agents: new Array<AgentFactory>(seats).fill(agent) };
  const { outcome } = await runEpisode({ ...table, onFailure: 'substitute' });
  const bySeat = (asked: unknown[]) =>
    Array.from({ length: seats }, (_, seat) => asked.filter((one) => (one as { seat: number }).seat === seat));
  expect(bySeat(far)).toEqual(bySeat(near));
  expect(new Set(overs.map((over) => over.outcome))).toEqual(new Set([outcome]));
});

test('a lost connection is taken up again, and no move is played twice', async () => {
  let cut = 0;
  const states: boolean[] = [];
  const random = await catalogue.agent('random');
  const events: PlayerEvents = {
    ...SILENT,
    connected: (isConnected) => void states.push(isConnected),
    moved() {
      if (cut++ % 3 === 1)
        for (const socket of tables.sockets.io.of('/tic-tac-toe').sockets.values()) socket.conn.close();
    },
  };
  const { overs } = await remotely('tic-tac-toe', random, events);
  expect(overs).toHaveLength(2);
  expect(states).toContain(false);
});

test('a failing agent is told why, and a move is made for it after its last try', async () => {
  const texts: string[] = [];
  const events = {
    ...SILENT,
    moved: (_decision: unknown, _move: unknown, made: boolean) => void texts.push(`${made}`),
  };
  const bad: AgentFactory = () => ({
    manifest: { agent: 'bad' },
    act({ refused }) {
      texts.push(refused?.text ?? 'asked');
      return { reply: { text: 'I do not know' } };
    },
  });
  const { overs } = await remotely('kuhn-poker', bad, events);
  expect(overs[0]?.how).toBe('rules');
  expect(texts.slice(0, 4)).toEqual([
    'asked',
    expect.stringContaining('2 tries are left'),
    expect.stringContaining('One try is left'),
    'true',
  ]);
});

test('links to a match are read as the page writes them, and others are refused', () => {
  const address = { server: 'http://localhost:8000', game: 'kuhn-poker', match: 'a_b-C' };
  expect(readAddress('http://localhost:8000/#/table/kuhn-poker/a_b-C?seat=1')).toEqual(address);
  expect(readAddress('http://localhost:8000/kuhn-poker/a_b-C')).toEqual(address);
  for (const wrong of ['', 'kuhn-poker', 'http://localhost:8000/', 'ftp://localhost/a/b'])
    expect(() => readAddress(wrong)).toThrow('no link to a match');
});
