import type { AgentFamily } from 'ludus';

/** Plays the first option offered and says as little as possible. */
const cautious: AgentFamily = {
  id: 'cautious',
  title: 'the first option, and few words',
  usage: '',
  open: () => () => ({
    manifest: { agent: 'cautious' },
    act({ space, events }) {
      if (space.kind === 'choice')
        return { move: space.options[0]?.id ?? '', thought: `I saw ${events.length} events.` };
      if (space.kind === 'text') return { move: 'I would rather listen.' };
      return { reply: { text: 'I do not know how to answer this.' } };
    },
  }),
};

export default cautious;
