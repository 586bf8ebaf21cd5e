import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { actors, type Environment, type Event, isTold, type Moves, type Seat } from '../../src/core/environment.js';
import { UserError } from '../../src/core/errors.js';
import type { Json, JsonObject } from '../../src/core/json.js';
import type { Move } from '../../src/core/space.js';
import { standardConfigurations, variedConfigurations } from '../../src/laws/configurations.js';
import { expectSameTree } from '../../test/same-tree.js';
import { randomGame } from '../../test/solving/random-games.js';
import { growTree } from '../../test/tree.js';
import { asks, draws, paying, telling, written } from '../../test/written-game.js';
import { compile } from './compile.js';
import type { GameTree } from './game-tree.js';
import { InformationTracker, informationName, type Known } from './information.js';

/** Every configuration of the catalogue that is a small game: nothing here knows a name. */
const catalogue = new Catalogue({ environments: [], agents: [] });
const small: { readonly id: string; readonly environment: Environment; readonly config: JsonObject }[] = [];
for (const environment of await catalogue.all()) {
  for (const { config } of [...standardConfigurations(environment), ...variedConfigurations(environment, 20)]) {
    if (isSmall(environment, config)) small.push({ id: environment.spec.id, environment, config });
  }
}

function isSmall(environment: Environment, config: JsonObject): boolean {
  try {
    compile(environment, config, { limit: 12_000 });
    return true;
  } catch (thrown) {
    if (thrown instanceof UserError) return false;
    throw thrown;
  }
}

/** What one seat was told and did, as a list of what came in order. */
type Came = readonly ({ readonly event: Event } | { readonly move: Move })[];

/** Calls `visit` at every decision with what its seat knows, beside the tree's number of its information state. */
function follow(
  environment: Environment,
  config: JsonObject,
  tree: GameTree,
  visit: (state: number, known: Known, came: Came) => void,
): void {
  const go = (state: Json, history: number, came: readonly Came[]): void => {
    const turn = environment.turn(state);
    if (turn.kind === 'act') decide(state, history, actors(turn), {}, came);
    const outcomes = turn.kind === 'chance' && 'outcomes' in turn ? turn.outcomes : [];
    for (const [index, [chance]] of outcomes.entries()) after(state, { chance }, child(history, index), came);
  };
  const child = (history: number, index: number) => (tree.first[history] as number) + index;
  const decide = (
    state: Json,
    history: number,
    [seat, ...later]: readonly Seat[],
    moves: { readonly [seat: number]: Move },
    came: readonly Came[],
  ): void => {
    if (seat === undefined) {
      after(state, { seats: moves }, history, came);
      return;
    }
    const own = came[seat] ?? [];
    const events = own.flatMap((item) => ('event' in item ? [item.event] : []));
    const made = own.flatMap((item) => ('move' in item ? [item.move] : []));
    const at = tree.at[history] as number;
    visit(at, { seat, view: environment.view(state, seat), events, moves: made }, own);
    for (const [index, id] of (tree.states.options[at] ?? []).entries()) {
      decide(state, child(history, index), later, { ...moves, [seat]: id }, came);
    }
  };
  const after = (state: Json, moves: Moves, history: number, came: readonly Came[]): void => {
    const step = environment.apply(state, moves);
    const next = came.map((own, seat) => {
      const move = 'seats' in moves ? moves.seats[seat] : undefined;
      const told = (step.events ?? []).filter((event) => isTold(event, seat));
      return [...own, ...(move === undefined ? [] : [{ move }]), ...told.map((event) => ({ event }))];
    });
    go(step.state, history, next);
  };
  go(
    environment.start(config),
    0,
    Array.from({ length: tree.seats }, () => []),
  );
}

function trackedName(environment: Environment, { seat, view }: Known, came: Came): string {
  const tracker = new InformationTracker(environment, seat);
  for (const item of came) {
    if ('event' in item) tracker.told(item.event);
    else tracker.moved(item.move);
  }
  return tracker.name(() => view);
}

/** Every state has the name that its seat works out, and no other state has it. */
function expectNames(environment: Environment, config: JsonObject, tree: GameTree): void {
  const names = new Set<string>();
  const wrong: string[] = [];
  follow(environment, config, tree, (state, known, came) => {
    const found = [informationName(environment, known), trackedName(environment, known, came)];
    if (!found.every((name) => name === tree.states.names[state])) wrong.push(`${state}: ${found.join(' ')}`);
    names.add(found[0] as string);
  });
  expect(wrong).toEqual([]);
  expect(names.size).toBe(tree.states.count);
}

function withoutKey(environment: Environment): Environment {
  const { key, ...rest } = environment;
  return rest.apply === environment.apply ? rest : environment;
}

