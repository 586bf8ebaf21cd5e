import type { AgentFamily } from '../src/core/agent.js';
import { sample } from '../src/core/space.js';

/** Every option with the same probability; plausible texts, tool calls and forms. The floor of every table. */
const random: AgentFamily = {
  id: 'random',
  title: 'uniformly random moves',
  usage: '',
  standIn: 2,
  open: () => {
    const manifest = { agent: 'random' };
    return ({ environment, rng }) => ({
      manifest,
      act: ({ space }) => ({ move: sample(environment.spec, space, rng) }),
    });
  },
};

export default random;
