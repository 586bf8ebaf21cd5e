import { createRequire } from 'node:module';
import type * as Client from 'boardgame.io/client';
import type * as Internal from 'boardgame.io/internal';
import type * as Multiplayer from 'boardgame.io/multiplayer';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../src/core/catalogue.js';
import { readConfig } from '../../src/core/config.js';
import type { Environment } from '../../src/core/environment.js';
import { type Rng, stream } from '../../src/core/rng.js';
import { type Move, sample } from '../../src/core/space.js';
import { asBoardGame, type BoardGame, type TableView } from '../../src/server/boardgame/game.js';
import type { Occupant } from '../../src/server/table/chair.js';
import { Memory } from '../../src/server/table/keeper.js';
import { Room } from '../../src/server/table/room.js';
import { hiddenCoin } from '../hidden-coin.js';
import { asks, calls, toy, yesNo } from '../kernel/toys.js';

const require = createRequire(import.meta.url);
const { InitializeGame, CreateGameReducer } = require('boardgame.io/internal') as typeof Internal;
const { Client: openClient } = require('boardgame.io/client') as typeof Client;
const { Local } = require('boardgame.io/multiplayer') as typeof Multiplayer;

type State = ReturnType<typeof InitializeGame>;

const everything = await new Catalogue().all();
/** NOTE: environments that ask the outside need an authority, which tests of their own give further down. */
const named = [...everything, hiddenCoin as unknown as Environment]
  .filter(({ spec }) => !spec.facts(readConfig(spec)).calls)
  .map((one) => [one.spec.id, one] as const);

/** A match driven by boardgame.io's reducer alone, as its server drives it. */
class Driven {
  readonly game: BoardGame;
  readonly seats: number;
  state: State;
  readonly #reduce: ReturnType<typeof CreateGameReducer>;

  constructor(environment: Environment, seed: string, authority?: string) {
    const config = readConfig(environment.spec);
    this.game = asBoardGame(environment, config, { seed, ...(authority === undefined ? {} : { authority }) });
    this.seats = environment.spec.facts(config).seats;
    this.state = InitializeGame({ game: this.game, numPlayers: this.seats });
    this.#reduce = CreateGameReducer({ game: this.game });
  }

  /** Puts the match away as a store does, and takes it out again: to every eye it is the same, update numbers included. */
  store(): void {
    const views = () => everyone(this.seats).map((seat) => JSON.stringify(this.view(seat)));
    const before = views();
    this.state = JSON.parse(JSON.stringify(this.state)) as State;
    expect(views()).toEqual(before);
  }

  view(seat: number | null): TableView {
    const { G, ctx } = this.state;
    return this.game.playerView?.({ G, ctx, playerID: seat === null ? null : String(seat) }) as TableView;
  }

  /** Whether the move was taken. */
  move(type: string, args: unknown[], playerID: string | null): boolean {
    const before = this.state._stateID;
    const payload = { type, args, playerID, credentials: undefined };
    const { transients, ...state } = this.#reduce(this.state, { type: 'MAKE_MOVE', payload } as never) as State & {
      transients?: unknown;
    };
    if (transients === undefined) this.state = state;
    return this.state._stateID !== before;
  }
}

function seen(client: { getState(): { G: unknown } | null }): TableView {
  return client.getState()?.G as TableView;
}

/** What both roads must agree on; numbers of updates and the record are each road's own. */
function shown({ tick: _, over, ...view }: TableView): string {
  return JSON.stringify({ ...view, over: over === null ? null : { ...over, record: null } });
}

function everyone(seats: number): (number | null)[] {
  return [...Array.from({ length: seats }, (_, seat) => seat), null];
}

function pickOf(rng: Rng, environment: Environment, view: TableView): Move {
  if (view.asked === null) throw new Error('the seat is asked');
  return sample(environment.spec, view.asked.space, rng);
}

