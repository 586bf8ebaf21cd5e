import { type AgentFamily, sample } from 'ludus';

const SECOND = 1000;

/** Plays at random after a second of thought, as an agent does that waits for a model. */
const slow: AgentFamily = {
  id: 'slow',
  title: 'random moves after a second each',
  usage: '',
  open: () => {
    return ({ environment }) => ({
      manifest: { agent: 'slow' },
      act: ({ space, rng }) =>
        new Promise((resolve) => {
          setTimeout(() => resolve({ move: sample(environment.spec, space, rng) }), SECOND);
        }),
    });
  },
};

export default slow;
