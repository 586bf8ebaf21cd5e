import type { Policy } from 'ludus';

/** The best rule for Nim: leave a multiple of four; uniform where that is impossible or the game is another one. */
const greedy: Policy = {
  manifest: { agent: 'greedy' },
  probabilities: (requests) =>
    requests.map(({ space, view }) => {
      const options = space.kind === 'choice' ? space.options : [];
      const { left } = view as { left?: number };
      const wanted = options.findIndex(({ id }) => id === `take ${(left ?? 0) % 4}`);
      return Float32Array.from(options, (_, at) => (wanted < 0 ? 1 / options.length : Number(at === wanted)));
    }),
};

export default greedy;