it('the catalogue has small games of several environments, of every kind', () => {
  const ids = new Set(small.map(({ id }) => id));
  expect(ids.size).toBeGreaterThanOrEqual(4);
  expect(small.length).toBeGreaterThanOrEqual(12);
  expect(small.some(({ environment }) => environment.key !== undefined)).toBe(true);
  const facts = small.map(({ environment, config }) => environment.spec.facts(config));
  expect(new Set(facts.map(({ dynamics }) => dynamics)).size).toBe(2);
  expect(facts.some(({ seats }) => seats > 2)).toBe(true);
});

describe.each(small.map((one) => [`${one.id} ${JSON.stringify(one.config)}`, one] as const))('%s', (_, game) => {
  const { environment, config } = game;
  const tree = compile(environment, config);

  it('splits histories as the plain walk does', () => {
    expectSameTree(tree, growTree(environment, config));
  });

  it('names each state as its seat can, whole or as things come, and no two alike', () => {
    expectNames(environment, config, tree);
  });

  it('splits histories alike with and without the key of the environment', () => {
    const bare = compile(withoutKey(environment), config);
    expect(bare.at).toEqual(tree.at);
    expect(bare.states.offset).toEqual(tree.states.offset);
    expect(new Set(bare.states.names).size).toBe(tree.states.count);
  });
});

// NOTE: odd seeds have keys, even ones have none; half of the games have hidden moves and moves at once.
it.each([2, 3] as const)(
  'random games of %d seats split as the plain walk does and are named as seats can',
  (seats) => {
    for (let seed = 0; seed < 24; seed++) {
      const game = randomGame(seed, { seats, sum: 'general', moves: seed % 4 < 2 ? 'public' : 'hidden' });
      const tree = compile(game, {}, { knowledge: true });
      expectSameTree(tree, growTree(game, {}));
      expectNames(game, {}, tree);
      expect(compile(withoutKey(game), {}).at).toEqual(tree.at);
    }
  },
);

describe('names', () => {
  const told: Event = { to: 'all', kind: 'told', what: 'red' };
  const bare = written(2, asks(0, { a: paying(0, 0) }));
  const name = (seat: Seat, events: readonly Event[], moves: readonly Move[]) =>
    informationName(bare, { seat, view: null, events, moves });

  it('are the seat and 16 hexadecimal digits', () => {
    expect(name(0, [], [])).toMatch(/^0:[0-9a-f]{16}$/);
    expect(name(11, [told], ['a'])).toMatch(/^11:[0-9a-f]{16}$/);
  });

  it('differ with the seat, the order, the number and the kind of what came', () => {
    const other: Event = { ...told, what: 'blue' };
    const all = [
      name(0, [], []),
      name(1, [], []),
      name(0, [told], []),
      name(0, [told, told], []),
      name(0, [told, other], []),
      name(0, [other, told], []),
      name(0, [], ['a']),
      name(0, [], ['a', 'a']),
      name(0, [], ['a', 'b']),
      name(0, [], ['b', 'a']),
      name(0, [told], ['a']),
      name(0, [{ ...told, to: [0] }], []),
    ];
    expect(new Set(all).size).toBe(all.length);
  });

  it('are the key of the view where there is one, which then has to say enough', () => {
    const start = draws(
      [0.5, telling(asks(0, { a: paying(0), b: paying(1) }), [[0], 'red'])],
      [0.5, telling(asks(0, { a: paying(1), b: paying(0) }), [[0], 'blue'])],
    );
    const keyed: Environment = { ...written(1, start), view: (state) => state, key: (view) => JSON.stringify(view) };
    expect(compile(keyed, {}).states.names).toEqual(['0:[{"chance":0}]', '0:[{"chance":1}]']);
    expect(() => compile({ ...keyed, key: () => 'same' }, {})).toThrow(/name 0:same: the key of its view leaves out/);
  });
});

describe('what no seat could tell apart, or could not tell, is refused', () => {
  it('other options after the same', () => {
    const start = draws(
      [0.5, { scene: asks(0, { a: paying(0), b: paying(1) }) }],
      [0.5, { scene: asks(0, { a: paying(0), c: paying(1) }) }],
    );
    expect(() => compile(written(1, start), {})).toThrow(
      'written: player_0 is told the same and offered "a, b" once, "a, c" another time',
    );
  });

  it('the same events and own moves in two orders', () => {
    const last = { scene: asks(0, { x: paying(1), y: paying(2) }) };
    const before = telling(asks(0, { go: last }), [[0], 'bell']);
    const after = { scene: asks(0, { go: telling(last.scene, [[0], 'bell']) }) };
    expect(() => compile(written(1, draws([0.5, before], [0.5, after])), {})).toThrow(/came in two orders/);
  });
});
