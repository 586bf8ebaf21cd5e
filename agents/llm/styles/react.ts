import { UserError } from '../../../src/core/errors.js';
import type { StyleKind } from '../style.js';

/**
 * Thoughts and actions in turn. What was thought stays in the conversation, between what was seen and what was done.
 * SEE: S. Yao et al., "ReAct: Synergizing Reasoning and Acting in Language Models", 2022.
 */
const react: StyleKind = {
  id: 'react',
  title: 'thinks about what it sees, then acts; earlier thoughts stay before its eyes',
  usage: 'react',
  open(argument) {
    if (argument !== '') throw new UserError(`style react takes no argument, got "${argument}"`);
    return () => (_, guidance, next) =>
      next({ ...guidance, think: 'Reason about what you have just seen and what to do next, then act.', keeps: true });
  },
};

export default react;
