import type { Game } from 'boardgame.io';

/** Noughts and crosses: everything is open, nothing is drawn, and the game brings its own enumerator. */
interface Board {
  cells: (string | null)[];
}

const ROWS = [
  [0, 1, 2],
  [3, 4, 5],
  [6, 7, 8],
  [0, 3, 6],
  [1, 4, 7],
  [2, 5, 8],
  [0, 4, 8],
  [2, 4, 6],
];

export const ThreeInARow: Game<Board> = {
  name: 'three-in-a-row',
  minPlayers: 2,
  maxPlayers: 2,
  setup: () => ({ cells: new Array<string | null>(9).fill(null) }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    markCell({ G, playerID }, row: number, column: number) {
      const at = 3 * row + column;
      if (G.cells[at] !== null) return 'INVALID_MOVE';
      G.cells[at] = playerID;
    },
  },
  endIf({ G }) {
    const row = ROWS.find(([a = 0, b = 0, c = 0]) => {
      const first = G.cells[a];
      return first !== null && first === G.cells[b] && first === G.cells[c];
    });
    if (row !== undefined) return { winner: G.cells[row[0] as number] };
    return G.cells.includes(null) ? undefined : { draw: true };
  },
  ai: {
    enumerate: (G) =>
      G.cells.flatMap((cell: string | null, at: number) =>
        cell === null ? [{ move: 'markCell', args: [Math.floor(at / 3), at % 3] }] : [],
      ),
  },
};

export const ludus = {
  title: 'Three in a row',
  summary: 'Two players, nine cells, three in a row wins.',
  chance: 'none',
  dynamics: 'sequential',
  horizon: 9,
};

export function render(G: Board): string {
  const marks = G.cells.map((cell) => (cell === null ? '.' : cell === '0' ? 'x' : 'o'));
  return [0, 3, 6].map((at) => marks.slice(at, at + 3).join(' ')).join('\n');
}
