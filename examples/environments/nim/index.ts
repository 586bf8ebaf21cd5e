import { choice, environment, z } from 'ludus';

type State = { left: number; seat: number };

export default environment<State, { sticks: number }>({
  spec: {
    id: 'nim',
    version: '1.0.0',
    title: 'Nim',
    summary: 'Take one to three sticks in turn; who takes the last one wins.',
    config: z.strictObject({ sticks: z.number().int().min(1).max(100).default(12) }),
    rewards: { win: { says: '+1 to the winner, -1 to the loser', weight: 1, told: 'at once' } },
    events: { took: { told: 'everyone', says: 'how many sticks a seat took' } },
    facts: ({ sticks }) => ({
      seats: 2,
      information: 'perfect',
      chance: 'none',
      calls: false,
      dynamics: 'sequential',
      utility: { kind: 'zero-sum', min: -1, max: 1 },
      horizon: sticks,
    }),
    rules: ({ sticks }) => `There are ${sticks} sticks. Take 1, 2 or 3 in turn; who takes the last one wins.`,
  },
  start: ({ sticks }) => ({ left: sticks, seat: 0 }),
  turn({ left, seat }) {
    if (left === 0) return { kind: 'over', outcome: `player_${1 - seat} wins`, truncated: false };
    return { kind: 'act', spaces: { [seat]: choice(['take 1', 'take 2', 'take 3'].slice(0, left)) } };
  },
  apply({ left, seat }, moves) {
    const taken = Number((moves as { seats: { [seat: number]: string } }).seats[seat]?.slice(5));
    const state = { left: left - taken, seat: 1 - seat };
    const rewards = { [seat]: { win: 1 }, [1 - seat]: { win: -1 } };
    return { state, events: [{ to: 'all', kind: 'took', seat, taken }], ...(state.left === 0 ? { rewards } : {}) };
  },
  view: ({ left }) => ({ left }),
  say: ({ seat, taken }) => `player_${seat} takes ${taken}.`,
});
