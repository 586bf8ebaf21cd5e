import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment, Moves } from '../../src/core/environment.js';
import type { JsonObject } from '../../src/core/json.js';
import { standardConfigurations, variedConfigurations } from '../../src/laws/configurations.js';
import type { HallEvents } from '../../src/server/matches/hall.js';
import type { Looker, Operation, Patch } from '../../src/server/table/eye.js';
import { REAL_TIME } from '../../src/server/table/time.js';
import { openTables, type Tables } from './tables.js';
import { compare, leaks } from './wire/findings.js';
import { type Game, overhear } from './wire/overheard.js';
import { twinsOf } from './wire/pairs.js';
import { Script, scripted } from './wire/scripted.js';

/** NOTE: the clock stands still, so that nothing but the games makes a difference. */
const TIME = { ...REAL_TIME, now: () => 1_800_000_000_000 };
const TWINS = 4;

const catalogue = new Catalogue();
const everything = await catalogue.all();
const werewolf = await catalogue.environment('werewolf');
const BY_DAY = {
  name: 'first=day, silent',
  config: readConfig(werewolf.spec, { set: { first: 'day', 'talk.rounds': 0 } }),
};
/** Every environment of the catalogue that hides something, configured so that it does. */
const hiding = everything.flatMap((environment) => {
  const all = [...standardConfigurations(environment), ...variedConfigurations(environment, 6)];
  const hides = all.filter(({ config }) => environment.spec.facts(config).information === 'imperfect');
  // NOTE: by day a wolf or another is voted out unseen, so that at night as many act as nobody may know.
  const shared = environment.spec.id === 'werewolf' ? [BY_DAY, ...hides] : hides;
  return shared.slice(0, 2).map(({ name, config }) => [environment.spec.id, name, environment, config] as const);
});
/** NOTE: where the wolves agree, who chose learns of dawn in the same step; where chance breaks their tie, in the next. */
const NIGHT = { seed: 'werewolf 6', config: readConfig(werewolf.spec, { preset: 'kaggle-7' }) };
const games = [...new Set(hiding.map(([id]) => id))];

interface Setting {
  readonly tables: Tables;
  readonly script: Script;
}

async function opened(events?: (tables: () => Tables) => HallEvents): Promise<Setting> {
  const script = new Script();
  const environments = new Map(everything.map((one) => [one.spec.id, scripted(one, script)]));
  const later: { tables?: Tables } = {};
  const hall = {
    environments,
    time: TIME,
    ...(events === undefined ? {} : { events: events(() => later.tables as Tables) }),
  };
  const tables = await openTables(games, { hall });
  later.tables = tables;
  return { tables, script };
}

interface Found {
  readonly found: string[];
  readonly twins: number;
  /** Games in which others did more, or less, than a viewer was told. */
  readonly uneven: number;
  /** Games in which a viewer is told in two steps what comes of one step in another. */
  readonly parted: number;
  readonly torn: readonly string[];
}

/** Plays a game and games that differ from it in one move somebody does not see, and looks at all that was sent. */
async function search(
  { tables, script }: Setting,
  environment: Environment,
  config: JsonObject,
  seed: string,
): Promise<Found> {
  const play = (moves: readonly Moves[]): Promise<Game> => overhear(tables, script, environment.spec.id, config, moves);
  const { moves, others, ...apart } = twinsOf(environment, config, seed, TWINS);
  const game = await play(moves);
  const found = leaks(game);
  let twins = 0;
  for (const one of others) {
    const other = await play(one);
    const compared = compare(game, other);
    found.push(...leaks(other), ...compared.differences);
    twins += compared.twins;
  }
  return { found, twins, ...apart };
}

let setting: Setting;
beforeAll(async () => {
  setting = await opened();
});
afterAll(() => setting.tables.close());

describe('whole games over real sockets', () => {
  test.each(hiding)(
    '%s (%s): nobody is sent what they may not know, nor a frame because of it',
    async (id, _name, environment, config) => {
      const { found, twins, uneven, torn } = await search(setting, environment, config, `${id} 1`);
      expect(found).toEqual([]);
      expect(torn).toEqual([]);
      expect(twins).toBeGreaterThan(0);
      if (config === BY_DAY.config) expect(uneven).toBeGreaterThan(0);
      expect(setting.tables.problems).toEqual([]);
    },
  );
});

test('news that come of one step here and of two there are the same frames', async () => {
  const { found, parted, torn } = await search(setting, werewolf, NIGHT.config, NIGHT.seed);
  expect(parted).toBeGreaterThan(0);
  expect(torn).toEqual([]);
  expect(found).toEqual([]);
});

describe('a leak that is planted is found', () => {
  const planted: readonly (readonly [string, (tables: Tables, match: string) => Operation[]])[] = [
    [
      'who is awaited',
      (tables, match) => {
        const { turn } = tables.hall.oversee(match, 'werewolf').episode;
        const value = turn.kind === 'act' ? Object.keys(turn.spaces).map(Number) : [];
        return [{ op: 'replace', path: '/G/waiting', value }];
      },
    ],
    [
      'how many steps there were',
      (tables, match) => [
        { op: 'replace', path: '/G/steps', value: tables.hall.oversee(match, 'werewolf').episode.steps },
      ],
    ],
    [
      'what was told to others',
      (tables, match) => [
        { op: 'add', path: '/G/events/-', value: tables.hall.oversee(match, 'werewolf').episode.log.at(-1) ?? null },
      ],
    ],
  ];

  test.each(planted)('%s', async (_what, operations) => {
    const leaky = await opened((tables) => ({
      ...passing(tables),
      patch(match, looker, patch) {
        const more = operations(tables(), match);
        tables().sockets.patch(match, looker, { ...patch, operations: [...patch.operations, ...more] });
      },
    }));
    const { found } = await search(leaky, werewolf, BY_DAY.config, 'werewolf 1');
    expect(found.length).toBeGreaterThan(0);
    await leaky.tables.close();
  });

  test('what is for one and what is for all in one frame', async () => {
    const leaky = await opened((tables) => ({ ...passing(tables), patch: together(tables) }));
    const { found, parted } = await search(leaky, werewolf, NIGHT.config, NIGHT.seed);
    expect(parted).toBeGreaterThan(0);
    expect(found).toContainEqual(expect.stringMatching(/frames or|frame \d+ is/));
    await leaky.tables.close();
  });
});

function passing(tables: () => Tables): HallEvents {
  return {
    patch: (match, looker, patch) => tables().sockets.patch(match, looker, patch),
    card: (card) => tables().sockets.card(card),
    left: (match, seat) => tables().sockets.left(match, seat),
    gone: (card) => tables().sockets.gone(card),
  };
}

/** Sends as one what a viewer is sent when it looks once. */
function together(tables: () => Tables): HallEvents['patch'] {
  let held: { readonly match: string; readonly looker: Looker; readonly patch: Patch } | null = null;
  const flush = () => {
    if (held !== null) tables().sockets.patch(held.match, held.looker, held.patch);
    held = null;
  };
  return (match, looker, patch) => {
    const before = held?.looker === looker ? held.patch : null;
    if (before === null) flush();
    const [from, operations] = before === null ? [patch.from, []] : [before.from, before.operations];
    held = { match, looker, patch: { from, to: patch.to, operations: [...operations, ...patch.operations] } };
    queueMicrotask(flush);
  };
}
