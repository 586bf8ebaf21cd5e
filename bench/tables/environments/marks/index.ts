import { choice, environment, z } from 'ludus';

/** What is marked in nine cells, one letter each, and how many moves were made. */
type State = { readonly cells: string; readonly moves: number };

/** Moves until it is broken off: more than any benchmark makes. */
const HORIZON = 1_000_000;
const CELLS = ['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3', 'b3', 'c3'];
const SPACE = choice(CELLS);

/** Two players mark any of nine cells in turn, over and over: a match that goes on for as long as it is measured. */
export default environment<State, Record<string, never>>({
  spec: {
    id: 'marks',
    version: '1.0.0',
    title: 'Marks',
    summary: 'Two players mark cells in turn, without end.',
    config: z.strictObject({}) as z.ZodType<Record<string, never>>,
    rewards: { none: { says: 'nothing is paid', weight: 1, told: 'at once' } },
    events: { marked: { told: 'everyone', says: 'which seat marked which cell' } },
    facts: () => ({
      seats: 2,
      information: 'perfect',
      chance: 'none',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: 0, max: 0 },
      horizon: HORIZON,
    }),
    rules: () => 'Mark any cell, in turn. Nobody wins.',
  },
  start: () => ({ cells: '.........', moves: 0 }),
  turn: ({ moves }) =>
    moves < HORIZON
      ? { kind: 'act', spaces: { [moves % 2]: SPACE } }
      : { kind: 'over', outcome: 'broken off', truncated: true },
  apply({ cells, moves }, played) {
    const seat = moves % 2;
    const cell = (played as { seats: { [seat: number]: string } }).seats[seat] as string;
    const at = CELLS.indexOf(cell);
    const next = cells.slice(0, at) + 'xo'[seat] + cells.slice(at + 1);
    return {
      state: { cells: next, moves: moves + 1 },
      events: [{ to: 'all', kind: 'marked', seat, cell }],
    };
  },
  view: ({ cells }) => cells,
  say: ({ seat, cell }) => `player_${seat} marked ${cell}.`,
});