async function opened(environment: Environment, seed: string): Promise<Room> {
  const config = readConfig(environment.spec);
  const audience = { patch() {}, ended() {} };
  const room = new Room({ origin: { environment, config, seed }, rules: {} }, new Memory(), audience);
  const occupants = Array.from(
    { length: room.seats },
    (): Occupant => ({
      kind: 'person',
      manifest: { agent: 'human' },
    }),
  );
  void room.start({ occupants, specs: occupants.map(() => 'human'), started: '2026-01-01T00:00:00Z' });
  await settled();
  return room;
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe.each(named)('%s', (_, environment) => {
  it.each(['a', 'b'])('looks to every seat as in a room, move by move (seed %s)', async (seed) => {
    const driven = new Driven(environment, seed);
    const room = await opened(environment, seed);
    const rng = stream(seed, 'moves');
    const looks = () => {
      for (const seat of everyone(driven.seats))
        expect(shown(driven.view(seat))).toBe(shown(room.state(seat ?? 'public').G));
    };
    looks();
    while (driven.state.ctx.gameover === undefined) {
      const awaited = everyone(driven.seats).filter((one) => driven.view(one).asked !== null) as number[];
      const seat = rng.pick(awaited);
      const move = pickOf(rng, environment, driven.view(seat));
      const { tick } = room.state(seat).G;
      expect(await Promise.all([room.act(seat, tick, move), settled()])).toMatchObject([{ ok: true }, undefined]);
      expect(driven.move('act', [driven.view(seat).tick, move], String(seat))).toBe(true);
      looks();
      if (rng.below(5) === 0) driven.store();
    }
    expect(room.over).not.toBeNull();
  });

  it("is finished by boardgame.io's own clients on its Local master", () => {
    const game = asBoardGame(environment, {}, { seed: 'local' });
    const { seats } = environment.spec.facts(readConfig(environment.spec));
    const multiplayer = Local();
    const clients = Array.from({ length: seats }, (_, seat) =>
      openClient({
        game,
        numPlayers: seats,
        multiplayer,
        matchID: environment.spec.id,
        playerID: String(seat),
        debug: false,
      }),
    );
    for (const client of clients) client.start();
    const rng = stream('local', 'moves');
    while (clients[0]?.getState()?.ctx.gameover === undefined) {
      const asked = clients.find((client) => seen(client).asked !== null);
      if (asked === undefined) throw new Error('nobody is asked, and the game is not over');
      asked.moves.act?.(seen(asked).tick, pickOf(rng, environment, seen(asked)));
    }
    for (const client of clients) {
      expect(seen(client).over).not.toBeNull();
      client.stop();
    }
  });
});

const ticTacToe = everything.find(({ spec }) => spec.id === 'tic-tac-toe') as Environment;

describe('a move', () => {
  it('is refused out of turn, on an older view, outside its space or in no shape at all, and changes nothing', () => {
    const driven = new Driven(ticTacToe, 's');
    const before = JSON.stringify(driven.state.G);
    const { tick } = driven.view(0);
    expect(driven.view(7)).toEqual(driven.view(null));
    expect(driven.move('act', [driven.view(1).tick, 'a1'], '1')).toBe(false);
    expect(driven.move('act', [tick, 'a1'], null)).toBe(false);
    expect(driven.move('act', [tick, 'a1'], '')).toBe(false);
    expect(driven.move('act', [tick - 1, 'a1'], '0')).toBe(false);
    expect(driven.move('act', [tick + 1, 'a1'], '0')).toBe(false);
    expect(driven.move('act', [tick, 'd9'], '0')).toBe(false);
    expect(driven.move('act', [], '0')).toBe(false);
    expect(driven.move('answer', ['', []], null)).toBe(false);
    expect(JSON.stringify(driven.state.G)).toBe(before);
    expect(driven.move('act', [tick, 'a1'], '0')).toBe(true);
    expect(driven.move('act', [tick, 'b1'], '0')).toBe(false);
  });

  it('made from an older state goes on from there, whatever was played since', () => {
    const driven = new Driven(ticTacToe, 's');
    const start = driven.state;
    const { tick } = driven.view(0);
    driven.move('act', [tick, 'a1'], '0');
    const first = driven.state;
    driven.state = start;
    driven.move('act', [tick, 'b2'], '0');
    expect(driven.view(1).view).toMatchObject({ board: '....x....' });
    driven.state = first;
    expect(driven.view(1).view).toMatchObject({ board: 'x........' });
    driven.state = start;
    expect(driven.view(0)).toMatchObject({ tick, view: { board: '.........' } });
  });

  it('of several that move at once is seen by nobody before all are in', () => {
    const driven = new Driven(toy([asks([0, 1])]), 's', 'key');
    const other = JSON.stringify(driven.view(1));
    expect(driven.move('act', [driven.view(0).tick, 'yes'], '0')).toBe(true);
    expect(driven.view(0)).toMatchObject({ moved: true, asked: null, moves: [] });
    expect(JSON.stringify(driven.view(1))).toBe(other);
    expect(driven.move('act', [driven.view(0).tick, 'no'], '0')).toBe(false);
    expect(driven.move('act', [driven.view(1).tick, 'no'], '1')).toBe(true);
    expect(driven.view(0)).toMatchObject({ moved: false, moves: ['yes'], over: { how: 'rules' } });
  });
});

describe('an answer from outside', () => {
  const asking = toy([calls(['how many?']), asks([0], yesNo)]);

  it('is taken from whoever has the authority, and from nobody else', () => {
    const driven = new Driven(asking, 's', 'the key');
    const { G } = driven.state;
    expect(driven.game.requests(G)).toEqual(['how many?']);
    for (const key of ['a key', undefined, 7]) expect(driven.move('answer', [key, [3]], null)).toBe(false);
    for (const answers of [[], [3, 4], [Number.NaN], 3])
      expect(() => driven.move('answer', ['the key', answers], null)).toThrow('1 answers of plain JSON are wanted');
    expect(driven.move('act', [driven.view(0).tick, 'yes'], '0')).toBe(false);
    expect(driven.move('answer', ['the key', [3]], null)).toBe(true);
    expect(driven.game.requests(driven.state.G)).toBeNull();
    expect(driven.view(0).asked).not.toBeNull();
    driven.store();
  });

  it('needs an authority to come with', () => {
    expect(() => asBoardGame(asking)).toThrow('toy asks the outside: give the secret "authority"');
  });
});

describe('a game', () => {
  it('takes a configuration, and refuses a wrong one by its field', () => {
    const board = everything.find(({ spec }) => spec.id === 'liars-dice') as Environment;
    expect(() => asBoardGame(board, { nonsense: 1 })).toThrow('config nonsense: there is no such field');
  });

  it('is set up for its own number of players alone', () => {
    const game = asBoardGame(ticTacToe);
    expect(() => InitializeGame({ game, numPlayers: 3 })).toThrow('tic-tac-toe is for 2 players as configured, not 3');
  });

  it('is dealt anew each time, unless its seed is given', () => {
    const kuhn = everything.find(({ spec }) => spec.id === 'kuhn-poker') as Environment;
    const dealt = (seed?: string) =>
      JSON.stringify(InitializeGame({ game: asBoardGame(kuhn, {}, seed === undefined ? {} : { seed }) }).G);
    expect(dealt()).not.toBe(dealt());
    expect(dealt('a')).toBe(dealt('a'));
  });
});
