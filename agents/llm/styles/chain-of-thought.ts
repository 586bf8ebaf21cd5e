import { UserError } from '../../../src/core/errors.js';
import type { StyleKind } from '../style.js';

/**
 * A thought before the answer, for this turn alone.
 * SEE: J. Wei et al., "Chain-of-Thought Prompting Elicits Reasoning in Large Language Models", 2022.
 */
const chainOfThought: StyleKind = {
  id: 'chain-of-thought',
  title: 'thinks step by step before it answers; the thought is forgotten after the turn',
  usage: 'chain-of-thought',
  open(argument) {
    if (argument !== '') throw new UserError(`style chain-of-thought takes no argument, got "${argument}"`);
    return () => (_, guidance, next) => next({ ...guidance, think: 'Think step by step.', keeps: false });
  },
};

export default chainOfThought;
