import { UserError } from '../../../src/core/errors.js';
import type { StyleKind } from '../style.js';

const direct: StyleKind = {
  id: 'direct',
  title: 'one question, one answer',
  usage: 'direct',
  open(argument) {
    if (argument !== '') throw new UserError(`style direct takes no argument, got "${argument}"`);
    return () => (_, guidance, next) => next(guidance);
  },
};

export default direct;
