import { createRequire } from 'node:module';

/*
 * boardgame.io's own server with two games written for it, as its guide does: in memory, and without undo, which is
 * faster. Prints its address when it is ready.
 */
const require = createRequire(import.meta.url);
const { Server } = require('boardgame.io/server');
const { INVALID_MOVE } = require('boardgame.io/core');

const LINES = ['012', '345', '678', '036', '147', '258', '048', '246'].map((line) => [...line].map(Number));

const ticTacToe = {
  name: 'tic-tac-toe',
  minPlayers: 2,
  maxPlayers: 2,
  disableUndo: true,
  setup: () => ({ cells: new Array(9).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    act: {
      client: false,
      move: ({ G, playerID }, cell) => {
        if (G.cells[cell] !== null) return INVALID_MOVE;
        G.cells[cell] = playerID;
      },
    },
  },
  endIf: ({ G: { cells } }) => {
    const won = LINES.find(([a, b, c]) => cells[a] !== null && cells[a] === cells[b] && cells[a] === cells[c]);
    if (won !== undefined) return { winner: cells[won[0]] };
    return cells.includes(null) ? undefined : { draw: true };
  },
};

/** The same game without an end as that of `environments/marks`. */
const marks = {
  name: 'marks',
  minPlayers: 2,
  maxPlayers: 2,
  disableUndo: true,
  setup: () => ({ cells: new Array(9).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    act: {
      client: false,
      move: ({ G, playerID }, cell) => {
        G.cells[cell] = playerID;
      },
    },
  },
};

const print = console.log;
console.log = console.warn = console.error = () => {};
const { appServer } = await Server({ games: [ticTacToe, marks], origins: [] }).run({ port: 0 });
print(JSON.stringify({ url: `http://127.0.0.1:${appServer.address().port}` }));
