import { createRequire } from 'node:module';
import type * as Core from 'boardgame.io/core';
import type * as Stock from 'boardgame.io/server';
import goofspiel from '../../../envs/goofspiel/index.js';
import kuhn from '../../../envs/kuhn-poker/index.js';
import werewolf from '../../../envs/werewolf/index.js';
import type { Environment } from '../../../src/core/environment.js';
import { asBoardGame } from '../../../src/server/boardgame/game.js';
import { Storage } from './storage.js';

/*
 * boardgame.io's own server as published, in a process of its own because some of what is done to it ends it:
 * `stock.ts [slow | failing]`. Prints its address when it is ready.
 */
const require = createRequire(import.meta.url);
const { Server } = require('boardgame.io/server') as typeof Stock;
const { INVALID_MOVE } = require('boardgame.io/core') as typeof Core;
const [storage] = process.argv.slice(2);

/** A game as boardgame.io's guide writes it: everything is open. */
const open = {
  name: 'tic-tac-toe',
  setup: () => ({ cells: new Array<string | null>(9).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    act: ({ G, playerID }: { G: { cells: (string | null)[] }; playerID: string }, cell: number) => {
      if (G.cells[cell] !== null) return INVALID_MOVE;
      G.cells[cell] = playerID;
      return undefined;
    },
  },
};

const print = console.log;
console.log = console.warn = console.error = () => {};
const ours = [kuhn, goofspiel, werewolf].map((one) => asBoardGame(one as unknown as Environment));
const games = [...ours, open] as unknown as Parameters<typeof Server>[0]['games'];
const options = { games, origins: ['https://games.example'], uuid: () => crypto.randomUUID() };
const server = Server(storage === undefined ? options : { ...options, db: new Storage(storage) as never });
const { appServer } = await server.run({ port: 0, callback: () => {} });
print(JSON.stringify({ url: `http://127.0.0.1:${(appServer.address() as { port: number }).port}` }));
