import { expect, test } from 'vitest';
import { flood } from '../../bench/tables/flood.js';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import { randomEpisode } from '../../src/laws/history.js';
import { REAL_TIME } from '../../src/server/table/time.js';
import { openTables } from './tables.js';
import { compare } from './wire/findings.js';
import { overhear } from './wire/overheard.js';
import { Script, scripted } from './wire/scripted.js';

const GAMES = ['kuhn-poker', 'werewolf', 'tic-tac-toe'];
const COUNT = 3000;

test('thousands of bad messages are refused with a reason each, and nobody else notices', async () => {
  const script = new Script();
  const environments = new Map(
    await Promise.all(GAMES.map(async (id) => [id, scripted(await new Catalogue().environment(id), script)] as const)),
  );
  const tables = await openTables(GAMES, {
    hall: { environments, time: { ...REAL_TIME, now: () => 1_800_000_000_000 } },
  });
  const play = (game: string) => {
    const environment = environments.get(game) as NonNullable<ReturnType<typeof environments.get>>;
    const config = readConfig(environment.spec);
    const plain = Object.getPrototypeOf(environment) as typeof environment;
    return overhear(tables, script, game, config, randomEpisode(plain, config, 'flood').moves);
  };
  const quiet = [await play('werewolf'), await play('kuhn-poker')];
  const own = await tables.full('tic-tac-toe');
  const other = await tables.full('tic-tac-toe');
  const before = JSON.stringify([tables.hall.match(other.id), tables.hall.state(other.id, 'public')]);
  const attacker = {
    own: { id: own.id, seat: 1, token: own.tokens[1] as string },
    other: { id: other.id, seat: 0 },
  };
  const [{ sent, reasons }, ...loud] = await Promise.all([
    flood(tables.url, attacker, COUNT),
    play('werewolf').then(async (first) => [first, await play('kuhn-poker')] as const),
  ]).then(([flooded, games]) => [flooded, ...games] as const);
  expect(sent).toBe(COUNT);
  expect(Object.values(reasons).reduce((sum, count) => sum + count, 0)).toBe(COUNT);
  for (const reason of ['malformed', 'unauthorized', 'not your turn', 'player mismatch', 'no such match', 'closed'])
    expect(reasons[reason]).toBeGreaterThan(0);
  expect(reasons.internal).toBeUndefined();
  for (const [at, game] of loud.entries()) {
    expect(compare(quiet[at] as typeof game, game).differences).toEqual([]);
    expect(game.viewers.map(({ frames }) => frames)).toEqual(quiet[at]?.viewers.map(({ frames }) => frames));
  }
  expect(JSON.stringify([tables.hall.match(other.id), tables.hall.state(other.id, 'public')])).toBe(before);
  expect(tables.problems).toEqual([]);
  await tables.close();
});
